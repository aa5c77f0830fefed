import { describe, expect, it } from 'vitest';
import { askedBy, type Pressed, sequenceMs } from './shortcuts.ts';

const bare: Pressed = {
  ...{ key: 'x', hasCommand: false, hasAlt: false, isTyping: false, beganAt: undefined, at: 10_000 },
};
const pressed = (change: Partial<Pressed>) => askedBy({ ...bare, ...change });

describe('a key that is pressed', () => {
  it('asks for the palette with Ctrl or ⌘, also while somebody types', () => {
    expect(pressed({ key: 'k', hasCommand: true })).toEqual({ kind: 'palette' });
    expect(pressed({ key: 'K', hasCommand: true, isTyping: true })).toEqual({ kind: 'palette' });
    expect(pressed({ key: 'k', hasCommand: true, hasAlt: true })).toBeUndefined();
  });

  it('goes to a section where it follows g soon enough', () => {
    expect(pressed({ key: 'g' })).toEqual({ kind: 'began' });
    expect(pressed({ key: 'u', beganAt: 9_000 })).toEqual({ kind: 'go', section: 'users' });
    expect(pressed({ key: 'u', beganAt: bare.at - sequenceMs - 1 })).toBeUndefined();
    expect(pressed({ key: 'u' })).toBeUndefined();
    expect(pressed({ key: 'z', beganAt: 9_000 })).toBeUndefined();
  });

  it('finds the filters and the sheet, and is left alone where somebody types', () => {
    expect(pressed({ key: '/' })).toEqual({ kind: 'filter' });
    expect(pressed({ key: '?' })).toEqual({ kind: 'help' });
    for (const key of ['/', '?', 'g']) expect(pressed({ key, isTyping: true })).toBeUndefined();
    expect(pressed({ key: 'toString', beganAt: 9_000 })).toBeUndefined();
  });
});

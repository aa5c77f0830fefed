import { createFormat } from '@claviger/web-kit';
import type { KeyCommand } from '@claviger/protocol';
import { describe, expect, it } from 'vitest';
import { openingText } from './opening-text.ts';

const at = Date.parse('2026-11-29T12:00:03Z');
const format = createFormat('en-GB', 'UTC');
const hearing = { isHeard: true, unlockForMs: 5_000, now: at + 900 };

function textOf(stages: readonly KeyCommand['stage'][], more: Partial<KeyCommand> = {}, heard = hearing) {
  const command: KeyCommand = {
    id: '',
    lockId: '',
    issuedAt: at,
    notAfter: at + 10_000,
    stage: stages.at(-1) ?? 'issued',
    stages: stages.map((stage) => ({ stage, at })),
    ...more,
  };
  return openingText(command, heard, format);
}

const climbed = ['issued', 'sent', 'accepted', 'unlocked', 'opened', 'closed'] as const;

describe('an opening on the page of a key', () => {
  it('says Unlocked from the unlocking to the end, however late the page asks', () => {
    const texts = climbed.map((_, index) => textOf(climbed.slice(0, index + 1)));

    expect(texts.map((text) => text.startsWith('Unlocked'))).toEqual([false, false, false, true, true, true]);
    expect(texts.slice(3)).toEqual([
      'Unlocked. The door can be opened now.',
      'Unlocked at 12:00:03. The door is open.',
      'Unlocked at 12:00:03. The door was opened and is closed again.',
    ]);
  });

  it('says it too where the word of the door came late or did not come', () => {
    expect(textOf(['issued', 'sent', 'accepted', 'unlocked', 'relocked'])).toMatch(
      /^Unlocked at .* Not opened/,
    );
    expect(textOf(['issued', 'sent', 'opened'])).toBe('Unlocked. The door is open.');
  });

  it('is told in the present for as long as the door stays unlocked', () => {
    const late = { ...hearing, now: at + 5_000 };
    expect(textOf(climbed.slice(0, 4), {}, late)).toBe('Unlocked at 12:00:03; not heard from since.');
  });

  it('that the door refused never says it, and tells strangers no reason', () => {
    expect(textOf(['issued', 'sent', 'refused'])).toBe('The door has refused.');
    expect(textOf(['issued', 'sent', 'refused'], { reason: 'expired' })).toBe(
      'Refused by the door: it has expired.',
    );
  });
});

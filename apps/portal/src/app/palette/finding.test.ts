import { describe, expect, it } from 'vitest';
import { type Finding, fits, grouped, stepped } from './finding.ts';

const finding = (group: Finding['group'], id: string): Finding => ({
  group,
  id,
  title: id,
  go: () => undefined,
});

describe('what is typed into the palette', () => {
  it('fits where each of its words stands somewhere', () => {
    expect(fits('front open', ['Open Lock', 'Front door'])).toBe(true);
    expect(fits('front close', ['Open Lock', 'Front door'])).toBe(false);
  });

  it('fits a serial number and a plate however they are written', () => {
    expect(fits('clv1 2345', ['CLV-12345-6'])).toBe(true);
    expect(fits('zh 12', ['ZH-1234'])).toBe(true);
    expect(fits('---', ['Front door'])).toBe(false);
  });
});

describe('what the palette shows', () => {
  it('stands in groups, of which none hides the next', () => {
    const doors = Array.from({ length: 9 }, (_, at) => finding('doors', String(at)));
    const groups = grouped([finding('pages', 'p'), ...doors, finding('actions', 'a')]);
    expect(groups.map(({ name, findings }) => [name, findings.length])).toEqual([
      ['actions', 1],
      ['doors', 6],
      ['pages', 1],
    ]);
  });

  it('is gone through round and round', () => {
    expect([stepped(0, -1, 3), stepped(2, 1, 3), stepped(0, 1, 0)]).toEqual([2, 0, -1]);
  });
});

import { describe, expect, it } from 'vitest';
import { groupAsTyped } from './grouped-code.ts';

const typed = (text: string) => {
  const caret = text.indexOf('|');
  const { value, caret: after } = groupAsTyped({ value: text.replace('|', ''), caret });
  return `${value.slice(0, after)}|${value.slice(after)}`;
};

describe('a code while it is typed', () => {
  it.each([
    ['grows dashes by itself', 'K7Q29|', 'K7Q2-9|'],
    ['needs no dash at its end', 'K7Q2|', 'K7Q2|'],
    ['turns into capitals', 'k7q2-9x|', 'K7Q2-9X|'],
    ['accepts spaces for dashes', 'k7q2 9xmd 4t8a|', 'K7Q2-9XMD-4T8A|'],
    ['accepts a paste with everything around it', '  K7Q2–9XMD–4T8A\n|', 'K7Q2-9XMD-4T8A|'],
    ['keeps the caret where somebody corrects', 'K7QX|2-9XMD', 'K7QX|-29XM-D'],
    ['keeps the caret at the start', '|K7Q29', '|K7Q2-9'],
    ['lets a dash be deleted together with what stood before it', 'K7Q|9-XMD4', 'K7Q|9-XMD4'],
  ])('%s', (_what, before, after) => {
    expect(typed(before)).toBe(after);
  });

  it('leaves the text of a Matter QR alone', () => {
    expect(typed('MT:Y.K9042C00KA0648G00|')).toBe('MT:Y.K9042C00KA0648G00|');
  });

  it('leaves alone what no label carries', () => {
    const long = 'A'.repeat(33);
    expect(groupAsTyped({ value: long, caret: 33 }).value).toBe(long);
  });
});

import { importLimit } from '@claviger/protocol';
import { describe, expect, it } from 'vitest';
import { batchesOf, linesOf, textOf } from './csv-file.ts';

const form = {
  columns: ['building', 'unit', 'floors'],
  needed: ['building', 'unit'],
  aliases: { house: 'building' },
} as const;

function read(text: string) {
  return linesOf(text, form);
}

describe('the lines of a file', () => {
  it('are found by the names of columns, whatever else is there and however it is separated', () => {
    expect(read('\uFEFFNote;Unit;BUILDING\r\nx;7;Tower\r\n')).toEqual({
      value: [{ line: 2, building: 'Tower', unit: '7', floors: '' }],
    });
    expect(read('House\tunit\nTower\t"a;b"\n')).toEqual({
      value: [{ line: 2, building: 'Tower', unit: 'a;b', floors: '' }],
    });
  });

  it('are counted as an editor does, past empty ones and breaks in a field', () => {
    const text = 'building,unit\r\nTower,1\r\n\r\n"To\r\nwer",2\nTower,3\n';
    expect(read(text)).toMatchObject({ value: [{ line: 2 }, { line: 4 }, { line: 6 }] });
  });

  it('keep formulas as they stand, and as they stood before an export guarded them', () => {
    expect(read("building,unit,floors\n=1+1,'@SUM(A1),''=2\n'tis,'+49 30,'")).toEqual({
      value: [
        { line: 2, building: '=1+1', unit: '@SUM(A1)', floors: "'=2" },
        { line: 3, building: "'tis", unit: '+49 30', floors: "'" },
      ],
    });
  });

  it.each([
    ['Tower,1,2', { kind: 'header' }],
    ['building,unit\n,\n', { kind: 'nothing' }],
    [`building,unit\n${'T,1\n'.repeat(importLimit + 1)}`, { kind: 'too_long' }],
    ['building,unit\nTower,1\nTower,"2\nTower,3\n', { kind: 'quotes', line: 3 }],
    ['building,unit\nTower,1,,\nTower,2,,left over\n', { kind: 'fields', line: 3 }],
  ])('are not sent where the whole file is wrong, which is said: %#', (text, problem) => {
    expect(read(text)).toEqual({ problem });
  });
});

describe('the text of a file', () => {
  const umlaut = 'Zoë';
  const utf16 = Buffer.from(`\uFEFF${umlaut}`, 'utf16le');

  it('is UTF-8, or UTF-16 with its mark', async () => {
    expect(await textOf(new Blob([umlaut]))).toEqual({ value: umlaut });
    expect(await textOf(new Blob([utf16]))).toEqual({ value: umlaut });
    expect(await textOf(new Blob([Buffer.from(utf16).swap16()]))).toEqual({ value: umlaut });
  });

  it('is refused where letters would become others', async () => {
    const problem = { kind: 'encoding' };
    expect(await textOf(new Blob([Buffer.from(umlaut, 'latin1')]))).toEqual({ problem });
    expect(await textOf(new Blob([Buffer.from('name', 'utf16le')]))).toEqual({ problem });
  });

  it('is not read where it is too large', async () => {
    const huge = { size: 51 * 1024 * 1024, arrayBuffer: () => expect.unreachable() };
    expect(await textOf(huge)).toEqual({ problem: { kind: 'too_large' } });
  });
});

it('sends no more at once than a request may carry', () => {
  const line = (unit: string, index: number) => ({ line: index + 2, building: 'T', unit, floors: '' });
  const short = Array.from({ length: 2_500 }, (_, index) => line('1', index));
  const long = Array.from({ length: 100 }, (_, index) => line('厦'.repeat(1_000), index));

  expect(batchesOf(short).map(({ length }) => length)).toEqual([1_000, 1_000, 500]);
  for (const batch of batchesOf(long)) {
    expect(new TextEncoder().encode(JSON.stringify({ lines: batch })).length).toBeLessThan(64 * 1_024);
  }
  expect(batchesOf(long).flat()).toEqual(long);
});

import { expect, it } from 'vitest';
import { batchesOf, linesLimit, linesOf, template } from './unit-file.ts';

it('reads the template', () => {
  expect(linesOf(template)).toEqual([
    { line: 2, building: 'Tower', unit: 'Apartment 1', floors: '0' },
    { line: 3, building: 'Tower', unit: 'Apartment 2', floors: '1, 2' },
  ]);
});

it('finds columns by their names, whatever else is in the file and however it is separated', () => {
  expect(linesOf('\uFEFFNote;Unit;BUILDING\r\nx;7;Tower\r\n')).toEqual([
    { line: 2, building: 'Tower', unit: '7', floors: '' },
  ]);
});

it('counts lines as an editor does, past empty ones and breaks in a field', () => {
  const text = 'building,unit\nTower,1\n\n"To\nwer",2\nTower,3\n';
  expect(linesOf(text)).toMatchObject([{ line: 2 }, { line: 4 }, { line: 6 }]);
});

it('keeps formulas as they stand', () => {
  expect(linesOf('building,unit,floors\n=1+1,@SUM(A1),-1')).toEqual([
    { line: 2, building: '=1+1', unit: '@SUM(A1)', floors: '-1' },
  ]);
});

it('says what is wrong with a whole file', () => {
  expect(linesOf('Tower,1,2')).toBe('header');
  expect(linesOf('building,unit\n,\n')).toBe('nothing');
  expect(linesOf(`building,unit\n${'T,1\n'.repeat(linesLimit + 1)}`)).toBe('too_long');
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

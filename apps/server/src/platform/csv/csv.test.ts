import { expect, it } from 'vitest';
import { csvPages } from './csv.ts';

async function textOf(rows: readonly (readonly string[])[]): Promise<string> {
  const pieces: string[] = [];
  const readPage = () => Promise.resolve({ rows, next: undefined });
  for await (const piece of csvPages(['name'], readPage)) pieces.push(piece);
  return pieces.join('');
}

it('begins with a mark that spreadsheets know UTF-8 by, and ends each line as they do', async () => {
  expect(await textOf([['Zoë'], ['a,"b"']])).toBe('\uFEFFname\r\nZoë\r\n"a,""b"""\r\n');
});

it.each(['=1+1', '+49 30', '-1', '@SUM(A1)', '\tx', "'=1"])('gives no formula away: %j', async (cell) => {
  const [, line = ''] = (await textOf([[cell]])).split('\r\n');
  expect(line.replace(/^"|"$/g, '')).toBe(`'${cell}`);
});

it('asks for one page after the other, and for no more than there are', async () => {
  const asked: (number | undefined)[] = [];
  const readPage = (after: number | undefined) => {
    asked.push(after);
    const page = (after ?? 0) + 1;
    return Promise.resolve({ rows: [[String(page)]], next: page < 3 ? page : undefined });
  };
  const pieces: string[] = [];
  for await (const piece of csvPages(['n'], readPage)) pieces.push(piece);

  expect(pieces.slice(1)).toEqual(['1\r\n', '2\r\n', '3\r\n']);
  expect(asked).toEqual([undefined, 1, 2]);
});

import { afterAll, beforeAll, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from './test-database.ts';

let test: TestDatabase;
beforeAll(async () => {
  test = await createTestDatabase();
});
afterAll(async () => test.drop());

it('answers what a test asks at once one after the other, without a word from the driver', async () => {
  const warnings: string[] = [];
  const listen = (warning: Error): void => void warnings.push(warning.message);
  process.on('warning', listen);
  const asked = [1, 2, 3].map((number) => test.asAdmin<{ n: number }>('select $1::int as n', [number]));
  const answers = await Promise.all(asked);
  process.off('warning', listen);
  expect([answers, warnings]).toEqual([[[{ n: 1 }], [{ n: 2 }], [{ n: 3 }]], []]);
});

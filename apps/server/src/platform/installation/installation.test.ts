import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../../test/test-database.ts';
import { KeysProblem, loadInstallationKeys } from '../secrets/index.ts';
import { claimDatabase } from './index.ts';

let test: TestDatabase;
let folder: string;

beforeEach(async () => {
  test = await createTestDatabase();
  folder = mkdtempSync(join(tmpdir(), 'claviger-installation-'));
});

afterEach(async () => {
  await test.drop();
  rmSync(folder, { recursive: true });
});

describe('a database', () => {
  it('belongs to the keys that used it first, at every later start too', async () => {
    const keys = loadInstallationKeys(join(folder, 'ours'), 'demo');
    const starters = Array.from({ length: 8 }, () => claimDatabase(test.database, keys));
    await Promise.all(starters);
    await claimDatabase(test.database, keys);
    expect(await test.asAdmin('select id from claviger.installations')).toEqual([
      { id: keys.installationId },
    ]);
  });

  it('refuses the keys of another installation, and stays what it was', async () => {
    const keys = loadInstallationKeys(join(folder, 'ours'), 'demo');
    const others = loadInstallationKeys(join(folder, 'others'), 'demo');
    await claimDatabase(test.database, keys);
    await expect(claimDatabase(test.database, others)).rejects.toThrow(KeysProblem);
    expect(await test.asAdmin('select id from claviger.installations')).toEqual([
      { id: keys.installationId },
    ]);
  });
});

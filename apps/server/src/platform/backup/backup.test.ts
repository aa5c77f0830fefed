import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { askDatabase } from '../../../test/ask-database.ts';
import { temporaryRoot } from '../../../test/embedded/temporary-root.ts';
import { findRunning, markRestored, startDatabase, withEmbedded, type Database } from '../database/index.ts';
import { claimDatabase } from '../installation/index.ts';
import { loadInstallationKeys, type Secret, type InstallationKeys } from '../secrets/index.ts';
import {
  BackupProblem,
  findRecipient,
  makeBackupKey,
  makeBase,
  openSecrets,
  planRestore,
  putSecrets,
  readBackupKey,
  restoreDatabase,
  shipLog,
} from './index.ts';

/** Real databases on a machine that others use too. */
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const parent = mkdtempSync(join(temporaryRoot, 'claviger-backup-'));
// The account that PostgreSQL runs as has to pass.
chmodSync(parent, 0o755);
const site = join(parent, 'site');
const backups = join(parent, 'backups');
const keyFile = join(parent, 'taken-away.key');
const ignore = (): void => {
  // These tests look at what is there, not at the log.
};

let database: Database;
let keys: InstallationKeys;
let adminUrl: Secret;
/** When the first, the second and the third word had been written. */
const instants: number[] = [];

function base(folder = backups, keep = 7) {
  const recipient = findRecipient(site) ?? '';
  const parts = { adminUrl, dataFolder: site, folder, recipient, keys, incarnation: 1, program: 'test' };
  return makeBase({ ...parts, postgres: '18', keep, onProgress: ignore });
}

async function write(word: string): Promise<void> {
  await askDatabase(adminUrl, `insert into claviger.owners (id, name) values (gen_random_uuid(), '${word}')`);
  const [row] = await askDatabase<{ at: string }>(
    adminUrl,
    'select ceil(extract(epoch from clock_timestamp()) * 1000)::text as at',
  );
  instants.push(Number(row?.at));
}

const instant = (place: number): number => instants[place] ?? NaN;

async function restore(folder: string, at?: number, from = backups) {
  const key = readBackupKey(keyFile);
  const plan = planRestore(from, key, at);
  const secrets = await openSecrets(plan, key);
  mkdirSync(folder, { recursive: true });
  chmodSync(folder, 0o755);
  const target = join(folder, 'postgres');
  await restoreDatabase(plan, { folder: target, key, secrets, report: ignore, onProgress: ignore });
  putSecrets(folder, secrets);
  return plan;
}

/** What the restored database knows, opened with the restored keys. */
async function words(folder: string): Promise<string[]> {
  const { installationSecret } = loadInstallationKeys(folder, 'demo');
  return withEmbedded({ folder: join(folder, 'postgres'), installationSecret, report: ignore }, async (url) =>
    (await askDatabase<{ name: string }>(url, 'select name from claviger.owners order by name')).map(
      ({ name }) => name,
    ),
  );
}

beforeAll(async () => {
  keys = loadInstallationKeys(site, 'demo');
  chmodSync(site, 0o711);
  const engine = { kind: 'embedded', folder: join(site, 'postgres') } as const;
  database = await startDatabase({ engine, installationSecret: keys.installationSecret, report: ignore });
  await claimDatabase(database, keys);
  const running = await findRunning(engine.folder);
  if (!running) throw new Error('the database runs');
  adminUrl = running;
  await makeBackupKey({ dataFolder: site, file: keyFile, isReplacing: false }, keys, Date.now());
  await base();
  const shipping = await shipLog({ adminUrl, folder: backups, signingKey: keys.commandSigningKey });
  await write('a');
  await shipping.flush();
  await write('b');
  // Into another segment, and on into a third.
  await askDatabase(adminUrl, 'select pg_switch_wal()');
  await write('c');
  await shipping.flush();
  await askDatabase(adminUrl, 'select pg_switch_wal()');
  await shipping.stop();
});

afterAll(async () => {
  await database.close();
  rmSync(parent, { recursive: true });
});

describe('a backup', () => {
  it('is restored as it was at an instant, with what had been written until then', async () => {
    const folder = join(parent, 'until-b');

    const plan = await restore(folder, instant(1));

    expect(plan.reaches).toBe(instant(1));
    expect(await words(folder)).toEqual(['a', 'b']);
    expect(loadInstallationKeys(folder, 'demo').installationId).toBe(keys.installationId);
  });

  it('is restored to the end of its log, as an installation that can be backed up again', async () => {
    const folder = join(parent, 'to-the-end');

    await restore(folder);

    expect(await words(folder)).toEqual(['a', 'b', 'c']);
    expect(findRecipient(folder)).toBe(findRecipient(site));
  });

  it('names what is possible where an instant is too early or too late', () => {
    const key = readBackupKey(keyFile);
    const refused = /cannot be restored. Possible is \d{4}-\S+Z to \d{4}-\S+Z\.$/;

    expect(() => planRestore(backups, key, instant(0) - 3_600_000)).toThrow(refused);
    expect(() => planRestore(backups, key, instant(2) + 3_600_000)).toThrow(refused);
  });

  it('holds nothing that can be read without the key', () => {
    const files = readdirSync(backups, { recursive: true, withFileTypes: true });
    const contents = files
      .filter((file) => file.isFile())
      .map((file) => readFileSync(join(file.parentPath, file.name), 'latin1'));

    const secret = readFileSync(join(site, 'keys/installation.secret'), 'latin1').trim();
    const { identity } = readBackupKey(keyFile);
    for (const text of [secret, identity, 'claviger_admin'])
      expect(contents.filter((content) => content.includes(text))).toEqual([]);
    expect(readFileSync(join(site, 'keys/backup-recipient'), 'utf8')).not.toContain(identity);
  });

  it('keeps so many bases, and no log from before them; what was killed half-way goes', async () => {
    const folder = join(parent, 'kept');
    await base(folder);
    mkdirSync(join(folder, 'bases', '2026-01-01T00-00-00.000Z.unfinished'));
    const shipping = await shipLog({ adminUrl, folder, signingKey: keys.commandSigningKey });
    await askDatabase(adminUrl, 'select pg_switch_wal()');
    await shipping.flush();
    await base(folder, 2);
    await shipping.flush();
    const log = readdirSync(join(folder, 'log'));

    const { pruned } = await base(folder, 1);
    await shipping.stop();

    expect(pruned).toBe(2);
    const left = readdirSync(join(folder, 'bases'));
    expect(left).toHaveLength(1);
    const kept = readdirSync(join(folder, 'log'));
    expect(kept).not.toContain(log[0]);
    expect(planRestore(folder, readBackupKey(keyFile), undefined).base.path).toContain(left[0]);
  });
});

describe('a restore refuses', () => {
  it('another key, before it makes anything', async () => {
    const other = join(parent, 'other.key');
    await makeBackupKey({ dataFolder: site, file: other, isReplacing: true }, keys, Date.now());
    const key = readBackupKey(other);

    await expect(openSecrets(planRestore(backups, key, undefined), key)).rejects.toThrow(
      /was encrypted for another backup key than this one/,
    );
  });

  it('the backup of another installation, and records that it has not signed', async () => {
    const key = readBackupKey(keyFile);
    const stranger = { ...key, installationId: crypto.randomUUID() };
    expect(() => planRestore(backups, stranger, undefined)).toThrow(/another installation/);
    const [name = ''] = readdirSync(join(backups, 'bases'));
    const path = join(backups, 'bases', name, 'record.signed');
    const genuine = readFileSync(path, 'utf8');

    writeFileSync(path, genuine.replace('"program": "test"', '"program": "other"'));

    expect(() => planRestore(backups, key, undefined)).toThrow(/was not signed by the installation/);
    writeFileSync(path, genuine);
    await expect(openSecrets(planRestore(backups, key, undefined), key)).resolves.toBeDefined();
  });

  it('a file in which a bit has turned, and leaves no database', async () => {
    const key = readBackupKey(keyFile);
    const plan = planRestore(backups, key, undefined);
    const path = join(plan.base.path, 'cluster.tar.gz.age');
    const genuine = readFileSync(path);
    const turned = Buffer.from(genuine);
    turned.writeUInt8(turned.readUInt8(200_000) ^ 1, 200_000);
    writeFileSync(path, turned);
    const folder = join(parent, 'turned');

    await expect(restore(folder)).rejects.toThrow(BackupProblem);

    expect(readdirSync(join(folder, 'postgres')).filter((name) => name.startsWith('cluster'))).toEqual([]);
    writeFileSync(path, genuine);
  });
});

describe('the mark of a restore', () => {
  it('raises the incarnation once, above all that the lost history can have had', async () => {
    const { installationSecret } = keys;
    const folder = join(parent, 'marked');
    await restore(folder);
    const restoredAt = Date.UTC(2026, 10, 29);

    const found = await withEmbedded(
      { folder: join(folder, 'postgres'), installationSecret, report: ignore },
      async (url) => {
        const { incarnation: raised } = await markRestored(url, {
          installationId: keys.installationId,
          restoredAt,
          reachedAt: instant(2),
        });
        const rows = await askDatabase<{ incarnation: string }>(
          url,
          `select i.incarnation::text from claviger.installations i
             join claviger.restores r on r.incarnation = i.incarnation`,
        );
        return { raised, rows };
      },
    );

    const incarnation = restoredAt / 10_000;
    expect(found).toEqual({ raised: incarnation, rows: [{ incarnation: String(incarnation) }] });
  });
});

import { chmodSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Key } from '@claviger/protocol';
import { askDatabase } from '../../../test/ask-database.ts';
import { temporaryRoot } from '../../../test/embedded/temporary-root.ts';
import { guestKey, makeKey, openHome, wallMinuteAt, type TestHome } from '../../../test/guest-keys.ts';
import { createTestApp, type TestApp } from '../../../test/test-app.ts';
import { TestBrowser } from '../../../test/test-http.ts';
import {
  findRecipient,
  makeBackupKey,
  makeBase,
  openSecrets,
  planRestore,
  putSecrets,
  readBackupKey,
  restoreDatabase,
  shipLog,
} from '../../platform/backup/index.ts';
import { findRunning, startDatabase, withEmbedded, type Database } from '../../platform/database/index.ts';
import { claimDatabase } from '../../platform/installation/index.ts';
import { loadInstallationKeys, type InstallationKeys, type Secret } from '../../platform/secrets/index.ts';
import { beginRestored, readRestoreReport } from './index.ts';

/** A real database that is lost, and made again from its real backup. */
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const parent = mkdtempSync(join(temporaryRoot, 'claviger-restored-'));
// The account that PostgreSQL runs as has to pass.
chmodSync(parent, 0o755);
const backups = join(parent, 'backups');
const keyFile = join(parent, 'taken-away.key');
const ignore = (): void => {
  // These tests look at what is there, not at the log.
};

interface Site {
  readonly folder: string;
  readonly keys: InstallationKeys;
  readonly database: Database;
  readonly adminUrl: Secret;
  readonly server: TestApp;
}

interface Made {
  readonly key: Key;
  readonly pin: string;
}

let site: Site;
let home: TestHome;
let revoked: Made;
let counted: Made;
let changed: Made;
let later: Made;

async function openSite(folder: string): Promise<Site> {
  const keys = loadInstallationKeys(folder, 'demo');
  chmodSync(folder, 0o711);
  const postgres = join(folder, 'postgres');
  const engine = { kind: 'embedded', folder: postgres } as const;
  const database = await startDatabase({
    engine,
    installationSecret: keys.installationSecret,
    report: ignore,
  });
  await claimDatabase(database, keys);
  const adminUrl = await findRunning(postgres);
  if (!adminUrl) throw new Error('the database runs');
  return { folder, keys, database, adminUrl, server: await createTestApp({ database }, keys) };
}

async function close({ server, database }: Site): Promise<void> {
  await server.close();
  await database.close();
}

function asAdmin<Row extends object>(text: string, values: readonly unknown[] = []): Promise<Row[]> {
  return askDatabase<Row>(site.adminUrl, text, values);
}

async function sync(): Promise<void> {
  await site.server.runJob('compile_list', { entityId: home.entityId, lockId: home.lockId });
  await home.box.talk();
}

async function pass(ms: number): Promise<void> {
  site.server.clock.advance(ms);
  home.box.boxClock.advance(ms);
  home.box.agent.wake();
  await home.box.talk();
}

async function make(more: object): Promise<Made> {
  const { key, secrets } = await makeKey(home, site.server.clock.now(), more);
  await sync();
  return { key, pin: secrets.pin ?? '' };
}

/** Shows a PIN when the door has locked again; whether the lock opened. */
async function opens({ pin }: Made): Promise<boolean> {
  await pass(10_000);
  const before = home.box.hardware.moves.length;
  home.box.agent.present(1, { reader: 'keypad', text: pin });
  await home.box.talk();
  return home.box.hardware.moves.length > before;
}

const url = (key: Made): string => `/api/entities/${home.entityId}/keys/${key.key.id}`;

/** A base and its log, up to now; returns the instant that is restored. */
async function backUp(): Promise<number> {
  const { folder, keys, adminUrl } = site;
  await makeBackupKey({ dataFolder: folder, file: keyFile, isReplacing: false }, keys, Date.now());
  const recipient = findRecipient(folder) ?? '';
  const to = { adminUrl, dataFolder: folder, folder: backups, recipient, keys };
  await makeBase({ ...to, incarnation: 1, program: 'test', postgres: '18', keep: 1, onProgress: ignore });
  const shipping = await shipLog({ adminUrl, folder: backups, signingKey: keys.commandSigningKey });
  const [row] = await asAdmin<{ at: string }>(
    'select ceil(extract(epoch from clock_timestamp()) * 1000)::text as at',
  );
  await shipping.flush();
  await shipping.stop();
  return Number(row?.at);
}

/** What happens after the backup, and is lost with the server. */
async function liveOn(): Promise<void> {
  await home.browser.request('DELETE', url(revoked));
  await sync();
  const now = site.server.clock.now();
  const { validFrom } = guestKey(home, now);
  const validUntil = wallMinuteAt(now, 24);
  const { version } = (await home.browser.get(url(changed))).json<Key>();
  const change = { validFrom, validUntil, maxUses: 1, version };
  await home.browser.request('PATCH', url(changed), change);
  await sync();
  later = await make({});
  await opens(counted);
  await opens(later);
  for (const ms of [10_000, 30_000]) await pass(ms);
}

async function restoreTo(folder: string, at: number): Promise<void> {
  const key = readBackupKey(keyFile);
  const plan = planRestore(backups, key, at);
  const secrets = await openSecrets(plan, key);
  mkdirSync(folder);
  chmodSync(folder, 0o755);
  const postgres = join(folder, 'postgres');
  await restoreDatabase(plan, { folder: postgres, key, secrets, report: ignore, onProgress: ignore });
  const { installationSecret } = site.keys;
  await withEmbedded({ folder: postgres, installationSecret, report: ignore }, (adminUrl) =>
    beginRestored(
      { adminUrl, installationSecret },
      {
        installationId: plan.base.record.installationId,
        restoredAt: site.server.clock.now(),
        reachedAt: plan.reaches,
      },
    ),
  );
  putSecrets(folder, secrets);
}

beforeAll(async () => {
  site = await openSite(join(parent, 'site'));
  home = await openHome(site.server);
  revoked = await make({});
  counted = await make({ maxUses: 3 });
  changed = await make({ maxUses: 5 });
  await opens(counted);
  await pass(30_000);
  const at = await backUp();
  await liveOn();
  await close(site);
  const now = site.server.clock.now();
  home.box.agent.linkDown();
  await restoreTo(join(parent, 'restored'), at);
  site = await openSite(join(parent, 'restored'));
  site.server.clock.advance(now - site.server.clock.now());
  home.box.moveTo(site.server);
});

afterAll(async () => {
  await close(site);
  rmSync(parent, { recursive: true });
});

const stateOf = async ({ key }: Made): Promise<string | undefined> => {
  const [row] = await asAdmin<{ state: string }>('select state from claviger.keys where id = $1', [key.id]);
  return row?.state;
};

describe('a server that was restored to a moment before', () => {
  it('knows nothing of what came then, and lets nobody in who had signed in before', async () => {
    expect([await stateOf(revoked), await stateOf(later)]).toEqual(['active', undefined]);
    const browser = new TestBrowser(site.server.app.portal);
    const { cookie } = home.browser;
    expect(cookie).not.toBe('');
    expect((await browser.get(url(revoked), { cookie })).statusCode).toBe(401);
  });

  it('changes nothing at a door that is away: it decides by what it has', async () => {
    expect([await opens(revoked), await opens(counted), await opens(later)]).toEqual([false, true, true]);
  });

  it('asks the door before it tells it anything, and makes no list before that is answered', async () => {
    home.box.agent.linkUp();
    await home.box.talk();
    await sync();

    expect(await opens(revoked)).toBe(false);
    const [lists] = await asAdmin<{ owed: boolean; version: number }>(
      'select report_owed_since is not null as owed, version::int from claviger.lock_lists',
    );
    expect(lists?.owed).toBe(true);
  });

  it('ends again what had been ended, and gives nothing again that it does not know', async () => {
    await site.server.runJob('take_report', { entityId: home.entityId, lockId: home.lockId });
    await sync();
    await pass(30_000);

    expect(await stateOf(revoked)).toBe('revoked');
    expect([await opens(revoked), await opens(later)]).toEqual([false, false]);
    const [limit] = await asAdmin('select max_uses from claviger.keys where id = $1', [changed.key.id]);
    expect(limit).toEqual({ max_uses: 1 });
    expect([await opens(changed), await opens(changed)]).toEqual([true, false]);
  });

  it('counts what was spent meanwhile, by whichever server or none', async () => {
    await pass(30_000);

    const [binding] = await asAdmin('select uses_spent from claviger.bindings where key_id = $1', [
      counted.key.id,
    ]);
    expect(binding).toEqual({ uses_spent: 3 });
    expect(await opens(counted)).toBe(false);
  });

  it('has each event once that the door still had, and says when the others were that are gone', async () => {
    const [events] = await asAdmin<{ count: number; hashes: number; places: number }>(
      `select count(*)::int, count(distinct hash)::int as hashes, count(distinct sequence)::int as places
         from claviger.activity_events where log_epoch > 0`,
    );
    expect(events?.hashes).toBe(events?.count);
    expect(events?.places).toBe(events?.count);
    const gaps = await asAdmin<{ isSpan: boolean; detail: string }>(
      `select unknown_since < at as "isSpan", detail from claviger.activity_events
         where type = 'server_restored' and unknown_since is not null`,
    );
    expect(gaps).toHaveLength(1);
    expect(gaps[0]?.isSpan).toBe(true);
    expect(gaps[0]?.detail).toMatch(/^missing_events 1 \d+ 1 \d+$/);
    expect(home.box.disk.transact((transaction) => transaction.countEvents())).toBe(0);
  });

  it('shows in one report what doors brought back, and what a person has to give again', async () => {
    const report = await readRestoreReport(site.database);

    expect(report?.owing).toEqual([]);
    const [told] = report?.told ?? [];
    expect(told).toMatchObject({ kind: 'list', revoked: 1, narrowed: 1, lockId: home.lockId });
    expect(told?.granted).toEqual([{ key: later.key.id, type: 'guest', isKnown: false }]);
    const audits = await asAdmin<{ operation: string }>(
      `select distinct operation from claviger.audit_entries where operation in
         ('installation.restore', 'lock.take_report') and entity_id = $1 order by operation`,
      [home.entityId],
    );
    expect(audits.map(({ operation }) => operation)).toEqual(['installation.restore', 'lock.take_report']);
  });
});

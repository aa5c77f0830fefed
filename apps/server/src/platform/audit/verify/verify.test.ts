import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  chanceFrom,
  cutTail,
  damage,
  dropGuards,
  isFound,
  plantChains,
  rehash,
  type Damage,
} from '../../../../test/audit/damage.ts';
import { forgetAudit } from '../../../../test/audit/forget.ts';
import { testSecret } from '../../../../test/database-server.ts';
import { createTestDatabase, type TestDatabase } from '../../../../test/test-database.ts';
import {
  checkpointFile,
  CheckpointProblem,
  checkpointSignerOf,
  openAudit,
  readCheckpointFile,
  resealChains,
  takeCheckpoint,
  verifyAudit,
  type AuditReport,
} from '../index.ts';

const signer = checkpointSignerOf(testSecret);
const length = 12;
const takenAt = Date.UTC(2026, 10, 29, 12);
let test: TestDatabase;
let chains: string[];

beforeAll(async () => {
  test = await createTestDatabase();
  await dropGuards(test);
  await test.asAdmin(
    "insert into claviger.installations (id) values ('00000000-0000-8000-8000-00000000000a')",
  );
});
afterAll(() => test.drop());
beforeEach(async () => {
  await forgetAudit(test);
  await test.asAdmin('delete from claviger.audit_checkpoints');
  chains = await plantChains(test, 4, length);
});

function verify(file?: string): Promise<AuditReport> {
  const exported = file === undefined ? undefined : readCheckpointFile(file, signer);
  return verifyAudit(test.database, { installationSecret: testSecret, exported });
}

/** A checkpoint as somebody keeps it elsewhere, of all chains or of one. */
async function exportCheckpoint(chain?: string, now = takenAt): Promise<string> {
  const taken = await takeCheckpoint(test.database, { installationSecret: testSecret, now });
  return checkpointFile(taken, signer.publicKey, chain);
}

/** Whoever can write to the database can also remove what it has signed. */
function removeCheckpoints() {
  return test.asAdmin('delete from claviger.audit_checkpoints');
}

function faults({ chains: of }: AuditReport) {
  return of.flatMap(({ chain, fault }) => (fault ? [{ chain, ...fault }] : []));
}

/** Adds one more entry to a chain. */
function add(entityId: string, at = takenAt): Promise<void> {
  const audit = openAudit({ installationSecret: testSecret, now: () => at });
  return test.database.transact({ kind: 'entity', entityId }, (tx) =>
    audit.add(tx, { scope: 'entity', entityId, operation: 'lock.open', outcome: 'done' }),
  );
}

const nameOf = (done: Damage): string => `${done.kind} of ${done.sequence}: ${done.what}`;

describe('verification', () => {
  it('finds every chain of an honest installation whole, with a checkpoint and without', async () => {
    const file = await exportCheckpoint();
    await add(chains[0] ?? '');

    for (const report of [await verify(), await verify(file)]) {
      expect(report).toMatchObject({ isWhole: true, checkpoints: { count: 1 }, hasUnchained: false });
      expect(faults(report)).toEqual([]);
      expect(report.chains.map(({ entries }) => entries).sort()).toEqual([0, 12, 12, 12, 13]);
    }
  });

  it('names the first bad entry of each chain, whatever was edited, deleted or swapped', async () => {
    const chance = chanceFrom(7);
    const missed: string[] = [];
    for (let round = 0; round < 25; round += 1) {
      await forgetAudit(test);
      chains = await plantChains(test, 4, length);
      const done = new Map<string, Damage>();
      for (const chain of chains) done.set(chain, await damage(test, { chain, length }, chance));

      const report = await verify();

      expect(report.isWhole).toBe(false);
      for (const { chain, fault } of report.chains) {
        const was = done.get(chain);
        if (was && !isFound(was, fault)) missed.push(`${nameOf(was)} found as ${JSON.stringify(fault)}`);
      }
    }
    expect(missed).toEqual([]);
  }, 60_000);

  it('finds a cut end by the checkpoint that is kept, and by one that was taken away', async () => {
    const file = await exportCheckpoint();
    const [chain = ''] = chains;
    await cutTail(test, chain, 9);

    const cut = { chain, kind: 'cut', sequence: 10, to: 12 };
    expect(faults(await verify())).toMatchObject([{ ...cut, known: { number: 1, isFile: false } }]);
    await removeCheckpoints();
    expect((await verify()).isWhole).toBe(true);
    const report = await verify(file);
    expect(faults(report)).toMatchObject([{ ...cut, known: { number: 1, isFile: true } }]);
    expect(report.checkpoints.fault).toEqual({ number: 1, kind: 'missing' });
  });

  it('finds a chain of which every hash was computed again, by an exported checkpoint alone', async () => {
    const file = await exportCheckpoint();
    const [chain = ''] = chains;
    await rehash(test, chain, 5);
    await removeCheckpoints();
    expect((await verify()).isWhole).toBe(true);

    expect(faults(await verify(file))).toMatchObject([{ chain, kind: 'rewritten', sequence: 12 }]);
  });

  it('finds a chain that is gone altogether', async () => {
    const file = await exportCheckpoint();
    const [chain = ''] = chains;
    for (const table of ['audit_entries', 'audit_chains']) {
      await test.asAdmin(`delete from claviger.${table} where chain = $1`, [chain]);
    }

    expect(faults(await verify(file))).toMatchObject([{ chain, kind: 'cut', sequence: 1, to: 12 }]);
  });

  it('finds entries that the chain does not know', async () => {
    const [chain = ''] = chains;
    await test.asAdmin('update claviger.audit_chains set sequence = 11 where chain = $1', [chain]);

    expect(faults(await verify())).toEqual([{ chain, kind: 'beyond', sequence: 12 }]);
  });

  it.each([
    ['removed', 'delete from claviger.audit_checkpoints where number = 1', 'missing'],
    [
      'changed',
      "update claviger.audit_checkpoints set signed = signed || '\\x00' where number = 1",
      'forged',
    ],
    [
      'given other heads',
      "update claviger.audit_checkpoints set heads = '\\x80' where number = 1",
      'other_heads',
    ],
  ])('finds a kept checkpoint that was %s', async (_what, text, kind) => {
    await exportCheckpoint();
    await add(chains[0] ?? '');
    await exportCheckpoint();
    await test.asAdmin(text);

    const { checkpoints, isWhole } = await verify();
    expect([isWhole, checkpoints.fault]).toEqual([false, { number: 1, kind }]);
  });

  it('goes on after a restore with an entry that says so, and tells what that has lost', async () => {
    const [chain = '', whole = ''] = chains;
    await add(chain, takenAt);
    const file = await exportCheckpoint(undefined, takenAt + 1);
    // The backup was older than the last entry and its checkpoint.
    await cutTail(test, chain, 12);
    await removeCheckpoints();
    const audit = openAudit({ installationSecret: testSecret, now: () => takenAt });
    const restore = { incarnation: 2, restoredAt: takenAt + 60_000, reachedAt: takenAt - 1 };
    await resealChains(test.database, audit, { ...restore, entityIds: chains });

    expect((await verify()).isWhole).toBe(true);
    const report = await verify(file);
    expect(faults(report)).toMatchObject([{ chain, kind: 'rewritten', sequence: 13 }]);
    const found = new Map(report.chains.map((of) => [of.chain, of.restores]));
    const told = { sequence: 13, restoredAt: takenAt + 60_000, reachedAt: takenAt - 1 };
    expect([found.get(chain), found.get(whole)]).toEqual([[told], [told]]);
  });
});

describe('an exported checkpoint', () => {
  it('of one Entity proves its own chain, and names no other', async () => {
    const [chain = '', ...others] = chains;
    const file = await exportCheckpoint(chain);
    for (const other of others) expect(file).not.toContain(other);

    await cutTail(test, others[0] ?? '', 3);
    await removeCheckpoints();
    expect(faults(await verify(file))).toEqual([]);
    await cutTail(test, chain, 3);
    expect(faults(await verify(file))).toMatchObject([{ chain, kind: 'cut', sequence: 4 }]);
  });

  it.each([
    ['a head', (file: string) => file.replace(/"sequence": 12/, '"sequence": 11')],
    ['what was signed', (file: string) => file.replace(/"signed": "..../, '"signed": "AAAA')],
    ['everything', () => 'not JSON'],
  ])('in which %s was changed is refused', async (_what, change) => {
    const [chain = ''] = chains;
    for (const file of [await exportCheckpoint(), await exportCheckpoint(chain)]) {
      expect(() => readCheckpointFile(change(file), signer)).toThrow(CheckpointProblem);
    }
  });

  it('is taken once for what has not changed, and names the one before', async () => {
    await exportCheckpoint();
    await exportCheckpoint();
    await add(chains[0] ?? '');
    await Promise.all([exportCheckpoint(), exportCheckpoint(), exportCheckpoint()]);

    expect(await verify()).toMatchObject({ isWhole: true, checkpoints: { count: 2 } });
  });
});

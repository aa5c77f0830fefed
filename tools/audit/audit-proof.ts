/**
 * `npm run audit-proof`: the Audit as evidence, in figures. Writes 100,000 entries as the server does, takes
 * a checkpoint away, verifies; cuts ends and computes whole chains again, which the checkpoint has to find;
 * then does 1,000 random things to 1,000 chains, and expects the first bad entry of each to be named. Ends
 * with 1 where one was missed. `--seed` draws others, `--chains` and `--length` other sizes.
 */
import { parseArgs } from 'node:util';
import { Pool } from 'pg';
import {
  checkpointFile,
  checkpointSignerOf,
  readCheckpointFile,
  takeCheckpoint,
  verifyAudit,
  type AuditReport,
} from '../../apps/server/src/platform/audit/index.ts';
import { columnTypes } from '../../apps/server/src/platform/database/connection/column-types.ts';
import { connectDatabase } from '../../apps/server/src/platform/database/index.ts';
import {
  chanceFrom,
  cutTail,
  damage,
  dropGuards,
  isFound,
  plantChains,
  rehash,
  type Damage,
  type Test,
} from '../../apps/server/test/audit/damage.ts';
import { startDatabaseServer, testSecret } from '../../apps/server/test/database-server.ts';

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: '1' },
    chains: { type: 'string', default: '1000' },
    length: { type: 'string', default: '100' },
  },
});
const [seed, chains, length] = [Number(values.seed), Number(values.chains), Number(values.length)];
/** So many chains lose their end, and so many are computed again. */
const rewritten = 20;

async function timed<Result>(what: string, work: () => Promise<Result>): Promise<Result> {
  const before = performance.now();
  const result = await work();
  console.log(`${what}: ${((performance.now() - before) / 1_000).toFixed(1)} s`);
  return result;
}

function verify(test: Test, file?: string): Promise<AuditReport> {
  const exported = file === undefined ? undefined : readCheckpointFile(file, checkpointSignerOf(testSecret));
  return verifyAudit(test.database, { installationSecret: testSecret, exported });
}

function faultOf(report: AuditReport, chain: string) {
  return report.chains.find((of) => of.chain === chain)?.fault;
}

/** Says how many of so many were found; those that were missed by name. */
function say(what: string, all: number, missed: readonly string[]): void {
  console.log(`${what}: ${all - missed.length} of ${all} found`);
  for (const one of missed) console.log(`  missed: ${one}`);
  if (missed.length > 0) process.exitCode = 1;
}

/** What only a checkpoint that was taken away can find. */
async function proveEnds(test: Test, entityIds: readonly string[], file: string): Promise<void> {
  const [cut, again] = [entityIds.slice(0, rewritten), entityIds.slice(rewritten, 2 * rewritten)];
  const chance = chanceFrom(seed + 1);
  for (const chain of cut) await cutTail(test, chain, 1 + chance(length - 1));
  for (const chain of again) await rehash(test, chain, 1 + chance(length));
  await test.asAdmin('delete from claviger.audit_checkpoints');
  const alone = await verify(test);
  console.log(`without the checkpoint: ${alone.chains.filter(({ fault }) => fault).length} found`);
  const report = await verify(test, file);
  const missing = (of: readonly string[], kind: string) =>
    of.filter((chain) => faultOf(report, chain)?.kind !== kind);
  say('cut ends, with the checkpoint', cut.length, missing(cut, 'cut'));
  say('chains computed again, with the checkpoint', again.length, missing(again, 'rewritten'));
}

/** Edits, deletions and swaps of single entries, one in each chain. */
async function proveEntries(test: Test, entityIds: readonly string[]): Promise<void> {
  const chance = chanceFrom(seed);
  const done: Damage[] = [];
  for (const chain of entityIds) done.push(await damage(test, { chain, length }, chance));
  const report = await timed('verified what was tampered with', () => verify(test));
  for (const kind of ['edit', 'edit_with_hash', 'delete', 'swap'] as const) {
    const of = done.filter((one) => one.kind === kind);
    const missed = of.filter((one) => !isFound(one, faultOf(report, one.chain)));
    say(
      `${kind.replaceAll('_', ' ')}, at the first bad entry`,
      of.length,
      missed.map(({ chain, sequence, what }) => `${chain} ${sequence}: ${what}`),
    );
  }
}

async function prove(test: Test): Promise<void> {
  await dropGuards(test);
  const total = chains + 2 * rewritten;
  const planted = await timed(`${total * length} entries written`, () => plantChains(test, total, length));
  const taken = await takeCheckpoint(test.database, { installationSecret: testSecret, now: Date.now() });
  const file = checkpointFile(taken, checkpointSignerOf(testSecret).publicKey);
  const report = await timed(`${total * length} entries verified`, () => verify(test, file));
  console.log(`found ${report.isWhole ? 'whole' : 'NOT whole'}`);
  if (!report.isWhole) process.exitCode = 1;
  await proveEnds(test, planted.slice(chains), file);
  await proveEntries(test, planted.slice(0, chains));
}

const server = await startDatabaseServer();
const adminUrl = server.templateUrl;
const admin = new Pool({ connectionString: adminUrl.revealText(), types: columnTypes, max: 1 });
const database = await connectDatabase({
  ...{ adminUrl, installationSecret: testSecret },
  report: () => undefined,
});
try {
  const asAdmin = async <Row extends object>(text: string, given: readonly unknown[] = []) =>
    (await admin.query<Row>(text, [...given])).rows;
  await prove({ database, asAdmin });
} finally {
  await admin.end();
  await database.close();
  await server.stop();
}

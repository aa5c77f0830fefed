import { issueList, type AuthorityPorts, type ListCompiler } from '@claviger/authority';
import { z } from 'zod';
import type { Database } from '../../platform/database/index.ts';
import { tellLive } from '../../platform/live/index.ts';
import type { Bus } from '../../platform/messaging/index.ts';
import { authorityTransaction, wantListOf } from '../authority/index.ts';
import { compileFor, endedStayForMs, type ListMaking } from './compile.ts';
import { forgetAt } from './forgetting/store.ts';
import { findListedLock, findWantedSince, holdMark, listPlaces, type ListedPlace } from './store.ts';

export const compileListPayload = z.object({ entityId: z.uuid(), lockId: z.uuid() }).strict();
export type CompileList = z.infer<typeof compileListPayload>;

export interface ListJobs {
  readonly database: Database;
  readonly ports: AuthorityPorts;
  readonly bus: Bus;
  readonly making: ListMaking;
}

/** A mark that is older than this was left behind. */
const leftBehindAfterMs = 60_000;
/** Lists that one run repairs, the oldest first; the next run goes on. */
const repairLimit = 200;
const pageSize = 500;
/** A list is made anew this long after its signing; its table of zone offsets lasts more than a year. */
const remadeAfterMs = 30 * 86_400_000;

/**
 * Compiles what is wanted of the list of one lock now, signs and records it, and sends it once that is
 * committed. Idempotent: run twice, it finds nothing wanted.
 */
export async function compileWanted({ entityId, lockId }: CompileList, jobs: ListJobs): Promise<void> {
  const { database, ports, bus, making } = jobs;
  const issued = await database.transact({ kind: 'entity', entityId: entityId }, async (tx) => {
    const found = await findListedLock(tx, entityId, lockId);
    if (!found) return undefined;
    const { deviceId } = found;
    const transaction = await authorityTransaction(tx, deviceId);
    await transaction.getDevice();
    await holdMark(tx, entityId, lockId);
    const compile: ListCompiler = async (heading, keyIds) => {
      const { ownershipEpoch } = heading;
      const wanted = { entityId, lockId, ownershipEpoch, at: ports.now(), keyIds };
      return (await compileFor(tx, wanted, making))?.compile(heading);
    };
    const list = await issueList(transaction, { deviceId, lockId, compile }, ports);
    if (!list) return undefined;
    await tellLive(tx, entityId, { topic: 'lock', id: lockId });
    return { deviceId, letters: list.letters };
  });
  for (const { channel, message } of issued?.letters ?? []) {
    await bus.send(issued?.deviceId ?? '', channel, message);
  }
}

/** Does the work at each lock; one that fails holds up no other. Returns what was thrown. */
async function failuresAtEach<Place>(
  places: readonly Place[],
  work: (place: Place) => Promise<void>,
): Promise<unknown[]> {
  const failures: unknown[] = [];
  for (const place of places) {
    try {
      await work(place);
    } catch (error) {
      failures.push(error);
    }
  }
  return failures;
}

function throwFirst(failures: readonly unknown[]): void {
  if (failures.length > 0) throw new AggregateError(failures, 'lists of locks could not be made');
}

async function repairBefore(before: number, jobs: ListJobs): Promise<void> {
  const left = await jobs.database.transact({ kind: 'installation' }, (tx) =>
    findWantedSince(tx, before, repairLimit),
  );
  throwFirst(await failuresAtEach(left, ({ entityId, lockId }) => compileWanted({ entityId, lockId }, jobs)));
}

/** Compiles the lists whose job was lost with the process that ran it. Runs every minute. */
export function repairLists(jobs: ListJobs): Promise<void> {
  return repairBefore(jobs.ports.now() - leftBehindAfterMs, jobs);
}

/**
 * The same for everything that is wanted, however lately: at a start nobody else may be at work, and a
 * revocation is not to wait. What another process compiles at this moment is compiled once.
 */
export function repairAllLists(jobs: ListJobs): Promise<void> {
  return repairBefore(jobs.ports.now() + 1, jobs);
}

async function tendOne({ entityId, lockId, deviceId, signedAt }: ListedPlace, jobs: ListJobs): Promise<void> {
  const now = jobs.ports.now();
  await jobs.database.transact({ kind: 'entity', entityId: entityId }, async (tx) => {
    await holdMark(tx, entityId, lockId);
    await forgetAt(tx, { entityId, lockId }, now - endedStayForMs);
    const isOld = signedAt !== null && signedAt < now - remadeAfterMs;
    if (isOld) await wantListOf(tx, { entityId, lockId, deviceId }, now);
  });
}

/** Makes old lists anew and forgets what has ended for long. Runs every day, lock by lock. */
export async function tendLists(jobs: ListJobs): Promise<void> {
  let after: string | undefined;
  const failures: unknown[] = [];
  for (;;) {
    const places = await jobs.database.transact({ kind: 'installation' }, (tx) =>
      listPlaces(tx, after, pageSize),
    );
    failures.push(...(await failuresAtEach(places, (place) => tendOne(place, jobs))));
    if (places.length < pageSize) break;
    after = places.at(-1)?.lockId;
  }
  throwFirst(failures);
}

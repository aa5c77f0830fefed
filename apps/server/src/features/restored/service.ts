import {
  endingsOf,
  readReported,
  tellAtLocks,
  type AuthorityPorts,
  type Endings,
  type OwnedDevice,
} from '@claviger/authority';
import { detailOf, type AccessList, type DeviceId, type EntityId } from '@claviger/domain';
import { encodeAccessList } from '@claviger/protocol';
import { z } from 'zod';
import type { Audit } from '../../platform/audit/index.ts';
import type { Database, Transaction } from '../../platform/database/index.ts';
import { compileFor, credentialsByLookup, type ListMaking } from '../access-lists/index.ts';
import { authorityTransaction, wantListOf } from '../authority/index.ts';
import { takeEndings, type AppliedEndings } from '../keys/index.ts';
import * as store from './store.ts';

export const takeReportPayload = z.object({ entityId: z.uuid(), lockId: z.uuid() }).strict();
export type TakeReport = z.infer<typeof takeReportPayload>;

export interface ReportParts {
  readonly database: Database;
  readonly ports: AuthorityPorts;
  readonly making: ListMaking;
  readonly audit: Audit;
}

interface Place extends TakeReport {
  readonly deviceId: string;
}

/** How the list of the door differs from the one that would be made now. */
async function differences(
  tx: Transaction,
  { place, device, list }: { place: Place; device: OwnedDevice; list: AccessList },
  { ports, making }: ReportParts,
): Promise<Endings | undefined> {
  const { entityId, lockId } = place;
  const { ownershipEpoch } = device;
  const made = await compileFor(tx, { entityId, lockId, ownershipEpoch, at: ports.now() }, making);
  const { device: of, incarnation, version, signedAt } = list;
  return (
    made && endingsOf(list, made.compile({ device: of, ownershipEpoch, incarnation, version, signedAt }))
  );
}

function isAny({ revoked, suspended, narrowed, credentials }: AppliedEndings): boolean {
  return revoked + suspended + narrowed + credentials > 0;
}

/** What came of a report. */
interface Outcome {
  readonly place: Place;
  readonly applied: AppliedEndings;
  readonly granted: Endings['granted'];
}

/** Says at the lock what stays ended there, and what is not given again; nothing where it is as it was. */
async function tellAtLock({ place, applied, granted }: Outcome, { database, ports }: ReportParts) {
  if (!isAny(applied) && granted.length === 0) return;
  const deviceId = place.deviceId as DeviceId;
  const ended = applied.revoked + applied.suspended;
  const detail = detailOf('stay_ended', ended, applied.credentials, granted.length);
  await database.transact({ kind: 'device', deviceId }, async (tx) => {
    const transaction = await authorityTransaction(tx, deviceId);
    await tellAtLocks(transaction, { type: 'server_restored', at: ports.now(), detail }, ports);
  });
}

async function take(tx: Transaction, wanted: TakeReport, parts: ReportParts): Promise<Outcome | undefined> {
  const { entityId, lockId } = wanted;
  const { ports, making } = parts;
  const at = ports.now();
  const reported = await store.findReported(tx, wanted);
  if (!reported) return undefined;
  const { deviceId } = reported;
  const device = await (await authorityTransaction(tx, deviceId)).getDevice();
  const place = { ...wanted, deviceId };
  await wantListOf(tx, place, at);
  const list = readReported(reported, ports);
  await store.forgetReported(tx, wanted);
  const endings = list && device && (await differences(tx, { place, device, list }, parts));
  // Pieces that make no list of ours are asked for once more.
  if (!endings) return undefined;
  const door = { deviceId, entityId, ownershipEpoch: device.ownershipEpoch, lockId };
  const lookups = await credentialsByLookup(tx, door, making);
  const applied = await takeEndings(tx, { entityId: entityId as EntityId, lockId }, { endings, lookups, at });
  await store.keepList(tx, place, { list, encoded: encodeAccessList(list), sha256: ports.sha256 });
  await store.settleReport(tx, wanted);
  const { granted } = endings;
  const { incarnation, version } = list;
  const found = { list: { incarnation, version }, ...applied, granted };
  await store.addFinding(tx, { ...place, at, found });
  await parts.audit.add(tx, {
    ...{ scope: 'entity', entityId, operation: 'lock.take_report', objectType: 'lock', objectId: lockId },
    ...{ outcome: 'done', after: found, at },
  });
  return { place, applied, granted };
}

/**
 * Ends what a list that a door has given back had ended, keeps that list among those that are known, and lets
 * the next one be made, in one transaction. Idempotent.
 */
export async function takeReport(job: TakeReport, parts: ReportParts): Promise<void> {
  const scope = { kind: 'entity', entityId: job.entityId } as const;
  const outcome = await parts.database.transact(scope, (tx) => take(tx, job, parts));
  if (outcome) await tellAtLock(outcome, parts);
}

import type { ActivityType } from '@claviger/domain';
import { chainLink, encodeEvent } from '@claviger/protocol';
import type { AuthorityPorts } from '../authority.ts';
import type { AuthorityTransaction, EventRecord } from '../store.ts';

/** The log in which the server itself writes about a device; no device may. */
const serverLogEpoch = 0;

/** What the server has to tell of a device. */
export interface Notice {
  readonly type: ActivityType;
  readonly at: number;
  readonly uncertaintyMs?: number | undefined;
  readonly since?: number | undefined;
  readonly detail: string;
}

/** Writes a notice at each lock of the device, as events of a log that is chained like the device's own. */
export async function tellAtLocks(
  transaction: AuthorityTransaction,
  notice: Notice,
  { sha256, now }: Pick<AuthorityPorts, 'sha256' | 'now'>,
): Promise<void> {
  const log = await transaction.getLog(serverLogEpoch);
  const { type, at, uncertaintyMs = 0, since, detail } = notice;
  let { storedThrough: sequence, lastHash: hash } = log;
  const records: EventRecord[] = [];
  for (const { id: lockId, number: lock } of await transaction.getLocks()) {
    sequence += 1;
    const event = { sequence, lock, type, at, uncertaintyMs, mono: 0, bootNumber: 1, detail };
    hash = sha256(chainLink(hash, encodeEvent(event)));
    const nothing = { method: undefined, reason: undefined, commandId: undefined };
    records.push({
      ...{ logEpoch: serverLogEpoch, sequence, lockId, type, at, uncertaintyMs, detail, since, hash },
      ...nothing,
    });
  }
  await transaction.appendEvents(serverLogEpoch, records, now());
}

import { detailOf } from '@claviger/domain';
import type { EventsMessage } from '@claviger/protocol';
import type { AuthorityPorts } from '../authority.ts';
import { chained } from '../history/chain.ts';
import { isOfPresentBoot } from '../history/logs.ts';
import { tellAtLocks } from '../history/server-log.ts';
import type { AuthorityTransaction, OwnedDevice } from '../store.ts';

/**
 * After a restore a device goes on with its log where the server that is lost had stored it, perhaps in a log
 * that only that one knew. The place of the batch becomes that of the log, and what is missing is told; false
 * where this batch is no such thing.
 */
export async function resumeBrokenLog(
  transaction: AuthorityTransaction,
  { device, batch }: { readonly device: OwnedDevice; readonly batch: EventsMessage },
  ports: Pick<AuthorityPorts, 'sha256' | 'now'>,
): Promise<boolean> {
  const { logEpoch, firstSequence, previousHash } = batch;
  if (device.logBrokenSince === undefined || !isOfPresentBoot(device, batch)) return false;
  const first = chained(batch, ports.sha256)?.[0];
  if (!first) return false;
  const known = await transaction.getLog(device.logEpoch);
  const [last] = await transaction.getStored(device.logEpoch, [known.storedThrough]);
  const from = { storedThrough: firstSequence - 1, lastHash: previousHash };
  if (logEpoch > device.logEpoch) await transaction.beginLog(logEpoch, from);
  else await transaction.resumeLog(logEpoch, from);
  const { at, uncertaintyMs } = first;
  const missing = [device.logEpoch, known.storedThrough + 1, logEpoch, firstSequence - 1] as const;
  const detail = detailOf('missing_events', ...missing);
  const since = last && last.at < at ? last.at : undefined;
  await tellAtLocks(transaction, { type: 'server_restored', at, uncertaintyMs, since, detail }, ports);
  return true;
}

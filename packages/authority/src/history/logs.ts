import { detailOf, type DoubtCause } from '@claviger/domain';
import {
  areEqual,
  sealMessage,
  storedMessage,
  uuidBytes,
  type EventsMessage,
  type StoredMessage,
} from '@claviger/protocol';
import type { AuthorityPorts, Reply } from '../authority.ts';
import type { AuthorityTransaction, DoubtRecord, LogPosition, OwnedDevice } from '../store.ts';
import { tellAtLocks } from './server-log.ts';

/** The log of a device whose disk never went back. */
export const firstLogEpoch = 1;

interface Confirmed extends Pick<StoredMessage, 'logEpoch' | 'through' | 'hash' | 'next'> {
  readonly deviceId: string;
  readonly device: Pick<OwnedDevice, 'ownershipEpoch'>;
}

/** The answer about what is stored. */
export function storedReply(confirmed: Confirmed, ports: Pick<AuthorityPorts, 'signer'>): Reply {
  const { deviceId, device, logEpoch, through, hash, next } = confirmed;
  const { ownershipEpoch } = device;
  const body = { device: uuidBytes(deviceId), ownershipEpoch, logEpoch, through, hash, next };
  return { channel: 'sync', message: sealMessage(storedMessage, body, ports.signer) };
}

/**
 * Whether a batch comes from the boot that said hello last, and from the log that it goes on in: a batch that
 * is played again changes no history.
 */
export function isOfPresentBoot(
  { bootNonce, toldLogEpoch }: OwnedDevice,
  batch: Pick<EventsMessage, 'bootNonce' | 'logEpoch'>,
): boolean {
  return bootNonce !== undefined && areEqual(bootNonce, batch.bootNonce) && toldLogEpoch === batch.logEpoch;
}

/**
 * Marks the device, and gives the alarm at its locks that a disk of it went back in time; what it finds
 * damaged it tells itself.
 */
export async function raiseDoubt(
  transaction: AuthorityTransaction,
  cause: DoubtCause,
  ports: Pick<AuthorityPorts, 'sha256' | 'now'>,
): Promise<DoubtRecord> {
  const doubt: DoubtRecord = { since: ports.now(), cause, isLogBegun: false };
  await transaction.saveDoubt(doubt, doubt.since);
  if (cause !== 'damaged_memory')
    await tellAtLocks(transaction, { type: 'older_disk', at: doubt.since, detail: cause }, ports);
  return doubt;
}

/** A device that has to go on in another log than the one that it names, and from where. */
export interface Parted {
  readonly deviceId: string;
  readonly device: OwnedDevice;
  /** The log that it is in. */
  readonly logEpoch: number;
  /** The last place there that is stored. */
  readonly place: LogPosition;
  /** The first event of its own after that place. */
  readonly firstNews?: { readonly at: number; readonly uncertaintyMs: number } | undefined;
}

/** What there is of the newest log of a device in doubt. */
type NewestLog = 'owed' | 'begun here' | 'begun elsewhere' | 'used';

/** Whether this device has been named the newest log already, or another disk goes on there. */
export async function findNewestLog(
  transaction: AuthorityTransaction,
  { device, logEpoch, place }: Parted,
): Promise<NewestLog> {
  if (!device.doubt?.isLogBegun) return 'owed';
  const { storedThrough, lastHash } = await transaction.getLog(device.logEpoch);
  // The place where a log begins is an event of another log.
  const [last] = await transaction.getStored(device.logEpoch, [storedThrough]);
  if (last) return 'used';
  const isHere = storedThrough === place.storedThrough && areEqual(lastHash, place.lastHash);
  return isHere && logEpoch < device.logEpoch ? 'begun here' : 'begun elsewhere';
}

/** Says from when to when the log that was the newest tells nothing, where that is so. */
async function tellGap(
  transaction: AuthorityTransaction,
  { device, logEpoch, firstNews }: Parted,
  ports: AuthorityPorts,
): Promise<void> {
  if (logEpoch !== device.logEpoch) return;
  const { storedThrough } = await transaction.getLog(logEpoch);
  const [last] = await transaction.getStored(logEpoch, [storedThrough]);
  const { at, uncertaintyMs } = firstNews ?? { at: ports.now(), uncertaintyMs: 0 };
  if (!last || last.at >= at) return;
  const detail = detailOf('after_event', logEpoch, storedThrough);
  const gap = { type: 'events_unknown', at, uncertaintyMs, since: last.at, detail } as const;
  await tellAtLocks(transaction, gap, ports);
}

/**
 * Names the log in which a device goes on whose disk went back in time, and begins it unless that was done
 * before. Another disk that goes on there means that there are two: that is a doubt of its own, with an
 * alarm.
 */
export async function nameNextLog(
  transaction: AuthorityTransaction,
  parted: Parted,
  ports: AuthorityPorts,
): Promise<Reply> {
  const { deviceId, device, place } = parted;
  const newest = await findNewestLog(transaction, parted);
  let { logEpoch } = device;
  if (newest !== 'begun here') {
    logEpoch += 1;
    const { storedThrough } = await transaction.getLog(parted.logEpoch);
    // It does not show all that is stored of its log: that is more than what it finds damaged.
    const isGraver = device.doubt?.cause === 'damaged_memory' && place.storedThrough < storedThrough;
    const isNews = !device.doubt || newest === 'used' || isGraver;
    const doubt = isNews ? await raiseDoubt(transaction, 'other_history', ports) : device.doubt;
    await tellGap(transaction, parted, ports);
    await transaction.beginLog(logEpoch, place);
    await transaction.saveDoubt({ ...doubt, isLogBegun: true }, ports.now());
  }
  const { storedThrough: through, lastHash: hash } = place;
  const next = { logEpoch, bootNonce: device.bootNonce ?? new Uint8Array() };
  return storedReply({ deviceId, device, logEpoch: parted.logEpoch, through, hash, next }, ports);
}

import {
  areEqual,
  CborFault,
  chainLink,
  decodeEvent,
  eventsMessage,
  openMessage,
  sealMessage,
  storedMessage,
  uuidBytes,
  uuidText,
  type DeviceEvent,
  type EventsMessage,
} from '@claviger/protocol';
import { receiveFrom, refused, taken, type AuthorityPorts, type Receipt, type Reply } from './authority.ts';
import { advanceByEvent, endBootsBefore } from './ladder.ts';
import type { AuthorityTransaction, EventRecord, LogPosition, OwnedDevice } from './store.ts';

/** The events of a batch that are new, in order; or why the batch cannot be the continuation of this log. */
type Continuation =
  | { readonly ok: true; readonly events: readonly Chained[] }
  | { readonly ok: false; readonly cause: 'gap' | 'conflict' | 'malformed' };

type Chained = DeviceEvent & { readonly hash: Uint8Array };

/** The event that follows this sequence; a record of lost events follows with the last of them. */
function decoded(encoded: Uint8Array, after: number): DeviceEvent | undefined {
  try {
    const event = decodeEvent(encoded);
    if ((event.type === 'events_lost') !== (event.lost !== undefined)) return undefined;
    return event.sequence - after === (event.lost?.count ?? 1) ? event : undefined;
  } catch (error) {
    if (error instanceof CborFault) return undefined;
    throw error;
  }
}

/** The events of a batch with the chain's hash after each, or undefined where one is no continuation. */
function chained(batch: EventsMessage, sha256: AuthorityPorts['sha256']): Chained[] | undefined {
  const events: Chained[] = [];
  let hash = batch.previousHash;
  let sequence = batch.firstSequence - 1;
  for (const encoded of batch.events) {
    const event = decoded(encoded, sequence);
    if (!event) return undefined;
    sequence = event.sequence;
    hash = event.lost?.hash ?? sha256(chainLink(hash, encoded));
    events.push({ ...event, hash });
  }
  return events;
}

/**
 * Walks the hash chain of the batch. Events up to the log's position are known already; there the chain
 * must meet the hash that was stored, else the device continues another history than the one it has told (a
 * cloned disk, an older image). A record of lost events says where the chain goes on; the signature of the
 * batch stands for it.
 */
function continueLog(batch: EventsMessage, log: LogPosition, sha256: AuthorityPorts['sha256']): Continuation {
  if (batch.firstSequence > log.storedThrough + 1) return { ok: false, cause: 'gap' };
  const all = chained(batch, sha256);
  if (!all) return { ok: false, cause: 'malformed' };
  const met =
    batch.firstSequence - 1 === log.storedThrough
      ? batch.previousHash
      : all.find(({ sequence }) => sequence === log.storedThrough)?.hash;
  if (met && !areEqual(met, log.lastHash)) return { ok: false, cause: 'conflict' };
  const isNew = ({ sequence }: Chained): boolean => sequence > log.storedThrough;
  return { ok: true, events: all.filter(isNew).map((event) => lostSince(event, log.storedThrough)) };
}

/** A record of lost events may reach back over some that are stored: those are not lost. */
function lostSince(event: Chained, storedThrough: number): Chained {
  if (!event.lost) return event;
  const count = Math.min(event.lost.count, event.sequence - storedThrough);
  return { ...event, lost: { ...event.lost, count } };
}

function lostDetail({ count, until }: NonNullable<DeviceEvent['lost']>): string {
  return `${count} events, until ${new Date(until).toISOString()}`;
}

const keyIdLength = 16;

/** A Key's identifier, or the tag of one that only its QR told of. */
function keyName(key: Uint8Array | undefined): string | undefined {
  if (key === undefined) return undefined;
  if (key.length === keyIdLength) return uuidText(key);
  return `tag:${[...key].map((byte) => byte.toString(16).padStart(2, '0')).join('')}`;
}

function recordOf(event: Chained, logEpoch: number, lockId: string): EventRecord {
  return {
    logEpoch,
    sequence: event.sequence,
    lockId,
    type: event.type,
    at: event.at,
    uncertaintyMs: event.uncertaintyMs,
    method: event.method,
    reason: event.reason,
    commandId: event.command && uuidText(event.command),
    detail: event.lost ? lostDetail(event.lost) : event.detail,
    key: keyName(event.key),
    uses: event.uses,
    list: event.list,
    path: event.path,
    hash: event.hash,
  };
}

/** The log is in order: at a start it has told everything that the boots before it kept. */
async function climbBy(event: Chained, transaction: AuthorityTransaction, at: number): Promise<void> {
  const { type, bootNumber, command, reason } = event;
  if (type === 'device_started') await endBootsBefore(transaction, bootNumber, at);
  if (command) await advanceByEvent(transaction, { type, reason, commandId: uuidText(command) }, at);
}

async function keep(
  transaction: AuthorityTransaction,
  batch: EventsMessage,
  context: { readonly log: LogPosition; readonly ports: AuthorityPorts },
): Promise<{ readonly through: number; readonly cause?: string }> {
  const { log, ports } = context;
  const continuation = continueLog(batch, log, ports.sha256);
  if (!continuation.ok) return { through: log.storedThrough, cause: `events ${continuation.cause}` };
  const locks = new Map((await transaction.getLocks()).map(({ number, id }) => [number, id]));
  const records: EventRecord[] = [];
  for (const event of continuation.events) {
    const lockId = locks.get(event.lock);
    if (lockId === undefined) return { through: log.storedThrough, cause: 'events of an unknown lock' };
    records.push(recordOf(event, batch.logEpoch, lockId));
  }
  if (records.length === 0) return { through: log.storedThrough };
  await transaction.appendEvents(batch.logEpoch, records, ports.now());
  for (const event of continuation.events) await climbBy(event, transaction, ports.now());
  return { through: records.at(-1)?.sequence ?? log.storedThrough };
}

interface Confirmed {
  readonly deviceId: string;
  readonly device: OwnedDevice;
  readonly logEpoch: number;
  readonly through: number;
  readonly hash?: Uint8Array | undefined;
}

function storedReply(confirmed: Confirmed, ports: AuthorityPorts): Reply {
  const { deviceId, device, logEpoch, through, hash } = confirmed;
  const { ownershipEpoch } = device;
  const body = { device: uuidBytes(deviceId), ownershipEpoch, logEpoch, through, hash };
  return { channel: 'sync', message: sealMessage(storedMessage, body, ports.signer) };
}

/** A device that left a gap is told where to go on; one with another history, that it went back in time. */
const answeredCauses: ReadonlySet<string> = new Set(['events gap', 'events conflict']);

/**
 * What came on a device's events topic. Each event is stored once, in the order of its log; the answer says
 * up to where, and only then may the device forget. A batch that leaves a gap is answered with where to go
 * on.
 */
export function receiveEvents(
  deviceId: string,
  message: Uint8Array,
  ports: AuthorityPorts,
): Promise<Receipt> {
  return receiveFrom(deviceId, ports, async (transaction, device) => {
    const opened = openMessage(eventsMessage, message, ports.verifierOf(device.identityKey));
    if (!opened.ok) return refused(`events ${opened.fault}`);
    const batch = opened.body;
    const isOurs =
      areEqual(batch.device, uuidBytes(deviceId)) && batch.ownershipEpoch === device.ownershipEpoch;
    if (!isOurs) return refused('events foreign');
    const log = await transaction.getLog(batch.logEpoch);
    const { through, cause } = await keep(transaction, batch, { log, ports });
    if (cause !== undefined && !answeredCauses.has(cause)) return refused(cause);
    const confirmed = { deviceId, device, logEpoch: batch.logEpoch, through };
    const hash = cause === 'events conflict' ? log.lastHash : undefined;
    const reply = storedReply({ ...confirmed, hash }, ports);
    return cause === undefined ? taken(reply) : refused(cause, reply);
  });
}

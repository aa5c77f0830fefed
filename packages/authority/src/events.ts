import { detailOf, type ActivityType } from '@claviger/domain';
import {
  areEqual,
  eventsMessage,
  openMessage,
  uuidBytes,
  uuidText,
  type DeviceEvent,
  type EventsMessage,
} from '@claviger/protocol';
import { receiveFrom, refused, taken, type AuthorityPorts, type Receipt, type Reply } from './authority.ts';
import { beginsKeyDoubt, countsLetters, endsKeyDoubt } from './history/counts.ts';
import {
  chained,
  lostSince,
  meet,
  sharedSequences,
  wholePart,
  type Chained,
  type Meeting,
} from './history/chain.ts';
import { chainWithGaps } from './history/gaps.ts';
import { firstLogEpoch, isOfPresentBoot, nameNextLog, storedReply } from './history/logs.ts';
import { advanceByEvent, endBootsBefore } from './ladder.ts';
import { resumeBrokenLog } from './restored/broken-log.ts';
import type { AuthorityTransaction, EventRecord, LogPosition, OwnedDevice } from './store.ts';

function lostDetail({ count, until }: NonNullable<DeviceEvent['lost']>): string {
  return detailOf('given_up', count, until);
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
    isStatic: event.isStatic,
    second: event.second,
    hash: event.hash,
  };
}

/** A door whose clock is less certain than this does not date what a person saw. */
const datedWithinMs = 5_000;

/** After these events a door is not as it was before, whatever it is now. */
const movements: ReadonlySet<ActivityType> = new Set([
  ...(['lock_unlocked', 'lock_relocked', 'door_opened', 'door_closed', 'door_forced'] as const),
  ...(['door_held_open', 'tampered', 'tamper_cleared'] as const),
]);

/** The log is in order: at a start it has told everything that the boots before it kept. */
async function climbBy(
  event: Chained,
  transaction: AuthorityTransaction,
  heard: { readonly lockId: string | undefined; readonly now: number },
): Promise<void> {
  const { type, bootNumber, command, reason } = event;
  const { lockId, now } = heard;
  const at = event.uncertaintyMs <= datedWithinMs ? Math.min(event.at, now) : now;
  if (type === 'device_started') await endBootsBefore(transaction, bootNumber, now);
  if (command) await advanceByEvent(transaction, { type, reason, commandId: uuidText(command) }, at);
  if (lockId !== undefined && movements.has(type)) await transaction.saveMovement(lockId, at);
}

interface Batch {
  readonly deviceId: string;
  readonly device: OwnedDevice;
  readonly batch: EventsMessage;
}

/** Stores what is new; or says why not. */
async function keep(
  transaction: AuthorityTransaction,
  { device, batch }: Batch,
  context: { readonly news: readonly Chained[]; readonly ports: AuthorityPorts },
): Promise<string | undefined> {
  const { news, ports } = context;
  const known = await transaction.getLocks();
  const locks = new Map(known.map(({ number, id }) => [number, id]));
  const records: EventRecord[] = [];
  for (const event of news) {
    // No hash holds what a record of lost events says: its lock may be none, and it is told all the same.
    const lockId = locks.get(event.lock) ?? (event.lost && known[0]?.id);
    if (lockId === undefined) return 'events of an unknown lock';
    records.push(recordOf(event, batch.logEpoch, lockId));
  }
  if (records.length === 0) return undefined;
  await transaction.appendEvents(batch.logEpoch, records, ports.now());
  if (device.toldLogEpoch !== batch.logEpoch) await transaction.saveToldLog(batch.logEpoch);
  const now = ports.now();
  for (const event of news) await climbBy(event, transaction, { lockId: locks.get(event.lock), now });
  const hasCounters = records.some((event) => event.type === 'counters_returned' && !endsKeyDoubt(event));
  if (hasCounters && device.doubt?.isLogBegun) await transaction.saveDoubt(undefined, now);
  return undefined;
}

/** A batch beside its log. */
type Placed = Batch & { readonly log: LogPosition; readonly meeting: Meeting };

/**
 * What a batch is answered with where the device has to begin another log, or should know that it is older.
 */
async function answerOther(
  transaction: AuthorityTransaction,
  told: Placed,
  ports: AuthorityPorts,
): Promise<Receipt> {
  const { deviceId, device, batch, log, meeting } = told;
  const { logEpoch } = batch;
  const cause = logEpoch < device.logEpoch ? 'events of a former log' : 'events conflict';
  if (!isOfPresentBoot(device, batch)) {
    const { storedThrough: through, lastHash: hash } = log;
    return refused(cause, storedReply({ deviceId, device, logEpoch, through, hash }, ports));
  }
  const parted = { deviceId, device, logEpoch, place: meeting.place, firstNews: meeting.news[0] };
  return refused(cause, await nameNextLog(transaction, parted, ports));
}

/** A chain that a batch tells, beside the log. */
async function placeOf(
  transaction: AuthorityTransaction,
  told: Batch & { readonly log: LogPosition },
  chain: readonly Chained[],
): Promise<Placed> {
  const { batch, log } = told;
  const marks = await transaction.getStored(batch.logEpoch, sharedSequences(batch, chain, log));
  return { ...told, meeting: meet(batch, chain, { log, marks }) };
}

/** Whether the device can or shall not go on in the log of this batch. */
function isParted({ device, batch, meeting }: Placed): boolean {
  const hasLeft = batch.logEpoch < device.logEpoch && meeting.news.length > 0;
  const isLogOwed = device.doubt?.isLogBegun === false && isOfPresentBoot(device, batch);
  return meeting.isOther || hasLeft || isLogOwed;
}

/** The answer about what is stored, and what the log hashes to there: no other history is forgotten by it. */
function answerTo(
  { deviceId, device, batch: { logEpoch } }: Batch,
  { sequence: through, hash }: { readonly sequence: number; readonly hash?: Uint8Array | undefined },
  ports: AuthorityPorts,
): Reply {
  return storedReply({ deviceId, device, logEpoch, through, hash }, ports);
}

/** The same, and what a Key has spent whose record the batch says is damaged. */
async function answerStored(
  transaction: AuthorityTransaction,
  placed: Placed,
  ports: AuthorityPorts,
): Promise<Receipt> {
  const { deviceId, device, batch, meeting, log } = placed;
  const end = meeting.news.at(-1) ?? endOf(log);
  const isDoubtful = meeting.news.some(beginsKeyDoubt) && isOfPresentBoot(device, batch);
  const asked = { deviceId, device, through: end.sequence };
  const counts = isDoubtful ? await countsLetters(transaction, asked, ports) : [];
  return taken(answerTo(placed, end, ports), ...counts);
}

function endOf({ storedThrough, lastHash }: LogPosition): Pick<Chained, 'sequence' | 'hash'> {
  return { sequence: storedThrough, hash: lastHash };
}

/**
 * A batch that is no chain, as a damaged memory may send it: for ever, were it not answered. What of it is a
 * chain is taken as always. What then follows is stored as far as it can be read, with a record of what is
 * lost, and answered without a hash: with its next batch the device goes on from its own, as in another
 * history (decision record 0043).
 */
async function takeBroken(
  transaction: AuthorityTransaction,
  told: Batch & { readonly log: LogPosition },
  ports: AuthorityPorts,
): Promise<Receipt> {
  const { device, batch, log } = told;
  const cause = 'events malformed';
  if (!isOfPresentBoot(device, batch)) return refused(cause);
  const whole = wholePart(batch, ports.sha256).length;
  if (whole > 0)
    return takeBatch(
      transaction,
      { ...told, batch: { ...batch, events: batch.events.slice(0, whole) } },
      ports,
    );
  const [first] = await transaction.getLocks();
  const beside = {
    lock: first?.number ?? 1,
    at: ports.now(),
    uncertaintyMs: 0,
    mono: 0,
    bootNumber: device.bootNumber,
  };
  const chain = chainWithGaps(batch, beside, ports.sha256);
  const news = chain
    .filter(({ sequence }) => sequence > log.storedThrough)
    .map((event) => lostSince(event, log.storedThrough));
  const beginning = await placeOf(transaction, told, []);
  const placed = { ...beginning, meeting: { ...beginning.meeting, news } };
  if (isParted(placed)) return answerOther(transaction, placed, ports);
  const fault = await keep(transaction, told, { news, ports });
  const sequence = chain.at(-1)?.sequence ?? batch.firstSequence - 1;
  return fault === undefined ? refused(cause, answerTo(told, { sequence }, ports)) : refused(fault);
}

async function takeBatch(
  transaction: AuthorityTransaction,
  told: Batch,
  ports: AuthorityPorts,
): Promise<Receipt> {
  const { device, batch } = told;
  const { logEpoch } = batch;
  if (logEpoch < firstLogEpoch) return refused('events of an unknown log');
  const log = await transaction.getLog(logEpoch);
  if (logEpoch > device.logEpoch || batch.firstSequence > log.storedThrough + 1) {
    if (await resumeBrokenLog(transaction, told, ports))
      return takeBatch(transaction, { ...told, device: { ...device, logEpoch } }, ports);
    if (logEpoch > device.logEpoch) return refused('events of an unknown log');
    return refused('events gap', answerTo(told, endOf(log), ports));
  }
  const chain = chained(batch, ports.sha256);
  if (!chain) return takeBroken(transaction, { ...told, log }, ports);
  const placed = await placeOf(transaction, { ...told, log }, chain);
  if (isParted(placed)) return answerOther(transaction, placed, ports);
  const { meeting } = placed;
  if (logEpoch < device.logEpoch) return taken(answerTo(told, endOf(meeting.place), ports));
  const cause = await keep(transaction, told, { news: meeting.news, ports });
  return cause === undefined ? answerStored(transaction, placed, ports) : refused(cause);
}

/**
 * What came on a device's events topic. Each event is stored once, in the order of its log; the answer says
 * up to where, and only then may the device forget. A batch that leaves a gap is answered with where to go
 * on; one of another history, with the log in which that goes on (decision record 0019).
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
    return takeBatch(transaction, { deviceId, device, batch }, ports);
  });
}

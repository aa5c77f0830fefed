import type { AccessList } from '@claviger/domain';
import {
  encodeAccessList,
  listHeadMessage,
  listPieceLimit,
  listPieceMessage,
  sealMessage,
  uuidBytes,
  type HelloMessage,
} from '@claviger/protocol';
import type { AuthorityPorts, Reply } from '../authority.ts';
import { askForList } from '../restored/reports.ts';
import type { AuthorityTransaction, ListRecord, ListState, ListVersion, OwnedDevice } from '../store.ts';
import type { ListHead } from './compile.ts';

/** What a new list says of itself. */
export type ListHeading = Omit<ListHead, 'zone'>;

/** A list that was recorded, with the messages to send once the transaction is committed. */
export interface IssuedList {
  readonly record: ListRecord;
  readonly letters: readonly Reply[];
}

/** A list that was sent so recently is still on its way; the hello was written before it arrived. */
const onItsWayForMs = 3_000;

function isLater(one: ListVersion, other: ListVersion): boolean {
  if (one.incarnation !== other.incarnation) return one.incarnation > other.incarnation;
  return one.version > other.version;
}

/**
 * The name of the next list: higher than any that the door has taken. A new incarnation where the device has
 * a new owner, and where this server was restored from a backup (decision record 0028).
 */
function nextVersion({ newest, told }: ListState, device: OwnedDevice): ListVersion {
  const { ownershipEpoch, incarnation: least = 1 } = device;
  const highest = told && (!newest || isLater(told, newest)) ? told : newest;
  if (!highest) return { incarnation: least, version: 1 };
  const isContinued =
    highest === newest && newest.ownershipEpoch === ownershipEpoch && newest.incarnation >= least;
  return isContinued
    ? { incarnation: newest.incarnation, version: newest.version + 1 }
    : { incarnation: Math.max(least, highest.incarnation + 1), version: 1 };
}

interface Addressee {
  readonly deviceId: string;
  readonly lock: number;
}

/** The signed head of a list, and its pieces. */
function lettersOf(record: ListRecord, { deviceId, lock }: Addressee, signer: AuthorityPorts['signer']) {
  const { ownershipEpoch, list, signedAt, hash, encoded } = record;
  const device = uuidBytes(deviceId);
  const pieces = Math.ceil(encoded.length / listPieceLimit);
  const head = { device, ownershipEpoch, lock, list, signedAt, pieces, hash };
  const letters: Reply[] = [{ channel: 'sync', message: sealMessage(listHeadMessage, head, signer) }];
  for (let index = 0; index < pieces; index += 1) {
    const piece = encoded.slice(index * listPieceLimit, (index + 1) * listPieceLimit);
    const body = { device, ownershipEpoch, hash, index, piece };
    letters.push({ channel: 'sync', message: sealMessage(listPieceMessage, body, signer) });
  }
  return letters;
}

/**
 * Names, encodes and records the next access list of a lock, and signs its messages; undefined where nobody
 * owns the device or the lock is not its own. `getDevice` locks, so one lock's lists follow each other. A
 * door that is away is sent nothing: its hello asks. None is made while the door has to report a list that
 * this server does not know.
 */
export async function issueList(
  transaction: AuthorityTransaction,
  wanted: {
    readonly deviceId: string;
    readonly lockId: string;
    readonly compile: (heading: ListHeading) => AccessList;
  },
  ports: Pick<AuthorityPorts, 'signer' | 'sha256' | 'now'>,
): Promise<IssuedList | undefined> {
  const { deviceId, lockId } = wanted;
  const device = await transaction.getDevice();
  const lock = (await transaction.getLocks()).find(({ id }) => id === lockId);
  if (!device || !lock) return undefined;
  const state = (await transaction.getListStates()).find((known) => known.lockId === lockId);
  if (state?.reportOwedSince !== undefined) return undefined;
  const { ownershipEpoch } = device;
  const list = nextVersion(state ?? { lockId }, device);
  const signedAt = ports.now();
  const encoded = encodeAccessList(wanted.compile({ device: deviceId, ownershipEpoch, ...list, signedAt }));
  const record = { lockId, ownershipEpoch, list, signedAt, hash: ports.sha256(encoded), encoded };
  await transaction.putList(record);
  if (!device.isOnline) return { record, letters: [] };
  await transaction.saveListSent(lockId, signedAt);
  return { record, letters: lettersOf(record, { deviceId, lock: lock.number }, ports.signer) };
}

/** What a hello is answered with about access lists. */
export interface CurrentLists {
  /** The newest list of each lock that has one, by the lock's number. */
  readonly current: { readonly lock: number; readonly list: ListVersion }[];
  /** The lists that the door lacks. */
  readonly letters: readonly Reply[];
}

interface Heard {
  readonly deviceId: string;
  readonly device: OwnedDevice;
  readonly hello: HelloMessage;
}

/** What there is to do about the list of one lock. */
type Remedy = 'none' | 'send' | 'want';

function remedyOf(
  state: ListState | undefined,
  told: ListVersion | undefined,
  now: { device: OwnedDevice; at: number },
): Remedy {
  const newest = state?.newest;
  if (newest?.ownershipEpoch !== now.device.ownershipEpoch) return 'want';
  if (newest.incarnation < (now.device.incarnation ?? 1)) return 'want';
  if (told && !isLater(newest, told)) return isLater(told, newest) ? 'want' : 'none';
  // The hello may have been written before a list that was just sent arrived.
  const isOnItsWay = state?.sentAt !== undefined && now.at - state.sentAt < onItsWayForMs;
  return isOnItsWay ? 'none' : 'send';
}

interface ComparedLock {
  readonly id: string;
  readonly number: number;
  readonly state: ListState | undefined;
}

/** Whether the door decides by a list that this server does not know: it has forgotten it with a backup. */
async function isUnknown(
  transaction: AuthorityTransaction,
  { id, state }: ComparedLock,
  told: ListVersion | undefined,
): Promise<boolean> {
  if (!told) return false;
  const { newest, reportOwedSince } = state ?? {};
  const isPossible = reportOwedSince !== undefined || !newest || isLater(told, newest);
  return isPossible && !(await transaction.hasList(id, told));
}

/**
 * What is asked for before a lock is told anything, or undefined where nothing is. That a door has no such
 * list is believed of a hello that was written after the restore: an older one could be played again.
 */
async function askFirst(
  transaction: AuthorityTransaction,
  lock: ComparedLock,
  { deviceId, device, hello, ports }: Heard & { readonly ports: AuthorityPorts },
): Promise<readonly Reply[] | undefined> {
  const told = hello.lists.find((known) => known.lock === lock.number)?.list;
  const since = lock.state?.reportOwedSince;
  if (told && (await isUnknown(transaction, lock, told))) {
    if (since === undefined) await transaction.oweReport(lock.id, ports.now());
    return askForList(transaction, { deviceId, device, lock, list: told }, ports);
  }
  if (since === undefined) return undefined;
  if ((hello.heardAt ?? 0) < since) return [];
  await transaction.settleReport(lock.id, ports.now());
  await transaction.wantList(lock.id, ports.now());
  return [];
}

/** Notes what the door decides by at one lock; sends the newest list again, or asks for a new one. */
async function compareList(
  transaction: AuthorityTransaction,
  lock: ComparedLock,
  heard: Heard & { readonly ports: AuthorityPorts },
): Promise<readonly Reply[]> {
  const { deviceId, device, hello, ports } = heard;
  const at = ports.now();
  const told = hello.lists.find((known) => known.lock === lock.number)?.list;
  await transaction.saveListTold(lock.id, told, at);
  const asked = await askFirst(transaction, lock, heard);
  if (asked) return asked;
  const remedy = remedyOf(lock.state, told, { device, at });
  if (remedy === 'want') await transaction.wantList(lock.id, at);
  const record = remedy === 'send' ? await transaction.getNewestList(lock.id) : undefined;
  if (!record) return [];
  await transaction.saveListSent(lock.id, at);
  return lettersOf(record, { deviceId, lock: lock.number }, ports.signer);
}

/**
 * Compares the lists that a hello names with the newest ones: notes what the door decides by, and sends again
 * what it lacks. So a lost piece is repaired by the next hello.
 */
export async function compareLists(
  transaction: AuthorityTransaction,
  heard: Heard,
  ports: AuthorityPorts,
): Promise<CurrentLists> {
  const states = new Map((await transaction.getListStates()).map((state) => [state.lockId, state]));
  const current: CurrentLists['current'] = [];
  const letters: Reply[] = [];
  for (const { id, number } of await transaction.getLocks()) {
    const state = states.get(id);
    letters.push(...(await compareList(transaction, { id, number, state }, { ...heard, ports })));
    const isCurrent = state?.newest?.ownershipEpoch === heard.device.ownershipEpoch;
    // After a restore nobody knows which list is current, until the door has told.
    if (!isCurrent || state.reportOwedSince !== undefined) continue;
    const { incarnation, version } = state.newest;
    current.push({ lock: number, list: { incarnation, version } });
  }
  return { current, letters };
}

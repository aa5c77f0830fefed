import { areEqual, toldRoot, type HelloMessage } from '@claviger/protocol';
import type { AuthorityPorts, Reply } from '../authority.ts';
import { askForList } from '../restored/reports.ts';
import type { AuthorityTransaction, OwnedDevice } from '../store.ts';
import { isLater } from './issue.ts';
import { letterOf, lettersOf } from './letters.ts';
import type { DeltaRecord, ListState, ListVersion, NewestList, ToldList } from './list-store.ts';

/**
 * A list that was sent so recently is still on its way, where the hello can have been written before it
 * arrived. A door that has heard the time since did not get it: it was sent while the door was away, or only
 * meant to be sent by a server that died.
 */
const onItsWayForMs = 3_000;

/** What a hello is answered with about access lists. */
export interface CurrentLists {
  /** The newest list of each lock that has one, by the lock's number. */
  readonly current: { readonly lock: number; readonly list: ListVersion }[];
  /** The lists that the door lacks. */
  readonly letters: readonly Reply[];
}

/** What is asked for is made within a second; after this long, whoever was to make it may have died. */
const overdueAfterMs = 3_000;

/** A door that lacks more deltas gets a whole list: it takes one faster. */
const deltasSentLimit = 256;

interface Heard {
  readonly deviceId: string;
  readonly device: OwnedDevice;
  readonly hello: HelloMessage;
}

/** What there is to do about the list of one lock. */
type Remedy = 'none' | 'send' | 'want';

/** Whether the door holds a later list than the newest, or something else by its name. */
function isAnother(newest: NewestList, told: ToldList): boolean {
  return isLater(told, newest) || (told.root !== undefined && !areEqual(told.root, toldRoot(newest.root)));
}

/** Whether the newest list is of another owner, or of a history that a restore has ended. */
function isOver(newest: NewestList, { ownershipEpoch, incarnation = 1 }: OwnedDevice): boolean {
  return newest.ownershipEpoch !== ownershipEpoch || newest.incarnation < incarnation;
}

function remedyOf(
  state: ListState | undefined,
  told: ToldList | undefined,
  now: { device: OwnedDevice; at: number; heardAt: number | undefined },
): Remedy {
  const newest = state?.newest;
  if (!newest || isOver(newest, now.device)) return 'want';
  if (told && !isLater(newest, told))
    return isLater(told, newest) || isAnother(newest, told) ? 'want' : 'none';
  const { sentAt = -Infinity } = state;
  const isOnItsWay = now.at - sentAt < onItsWayForMs && (now.heardAt ?? 0) <= sentAt;
  return isOnItsWay ? 'none' : 'send';
}

interface ComparedLock {
  readonly id: string;
  readonly number: number;
  readonly state: ListState | undefined;
}

const versionOf = ({ incarnation, version }: ListVersion): ListVersion => ({ incarnation, version });

function toldOf(hello: HelloMessage, { number }: ComparedLock): ToldList | undefined {
  const told = hello.lists.find((known) => known.lock === number);
  return told && { ...told.list, root: told.root };
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
  const told = toldOf(hello, lock);
  const since = lock.state?.reportOwedSince;
  if (told && (await isUnknown(transaction, lock, told))) {
    if (since === undefined) await transaction.oweReport(lock.id, ports.now());
    return askForList(transaction, { deviceId, device, lock, list: versionOf(told) }, ports);
  }
  if (since === undefined) return undefined;
  if ((hello.heardAt ?? 0) < since) return [];
  await transaction.settleReport(lock.id, ports.now());
  await transaction.wantList(lock.id, ports.now());
  return [];
}

/** Where deltas may go on: the list that the door has, or the whole one that is sent first. */
interface Beginning {
  readonly after: ListVersion;
  readonly isWholeSent: boolean;
}

function beginningOf({ incarnation, whole }: NewestList, told: ToldList | undefined): Beginning {
  const isUpon = told?.incarnation === incarnation && told.version >= whole.version;
  const version = isUpon ? told.version : whole.version;
  return { after: { incarnation, version }, isWholeSent: !isUpon };
}

/** Whether these deltas lead from what the door has to the newest list, without a gap. */
function isPath(
  deltas: readonly DeltaRecord[],
  { newest, told, begin }: { newest: NewestList; told: ToldList | undefined; begin: Beginning },
): boolean {
  const missing = newest.version - begin.after.version;
  if (deltas.length !== missing) return false;
  const [first] = deltas;
  // Without a root the door knows no deltas; a damaged one takes nothing that is older than what it had.
  if (!first || begin.isWholeSent) return missing === 0 || told?.root !== undefined;
  return told?.root !== undefined && areEqual(first.delta.from.slice(0, told.root.length), told.root);
}

/** What the door lacks; undefined where only a new whole list can help. */
async function missingLetters(
  transaction: AuthorityTransaction,
  { id, number, state }: ComparedLock,
  { deviceId, told, ports }: { deviceId: string; told: ToldList | undefined; ports: AuthorityPorts },
): Promise<Reply[] | undefined> {
  const newest = state?.newest;
  if (!newest) return undefined;
  const begin = beginningOf(newest, told);
  const deltas = await transaction.getDeltas(id, begin.after, deltasSentLimit + 1);
  if (deltas.length > deltasSentLimit || !isPath(deltas, { newest, told, begin })) return undefined;
  const whole = begin.isWholeSent ? await transaction.getNewestWhole(id) : undefined;
  if (begin.isWholeSent && !whole) return undefined;
  return [
    ...(whole ? lettersOf(whole, { deviceId, lock: number }, ports.signer) : []),
    ...deltas.map((delta) => letterOf(delta, ports.signer)),
  ];
}

/** A door that is there is not to wait for what a server that died has left. */
async function hastenOverdue(
  transaction: AuthorityTransaction,
  { id, state }: ComparedLock,
  at: number,
): Promise<void> {
  if (at - (state?.wantedAt ?? Infinity) >= overdueAfterMs) await transaction.hastenList(id);
}

/** Notes what the door decides by at one lock; sends the newest list again, or asks for a new one. */
async function compareList(
  transaction: AuthorityTransaction,
  lock: ComparedLock,
  heard: Heard & { readonly ports: AuthorityPorts },
): Promise<readonly Reply[]> {
  const { deviceId, device, hello, ports } = heard;
  const at = ports.now();
  const told = toldOf(hello, lock);
  await transaction.saveListTold(lock.id, told, at);
  const asked = await askFirst(transaction, lock, heard);
  if (asked) return asked;
  await hastenOverdue(transaction, lock, at);
  const remedy = remedyOf(lock.state, told, { device, at, heardAt: hello.heardAt });
  if (remedy === 'none') return [];
  const letters =
    remedy === 'send' ? await missingLetters(transaction, lock, { deviceId, told, ports }) : undefined;
  if (letters) await transaction.saveListSent(lock.id, at);
  else await transaction.wantList(lock.id, at);
  return letters ?? [];
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

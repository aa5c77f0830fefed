import type { AccessList } from '@claviger/domain';
import {
  deltaKeysLimit,
  encodeAccessList,
  encodeEntries,
  entryCredentialsLimit,
  namedRoot,
  rootAfter,
  type KeyEntry,
} from '@claviger/protocol';
import type { AuthorityPorts, Reply } from '../authority.ts';
import type { AuthorityTransaction, OwnedDevice } from '../store.ts';
import type { ListHead } from './compile.ts';
import { letterOf, lettersOf } from './letters.ts';
import type {
  DeltaRecord,
  ListRecord,
  ListState,
  ListVersion,
  NewestList,
  ToldList,
  WantedList,
} from './list-store.ts';

/** What a new list says of itself. */
export type ListHeading = Omit<ListHead, 'zone'>;

/**
 * Compiles the list of a lock as the facts are when it is called; with `keys`, those of it alone, and none of
 * the rules around them matter. Undefined where there is no such lock any more.
 */
export type ListCompiler = (
  heading: ListHeading,
  keys?: readonly string[],
) => AccessList | undefined | Promise<AccessList | undefined>;

/** A list that was recorded, whole or by a delta, with the messages to send once that is committed. */
export type IssuedList = { readonly letters: readonly Reply[] } & (
  | { readonly record: ListRecord; readonly isWhole: true }
  | { readonly record: DeltaRecord; readonly isWhole: false }
);

/**
 * So many changed Keys may lie over a whole list, or an eighth of its Keys where that is more; then a whole
 * one is made. So each change pays for eight Keys of it at most, and a door keeps little beside its list.
 */
const changedKeysLeast = 256;
const changedShare = 1 / 8;

/** So many deltas go again with the next one: more of them are on their way, or come with a hello. */
const sentAgainLimit = 16;

export function isLater(one: ListVersion, other: ListVersion): boolean {
  if (one.incarnation !== other.incarnation) return one.incarnation > other.incarnation;
  return one.version > other.version;
}

/** Whether the next list follows the newest in its incarnation. */
function isContinued({ newest, told }: ListState, { ownershipEpoch, incarnation = 1 }: OwnedDevice): boolean {
  if (!newest || (told && isLater(told, newest))) return false;
  return newest.ownershipEpoch === ownershipEpoch && newest.incarnation >= incarnation;
}

/**
 * The name of the next list: higher than any that the door has taken. A new incarnation where the device has
 * a new owner, and where this server was restored from a backup (decision record 0028).
 */
function nextVersion(state: ListState, device: OwnedDevice): ListVersion {
  const { newest, told } = state;
  const highest = told && (!newest || isLater(told, newest)) ? told : newest;
  const { incarnation: least = 1 } = device;
  if (!highest) return { incarnation: least, version: 1 };
  if (newest && isContinued(state, device))
    return { incarnation: newest.incarnation, version: newest.version + 1 };
  return { incarnation: Math.max(least, highest.incarnation + 1), version: 1 };
}

/** Whether the door has told that it holds the whole list below the newest, and knows deltas. */
function isUponWhole({ incarnation, whole }: NewestList, told: ToldList | undefined): told is ToldList {
  return told?.root !== undefined && told.incarnation === incarnation && told.version >= whole.version;
}

/**
 * The list that a delta may change: the door holds the whole one below, Keys alone have changed, and not too
 * many since that.
 */
function changeable(state: ListState, device: OwnedDevice, wanted: WantedList): NewestList | undefined {
  const { newest, told } = state;
  const isAsked = !wanted.isWhole && wanted.keys.length > 0;
  if (!isAsked || !newest || !isUponWhole(newest, told) || !isContinued(state, device)) return undefined;
  const limit = Math.max(changedKeysLeast, newest.whole.keys * changedShare);
  return newest.changedKeys + wanted.keys.length <= limit ? newest : undefined;
}

interface Issuing {
  readonly deviceId: string;
  readonly lockId: string;
  readonly device: OwnedDevice;
  readonly state: ListState;
  readonly compile: ListCompiler;
}

type Ports = Pick<AuthorityPorts, 'signer' | 'sha256' | 'now'>;

/** What these Keys are on the list now; undefined where a delta cannot say it. */
function entriesOf(list: AccessList, ids: readonly string[]): Uint8Array | undefined {
  const keys = new Map(list.keys.map((key) => [key.id, key]));
  const entries = ids.map((id): KeyEntry => {
    const key = keys.get(id);
    const credentials = list.credentials.filter((credential) => credential.key === id);
    return key ? { id, isRemoved: false, key, credentials } : { id, isRemoved: true };
  });
  const isLong = entries.some(
    (entry) => !entry.isRemoved && entry.credentials.length > entryCredentialsLimit,
  );
  const encoded = isLong ? undefined : encodeEntries(entries);
  return encoded && encoded.length <= deltaKeysLimit ? encoded : undefined;
}

async function makeDelta(
  { deviceId, lockId, device, compile }: Issuing,
  { newest, ids }: { readonly newest: NewestList; readonly ids: readonly string[] },
  { now, sha256 }: Ports,
): Promise<DeltaRecord | undefined> {
  const { ownershipEpoch } = device;
  const list = { incarnation: newest.incarnation, version: newest.version + 1 };
  // A clock that was set back dates no list before the one that it changes.
  const signedAt = Math.max(now(), newest.signedAt);
  const compiled = await compile({ device: deviceId, ownershipEpoch, ...list, signedAt }, ids);
  const keys = compiled && entriesOf(compiled, ids);
  if (!keys) return undefined;
  const from = namedRoot(newest.root);
  const delta = { from, version: list.version, elapsedMs: signedAt - newest.signedAt, keys };
  const root = rootAfter(newest.root, delta, sha256);
  return { lockId, ownershipEpoch, list, signedAt, root, delta, keys: ids.length };
}

async function makeWhole(
  { deviceId, lockId, device, state, compile }: Issuing,
  { now, sha256 }: Ports,
): Promise<ListRecord | undefined> {
  const { ownershipEpoch } = device;
  const list = nextVersion(state, device);
  const signedAt = now();
  const compiled = await compile({ device: deviceId, ownershipEpoch, ...list, signedAt });
  if (!compiled) return undefined;
  const encoded = encodeAccessList(compiled);
  const keys = compiled.keys.length;
  return { lockId, ownershipEpoch, list, signedAt, hash: sha256(encoded), encoded, keys };
}

/**
 * The letters of a delta, and of those before it that the door has not told to have: one of them may be lost,
 * and what ends a Key must not wait for the next hello.
 */
async function lettersUpTo(
  transaction: AuthorityTransaction,
  { lockId, told }: { readonly lockId: string; readonly told: ToldList | undefined },
  { record, signer }: { readonly record: DeltaRecord; readonly signer: AuthorityPorts['signer'] },
): Promise<Reply[]> {
  const missing = record.list.version - (told?.version ?? -Infinity);
  const isShort = told && missing <= sentAgainLimit;
  const deltas = isShort ? await transaction.getDeltas(lockId, told, missing) : [record];
  return deltas.map((delta) => letterOf(delta, signer));
}

/** Keeps a delta where that says it all, else a whole list. */
async function issueEither(
  transaction: AuthorityTransaction,
  issuing: Issuing & { readonly lock: number },
  ports: Ports,
): Promise<IssuedList | undefined> {
  const { deviceId, lockId, device, state, lock } = issuing;
  const wanted = await transaction.getWanted(lockId);
  if (!wanted.isWhole && wanted.keys.length === 0) return undefined;
  const newest = changeable(state, device, wanted);
  const delta = newest && (await makeDelta(issuing, { newest, ids: wanted.keys }, ports));
  if (delta) {
    await transaction.putDelta(delta);
    const { told } = state;
    const letters = await lettersUpTo(transaction, { lockId, told }, { record: delta, ...ports });
    return { record: delta, isWhole: false, letters };
  }
  const record = await makeWhole(issuing, ports);
  if (!record) return undefined;
  await transaction.putList(record);
  const letters = device.isOnline ? lettersOf(record, { deviceId, lock }, ports.signer) : [];
  return { record, isWhole: true, letters };
}

/**
 * Names, encodes and records the next access list of a lock, and signs its messages; undefined where nothing
 * is wanted, nobody owns the device or the lock is not its own. Where Keys alone have changed, only they are
 * compiled and sent. `getDevice` locks, so one lock's lists follow each other. A door that is away is sent
 * nothing: its hello asks. None is made while the door has to report a list that this server does not know.
 */
export async function issueList(
  transaction: AuthorityTransaction,
  wanted: { readonly deviceId: string; readonly lockId: string; readonly compile: ListCompiler },
  ports: Ports,
): Promise<IssuedList | undefined> {
  const { lockId } = wanted;
  const device = await transaction.getDevice();
  const lock = (await transaction.getLocks()).find(({ id }) => id === lockId);
  if (!device || !lock) return undefined;
  const state = (await transaction.getListStates()).find((known) => known.lockId === lockId) ?? { lockId };
  if (state.reportOwedSince !== undefined) return undefined;
  const issued = await issueEither(transaction, { ...wanted, device, state, lock: lock.number }, ports);
  if (!issued || !device.isOnline) return issued && { ...issued, letters: [] };
  await transaction.saveListSent(lockId, issued.record.signedAt);
  return issued;
}

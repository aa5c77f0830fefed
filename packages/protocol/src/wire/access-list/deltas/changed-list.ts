import type { AccessList, HeldCredential, KeyRule, ListRules } from '@claviger/domain';
import { hexText } from '../../text-bytes.ts';
import { nameLength } from '../columns.ts';
import { keyName } from '../names.ts';
import { decodeAccessList, type FoundList } from '../open.ts';
import { decodeEntries, encodeEntries, type KeyEntry } from './key-entry.ts';
import type { ListDelta } from './list-delta.ts';

/**
 * A whole list and what deltas have changed about it. The whole list lies in its bytes as before; of a Key
 * that was changed only the newest entry is kept, in its bytes.
 */
export interface ChangedList {
  /** What the door decides by now: a Key that was changed or removed hides the one that lies below. */
  readonly list: () => FoundList;
  /** The newest entry of every Key that was changed. */
  readonly changedKeys: () => number;
  /** Throws CborFault, and changes nothing, where the delta has not the form of one. */
  readonly read: (delta: ListDelta) => ReadDelta;
  /** How many Keys there are once this is applied. */
  readonly keyCountAfter: (delta: ReadDelta) => number;
  /** Nothing can fail here: what was read is what is so from now on. */
  readonly apply: (delta: ReadDelta) => void;
}

/** A delta that was understood. */
export interface ReadDelta {
  readonly version: number;
  readonly elapsedMs: number;
  readonly entries: readonly KeyEntry[];
}

const tagLength = nameLength / 2;
const tagOf = (id: string): string => hexText(keyName(id).subarray(0, tagLength));

/** Throws CborFault for Keys that are not in the form of a delta. */
export function readDelta({ version, elapsedMs, keys }: ListDelta): ReadDelta {
  return { version, elapsedMs, entries: decodeEntries(keys) };
}

/** What was changed, by how it is asked for. */
interface Overlay {
  /** The entry of each Key in its bytes; with all its names it takes 1.3 KB. */
  readonly entries: Map<string, Uint8Array>;
  /** Which changed Keys have this credential; more than one can be wrong, none is an empty place. */
  readonly holders: Map<string, readonly string[]>;
  readonly tags: Map<string, string>;
}

function entryOf({ entries }: Overlay, id: string): KeyEntry | undefined {
  const encoded = entries.get(id);
  return encoded && decodeEntries(encoded)[0];
}

function lookupsOf(entry: KeyEntry | undefined): readonly string[] {
  return !entry || entry.isRemoved ? [] : entry.credentials.map(({ lookup }) => lookup);
}

function forget({ holders }: Overlay, id: string, entry: KeyEntry | undefined): void {
  for (const lookup of lookupsOf(entry)) {
    const others = (holders.get(lookup) ?? []).filter((holder) => holder !== id);
    if (others.length > 0) holders.set(lookup, others);
    else holders.delete(lookup);
  }
}

function put(overlay: Overlay, entry: KeyEntry): void {
  const { entries, holders, tags } = overlay;
  const { id } = entry;
  forget(overlay, id, entryOf(overlay, id));
  entries.set(id, encodeEntries([entry]));
  for (const lookup of lookupsOf(entry)) holders.set(lookup, [...(holders.get(lookup) ?? []), id]);
  if (entry.isRemoved) tags.delete(tagOf(id));
  else tags.set(tagOf(id), id);
}

function findKey(whole: FoundList, overlay: Overlay, id: string): KeyRule | undefined {
  const entry = entryOf(overlay, id);
  if (!entry) return whole.findKey(id);
  return entry.isRemoved ? undefined : entry.key;
}

/** Of a credential that two Keys have none is known, as in a whole list. */
function findCredential(whole: FoundList, overlay: Overlay, lookup: string): HeldCredential | undefined {
  const below = whole.findCredential(lookup);
  const shown = below && !overlay.entries.has(below.rule.key) ? below : undefined;
  const [holder, ...others] = overlay.holders.get(lookup) ?? [];
  if (holder === undefined) return shown;
  if (shown || others.length > 0) return undefined;
  const entry = entryOf(overlay, holder);
  if (!entry || entry.isRemoved) return undefined;
  const rule = entry.credentials.find((each) => each.lookup === lookup);
  return rule && { rule, key: entry.key };
}

function findKeyByTag(whole: FoundList, overlay: Overlay, tag: Uint8Array): string | undefined {
  const changed = overlay.tags.get(hexText(tag));
  if (changed !== undefined) return changed;
  const below = whole.findKeyByTag(tag);
  return below === undefined || overlay.entries.has(below) ? undefined : below;
}

/** By how many Keys the list is longer with this entry. */
function growth(list: Pick<FoundList, 'findKey'>, entry: KeyEntry): number {
  const isThere = list.findKey(entry.id) !== undefined;
  if (entry.isRemoved) return isThere ? -1 : 0;
  return isThere ? 0 : 1;
}

/** A whole list that deltas will change; its bytes stay as they are. */
export function createChangedList(whole: FoundList): ChangedList {
  const overlay: Overlay = { entries: new Map(), holders: new Map(), tags: new Map() };
  let { rules, keyCount } = whole;
  const list = (): FoundList => ({
    rules,
    keyCount,
    findKey: (id) => findKey(whole, overlay, id),
    findCredential: (lookup) => findCredential(whole, overlay, lookup),
    findKeyByTag: (tag) => findKeyByTag(whole, overlay, tag),
  });
  return {
    list,
    changedKeys: () => overlay.entries.size,
    keyCountAfter: ({ entries }) => entries.reduce((count, entry) => count + growth(list(), entry), keyCount),
    read: readDelta,
    apply: ({ version, elapsedMs, entries }) => {
      for (const entry of entries) keyCount += growth(list(), entry);
      for (const entry of entries) put(overlay, entry);
      rules = changedRules(rules, { version, elapsedMs });
    },
  };
}

function changedRules(
  rules: ListRules,
  { version, elapsedMs }: Pick<ReadDelta, 'version' | 'elapsedMs'>,
): ListRules {
  return { ...rules, version, signedAt: rules.signedAt + elapsedMs };
}

/** The newest entry of each Key, in the order in which Keys were changed first. */
function newestEntries(deltas: readonly ReadDelta[]): ReadonlyMap<string, KeyEntry> {
  return new Map(deltas.flatMap(({ entries }) => entries.map((entry) => [entry.id, entry] as const)));
}

/**
 * A whole list with all that these deltas have changed, as plain data: what the door decides by that has
 * taken them, in this order. Throws CborFault for bytes and deltas of no form; whether they belong together
 * the caller has found out.
 */
export function decodeChangedList(whole: Uint8Array, deltas: readonly ListDelta[]): AccessList {
  const list = decodeAccessList(whole);
  const read = deltas.map(readDelta);
  const newest = newestEntries(read);
  const puts = [...newest.values()].flatMap((entry) => (entry.isRemoved ? [] : [entry]));
  const rules = read.reduce<AccessList>(
    (before, delta) => ({ ...before, ...changedRules(before, delta) }),
    list,
  );
  return {
    ...rules,
    keys: [...list.keys.filter(({ id }) => !newest.has(id)), ...puts.map(({ key }) => key)],
    credentials: [
      ...list.credentials.filter(({ key }) => !newest.has(key)),
      ...puts.flatMap(({ credentials }) => credentials),
    ],
  };
}

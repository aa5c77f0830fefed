import { changeRecord, recordIn } from '@claviger/agent';
import {
  decodeCbor,
  decodeEntries,
  encodeCbor,
  encodeEntries,
  listDeltaMessage,
  namedRoot,
  openMessage,
  type CborMap,
  type CborValue,
  type KeyEntry,
  type ListDelta,
} from '@claviger/protocol';
import type { DoorBox } from '../street/box-face.ts';
import { genuine, signed } from './on-the-wire.ts';
import { throughStore, type Bug, type Planted } from './planted.ts';

/** The fields of the record that says which list a lock has, and of what has changed it since. */
const headFields = { version: 3, hash: 4, changed: 6 } as const;
const changeFields = { version: 1, root: 2 } as const;

function fieldsOf(value: CborValue | undefined): CborMap | undefined {
  return value instanceof Map ? (value as CborMap) : undefined;
}

/** By which version and root a lock of a box decides, as its disk says; undefined where it has no list. */
function heldBy(box: DoorBox, lock: number): { version: number; root: Uint8Array } | undefined {
  const name = `list/${lock}/head`;
  const stored = box.disk().transact((transaction) => transaction.get(name));
  const head = stored && fieldsOf(decodeCbor(recordIn(name, stored)));
  const changed = fieldsOf(head?.get(headFields.changed));
  const version = changed?.get(changeFields.version) ?? head?.get(headFields.version);
  const root = changed?.get(changeFields.root) ?? head?.get(headFields.hash);
  return typeof version === 'number' && root instanceof Uint8Array ? { version, root } : undefined;
}

/** The box takes each delta for this one. */
function mistakingDeltas(change: (delta: ListDelta, box: DoorBox) => ListDelta): Partial<Planted> {
  return {
    letter: (letter, box) => {
      const opened = openMessage(listDeltaMessage, letter.message, genuine(box));
      if (!opened.ok) return [letter];
      return [{ channel: 'sync', message: signed(box, listDeltaMessage, change(opened.body, box)) }];
    },
  };
}

/** A delta that has no place is put upon a list that lacks one before it. */
function uponAny(delta: ListDelta, box: DoorBox): ListDelta {
  const held = box.locks.flatMap(({ number }) => heldBy(box, number) ?? []);
  const hasPlace = held.some(({ root }) => String(namedRoot(root)) === String(delta.from));
  const other = hasPlace ? undefined : held.find(({ version }) => version < delta.version);
  return other ? { ...delta, from: namedRoot(other.root), version: other.version + 1 } : delta;
}

const isEnding = (entry: KeyEntry): boolean => entry.isRemoved || entry.key.state === 'revoked';

const nobody: KeyEntry = { id: '0193a6c0-ffff-7fff-8fff-ffffffffffff', isRemoved: true };

/** What a delta ends goes on as it lies below; in its place nobody is removed. */
function withoutEndings(delta: ListDelta): ListDelta {
  const entries = decodeEntries(delta.keys);
  const kept = entries.filter((entry) => !isEnding(entry));
  return kept.length === entries.length ? delta : { ...delta, keys: encodeEntries([...kept, nobody]) };
}

/** Its record of a list without what has changed that since. */
function belowDeltas(value: Uint8Array): Uint8Array {
  const head = fieldsOf(decodeCbor(value));
  if (!head) return value;
  return encodeCbor(new Map([...head].filter(([field]) => field !== headFields.changed)));
}

/** Bugs in what a box makes of deltas. */
export const deltaBugs: readonly Bug[] = [
  {
    name: 'delta_upon_another_list',
    what: 'a delta is taken upon a list that lacks the one before it',
    breaks: ['I5'],
    plant: () => mistakingDeltas(uponAny),
  },
  {
    name: 'ending_in_the_shadow',
    what: 'a Key that a delta ends goes on as the list below knows it',
    breaks: ['I5'],
    plant: () => mistakingDeltas(withoutEndings),
  },
  {
    name: 'deltas_forgotten',
    what: 'a box starts with the list that lies below its deltas',
    breaks: ['I5'],
    plant: () => ({
      ports: (ports) => {
        const written = new Set<string>();
        return throughStore(ports, (transaction) => ({
          ...transaction,
          get: (name) => {
            const stored = transaction.get(name);
            const isOld = stored !== undefined && name.endsWith('/head') && !written.has(name);
            return isOld ? changeRecord(name, stored, belowDeltas) : stored;
          },
          put: (name, value) => {
            written.add(name);
            transaction.put(name, value);
          },
        }));
      },
    }),
  },
];

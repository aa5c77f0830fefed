import type { ListTransaction, ListVersion, WantedList } from '../access-list/list-store.ts';
import { changeList, nameOfList, type MemoryDevice } from './memory-device.ts';

function isSame(one: ListVersion, other: ListVersion): boolean {
  return one.incarnation === other.incarnation && one.version === other.version;
}

/** Adds to what is wanted at a lock. */
export function want(state: MemoryDevice, lockId: string, more: WantedList): void {
  const before = state.wanted.get(lockId) ?? { isWhole: false, keys: [] };
  const keys = [...new Set([...before.keys, ...more.keys])];
  const isWhole = before.isWhole || more.isWhole;
  if (isWhole || keys.length > 0) state.wanted.set(lockId, { isWhole, keys });
}

/** What is over with a new list. */
const asked = { sentAt: undefined, wantedAt: undefined } as const;

/** A new list was made: it carries all that was wanted. */
function made(state: MemoryDevice, { lockId, list }: { lockId: string; list: ListVersion }): void {
  state.wanted.delete(lockId);
  state.restored.made.add(nameOfList(lockId, list));
}

function puttingOf(state: MemoryDevice): Pick<ListTransaction, 'putList' | 'putDelta'> {
  return {
    putList: (record) => {
      const { lockId, list, ownershipEpoch, signedAt, hash, keys } = record;
      made(state, record);
      const whole = { version: list.version, keys };
      const newest = { ...list, ownershipEpoch, signedAt, root: hash, whole, changedKeys: 0 };
      return changeList(state, lockId, { record, deltas: [], newest, ...asked });
    },
    putDelta: (delta) => {
      const { lockId, list, signedAt, root, keys } = delta;
      const { newest, deltas = [] } = state.lists.get(lockId) ?? { lockId };
      if (!newest || !isSame(list, { ...newest, version: newest.version + 1 }))
        throw new Error('a delta upon no list');
      made(state, delta);
      const changed = { ...newest, ...list, signedAt, root, changedKeys: newest.changedKeys + keys };
      return changeList(state, lockId, { deltas: [...deltas, delta], newest: changed, ...asked });
    },
  };
}

/** The access lists of a device's locks, in memory. */
export function listsOf(state: MemoryDevice): ListTransaction {
  const deltasOf = (lockId: string) => state.lists.get(lockId)?.deltas ?? [];
  return {
    ...puttingOf(state),
    getListStates: () => Promise.resolve([...state.lists.values()]),
    getNewestWhole: (lockId) => Promise.resolve(state.lists.get(lockId)?.record),
    getDeltas: (lockId, after, limit) =>
      Promise.resolve(
        deltasOf(lockId)
          .filter(({ list }) => list.incarnation === after.incarnation && list.version > after.version)
          .slice(0, limit),
      ),
    saveListSent: (lockId, at) => changeList(state, lockId, { sentAt: at }),
    saveListTold: (lockId, told) => changeList(state, lockId, { told }),
    getWanted: (lockId) => Promise.resolve(state.wanted.get(lockId) ?? { isWhole: false, keys: [] }),
    wantList: (lockId, at) => {
      want(state, lockId, { isWhole: true, keys: [] });
      return changeList(state, lockId, { wantedAt: at });
    },
    wantKeys: (lockId, keys, at) => {
      want(state, lockId, { isWhole: false, keys });
      return changeList(state, lockId, { wantedAt: at });
    },
    // What is wanted stands there, and whoever keeps this memory makes it.
    hastenList: () => Promise.resolve(),
  };
}

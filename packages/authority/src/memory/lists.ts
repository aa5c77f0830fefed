import type { MemoryDevice } from '../memory-store.ts';
import type { AuthorityTransaction, ListRecord, ListState } from '../store.ts';
import { nameOfList } from './restored.ts';

/** What is known of the lists of one lock. */
export interface MemoryList extends ListState {
  readonly record?: ListRecord | undefined;
}

/** Changes what is known of the lists of a lock. */
export function changeList(
  state: MemoryDevice,
  lockId: string,
  changed: Omit<MemoryList, 'lockId'>,
): Promise<void> {
  state.lists.set(lockId, { ...state.lists.get(lockId), ...changed, lockId });
  return Promise.resolve();
}

type ListMethods =
  'getListStates' | 'getNewestList' | 'putList' | 'saveListSent' | 'saveListTold' | 'wantList';

/** The access lists of a device's locks, in memory. */
export function listsOf(state: MemoryDevice): Pick<AuthorityTransaction, ListMethods> {
  return {
    getListStates: () => Promise.resolve([...state.lists.values()]),
    getNewestList: (lockId) => Promise.resolve(state.lists.get(lockId)?.record),
    putList: (record) => {
      state.wanted.delete(record.lockId);
      state.restored.made.add(nameOfList(record.lockId, record.list));
      const newest = { ...record.list, ownershipEpoch: record.ownershipEpoch };
      return changeList(state, record.lockId, { record, newest, sentAt: undefined });
    },
    saveListSent: (lockId, at) => changeList(state, lockId, { sentAt: at }),
    saveListTold: (lockId, told) => changeList(state, lockId, { told }),
    wantList: (lockId) => {
      state.wanted.add(lockId);
      return changeList(state, lockId, {});
    },
  };
}

import type { AuthorityTransaction } from '../store.ts';
import { changeList, nameOfList, type MemoryDevice } from './memory-device.ts';

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

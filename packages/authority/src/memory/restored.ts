import { stageAtRestart } from '@claviger/domain';
import type { EventRecord, ReportedPiece, RestoredTransaction, SpentUses } from '../store.ts';
import {
  changeList,
  nameOfList,
  type MemoryDevice,
  type MemoryReport,
  type MemoryRestored,
} from './memory-device.ts';

export function copyOfRestored({ made, reports, whole, raised, ...mark }: MemoryRestored): MemoryRestored {
  return {
    ...mark,
    made: new Set(made),
    reports: new Map(reports),
    whole: new Set(whole),
    raised: [...raised],
  };
}

/** Every grant is one use, whichever history tells it; a door may know of more than it could tell. */
export function spentOf({ events, restored: { raised } }: MemoryDevice): SpentUses[] {
  const spent = new Map<string, SpentUses>();
  const raise = ({ lockId, keyId, spent: least }: SpentUses, granted = 0): void => {
    const name = `${lockId} ${keyId}`;
    const after = Math.max((spent.get(name)?.spent ?? 0) + granted, least);
    if (after > 0) spent.set(name, { lockId, keyId, spent: after });
  };
  const take = ({ lockId, key, type, uses }: EventRecord): void => {
    if (key === undefined || key.startsWith('tag:')) return;
    raise({ lockId, keyId: key, spent: uses?.spent ?? 0 }, type === 'key_accepted' ? 1 : 0);
  };
  let place = 0;
  for (const told of raised) {
    for (; place < told.after; place += 1) {
      const event = events[place];
      if (event) take(event);
    }
    raise(told);
  }
  for (const event of events.slice(place)) take(event);
  return [...spent.values()];
}

function putReported(reports: Map<string, MemoryReport>, lockId: string, piece: ReportedPiece): void {
  const { list, head, index, pieces: count } = piece;
  const known = reports.get(lockId);
  const isSame = known !== undefined && nameOfList('', known.list) === nameOfList('', list);
  const pieces = new Map(isSame ? known.pieces : []).set(index, piece.piece);
  reports.set(lockId, { list, head, count, pieces });
}

/** What a restored server keeps about one device, in memory. */
export function restoredOf(state: MemoryDevice): RestoredTransaction {
  const { restored } = state;
  const device = (changed: Partial<MemoryDevice['device']>): Promise<void> => {
    state.device = { ...state.device, ...changed };
    return Promise.resolve();
  };
  return {
    hasList: (lockId, list) => Promise.resolve(restored.made.has(nameOfList(lockId, list))),
    oweReport: (lockId, at) => changeList(state, lockId, { reportOwedSince: at }),
    settleReport: (lockId) => {
      restored.reports.delete(lockId);
      return changeList(state, lockId, { reportOwedSince: undefined });
    },
    getReported: (lockId) => {
      const report = restored.reports.get(lockId);
      return Promise.resolve(
        report && { list: report.list, pieces: report.count, indexes: [...report.pieces.keys()] },
      );
    },
    putReported: (lockId, piece) => {
      putReported(restored.reports, lockId, piece);
      return Promise.resolve();
    },
    takeReported: (lockId) => {
      restored.whole.add(lockId);
      return Promise.resolve();
    },
    raiseSpent: (lockId, uses) => {
      const after = state.events.length;
      restored.raised.push(...uses.map((told) => ({ ...told, lockId, after })));
      return Promise.resolve();
    },
    settleUses: (lockId) => changeList(state, lockId, { areUsesOwed: false }),
    resumeLog: (logEpoch, from) => {
      state.logs.set(logEpoch, from);
      return Promise.resolve();
    },
    saveLogWhole: () => device({ logBrokenSince: undefined }),
    saveCommandSequence: (commandSequence) => device({ commandSequence }),
  };
}

/**
 * As after a restore: everything is owed, and nothing that was signed in a history that is lost is met again.
 */
export function markRestored(state: MemoryDevice, mark: { incarnation: number; at: number }): MemoryDevice {
  const { incarnation, at: since } = mark;
  const lists = new Map(state.lists);
  for (const { id: lockId } of state.locks)
    lists.set(lockId, { ...lists.get(lockId), lockId, reportOwedSince: since, areUsesOwed: true });
  const commands = new Map(
    [...state.commands].map(([id, command]) => [id, { ...command, stage: stageAtRestart(command.stage) }]),
  );
  const wanted = new Map(state.locks.map(({ id }) => [id, { isWhole: true, keys: [] }] as const));
  const device = { ...state.device, incarnation, logBrokenSince: since, isOnline: false };
  const restored = { ...state.restored, lostAfter: state.events.length };
  return { ...state, device, lists, commands, wanted, restored };
}

import { stageAtRestart } from '@claviger/domain';
import type { ReportedPiece, RestoredTransaction } from '../store.ts';
import { loseCounts, raiseCounters, settleCounters } from './counters.ts';
import {
  changeList,
  nameOfList,
  type MemoryDevice,
  type MemoryReport,
  type MemoryRestored,
} from './memory-device.ts';

export function copyOfRestored({ made, reports, whole }: MemoryRestored): MemoryRestored {
  return { made: new Set(made), reports: new Map(reports), whole: new Set(whole) };
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
      raiseCounters(state, lockId, uses);
      return Promise.resolve();
    },
    settleUses: (lockId, areAllNamed) => {
      if (areAllNamed) settleCounters(state, lockId);
      return changeList(state, lockId, { areUsesOwed: false });
    },
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
  const counters = new Map(state.counters);
  const marked = { ...state, device, lists, commands, wanted, counters };
  loseCounts(marked);
  return marked;
}

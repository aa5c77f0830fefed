import { isFinalStage, type CommandStage } from '@claviger/domain';
import { emptyLogHash } from '@claviger/protocol';
import {
  attemptTypes,
  commandsUnderWayLimit,
  type AuthorityStore,
  type AuthorityTransaction,
  type CommandProgress,
  type CommandRecord,
  type OwnedDevice,
} from './store.ts';
import { listsOf } from './memory/lists.ts';
import { memoryDevice, type MemoryDevice } from './memory/memory-device.ts';
import { doubtedOf } from './memory/doubted.ts';
import { copyOfRestored, restoredOf, spentOf } from './memory/restored.ts';

export { memoryDevice, type MemoryDevice } from './memory/memory-device.ts';

function copyOf(state: MemoryDevice): MemoryDevice {
  return {
    ...state,
    doors: new Map(state.doors),
    commands: new Map(state.commands),
    stages: new Map(state.stages),
    logs: new Map(state.logs),
    events: [...state.events],
    refusals: new Map(state.refusals),
    lists: new Map(state.lists),
    wanted: new Map(state.wanted),
    restored: copyOfRestored(state.restored),
  };
}

function presenceOf(
  state: MemoryDevice,
): Pick<AuthorityTransaction, 'savePresence' | 'saveDoor' | 'saveMovement' | 'saveOffline'> {
  return {
    savePresence: ({ bootNonce, bootNumber, helloNumber, logEpoch, heardAt }) => {
      const told = { bootNonce, bootNumber, helloNumber, toldLogEpoch: logEpoch, lastHeardAt: heardAt };
      state.device = { ...state.device, ...told, isOnline: true };
      state.offlineSince = undefined;
      state.lastHeardAt = heardAt;
      return Promise.resolve();
    },
    saveDoor: (lockId, { state: door, isTampered, at }) => {
      const known = state.doors.get(lockId);
      const isSame = known?.state === door && known.isTampered === isTampered;
      if (!isSame) state.doors.set(lockId, { state: door, isTampered, at });
      return Promise.resolve();
    },
    saveMovement: (lockId, at) => {
      const known = state.doors.get(lockId);
      if (known && known.at < at) state.doors.set(lockId, { ...known, at });
      return Promise.resolve();
    },
    saveOffline: (since) => {
      state.device = { ...state.device, isOnline: false };
      state.offlineSince = since;
      return Promise.resolve();
    },
  };
}

function progressOf({ id, lockId, bootNumber, sequence, stage }: CommandRecord): CommandProgress {
  return { id, lockId, bootNumber, sequence, stage };
}

type CommandWork = Pick<
  AuthorityTransaction,
  'addCommand' | 'getCommand' | 'getCommandsUnderWay' | 'saveStage' | 'addRung'
>;

function commandsOf(state: MemoryDevice): CommandWork {
  const addRung = (id: string, stage: CommandStage): Promise<void> => {
    state.stages.set(id, [...new Set([...(state.stages.get(id) ?? []), stage])]);
    return Promise.resolve();
  };
  return {
    addRung,
    addCommand: (command, openableAt) => {
      state.commands.set(command.id, { ...command, reason: undefined });
      state.stages.set(command.id, [command.stage]);
      state.device = { ...state.device, commandSequence: command.sequence };
      if (openableAt === undefined) return Promise.resolve();
      state.locks = state.locks.map((lock) => (lock.id === command.lockId ? { ...lock, openableAt } : lock));
      return Promise.resolve();
    },
    getCommand: (id) => {
      const command = state.commands.get(id);
      return Promise.resolve(command && progressOf(command));
    },
    getCommandsUnderWay: () => {
      const underWay = [...state.commands.values()].filter(({ stage }) => !isFinalStage(stage));
      underWay.sort((one, other) => one.sequence - other.sequence);
      return Promise.resolve(underWay.slice(0, commandsUnderWayLimit).map(progressOf));
    },
    saveStage: (id, stage, { reason }) => {
      const command = state.commands.get(id);
      if (command) state.commands.set(id, { ...command, stage, reason });
      return addRung(id, stage);
    },
  };
}

type HistoryMethods =
  'getStored' | 'beginLog' | 'saveToldLog' | 'saveDoubt' | 'getSpent' | 'getDoubted' | 'getAttemptsSince';

function historyOf(state: MemoryDevice): Pick<AuthorityTransaction, HistoryMethods> {
  const change = (changed: Partial<OwnedDevice>): Promise<void> => {
    state.device = { ...state.device, ...changed };
    return Promise.resolve();
  };
  return {
    getStored: (logEpoch, sequences) =>
      Promise.resolve(
        state.events
          .filter((event) => event.logEpoch === logEpoch && sequences.includes(event.sequence))
          .sort((one, other) => one.sequence - other.sequence),
      ),
    beginLog: (logEpoch, from) => {
      state.logs.set(logEpoch, from);
      return change({ logEpoch });
    },
    saveToldLog: (toldLogEpoch) => change({ toldLogEpoch }),
    saveDoubt: (doubt, at) => change(doubt ? { doubt } : { doubt, doubtEndedAt: at }),
    getSpent: () => Promise.resolve(spentOf(state)),
    getDoubted: () => Promise.resolve(doubtedOf(state)),
    getAttemptsSince: (at) =>
      Promise.resolve(
        state.events
          .filter((event) => event.at >= at && attemptTypes.includes(event.type))
          .sort((one, other) => one.at - other.at),
      ),
  };
}

function logOf(state: MemoryDevice): Pick<AuthorityTransaction, 'getLog' | 'appendEvents' | 'noteRefusal'> {
  return {
    getLog: (logEpoch) =>
      Promise.resolve(state.logs.get(logEpoch) ?? { storedThrough: 0, lastHash: emptyLogHash }),
    appendEvents: (logEpoch, events) => {
      const last = events.at(-1);
      if (!last) return Promise.resolve();
      state.events.push(...events);
      state.logs.set(logEpoch, { storedThrough: last.sequence, lastHash: last.hash });
      return Promise.resolve();
    },
    noteRefusal: (cause) => {
      state.refusals.set(cause, (state.refusals.get(cause) ?? 0) + 1);
      return Promise.resolve();
    },
  };
}

const nobodys: OwnedDevice = {
  entityId: '',
  ownershipEpoch: 0,
  identityKey: new Uint8Array(32),
  commandSequence: 0,
  bootNonce: undefined,
  bootNumber: 0,
  helloNumber: 0,
  isOnline: false,
  lastHeardAt: undefined,
  logEpoch: 1,
  toldLogEpoch: undefined,
  doubt: undefined,
};

/**
 * The authority's store in memory, for simulation: transactions about one device follow each other and
 * leave nothing behind when they fail, as in PostgreSQL.
 */
export function createMemoryStore(devices: Map<string, MemoryDevice>): AuthorityStore {
  const turns = new Map<string, Promise<unknown>>();

  const run = async <Result>(
    deviceId: string,
    work: (transaction: AuthorityTransaction) => Promise<Result>,
  ): Promise<Result> => {
    const committed = devices.get(deviceId);
    const state = committed ? copyOf(committed) : memoryDevice(nobodys, []);
    const result = await work({
      getDevice: () => Promise.resolve(committed && state.device),
      getLocks: () => Promise.resolve(state.locks),
      ...presenceOf(state),
      ...commandsOf(state),
      ...logOf(state),
      ...historyOf(state),
      ...listsOf(state),
      ...restoredOf(state),
    });
    if (committed) devices.set(deviceId, state);
    return result;
  };

  return {
    transact: (deviceId, work) => {
      const before = turns.get(deviceId) ?? Promise.resolve();
      const mine = before.then(
        () => run(deviceId, work),
        () => run(deviceId, work),
      );
      turns.set(deviceId, mine);
      return mine;
    },
  };
}

import type {
  ActivityType,
  CommandStage,
  DoorState,
  LockStatus,
  OpeningMethod,
  Reason,
} from '@claviger/domain';

/** A device in its current ownership, as the server keeps it; absent for one that nobody owns. */
export interface OwnedDevice {
  readonly entityId: string;
  readonly ownershipEpoch: number;
  readonly identityKey: Uint8Array;
  readonly commandSequence: number;
  readonly bootNonce: Uint8Array | undefined;
  readonly bootNumber: number;
  readonly helloNumber: number;
  readonly isOnline: boolean;
}

export interface OwnedLock {
  readonly id: string;
  readonly number: number;
  readonly status: LockStatus;
  readonly openableAt: number;
}

/** What a hello changes; instants are the server's. */
export interface Presence {
  readonly bootNonce: Uint8Array;
  readonly bootNumber: number;
  readonly helloNumber: number;
  readonly agentVersion: string;
  readonly logEpoch: number;
  readonly heardAt: number;
}

export interface CommandRecord {
  readonly id: string;
  readonly lockId: string;
  readonly ownershipEpoch: number;
  /** The boot that it was issued to; no other takes it. */
  readonly bootNumber: number;
  readonly sequence: number;
  readonly stage: CommandStage;
  readonly requestedBy: string;
  readonly issuedAt: number;
  readonly notAfter: number;
}

/**
 * Most commands of one device that are looked at together. The cooldown lets a door that stands open collect
 * as many in 25 minutes of pressing; what is beyond it ends at a later start or event.
 */
export const commandsUnderWayLimit = 500;

/** How far a command has come, and what tells it from others of its device. */
export type CommandProgress = Pick<CommandRecord, 'id' | 'lockId' | 'bootNumber' | 'sequence' | 'stage'>;

/** Up to where a log is stored without a gap, and the chain's hash there. */
export interface LogPosition {
  readonly storedThrough: number;
  readonly lastHash: Uint8Array;
}

export interface EventRecord {
  readonly logEpoch: number;
  readonly sequence: number;
  readonly lockId: string;
  readonly type: ActivityType;
  readonly at: number;
  readonly uncertaintyMs: number;
  readonly method: OpeningMethod | undefined;
  readonly reason: Reason | undefined;
  readonly commandId: string | undefined;
  readonly detail: string | undefined;
  readonly hash: Uint8Array;
}

/**
 * What the authority may do in one transaction about one device. `getDevice` locks the device's state, so
 * that two transactions about one device follow each other. Whatever is told here becomes live after the
 * commit.
 */
export interface AuthorityTransaction {
  getDevice(): Promise<OwnedDevice | undefined>;
  getLocks(): Promise<readonly OwnedLock[]>;
  savePresence(presence: Presence): Promise<void>;
  saveDoor(lockId: string, door: { state: DoorState; isTampered: boolean; at: number }): Promise<void>;
  saveOffline(since: number): Promise<void>;
  addCommand(command: CommandRecord, openableAt: number): Promise<void>;
  getCommand(id: string): Promise<CommandProgress | undefined>;
  /** The device's commands at a stage that is not final, by sequence number; the oldest up to the limit. */
  getCommandsUnderWay(): Promise<readonly CommandProgress[]>;
  saveStage(
    id: string,
    stage: CommandStage,
    details: { at: number; reason?: Reason | undefined },
  ): Promise<void>;
  /** Adds a rung to the ladder of a command that stays at its stage. */
  addRung(id: string, stage: CommandStage, at: number): Promise<void>;
  getLog(logEpoch: number): Promise<LogPosition>;
  /**
   * Stores events that follow the log's position without a gap, and moves the position to the last of them.
   */
  appendEvents(logEpoch: number, events: readonly EventRecord[], receivedAt: number): Promise<void>;
  noteRefusal(cause: string, at: number): Promise<void>;
}

export interface AuthorityStore {
  transact<Result>(
    deviceId: string,
    work: (transaction: AuthorityTransaction) => Promise<Result>,
  ): Promise<Result>;
}

import type {
  ActivityType,
  CommandStage,
  CredentialMethod,
  DoorState,
  DoubtCause,
  LockStatus,
  OpeningMethod,
  Reason,
} from '@claviger/domain';
import type { ListTransaction, ListVersion } from './access-list/list-store.ts';

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
  /** When this server last took a hello of it. */
  readonly lastHeardAt: number | undefined;
  /** The newest of its logs; each older disk that came back began another one. */
  readonly logEpoch: number;
  /** The log that it last said, or showed, that it goes on in. */
  readonly toldLogEpoch: number | undefined;
  /** While its older disk has not the counters back. */
  readonly doubt: DoubtRecord | undefined;
  /** When it last had them back. */
  readonly doubtEndedAt?: number | undefined;
  /**
   * Counts the histories of this server: each restore begins another one. No list has a lower incarnation.
   */
  readonly incarnation?: number | undefined;
  /** Since this restore, until it has told its whole log: events are stored at a server that is lost. */
  readonly logBrokenSince?: number | undefined;
}

/** That nobody knows what a device has counted, since when that is known and why (decision record 0019). */
export interface DoubtRecord {
  readonly since: number;
  readonly cause: DoubtCause;
  /** Whether the newest log was begun for it: there the device goes on. */
  readonly isLogBegun: boolean;
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
  /** The User whose command it is, or the Key that is presented: one of them. */
  readonly requestedBy?: string | undefined;
  readonly keyId?: string | undefined;
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

/** An event that is stored, as far as histories are compared. */
export interface StoredMark {
  readonly sequence: number;
  readonly hash: Uint8Array;
  readonly at: number;
}

/** The events of credentials at readers. */
export const attemptTypes: readonly ActivityType[] = ['key_accepted', 'key_refused'];

/** What the device let in or counted as a wrong try, in whichever of its histories. */
export type PastAttempt = Pick<EventRecord, 'lockId' | 'type' | 'at' | 'method' | 'reason' | 'key' | 'path'>;

/** The uses of a Key at a lock, over all histories of its device. */
export interface SpentUses {
  readonly lockId: string;
  readonly keyId: string;
  readonly spent: number;
}

/** `isUnsure`: grants may be among events that are lost, and no door has told a number since. */
export interface KnownUses extends SpentUses {
  readonly isUnsure: boolean;
}

/** What a door says of a Key; `isInDoubt`: its record was found damaged, and not replaced. */
export interface ToldUses extends Pick<SpentUses, 'keyId' | 'spent'> {
  readonly isInDoubt: boolean;
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
  /** The Key's identifier, or `tag:` and the 16 digits of a QR's Key that the door's list did not know. */
  readonly key?: string | undefined;
  readonly uses?: { readonly spent: number; readonly max: number } | undefined;
  /** The access list that decided. */
  readonly list?: ListVersion | undefined;
  readonly path?: string | undefined;
  /** Of a picture that does not move. */
  readonly isStatic?: boolean | undefined;
  /** The second factor, where it was a right one. */
  readonly second?: CredentialMethod | undefined;
  /** Of `events_unknown` alone: from here until `at` nothing is known. */
  readonly since?: number | undefined;
  readonly hash: Uint8Array;
}

/** A piece of a list that a door has given back, and the letter that had signed it. */
export interface ReportedPiece {
  readonly list: ListVersion;
  readonly head: Uint8Array;
  readonly index: number;
  readonly pieces: number;
  readonly piece: Uint8Array;
}

/** Which pieces there are of a list that a door gives back. */
export interface ReportedState {
  readonly list: ListVersion;
  readonly pieces: number;
  readonly indexes: readonly number[];
}

/** What the authority may do for a server that was restored (decision record 0028). */
export interface RestoredTransaction {
  /** Whether this server has made this list. */
  hasList(lockId: string, list: ListVersion): Promise<boolean>;
  /** The door decides by a list that this server does not know. */
  oweReport(lockId: string, at: number): Promise<void>;
  /** There is nothing to report at this lock; `cause` says why, where something stays unknown. */
  settleReport(lockId: string, at: number, cause?: 'unproven'): Promise<void>;
  getReported(lockId: string): Promise<ReportedState | undefined>;
  /** Keeps a piece; those of another list go. */
  putReported(lockId: string, piece: ReportedPiece): Promise<void>;
  /** Every piece is there: what the list has ended is ended here too, once this is committed. */
  takeReported(lockId: string): Promise<void>;
  /** Uses that the door knows of; a count that is higher already stays. */
  raiseSpent(lockId: string, uses: readonly ToldUses[], at: number): Promise<void>;
  /**
   * The door has told what it knows of its uses. `areAllNamed`: also of which Keys it does not know them, so
   * that one of which it said nothing, and of which nothing is stored, has used nothing; otherwise such a Key
   * stays as unsure as it was.
   */
  settleUses(lockId: string, areAllNamed: boolean): Promise<void>;
  /** A log goes on from here: what comes before is lost. */
  resumeLog(logEpoch: number, from: LogPosition): Promise<void>;
  /** The device has told its whole log. */
  saveLogWhole(): Promise<void>;
  /** The highest command that the device has judged. */
  saveCommandSequence(sequence: number): Promise<void>;
}

/**
 * What the authority may do in one transaction about one device. `getDevice` locks the device's state, so
 * that two transactions about one device follow each other. Whatever is told here becomes live after the
 * commit.
 */
export interface AuthorityTransaction extends RestoredTransaction, ListTransaction {
  getDevice(): Promise<OwnedDevice | undefined>;
  getLocks(): Promise<readonly OwnedLock[]>;
  savePresence(presence: Presence): Promise<void>;
  saveDoor(lockId: string, door: { state: DoorState; isTampered: boolean; at: number }): Promise<void>;
  /** The door was in another state until then: it is in its present one since then at the earliest. */
  saveMovement(lockId: string, at: number): Promise<void>;
  saveOffline(since: number): Promise<void>;
  /** `openableAt`: when the next command may follow; a Key that is presented changes nothing about that. */
  addCommand(command: CommandRecord, openableAt?: number): Promise<void>;
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
  /** Those of these events that are stored in this log, ascending. */
  getStored(logEpoch: number, sequences: readonly number[]): Promise<readonly StoredMark[]>;
  /** Begins the newest log; it goes on from an event of another one, which is not stored again. */
  beginLog(logEpoch: number, from: LogPosition): Promise<void>;
  /** The device has shown in which log it goes on. */
  saveToldLog(logEpoch: number): Promise<void>;
  /** The device went back to an older disk, or it has its counters back. */
  saveDoubt(doubt: DoubtRecord | undefined, at: number): Promise<void>;
  /**
   * Every Key at each lock of the device that was ever let in, or may have been, or whose record was found
   * damaged there.
   */
  getSpent(): Promise<readonly KnownUses[]>;
  /**
   * Uses of Keys whose records the device has found damaged and not replaced, where it has told them all;
   * one that was never let in among them.
   */
  getDoubted(): Promise<readonly SpentUses[]>;
  /** Grants and refusals of credentials at readers since then, oldest first. */
  getAttemptsSince(at: number): Promise<readonly PastAttempt[]>;
  noteRefusal(cause: string, at: number): Promise<void>;
}

export interface AuthorityStore {
  transact<Result>(
    deviceId: string,
    work: (transaction: AuthorityTransaction) => Promise<Result>,
  ): Promise<Result>;
}

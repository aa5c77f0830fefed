import type { ListDelta } from '@claviger/protocol';

/** What names one access list among all that a lock ever had. */
export interface ListVersion {
  readonly incarnation: number;
  readonly version: number;
}

/** An access list as it was signed as a whole; `hash` is the SHA-256 of `encoded`, and its root. */
export interface ListRecord {
  readonly lockId: string;
  readonly ownershipEpoch: number;
  readonly list: ListVersion;
  readonly signedAt: number;
  readonly hash: Uint8Array;
  readonly encoded: Uint8Array;
  /** How many Keys it has. */
  readonly keys: number;
}

/** An access list as it was signed by what it changes about the version before (decision record 0033). */
export interface DeltaRecord {
  readonly lockId: string;
  readonly ownershipEpoch: number;
  readonly list: ListVersion;
  readonly signedAt: number;
  readonly root: Uint8Array;
  readonly delta: ListDelta;
  /** How many Keys it puts or removes. */
  readonly keys: number;
}

/** The newest list of a lock, and the whole one from which it was changed. */
export interface NewestList extends ListVersion {
  readonly ownershipEpoch: number;
  readonly signedAt: number;
  readonly root: Uint8Array;
  /** Of the same incarnation; this one itself where no delta lies over it. */
  readonly whole: { readonly version: number; readonly keys: number };
  /** How many Keys the deltas since then have named. */
  readonly changedKeys: number;
}

/** By which list a door decides; agents that know no deltas tell no root. */
export interface ToldList extends ListVersion {
  readonly root?: Uint8Array | undefined;
}

/** What a new list is asked for: everything may have changed, or these Keys alone. */
export interface WantedList {
  readonly isWhole: boolean;
  readonly keys: readonly string[];
}

/** What is known of the lists of one lock; a lock that never had one nor asked for one has no state. */
export interface ListState {
  readonly lockId: string;
  readonly newest?: NewestList | undefined;
  /** When the newest was last sent. */
  readonly sentAt?: number | undefined;
  /** By which list the door last said that it decides. */
  readonly told?: ToldList | undefined;
  /** Since then the door may decide by a list that is not known here: none is made before that is told. */
  readonly reportOwedSince?: number | undefined;
  /** When a list was last asked for, where none has been made since. */
  readonly wantedAt?: number | undefined;
  /** What the door knows of the uses of Keys is asked for, once its log is stored. */
  readonly areUsesOwed?: boolean | undefined;
}

/** What the authority may do about the lists of a device's locks in one transaction. */
export interface ListTransaction {
  getListStates(): Promise<readonly ListState[]>;
  /** The newest list of a lock that was signed as a whole; deltas may lie over it. */
  getNewestWhole(lockId: string): Promise<ListRecord | undefined>;
  /** The deltas that follow this version in its incarnation, ascending, at most `limit`. */
  getDeltas(lockId: string, after: ListVersion, limit: number): Promise<readonly DeltaRecord[]>;
  /**
   * Makes this the newest list of its lock, with nothing over it; every Binding there that no list has
   * carried yet is on it, and nothing is wanted any more.
   */
  putList(list: ListRecord): Promise<void>;
  /** The same, by a delta upon the newest list. */
  putDelta(delta: DeltaRecord): Promise<void>;
  saveListSent(lockId: string, at: number): Promise<void>;
  /** The door decides by this list: what it carries is enforced. Not given: by none, and nothing is. */
  saveListTold(lockId: string, told: ToldList | undefined, at: number): Promise<void>;
  /** What no list has carried yet. */
  getWanted(lockId: string): Promise<WantedList>;
  /** Asks for a whole new list of this lock, once the transaction is committed. */
  wantList(lockId: string, at: number): Promise<void>;
  /** Asks for a list that carries what these Keys are now. */
  wantKeys(lockId: string, keys: readonly string[], at: number): Promise<void>;
  /** Has what is wanted already made once more: whoever was to make it may have died. */
  hastenList(lockId: string): Promise<void>;
}

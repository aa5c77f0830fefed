import type { Reader } from '@claviger/domain';
import type { Hmac, UpChannel } from '@claviger/protocol';

/**
 * Milliseconds. `mono` never steps back and starts anywhere; where the system tells how long the machine
 * slept it has gone on meanwhile. `wall` is what the box believes, and may be wrong.
 */
export interface Clock {
  readonly mono: () => number;
  readonly wall: () => number;
  /**
   * A stopwatch of the machine that goes on while programs end and start and, where the system tells that,
   * while the machine sleeps, and that nobody can set. After each
   * loss of power it is another one, by another name. Not given where there is none.
   */
  readonly steady?: { readonly name: string; readonly read: () => number } | undefined;
  /** A clock with a battery that nothing else sets, epoch milliseconds; undefined while it cannot tell. */
  readonly battery?: (() => number | undefined) | undefined;
}

/** A hash of what was added so far. */
export interface PartialHash {
  readonly add: (bytes: Uint8Array) => void;
  /** Ends it. */
  readonly digest: () => Uint8Array;
}

/** The door's own keys never leave it: `sign` uses the identity key (Ed25519). */
export interface Crypto {
  readonly sign: (bytes: Uint8Array) => Uint8Array;
  /** Ed25519 (RFC 8032); false, and no error, also for bytes that are no key or no signature. */
  readonly verify: (publicKey: Uint8Array, bytes: Uint8Array, signature: Uint8Array) => boolean;
  readonly hmac: Hmac;
  /** The slow digest of a PIN: scrypt with the figures of `pinScrypt`; tens of milliseconds. */
  readonly pinDigest: (pin: string, salt: Uint8Array) => Uint8Array;
  readonly sha256: (bytes: Uint8Array) => Uint8Array;
  /** The same of bytes that are handed over one part after the other. */
  readonly beginSha256: () => PartialHash;
  readonly random: (length: number) => Uint8Array;
}

/** What a lock's inputs say just now. A door without a contact always says closed. */
export interface Inputs {
  readonly isOpen: boolean;
  readonly isTampered: boolean;
}

/** The relays and inputs of the box. Nothing here may throw: a broken relay is a fault the driver reports. */
export interface Hardware {
  setRelay(lock: number, isUnlocked: boolean): void;
  readInputs(lock: number): Inputs;
  /** Shows who stands at a reader that it opens or that it does not, and never why. */
  signal(lock: number, reader: Reader, isGranted: boolean): void;
}

/** The way to the server, at most once and in no promised order: correctness never rests on it. */
export interface Link {
  publish(channel: UpChannel, message: Uint8Array): void;
}

/** An event as it stands in the log: its encoding and the hash of the chain up to and including it. */
export interface StoredEvent {
  readonly sequence: number;
  readonly encoded: Uint8Array;
  readonly hash: Uint8Array;
}

export interface StoreTransaction {
  get(name: string): Uint8Array | undefined;
  put(name: string, value: Uint8Array): void;
  remove(name: string): void;
  /** Names that begin with `prefix` and come after `after`, ascending by their bytes, at most `limit`. */
  names(prefix: string, after: string, limit: number): string[];
  appendEvent(event: StoredEvent): void;
  /** Events from this sequence number on, ascending, at most `limit`. */
  readEvents(fromSequence: number, limit: number): StoredEvent[];
  countEvents(): number;
  /** Both included. */
  dropEvents(fromSequence: number, throughSequence: number): void;
}

/**
 * The door's memory. When `transact` returns, everything in it is on the disk, also after a power cut; when
 * it throws, nothing of it is.
 */
export interface Store {
  transact<Result>(work: (transaction: StoreTransaction) => Result): Result;
}

/** One line for the people who look after the box; never a secret. */
export interface Diary {
  readonly note: (level: 'info' | 'warn' | 'error', text: string) => void;
}

export interface Ports {
  readonly clock: Clock;
  readonly crypto: Crypto;
  readonly hardware: Hardware;
  readonly link: Link;
  readonly store: Store;
  readonly diary: Diary;
}

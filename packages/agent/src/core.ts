import type { DoorSettings } from '@claviger/domain';
import { keyIdLength, uuidBytes, type Signer, type Verify } from '@claviger/protocol';
import { checkedStore } from './memory/checked-store.ts';
import { createBacklog, type Backlog } from './journal/backlog.ts';
import { noteHappening } from './journal/diary-words.ts';
import { createJournal, type Happening, type Journal } from './journal/journal.ts';
import { goneBy, inspect, recallGone, settle, type Findings, type GoneAt } from './memory/ledger.ts';
import { mendBox } from './memory/mend-box.ts';
import { bootMemory, isListBody, recall, remember, type KeptRecord } from './memory/memory.ts';
import type { Crypto, Ports, Store, StoreTransaction } from './ports.ts';
import { isSmallOrder } from './small-order.ts';
import { createTimeKeeper, type TimeKeeper } from './time/time-keeper.ts';

/** By these a door recognises PINs, cards and moving QRs without a server; never in a log. */
export interface DoorKeys {
  readonly pepper: Uint8Array;
  readonly pinSalt: Uint8Array;
  readonly qrSecret: Uint8Array;
}

/** What this device is and to whom it listens, since its claim. */
export interface AgentIdentity {
  readonly deviceId: string;
  readonly ownershipEpoch: number;
  readonly identityKey: Uint8Array;
  /** The server's keys for commands and for what it confirms, Ed25519. */
  readonly serverKeys: readonly Uint8Array[];
  readonly agentVersion: string;
  /** A box that was claimed before there were any has none until it has asked; it recognises less. */
  readonly secrets?: DoorKeys | undefined;
  readonly locks: readonly { readonly number: number; readonly settings: DoorSettings }[];
  /** Most events that wait for the server, where it is not `journalCapacity`. */
  readonly journalCapacity?: number | undefined;
  /** Bytes of an access list that are looked at in one go, where it is not `listSliceBytes`. */
  readonly listSliceBytes?: number | undefined;
}

/** What every part of the agent stands on, made once at the start. */
export interface Core extends Ports {
  readonly identity: AgentIdentity;
  readonly device: Uint8Array;
  readonly ownershipEpoch: number;
  /** The lock that events of the whole box are booked on. */
  readonly firstLock: number;
  readonly bootNumber: number;
  readonly bootNonce: Uint8Array;
  /** Where records are gone, what is absent counts as damaged (decision record 0043). */
  readonly goneAt: GoneAt;
  readonly time: TimeKeeper;
  readonly journal: Journal;
  readonly signer: Signer;
  readonly verify: Verify;
  readonly mono: () => number;
  readonly backlog: Backlog;
  /** A transaction that also writes what the disk did not take before. Throws what the store throws. */
  readonly commit: <Result>(work: (transaction: StoreTransaction) => Result) => Result;
  /** Keeps happenings and records durably, all or none; in memory while the disk does not take them. */
  readonly keep: (happenings: readonly Happening[], records?: readonly KeptRecord[]) => void;
}

/** The first bytes of the hash of a public key tell which key signed. */
export function keyIdOf(publicKey: Uint8Array, sha256: Crypto['sha256']): Uint8Array {
  return sha256(publicKey).slice(0, keyIdLength);
}

/** Verifies with whichever of these keys the message names; false for any other. */
export function verifierOf(
  publicKeys: readonly Uint8Array[],
  crypto: Pick<Crypto, 'sha256' | 'verify'>,
): Verify {
  const keys = new Map(publicKeys.map((key) => [String(keyIdOf(key, crypto.sha256)), key]));
  return (keyId, bytes, signature) => {
    const key = keys.get(String(keyId));
    return key !== undefined && !isSmallOrder(key) && crypto.verify(key, bytes, signature);
  };
}

/** The number of this boot, and which records are gone; what is damaged of the box is mended first. */
function countBoot(store: Store, ownershipEpoch: number) {
  return store.transact((transaction) => {
    const found = inspect(transaction);
    const { gone, damages, isOfToday } = found;
    if (gone.size === 0 && (damages.length > 0 || !isOfToday)) settle(transaction);
    mendBox(transaction, ownershipEpoch, found);
    const number = recall(transaction, bootMemory).number + 1;
    remember(transaction, bootMemory, { number });
    return { bootNumber: number, gone };
  });
}

/** From when on what is absent counts as damaged: from this start on, where it was found at this start. */
function goneSince(store: Store, gone: Findings['gone'], { time, diary }: StartParts): GoneAt {
  const goneAt = time.now().at;
  try {
    return store.transact((transaction) => {
      if (gone.size > 0) settle(transaction, { gone, goneAt });
      return recallGone(transaction);
    });
  } catch (error) {
    diary.note('error', `what is gone of the memory cannot be written down yet: ${String(error)}`);
    return goneBy((shelf) => (gone.has(shelf) ? goneAt : undefined));
  }
}

type StartParts = Pick<Core, 'time' | 'diary'>;

/** Mends and reads the memory, and counts the boot. Throws if the store does not answer. */
export function createCore(identity: AgentIdentity, ports: Ports): Core {
  const { clock, crypto } = ports;
  const store = checkedStore(ports.store, isListBody);
  const { ownershipEpoch } = identity;
  const mono = (): number => clock.mono();
  const { bootNumber, gone } = countBoot(store, ownershipEpoch);
  const firstLock = identity.locks[0]?.number ?? 1;
  const time = createTimeKeeper(clock, store, ports.diary);
  const goneAt = goneSince(store, gone, { time, diary: ports.diary });
  const journal = createJournal({
    ...{ store, crypto, time, mono, ownershipEpoch, bootNumber, firstLock },
    capacity: identity.journalCapacity,
  });
  const backlog = createBacklog(journal, firstLock);
  const commit: Core['commit'] = (work) => {
    const result = store.transact((transaction) => {
      backlog.write(transaction);
      return work(transaction);
    });
    backlog.clear();
    return result;
  };
  return {
    ...ports,
    store,
    identity,
    device: uuidBytes(identity.deviceId),
    ownershipEpoch,
    firstLock,
    bootNumber,
    bootNonce: crypto.random(16),
    goneAt,
    time,
    journal,
    signer: { keyId: keyIdOf(identity.identityKey, crypto.sha256), sign: crypto.sign },
    verify: verifierOf(identity.serverKeys, crypto),
    mono,
    backlog,
    commit,
    keep: (happenings, records = []) => {
      try {
        commit((transaction) => {
          for (const { name, value } of records) transaction.put(name, value);
          for (const happening of happenings) journal.append(transaction, happening);
        });
      } catch (error) {
        const types = happenings.map(({ type }) => type).join(', ') || 'what is remembered';
        ports.diary.note('error', `cannot record ${types} yet: ${String(error)}`);
        backlog.hold(records);
        backlog.addEvents(happenings);
      }
      for (const happening of happenings) noteHappening(ports.diary, happening, identity.locks.length > 1);
    },
  };
}

import type { AuthorityStore, EventRecord, Presence } from '@claviger/authority';
import type { DoorState } from '@claviger/domain';

/** A store with one owned device with one active lock, and what is really in it. */
export interface StoreFixture {
  readonly store: AuthorityStore;
  readonly deviceId: string;
  readonly lockId: string;
  readonly userId: string;
  readonly strangerId: string;
  newId(): string;
  /** A Key that is bound to the lock. */
  addKey(): Promise<string>;
  doors(): Promise<readonly { state: DoorState; isTampered: boolean; at: number }[]>;
  stages(commandId: string): Promise<readonly string[]>;
  events(): Promise<readonly { sequence: number; type: string }[]>;
  /** What the newest event tells of an attempt. */
  lastAttempt(): Promise<Pick<EventRecord, 'key' | 'uses' | 'list' | 'path' | 'isStatic' | 'second'>>;
  refusals(): Promise<Readonly<Record<string, number>>>;
  close(): Promise<void>;
}

export const at = Date.UTC(2026, 10, 25, 8);
export const hashOf = (value: number): Uint8Array => new Uint8Array(32).fill(value);

export const presence: Presence = {
  bootNonce: new Uint8Array(16).fill(7),
  bootNumber: 3,
  helloNumber: 2,
  agentVersion: 'test',
  logEpoch: 1,
  heardAt: at,
};

export function event(fixture: StoreFixture, sequence: number): EventRecord {
  return {
    logEpoch: 1,
    sequence,
    lockId: fixture.lockId,
    type: 'exit_requested',
    at,
    uncertaintyMs: 5,
    method: undefined,
    reason: undefined,
    commandId: undefined,
    detail: undefined,
    hash: hashOf(sequence),
  };
}

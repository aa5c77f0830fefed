import type { KeyStatus } from '@claviger/protocol';
import { type KeyType, keyTypes } from '@claviger/domain';
import { readKeyBeginning, readText, readUuid } from '../../app/read-address.ts';

/** The filters of Keys as they stand in the address. */
export interface KeysSearch {
  readonly lock?: string;
  readonly status?: KeyStatus;
  readonly type?: KeyType;
  readonly email?: string;
  readonly key?: string;
}

/** Named here: every page loads this, and the words of the statuses are for the page of Keys alone. */
const statuses = {
  active: true,
  not_yet: true,
  expired: true,
  revoked: true,
  suspended: true,
  pending: true,
  available: true,
} as const satisfies Readonly<Record<KeyStatus, true>>;

export const emailLengthLimit = 254;

function readStatus(value: unknown): KeyStatus | undefined {
  return typeof value === 'string' && Object.hasOwn(statuses, value) ? (value as KeyStatus) : undefined;
}

/** Reads the filters of an address; what cannot be read is as if it was not set, so a bad address heals. */
export function readSearch(raw: Readonly<Record<string, unknown>>): KeysSearch {
  const lock = readUuid(raw['lock']);
  const status = readStatus(raw['status']);
  const type = keyTypes.find((known) => known === raw['type']);
  const email = readText(raw['email'], emailLengthLimit);
  const key = readKeyBeginning(raw['key']);
  return {
    ...(lock !== undefined && { lock }),
    ...(status !== undefined && { status }),
    ...(type !== undefined && { type }),
    ...(email !== undefined && { email }),
    ...(key !== undefined && { key }),
  };
}

import type { User } from '@claviger/protocol';
import { readText } from '../../app/read-address.ts';

export const statuses = ['active', 'deactivated'] as const satisfies readonly User['status'][];

/** The filters of Users as they stand in the address. */
export interface UsersSearch {
  readonly text?: string;
  readonly status?: User['status'];
}

export const textLengthLimit = 80;

/** Reads the filters of an address; what cannot be read is as if it was not set, so a bad address heals. */
export function readSearch(raw: Readonly<Record<string, unknown>>): UsersSearch {
  const text = readText(raw['text'], textLengthLimit);
  const status = statuses.find((known) => known === raw['status']);
  return { ...(text !== undefined && { text }), ...(status !== undefined && { status }) };
}

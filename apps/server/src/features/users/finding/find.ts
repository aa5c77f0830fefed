import type { UserStatus } from '@claviger/protocol';
import type { Transaction } from '../../../platform/database/index.ts';
import { hasMoreMembers, listFound, lookFor, walkFound, type UserRank } from './store.ts';

/**
 * So many are looked at one by one. Of more, a page of fifty is soon full: where 2,000 of 100,000 fit, every
 * fiftieth User does.
 */
const fewLimit = 2_000;

export interface WantedUsers {
  readonly text: string;
  readonly status: UserStatus | undefined;
  readonly after: UserRank | undefined;
  readonly limit: number;
}

function containing(text: string): string {
  return `%${text.replace(/[\\%_]/g, '\\$&')}%`;
}

/** Letters and digits of a number or a plate, as they are compared. */
function compact(text: string): string {
  return text.replace(/[ ()./-]/g, '');
}

/** What has to stand in one of the lines of a User. */
export function patternsOf(text: string): string[] {
  const typed = text.toLowerCase();
  // Of signs alone nothing is left, which is in every number.
  return [...new Set([typed, compact(typed)].filter((part) => part !== ''))].map(containing);
}

/** The index goes by three letters or digits in a row; a pattern without them would read all of it. */
function isIndexed(pattern: string): boolean {
  return /[\p{L}\p{N}]{3}/u.test(pattern);
}

/**
 * Which Users a page can be made of: those found by an index where they are few; where the Entity has few
 * members, all of it, through which the text is looked for; else those of the page, found by walking through
 * the names.
 */
export async function candidates(
  tx: Transaction,
  place: { readonly ownerId: string; readonly entityId: string },
  { text, status, after, limit }: WantedUsers,
): Promise<readonly string[] | undefined> {
  const patterns = text === '' ? ['%'] : patternsOf(text);
  if (text !== '' && patterns.every(isIndexed)) {
    await lookFor(tx, patterns);
    const found = await listFound(tx, fewLimit);
    if (found) return found;
  }
  if (!(await hasMoreMembers(tx, place.entityId, fewLimit))) return undefined;
  await lookFor(tx, patterns);
  return walkFound(tx, place, { status, after, limit });
}

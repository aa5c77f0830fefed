import {
  areEqual,
  countsMessage,
  openMessage,
  recoveryMessage,
  type CountsMessage,
  type RecoveryMessage,
} from '@claviger/protocol';
import type { Cause } from '../../street/cause.ts';
import type { KeptEvent } from '../../street/observation.ts';
import type { CheckerParts } from '../verdict.ts';
import type { HarmBook } from './harm-book.ts';
import type { MemoryBook, Raised } from './memory-book.ts';

/** The recovery that the box was given in this call, if the server has signed it. */
export function recoveryIn(
  { isSigned }: Pick<CheckerParts, 'isSigned'>,
  cause: Cause,
): RecoveryMessage | undefined {
  if (cause.kind !== 'letter' || !isSigned(cause.letter.message)) return undefined;
  const opened = openMessage(recoveryMessage, cause.letter.message, () => true);
  return opened.ok ? opened.body : undefined;
}

/** The counters of single Keys that the box was given in this call, if the server has signed them. */
export function countsIn(
  { isSigned }: Pick<CheckerParts, 'isSigned'>,
  cause: Cause,
): CountsMessage | undefined {
  if (cause.kind !== 'letter' || !isSigned(cause.letter.message)) return undefined;
  const opened = openMessage(countsMessage, cause.letter.message, () => true);
  return opened.ok ? opened.body : undefined;
}

/** What a box raises, of Keys and of paths; `isOwn`: its own whole records are right. */
export type Given = Pick<Raised, 'keys' | 'paths' | 'isOwn'>;

/** What a box says that it was given back: everything, or the counter of a Key whose record was damaged. */
function givenBy(
  parts: Pick<CheckerParts, 'isSigned'>,
  cause: Cause,
  { lock, key }: KeptEvent,
): Omit<Given, 'isOwn'> | undefined {
  if (key === undefined) return recoveryIn(parts, cause);
  const keys = countsIn(parts, cause)?.keys.filter((given) => given.lock === lock);
  return keys && { keys: keys.filter((given) => areEqual(given.key, key)), paths: [] };
}

/** What is kept of a box, as far as it may be given back. */
interface GivenBook {
  readonly harm: HarmBook;
  readonly locks: ReadonlyMap<number, { readonly memory: MemoryBook }>;
  given: Given | undefined;
}

/** The box says that it has been given something back; what it had lost of that unnoticed is met by it. */
export function hearReturned(
  parts: Pick<CheckerParts, 'isSigned' | 'count'>,
  book: GivenBook,
  { cause, event, isOwn }: { readonly cause: Cause; readonly event: KeptEvent; readonly isOwn: boolean },
): void {
  const given = givenBy(parts, cause, event);
  if (event.key) parts.count('a harmed Key had its counter back');
  if (!given) return;
  const { keys = [], paths = [] } = book.given ?? {};
  const isRight = isOwn && recoveryIn(parts, cause)?.isOneHistory === true;
  book.given = { keys: [...keys, ...given.keys], paths: [...paths, ...given.paths], isOwn: isRight };
  const found = book.harm.meetGiven(given, event.at);
  for (const { lock, trace } of found) book.locks.get(lock)?.memory.keep(trace);
}

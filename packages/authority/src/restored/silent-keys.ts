import { CborFault, decodeChangedList, uuidText, type UsesMessage } from '@claviger/protocol';
import type { AuthorityTransaction } from '../store.ts';

/** What a door has said of its uses, at which lock and when. */
export interface ToldUses {
  readonly lockId: string;
  readonly told: UsesMessage;
  readonly now: number;
}

/** A door that has the time keeps what it remembers of a Key that it let in for longer than this. */
const rememberedForMs = 30 * 24 * 60 * 60_000;

/** The Keys on the list by which the door decides; none where that list is not at hand. */
async function keysOnList(
  transaction: AuthorityTransaction,
  lockId: string,
): Promise<ReadonlySet<string> | undefined> {
  const state = (await transaction.getListStates()).find((each) => each.lockId === lockId);
  const whole = await transaction.getNewestWhole(lockId);
  if (!state?.told || whole?.list.incarnation !== state.told.incarnation) return undefined;
  const missing = state.told.version - whole.list.version;
  if (missing < 0) return undefined;
  const deltas = missing > 0 ? await transaction.getDeltas(lockId, whole.list, missing) : [];
  if (deltas.length < missing) return undefined;
  const changes = deltas.map(({ delta }) => delta);
  try {
    return new Set(decodeChangedList(whole.encoded, changes).keys.map(({ id }) => id));
  } catch (error) {
    if (error instanceof CborFault) return undefined;
    throw error;
  }
}

/**
 * Keys that were let in and of which a door must say something: those on its list, which it never forgets,
 * and those that it let in lately. Of any other that it does not name nobody knows anything.
 */
async function hasToName(
  transaction: AuthorityTransaction,
  { lockId, now }: ToldUses,
  silent: readonly string[],
): Promise<boolean> {
  const attempts = await transaction.getAttemptsSince(now - rememberedForMs);
  const isLate = attempts.some(
    ({ lockId: at, type, key }) => type === 'key_accepted' && at === lockId && silent.includes(key ?? ''),
  );
  if (isLate) return true;
  const listed = await keysOnList(transaction, lockId);
  return silent.some((key) => listed?.has(key) === true);
}

/** The Keys after the last one that was asked for, as far as this part of an answer goes. */
function isInPart({ told }: ToldUses, key: string): boolean {
  const after = told.after ? uuidText(told.after) : '';
  const last = told.keys.at(-1)?.key;
  return key > after && (told.isLast || !last || key <= uuidText(last));
}

/**
 * Whether a door has let in a Key less often than is stored, or does not know it at all: then its disk is an
 * older one, which the chain of its log does not show where lost events stand in it.
 */
export async function knowsLess(transaction: AuthorityTransaction, said: ToldUses): Promise<boolean> {
  const { lockId, told } = said;
  const uses = new Map(told.keys.map(({ key, ...of }) => [uuidText(key), of]));
  const stored = (await transaction.getSpent()).filter((of) => of.lockId === lockId && of.spent > 0);
  const isLess = stored.some(({ keyId, spent }) => {
    const of = uses.get(keyId);
    return of !== undefined && of.isInDoubt !== true && of.spent < spent;
  });
  if (isLess || told.namesDoubted !== true) return isLess;
  const silent = stored.flatMap(({ keyId }) => (!uses.has(keyId) && isInPart(said, keyId) ? [keyId] : []));
  return silent.length > 0 && hasToName(transaction, said, silent);
}

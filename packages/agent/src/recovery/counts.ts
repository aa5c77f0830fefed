import { areEqual, countsMessage, openMessage, uuidText, type CountsMessage } from '@claviger/protocol';
import { isKeyInDoubt, raisedKey } from '../attempts/door-records.ts';
import type { Core } from '../core.ts';
import type { StoreTransaction } from '../ports.ts';
import type { Recovery } from './recovery.ts';

/** How Keys whose records were damaged get their counters back (decision record 0045). */
export interface Counts {
  /** False for what is no counts for this boot. */
  readonly receive: (message: Uint8Array) => boolean;
}

interface Desk {
  readonly core: Core;
  readonly recovery: Pick<Recovery, 'isInDoubt'>;
  /**
   * Keys of which the server was told in this boot that they have their counters. Where they were not in
   * doubt, once is enough: what a broker plays again must not fill the log.
   */
  readonly assured: Set<string>;
}

type GivenKey = CountsMessage['keys'][number];

const nameOf = ({ lock, key }: GivenKey): string => `${lock} ${uuidText(key)}`;

/** A Key that is not in doubt is only told of: the server may not have heard how its doubt ended. */
function giveBack({ core, assured }: Desk, transaction: StoreTransaction, given: GivenKey): void {
  const now = core.time.now().at;
  const read = (name: string): Uint8Array | undefined => transaction.get(name);
  if (!isKeyInDoubt(read, given, now) && assured.has(nameOf(given))) return;
  const raised = raisedKey(read, given, now);
  transaction.put(raised.name, raised.value);
  core.journal.append(transaction, { lock: given.lock, type: 'counters_returned', key: given.key });
}

/**
 * All of it or nothing. Not while this door has let in somebody of whom the server did not know yet, nor what
 * was given before that: the count would be too small, and a record may have been damaged once more since.
 */
function take(desk: Desk, { through, keys }: CountsMessage): void {
  const { core, assured } = desk;
  const isTaken = core.commit((transaction) => {
    if (core.journal.hasGrantAfter(transaction, through)) return false;
    for (const given of keys) giveBack(desk, transaction, given);
    return true;
  });
  if (isTaken) for (const given of keys) assured.add(nameOf(given));
}

function receive(desk: Desk, message: Uint8Array): boolean {
  const { core, recovery } = desk;
  const opened = openMessage(countsMessage, message, core.verify);
  if (!opened.ok) return false;
  const { device, ownershipEpoch, bootNonce, logEpoch, keys } = opened.body;
  const isForUs = areEqual(device, core.device) && ownershipEpoch === core.ownershipEpoch;
  const isOurs = keys.every(({ lock }) => core.identity.locks.some(({ number }) => number === lock));
  if (!isForUs || !isOurs || !areEqual(bootNonce, core.bootNonce)) return false;
  // What is counted in a log that was left says nothing of the one that goes on.
  if (recovery.isInDoubt() || logEpoch !== core.journal.logEpoch()) return true;
  try {
    take(desk, opened.body);
  } catch (error) {
    core.diary.note('error', `the counters of Keys cannot be kept: ${String(error)}`);
  }
  return true;
}

export function createCounts(parts: Omit<Desk, 'assured'>): Counts {
  const desk: Desk = { ...parts, assured: new Set() };
  return { receive: (message) => receive(desk, message) };
}

import {
  commandMessage,
  openMessage,
  uuidText,
  type CountsMessage,
  type RecoveryMessage,
} from '@claviger/protocol';
import type { DoorBox } from '../street/box-face.ts';
import type { Facts, Holding } from '../street/facts.ts';
import type { Cause } from '../street/cause.ts';
import type { Observation, Observe, Seen } from '../street/observation.ts';
import type { Decided } from './decisions.ts';
import type { DoubtBooks } from './history/doubts.ts';
import { countsIn, recoveryIn } from './history/given.ts';
import { keyOf } from './tried.ts';
import type { CheckerParts } from './verdict.ts';
import type { VersionBooks } from './versions.ts';

/** A revocation reaches an online door within this time after its commit (PRODUCT section 3). */
const reachedWithinMs = 2_000;
/** A box says hello every 30 seconds, and is told then of what it could not take. */
const asksAgainWithinMs = 35_000;

/** A box that says so little uncertainty knows the time from the server. */
const timeKnownMs = 60_000;

/** What moved the relays of one box, by Key and lock. */
interface Pulses {
  /** Along one lineage of its disk, with what it was given back. */
  byKey: Map<string, number>;
  image: Map<string, number>;
  /** Uses that any of its disks has ever kept. */
  readonly ever: Map<string, number>;
  /** Uses that are stored at the server, which has read so many of its events. */
  readonly stored: Map<string, number>;
  read: number;
}

const emptyPulses = (): Pulses => ({
  ...{ byKey: new Map(), image: new Map(), ever: new Map(), stored: new Map(), read: 0 },
});

/** Since when the server says that nothing opens there any more, by Key and lock, and by lock alone. */
interface Denials {
  readonly keys: Map<string, number>;
  readonly lockdowns: Map<string, number>;
}

export interface RightsParts extends CheckerParts {
  readonly versions: VersionBooks;
  readonly doubts: DoubtBooks;
}

function isDead({ key }: Holding, lockId: string): boolean {
  const binding = key.bindings.find(({ lock }) => lock === lockId);
  return (
    key.state === 'revoked' ||
    key.state === 'suspended' ||
    binding?.state !== 'active' ||
    key.isHolderDeactivated
  );
}

/** Notes from when on each Key is dead at each lock, for the server. */
function noteDenials({ now }: RightsParts, denials: Denials, { after }: { after: Facts }): void {
  const note = (book: Map<string, number>, name: string, isDenied: boolean): void => {
    if (!isDenied) book.delete(name);
    else if (!book.has(name)) book.set(name, now());
  };
  for (const holding of after.holdings.values()) {
    for (const { lock } of holding.key.bindings)
      note(denials.keys, `${holding.key.id} ${lock}`, isDead(holding, lock));
  }
  for (const [id, { rule }] of after.locks) note(denials.lockdowns, id, rule.lockdown && !rule.evacuation);
}

/** Whether its disk took a list since then; or long enough that it has asked again for what it refused. */
function hadRoom({ now }: RightsParts, box: DoorBox, since: number): boolean {
  return box.roomSince() <= since || now() - box.roomSince() > asksAgainWithinMs;
}

/** Whether nothing has stood between server and box since then. */
function wasReachable(parts: RightsParts, box: DoorBox, since: number): boolean {
  const { broker, server } = parts.street;
  const isKnownOnline = server.device(box).device.isOnline;
  const isCalm = broker.lineOf(box).isOpen && broker.lineOf(box).calmSince <= since;
  return isKnownOnline && isCalm && server.upSince() <= since && hadRoom(parts, box, since);
}

function holdingOf({ street }: RightsParts, cause: Cause): Holding | undefined {
  if (cause.kind === 'present') return cause.attempt.holding;
  if (cause.kind !== 'letter') return undefined;
  const opened = openMessage(commandMessage, cause.letter.message, () => true);
  const key = opened.ok ? opened.body.key : undefined;
  return key && street.server.facts().holdings.get(uuidText(key));
}

/** I3, I17: what the server denies does not open at a door that it reached two seconds ago. */
function checkReached(
  parts: RightsParts,
  denials: Denials,
  about: { box: DoorBox; lockId: string; holding: Holding },
): void {
  const { fail, now } = parts;
  const { box, lockId, holding } = about;
  const dead = denials.keys.get(`${holding.key.id} ${lockId}`);
  const isLate = (since: number): boolean =>
    now() > since + reachedWithinMs && wasReachable(parts, box, since - 1);
  if (dead !== undefined && isLate(dead)) {
    fail(
      'I3',
      `${box.name} let ${holding.key.id.slice(-4)} in ${now() - dead} ms after its end, online all the time`,
    );
  }
  const lockdown = denials.lockdowns.get(lockId);
  if (lockdown !== undefined && isLate(lockdown) && !holding.key.emergency) {
    fail('I17', `${box.name} let ${holding.key.id.slice(-4)} in ${now() - lockdown} ms into a lockdown`);
  }
}

/** I2 by the true time: a box that knows the time opens nothing before its begin or from its end on. */
function checkTrueTime({ fail, now, versions }: RightsParts, decided: Decided): void {
  const { box, lock, tried, event, lockId } = decided;
  const id = keyOf(tried);
  const facts = versions.activeAt(box, lock)?.facts;
  const key = id === undefined ? undefined : facts?.holdings.get(id)?.key;
  if (!key?.bindings.some((binding) => binding.lock === lockId)) return;
  const { from = -Infinity, until = Infinity } = key;
  const at = now();
  if (at >= until) fail('I2', `${box.name} opened ${at - until} ms after the end`);
  if (at + 2 * event.uncertaintyMs + 5 < from)
    fail('I2', `${box.name} opened ${from - at} ms before the begin`);
}

/** I4: along one lineage, with what it was given back, no Key moves a relay too often, and none in doubt. */
function checkUses(
  parts: RightsParts,
  pulses: Pulses,
  about: { box: DoorBox; lock: number; holding: Holding; lockId: string },
): void {
  const { fail, versions, doubts } = parts;
  const { box, lock, holding, lockId } = about;
  const name = `${holding.key.id} ${lockId}`;
  const count = (pulses.byKey.get(name) ?? 0) + 1;
  pulses.byKey.set(name, count);
  const max = versions.activeAt(box, lock)?.facts.holdings.get(holding.key.id)?.key.maxUses;
  if (max === undefined) return;
  if (count > max)
    fail('I4', `${box.name}/${lock} opened ${count} times for ${holding.key.id.slice(-4)}, of ${max}`);
  if (doubts.of(box).mustDoubt)
    fail('I4', `${box.name}/${lock} opened for a counted Key after its older disk was known`);
}

/** I4: what is given back is what all disks together have spent, as far as the server has it, and no more. */
function checkGiven(
  { fail }: RightsParts,
  pulses: Pulses,
  about: { box: DoorBox; given: RecoveryMessage },
): void {
  const { box, given } = about;
  const raised = new Map(given.keys.map(({ lock, key, spent }) => [`${lock} ${uuidText(key)}`, spent]));
  for (const { id, number } of box.locks) {
    for (const [name, stored] of pulses.stored) {
      const [keyId = '', lockId] = name.split(' ');
      const spent = raised.get(`${number} ${keyId}`) ?? 0;
      if (lockId !== id) continue;
      if (spent < stored) fail('I4', `${box.name}/${number} is given back ${spent} uses of ${stored}`);
      const ever = (pulses.ever.get(name) ?? 0) + (pulses.ever.get(byTagAt(lockId)) ?? 0);
      if (spent > ever) fail('I4', `${box.name}/${number} is given back ${spent} uses, and had ${ever}`);
      pulses.byKey.set(name, Math.max(pulses.byKey.get(name) ?? 0, stored));
    }
  }
}

interface OfKey {
  readonly box: DoorBox;
  readonly lock: number;
  readonly lockId: string;
  readonly key: string;
}

/** I4: a Key whose record was damaged has back what it has spent, as the server has it, and no more. */
function checkCount(
  { fail }: RightsParts,
  pulses: Pulses,
  { box, lock, lockId, key, counts }: OfKey & { counts: CountsMessage | undefined },
): void {
  const given = counts?.keys.find((one) => one.lock === lock && uuidText(one.key) === key);
  const name = `${key} ${lockId}`;
  const stored = pulses.stored.get(name) ?? 0;
  const ever = (pulses.ever.get(name) ?? 0) + (pulses.ever.get(byTagAt(lockId)) ?? 0);
  const spent = given?.spent ?? -1;
  if (spent < stored) fail('I4', `${box.name}/${lock} is given back ${spent} uses of ${stored} of a Key`);
  if (spent > ever) fail('I4', `${box.name}/${lock} is given back ${spent} uses of a Key that had ${ever}`);
}

function checkReturned(
  parts: RightsParts,
  pulses: Pulses,
  about: Omit<OfKey, 'key'> & { readonly key: Uint8Array | undefined; readonly cause: Cause },
): void {
  const { box, key, cause } = about;
  if (key) {
    checkCount(parts, pulses, { ...about, key: uuidText(key), counts: countsIn(parts, cause) });
    return;
  }
  const given = recoveryIn(parts, cause);
  if (given) checkGiven(parts, pulses, { box, given });
}

function add(counts: Map<string, number>, name: string): void {
  counts.set(name, (counts.get(name) ?? 0) + 1);
}

/** Where uses stand that only a QR told of: the door counts them, nobody can say of which Key. */
const byTagAt = (lockId: string): string => `by tag at ${lockId}`;

/** Counts the uses that a disk has kept; after a recovery those of all disks count. */
function followDisk(parts: RightsParts, pulses: Pulses, { box, cause, appended }: Seen<'kept'>): void {
  for (const { type, lock, key } of appended) {
    const lockId = box.locks.find(({ number }) => number === lock)?.id ?? '';
    if (type === 'counters_returned') checkReturned(parts, pulses, { box, lock, lockId, key, cause });
    if (type !== 'key_accepted') continue;
    if (key?.length === 16) add(pulses.ever, `${uuidText(key)} ${lockId}`);
    if (key?.length === 8) add(pulses.ever, byTagAt(lockId));
  }
}

/** Each grant is one use, whichever disk has made it. */
function followServer({ street }: RightsParts, pulses: Pulses, box: DoorBox): void {
  const { events } = street.server.device(box);
  for (const { type, key, lockId } of events.slice(pulses.read)) {
    // What only its QR told of is not counted (SEMANTICS C3).
    const isOfKey = type === 'key_accepted' && key !== undefined && !key.startsWith('tag:');
    if (isOfKey) add(pulses.stored, `${key} ${lockId}`);
  }
  pulses.read = events.length;
}

/** A restored server denies what its image denied, and has stored what that had. */
function forgetLost(
  parts: RightsParts,
  denials: Denials,
  { books, after }: { books: ReadonlyMap<DoorBox, Pulses>; after: Facts },
): void {
  denials.keys.clear();
  denials.lockdowns.clear();
  noteDenials(parts, denials, { after });
  for (const [box, pulses] of books) {
    pulses.stored.clear();
    pulses.read = 0;
    followServer(parts, pulses, box);
  }
}

/** I2 (true time), I3, I4, I11, I17: who may have moved a relay, from outside. */
export function createRightsChecker(parts: RightsParts): {
  observe: Observe;
  decide: (decided: Decided) => void;
} {
  const denials: Denials = { keys: new Map(), lockdowns: new Map() };
  const books = new Map<DoorBox, Pulses>();
  const bookOf = (box: DoorBox): Pulses => {
    const pulses = books.get(box) ?? emptyPulses();
    books.set(box, pulses);
    return pulses;
  };

  const move = (seen: Extract<Observation, { type: 'relay' }>): void => {
    const { box, lock, cause } = seen;
    const holding = holdingOf(parts, cause);
    const lockId = box.locks.find(({ number }) => number === lock)?.id ?? '';
    if (!holding) return;
    const isOfOwner = holding.key.bindings.some((binding) => box.locks.some(({ id }) => id === binding.lock));
    if (box.epoch() > 1 && !isOfOwner) parts.fail('I11', `${box.name} opened for a Key of its former owner`);
    checkReached(parts, denials, { box, lockId, holding });
    checkUses(parts, bookOf(box), { box, lock, holding, lockId });
  };

  return {
    decide: (decided) => {
      const isTimeKnown = decided.event.uncertaintyMs < timeKnownMs;
      if (decided.made === 'granted' && isTimeKnown) checkTrueTime(parts, decided);
    },
    observe: (seen) => {
      if (seen.type === 'relay' && seen.isUnlocked) move(seen);
      else if (seen.type === 'changed') noteDenials(parts, denials, seen);
      else if (seen.type === 'united') noteDenials(parts, denials, seen);
      else if (seen.type === 'server_restored') forgetLost(parts, denials, { books, after: seen.after });
      else if (seen.type === 'kept') followDisk(parts, bookOf(seen.box), seen);
      else if (seen.type === 'committed') followServer(parts, bookOf(seen.box), seen.box);
      else if (seen.type === 'imaged') bookOf(seen.box).image = new Map(bookOf(seen.box).byKey);
      else if (seen.type === 'restored') {
        const book = bookOf(seen.box);
        [book.byKey, book.image] = [book.image, book.byKey];
      } else if (seen.type === 'transferred') books.set(seen.box, emptyPulses());
    },
  };
}

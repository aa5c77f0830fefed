import type { KeyFact, LockFact } from '@claviger/authority';
import type { Chance } from '../../oracle/chance.ts';
import type { Entity, Facts, Holding } from '../street/facts.ts';
import { drawHolding, drawRepeat, uuidOf } from './keys.ts';

/** A change as a manager wants it: what it is, whom it concerns, and what is so afterwards. */
export interface Change {
  readonly what: string;
  readonly lockIds: readonly string[];
  readonly next: (facts: Facts) => Facts;
}

export interface ManagerParts {
  readonly chance: Chance;
  readonly now: () => number;
  readonly facts: () => Facts;
  /** Who owns locks just now. */
  readonly entity: () => Entity;
}

const hourMs = 3_600_000;

function withHolding(facts: Facts, holding: Holding): Facts {
  return { ...facts, holdings: new Map(facts.holdings).set(holding.key.id, holding) };
}

function withLock(facts: Facts, rule: LockFact): Facts {
  const lock = facts.locks.get(rule.id);
  return lock ? { ...facts, locks: new Map(facts.locks).set(rule.id, { ...lock, rule }) } : facts;
}

/** What becomes of a Key, and in which words; rights that shrink raise its issue. */
type KeyChange = readonly [
  what: string,
  change: (key: KeyFact, chance: Chance, now: number) => Partial<KeyFact>,
];

const shrunk = ({ issue }: KeyFact): Partial<KeyFact> => ({ issue: issue + 1 });

const keyChanges: readonly KeyChange[] = [
  ['shortens', (key, chance, now) => ({ ...shrunk(key), until: now + chance.below(2 * hourMs) })],
  [
    'extends',
    (key, chance, now) => ({ until: Math.max(key.until ?? 0, now) + (1 + chance.below(48)) * hourMs }),
  ],
  [
    'extends',
    (key, chance, now) => ({ until: Math.max(key.until ?? 0, now) + (1 + chance.below(48)) * hourMs }),
  ],
  ['suspends', (key) => ({ ...shrunk(key), state: 'suspended' })],
  ['gives back', (key) => ({ state: key.state === 'suspended' ? 'active' : key.state })],
  ['gives back', (key) => ({ state: key.state === 'suspended' ? 'active' : key.state })],
  ['accepts', (key) => ({ state: key.state === 'pending' ? 'active' : key.state })],
  ['revokes', (key) => ({ ...shrunk(key), state: 'revoked' })],
  [
    'takes off one lock',
    (key, chance) => {
      const off = chance.below(key.bindings.length);
      const bindings = key.bindings.map((binding, place) =>
        place === off ? { ...binding, state: 'revoked' as const } : binding,
      );
      return { ...shrunk(key), bindings };
    },
  ],
  [
    'counts anew',
    ({ maxUses, repeat }, chance) =>
      maxUses === undefined || repeat ? {} : { maxUses: Math.min(255, maxUses + chance.below(3)) },
  ],
  ['deactivates the holder of', (key) => ({ isHolderDeactivated: !key.isHolderDeactivated })],
  ['reissues', shrunk],
  [
    'reschedules',
    (key, chance, now) => (key.maxUses === undefined ? { repeat: drawRepeat(chance, now) } : {}),
  ],
];

const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;

function drawSchedule(chance: Chance): LockFact['schedule'] {
  const from = chance.below(10);
  const intervals = weekdays.map((weekday) => ({
    weekday,
    from: `${String(from).padStart(2, '0')}:00`,
    until: `${String(from + 8 + chance.below(6)).padStart(2, '0')}:00`,
  }));
  return { holidayExempt: chance.happens(0.2), intervals };
}

type LockChange = readonly [what: string, change: (lock: LockFact, chance: Chance) => Partial<LockFact>];

const lockChanges: readonly LockChange[] = [
  ['locks down', () => ({ lockdown: true })],
  ['ends the lockdown of', () => ({ lockdown: false, evacuation: false })],
  ['ends the lockdown of', () => ({ lockdown: false, evacuation: false })],
  ['evacuates', () => ({ evacuation: true })],
  ['schedules', (_, chance) => ({ schedule: drawSchedule(chance) })],
  ['unschedules', () => ({ schedule: undefined })],
  ['unschedules', () => ({ schedule: undefined })],
  ['deactivates', () => ({ status: 'inactive' })],
  ['reactivates', () => ({ status: 'active' })],
  ['reactivates', () => ({ status: 'active' })],
  ['takes static QRs at', ({ staticQr }) => ({ staticQr: !staticQr })],
  [
    'sets the passback of',
    (_, chance) => ({ antiPassbackMinutes: chance.maybe(0.3, () => 1 + chance.below(20)) }),
  ],
  [
    'sets the age of lists of',
    (_, chance) => ({ maximumListAgeMinutes: chance.maybe(0.4, () => 30 + chance.below(2000)) }),
  ],
  ['says what opens unrecorded at', (_, chance) => ({ whenUnrecorded: chance.pick(['deny', 'admit']) })],
  ['asks for a first person at', (lock) => ({ firstPersonIn: !lock.firstPersonIn })],
  ['asks for nobody first at', () => ({ firstPersonIn: false })],
];

/** Somebody who changes everything that can be changed, one thing after another. */
export interface Manager {
  readonly make: () => Change;
  readonly change: () => Change;
}

type Of<Parts> = (parts: Parts) => Change | undefined;

/** The newest Keys that have to do with an Entity: with them things happen. */
function drawKnown({ chance, facts, entity }: ManagerParts): Holding | undefined {
  const { locks, holdings } = facts();
  const owner = entity();
  const held = [...holdings.values()].filter(({ key }) =>
    key.bindings.some(({ lock }) => locks.get(lock)?.entity === owner),
  );
  return held.length === 0 ? undefined : chance.pick(held.slice(-20));
}

const lockIdsOf = ({ key }: Holding): string[] => key.bindings.map(({ lock }) => lock);

const changeKey: Of<ManagerParts> = (parts) => {
  const known = drawKnown(parts);
  if (!known) return undefined;
  const [what, draw] = parts.chance.pick(keyChanges);
  const changed = draw(known.key, parts.chance, parts.now());
  const { id } = known.key;
  return {
    what: `${what} ${id.slice(-4)}`,
    lockIds: lockIdsOf(known),
    next: (facts) => {
      const holding = facts.holdings.get(id);
      if (!holding || holding.key.state === 'revoked') return facts;
      return withHolding(facts, { ...holding, key: { ...holding.key, ...changed } });
    },
  };
};

const changeToken: Of<ManagerParts> = (parts) => {
  const { chance } = parts;
  const known = drawKnown(parts);
  if (!known) return undefined;
  const { kind } = chance.pick(known.tokens);
  const state = chance.pick(['suspended', 'active', 'active', 'revoked', 'pending'] as const);
  const { id } = known.key;
  return {
    what: `makes the ${kind} of ${id.slice(-4)} ${state}`,
    lockIds: lockIdsOf(known),
    next: (facts) => {
      const holding = facts.holdings.get(id);
      if (!holding) return facts;
      const tokens = holding.tokens.map((token) =>
        token.kind === kind && token.state !== 'revoked' ? { ...token, state } : token,
      );
      return withHolding(facts, { ...holding, tokens });
    },
  };
};

const changeLock: Of<ManagerParts> = ({ chance, facts }) => {
  const { rule } = chance.pick([...facts().locks.values()]);
  const [what, draw] = chance.pick(lockChanges);
  const changed = draw(rule, chance);
  return {
    what: `${what} ${rule.id.slice(-4)}`,
    lockIds: [rule.id],
    next: (known) => {
      const lock = known.locks.get(rule.id);
      return lock ? withLock(known, { ...lock.rule, ...changed }) : known;
    },
  };
};

const changeHolidays: Of<ManagerParts> = ({ chance, facts, now }) => {
  const date = new Date(now() + chance.below(2) * 24 * hourMs).toISOString().slice(0, 10);
  const hours = chance.maybe(0.3, () => ({ from: '10:00', until: '14:00' }));
  const holidays = chance.happens(0.5) ? [{ from: date, until: date, yearly: false, hours }] : [];
  const lockIds = [...facts().locks.keys()];
  return { what: `has ${holidays.length} holidays`, lockIds, next: (known) => ({ ...known, holidays }) };
};

export function createManager(parts: ManagerParts): Manager {
  const { chance, now, facts, entity } = parts;
  let made = 0;
  const make = (): Change => {
    made += 1;
    const owner = entity();
    const name = `key ${made} of ${owner.name}`;
    const holding = drawHolding(chance, { name, entity: owner, now: now(), facts: facts() });
    const { type, id } = holding.key;
    return {
      what: `makes ${type} ${id.slice(-4)}`,
      lockIds: lockIdsOf(holding),
      next: (known) => withHolding(known, holding),
    };
  };
  const draw = (): Change | undefined => {
    const drawn = chance.below(100);
    if (drawn < 30) return undefined;
    if (drawn < 70) return changeKey(parts);
    if (drawn < 78) return changeToken(parts);
    return drawn < 96 ? changeLock(parts) : changeHolidays(parts);
  };
  return { make, change: () => draw() ?? make() };
}

/** A lock of these readers on which nothing was set yet. */
export function plainLock(id: string, hasKeypad = true): LockFact {
  return {
    id,
    status: 'active',
    capabilities: hasKeypad ? ['keypad', 'qr_reader', 'card_reader'] : ['qr_reader', 'card_reader'],
    lockdown: false,
    evacuation: false,
    minimumAssurance: 'low',
    secondFactor: false,
    staticQr: false,
    doorModes: [],
    floors: [],
    firstPersonIn: false,
    whenUnrecorded: 'deny',
  };
}

/** The lock of a box by the number of its place and of its owner. */
export function lockIdOf(box: string, place: number, epoch: number): string {
  return uuidOf(`lock ${place} of ${box} under ${epoch}`);
}

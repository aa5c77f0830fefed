import type { KeyFact } from '@claviger/authority';
import type { Chance } from '../../oracle/chance.ts';
import { hashOf } from '../../crypto.ts';
import type { Entity, Facts, Holding, Token } from '../street/facts.ts';

/** A UUID that the same words always make. */
export function uuidOf(words: string): string {
  const digits = Buffer.from(hashOf('uuid', words)).toString('hex');
  const parts = [
    digits.slice(0, 4),
    `7${digits.slice(4, 7)}`,
    `8${digits.slice(7, 10)}`,
    digits.slice(10, 22),
  ];
  return ['0193a6c0', ...parts].join('-');
}

const hourMs = 3_600_000;
const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;

const two = (value: number): string => String(value).padStart(2, '0');
const clockTime = (chance: Chance): string =>
  `${two(chance.below(24))}:${chance.pick(['00', '00', '15', '30', '45'])}`;
const dateAt = (at: number): string => new Date(at).toISOString().slice(0, 10);

type Repeat = NonNullable<KeyFact['repeat']>;

export function drawRepeat(chance: Chance, now: number): Repeat {
  const begin = chance.below(24);
  const endTime = `${two((begin + 2 + chance.below(12)) % 24)}:00`;
  const hours = chance.happens(0.7)
    ? { beginTime: `${two(begin)}:00`, endTime }
    : { beginTime: clockTime(chance), endTime: clockTime(chance) };
  const dates = chance.happens(0.3) ? { endDate: dateAt(now + chance.below(5) * 24 * hourMs) } : {};
  if (chance.happens(0.6)) return { mode: 'daily', ...hours, ...dates };
  return { mode: 'weekly', weekdays: chance.some(weekdays, 0.8).concat('mon'), ...hours, ...dates };
}

/** A span about now, whole minutes as people enter them. */
function drawSpan(chance: Chance, now: number): Pick<KeyFact, 'from' | 'until'> {
  const minute = Math.floor(now / 60_000) * 60_000;
  const from = minute + (chance.below(8) - 5) * hourMs;
  return { from, until: Math.max(from, minute) + (10 + chance.below(60 * 30)) * 60_000 };
}

const plain = {
  state: 'active',
  isHolderDeactivated: false,
  floors: [],
  emergency: false,
  firstPerson: false,
  holidayExempt: false,
  secondFactor: false,
  issue: 1,
} as const satisfies Partial<KeyFact>;

type Kind = 'guest' | 'visitor' | 'delivery' | 'staff' | 'physical' | 'emergency';

function ruleOf(chance: Chance, kind: Kind, now: number): Partial<KeyFact> & Pick<KeyFact, 'type'> {
  const maxUses = chance.happens(0.7) ? { maxUses: 1 + chance.below(4) } : {};
  switch (kind) {
    case 'guest':
      return { type: 'guest', ...drawSpan(chance, now), ...maxUses };
    case 'visitor':
      return { type: 'visitor', ...drawSpan(chance, now), ...maxUses };
    case 'delivery':
      return { type: 'delivery', from: now, until: now + 24 * hourMs };
    case 'staff':
      return {
        type: 'staff',
        repeat: chance.maybe(0.5, () => drawRepeat(chance, now)),
        holidayExempt: chance.happens(0.3),
      };
    case 'physical':
      // Counted ones open also where the time is not known: at a door that is alone with an older disk.
      return { type: 'physical', state: chance.happens(0.1) ? 'pending' : 'active', ...maxUses };
    case 'emergency':
      return { type: 'staff', emergency: true };
  }
}

const kindsOf: Record<Kind, readonly Token['kind'][]> = {
  guest: ['link', 'pin', 'qr'],
  visitor: ['qr', 'pin'],
  delivery: ['pin', 'card'],
  staff: ['pin', 'card', 'qr'],
  physical: ['card'],
  emergency: ['card', 'pin'],
};

function tokenOf(chance: Chance, kind: Token['kind'], taken: ReadonlySet<string>): Token {
  const draw = (): string => {
    if (kind === 'pin') return String(100_000 + chance.below(900_000));
    return kind === 'card' ? two(10 + chance.below(90)).repeat(2) + String(1000 + chance.below(9000)) : '';
  };
  let secret = draw();
  while (secret !== '' && taken.has(secret)) secret = draw();
  return { kind, secret, state: 'active' };
}

export interface Wish {
  readonly name: string;
  readonly entity: Entity;
  readonly now: number;
  readonly facts: Facts;
}

/** Draws a Key that a manager makes for some of the locks of an Entity, with all that its holder shows. */
export function drawHolding(chance: Chance, { name, entity, now, facts }: Wish): Holding {
  const kind = chance.pick<Kind>([
    'guest',
    'guest',
    'visitor',
    'delivery',
    'staff',
    'staff',
    'physical',
    'emergency',
  ]);
  const locks = [...facts.locks.values()].filter((lock) => lock.entity === entity).map(({ rule }) => rule.id);
  const some = kind === 'guest' ? [chance.pick(locks)] : chance.some(locks, 0.7);
  const taken = new Set(
    [...facts.holdings.values()].flatMap(({ tokens }) => tokens.map(({ secret }) => secret)),
  );
  return {
    key: {
      ...{ ...plain, ...ruleOf(chance, kind, now) },
      id: uuidOf(name),
      bindings: (some.length > 0 ? some : [chance.pick(locks)]).map((lock) => ({ lock, state: 'active' })),
    },
    tokens: kindsOf[kind].map((token) => tokenOf(chance, token, taken)),
  };
}

import { contract, deviceContract, type RouteContract } from '@claviger/protocol';
import type { Chance } from '../oracle/chance.ts';
import { hold, type Target } from './target.ts';
import { trueBodies, type Json } from './true-bodies.ts';

interface Route {
  readonly name: string;
  readonly body: NonNullable<RouteContract['body']>;
  readonly taken: Json;
  /** It may come without a body, which is read as null. */
  readonly mayBeAbsent: boolean;
}

/** Every route that takes a body. One that takes none but an empty object is offered that. */
const routes: readonly Route[] = Object.entries({ ...contract, ...deviceContract } as Record<
  string,
  RouteContract
>).flatMap(([name, { body }]) =>
  body ? [{ name, body, taken: trueBodies[name] ?? {}, mayBeAbsent: body.safeParse(null).success }] : [],
);

/**
 * Texts that no field of any body may hold. Digits that end in none take a form that can be read in many ways
 * longer than anybody waits.
 */
const impossible = ['\ud800', 'x'.repeat(100_000), `${'1'.repeat(5_000)}\ud800`] as const;
/** Texts that only a password may hold: it is hashed, never stored, logged or compared. */
const hostileTexts = [
  ...impossible,
  '\u0000',
  'a\u0000b',
  '\u202eevil',
  `a${'\n'.repeat(5_000)}b`,
  '%00../../etc/passwd\u0000',
] as const;

const passwords = ['password', 'newPassword'];

/** Things of a type that no field has, but for `true`, which a switch may be, and `[]`, which a list may. */
const noList: readonly Json[] = [];
const strangers: readonly Json[] = [noList, {}, [[[]]], { $ne: null }, true, -1.5, 1e308];

function strangersTo(value: Json | undefined): readonly Json[] {
  if (typeof value === 'boolean') return strangers.filter((stranger) => stranger !== true);
  return Array.isArray(value) ? strangers.filter((stranger) => stranger !== noList) : strangers;
}

const hostileNames = [
  'isOperator',
  'role',
  'entityId',
  '__proto__',
  'constructor',
  'x'.repeat(10_000),
] as const;

function deep(levels: number): Json {
  let inner: Json = {};
  for (let level = 0; level < levels; level += 1) inner = [inner];
  return inner;
}

/** The body with one thing in it that no route may take. */
function spoilt({ taken, mayBeAbsent }: Route, chance: Chance): Json {
  const fields = typeof taken === 'object' && taken !== null ? Object.keys(taken) : [];
  const body = taken as Record<string, Json>;
  const way = fields.length === 0 ? 2 + chance.below(2) : chance.below(4);
  if (way === 0) {
    const field = chance.pick(fields);
    return { ...body, [field]: chance.pick(passwords.includes(field) ? impossible : hostileTexts) };
  }
  if (way === 1) {
    const field = chance.pick(fields);
    return { ...body, [field]: chance.pick(strangersTo(body[field])) };
  }
  if (way === 2) {
    const wholes: readonly Json[] = [true, 7, 'open', [], [body], deep(500)];
    return chance.pick(mayBeAbsent ? wholes : [null, ...wholes]);
  }
  // Written as JSON and read again: only so `__proto__` is a field like any other.
  const extra = `${JSON.stringify(chance.pick(hostileNames))}:${JSON.stringify(chance.pick(strangers))}`;
  const written = JSON.stringify(body);
  return JSON.parse(`${written.slice(0, -1)}${fields.length > 0 ? ',' : ''}${extra}}`) as Json;
}

/** Gives each route bodies with one thing in them that it must not take. */
export function openBodyTarget(chance: Chance): Target {
  return {
    offer: () => {
      const route = chance.pick(routes);
      return route.body.safeParse(spoilt(route, chance)).success;
    },
    close: () => {
      for (const { name, body, taken } of routes)
        hold(body.safeParse(taken).success, `${name} does not take a true body`);
    },
  };
}

/**
 * Other engines on the same workload: is this Key valid at this instant, and are its weekly schedule and
 * that of the lock open? Each is modelled the way it is fastest at, and is told weekday and minute for
 * nothing.
 */
import { createMongoAbility, subject } from '@casl/ability';
import { preparsePolicySet, statefulIsAuthorized } from '@cedar-policy/cedar-wasm/nodejs';
import { newEnforcer, newModelFromString, StringAdapter } from 'casbin';
import { lockWindows, schedules, type Given } from '../lists.ts';

/** A question with the wall clock read already: `minute` of the day, `weekday` with Monday as bit 0. */
export interface Question {
  readonly key: Given;
  readonly at: number;
  readonly minute: number;
  readonly weekday: number;
}

export interface Peer {
  readonly name: string;
  readonly isAllowed: (question: Question) => boolean;
}

function scheduleAt(place: number) {
  const schedule = schedules[place];
  if (!schedule) throw new Error('a Key without its schedule');
  return schedule;
}

/** The answer by nothing but the definition. */
export function isAllowed({ key, at, minute, weekday }: Question): boolean {
  const schedule = scheduleAt(key.schedule);
  const isScheduled =
    minute >= schedule.from && minute < schedule.until && (schedule.weekdays & weekday) !== 0;
  const isOpen = lockWindows[Math.log2(weekday)]?.some(({ from, until }) => minute >= from && minute < until);
  return isOpen === true && isScheduled && at >= key.from && at < key.until;
}

const weekdayNames = [1, 2, 4, 8, 16, 32, 64] as const;

/** casl: one Ability per Key, made once and kept, with a rule for each window that is left to it. */
export function caslPeer(keys: readonly Given[]): Peer {
  const abilities = new Map(keys.map((key) => [key.id, createMongoAbility(caslRulesOf(key))]));
  return {
    name: 'casl, one Ability per Key, kept',
    isAllowed: ({ key, at, minute, weekday }) =>
      abilities.get(key.id)?.can('open', subject('Door', { at, minute, weekday })) ?? false,
  };
}

function caslRulesOf({ schedule: place, from, until }: Given) {
  const schedule = scheduleAt(place);
  return lockWindows.flatMap((windows, day) =>
    windows
      .filter(() => (schedule.weekdays & (1 << day)) !== 0)
      .map((window) => ({
        ...{ action: 'open', subject: 'Door' },
        conditions: {
          weekday: { $eq: 1 << day },
          minute: { $gte: Math.max(window.from, schedule.from), $lt: Math.min(window.until, schedule.until) },
          at: { $gte: from, $lt: until },
        },
      })),
  );
}

/** Cedar: one policy per schedule, parsed once; validity and wall clock come with the question. */
export function cedarPeer(): Peer {
  const policies = schedules.map(({ weekdays, from, until }, place) => {
    const days = weekdayNames.filter((bit) => (weekdays & bit) !== 0).join(', ');
    return `permit(principal, action == Action::"open", resource) when {
      context.schedule == ${place} && context.minute >= ${from} && context.minute < ${until} &&
      [${days}].contains(context.weekday) && context.at >= context.from && context.at < context.until };`;
  });
  const closed = lockWindows.map((windows, day) => {
    const open = windows.map(({ from, until }) => `(context.minute >= ${from} && context.minute < ${until})`);
    return `forbid(principal, action, resource) when {
      context.weekday == ${1 << day} && !(${open.join(' || ')}) };`;
  });
  const parsed = preparsePolicySet('doors', { staticPolicies: [...policies, ...closed].join('\n') });
  if (parsed.type !== 'success') throw new Error(JSON.stringify(parsed.errors));
  return {
    name: 'cedar, one policy per schedule, parsed',
    isAllowed: ({ key, at, minute, weekday }) => {
      const { id, schedule, from, until } = key;
      const answer = statefulIsAuthorized({
        principal: { type: 'Key', id },
        action: { type: 'Action', id: 'open' },
        resource: { type: 'Door', id: 'front' },
        context: { schedule, from, until, at, minute, weekday },
        preparsedPolicySetId: 'doors',
        entities: [],
      });
      if (answer.type !== 'success') throw new Error(JSON.stringify(answer.errors));
      return answer.response.decision === 'allow';
    },
  };
}

const casbinModel = `
[request_definition]
r = sub, from, until, at, minute, weekday
[policy_definition]
p = sub, opens, closes, days
[role_definition]
g = _, _
[policy_effect]
e = some(where (p.eft == allow))
[matchers]
m = g(r.sub, p.sub) && open(r.from, r.until, r.at, r.minute, r.weekday, p.opens, p.closes, p.days)
`;

function isWithin(value: number, { from, until }: { from: number; until: number }): boolean {
  return value >= from && value < until;
}

/** What the matcher hands on: from, until, at, minute, weekday, opens, closes, days. */
type Asked = [number, number, number, number, number, number, number, number];

function isOpenBy([from, until, at, minute, weekday, opens, closes, days]: Asked): boolean {
  const isOpen = lockWindows[Math.log2(weekday)]?.some((window) => isWithin(minute, window)) ?? false;
  const isScheduled = isWithin(minute, { from: opens, until: closes }) && (days & weekday) !== 0;
  return isOpen && isScheduled && isWithin(at, { from, until });
}

/** casbin: role-based, one role per schedule, and a function for what depends on the time. */
export async function casbinPeer(keys: readonly Given[]): Promise<Peer> {
  const written = [
    ...schedules.map(({ from, until, weekdays }, place) => `p, s${place}, ${from}, ${until}, ${weekdays}`),
    ...keys.map(({ id, schedule }) => `g, ${id}, s${schedule}`),
  ];
  const enforcer = await newEnforcer(newModelFromString(casbinModel), new StringAdapter(written.join('\n')));
  await enforcer.addFunction('open', (...given: unknown[]) => isOpenBy(given.map(Number) as Asked));
  return {
    name: 'casbin, one role per schedule',
    isAllowed: ({ key, at, minute, weekday }) =>
      enforcer.enforceSync(key.id, key.from, key.until, at, minute, weekday),
  };
}

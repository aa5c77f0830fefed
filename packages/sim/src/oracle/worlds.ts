import { attempts as attemptsSchema, world as worldSchema, type World } from '@claviger/protocol';
import { Temporal } from 'temporal-polyfill';
import { chanceOf } from './chance.ts';
import { type Story } from './compare.ts';
import { drawAttempts } from './drawn-attempts.ts';
import {
  drawBound,
  drawEnd,
  drawHours,
  drawMoment,
  drawPlace,
  given,
  type Feature,
  type Place,
} from './places.ts';

const capabilities = [
  ...(['keypad', 'qr_reader', 'card_reader', 'nfc_programmer', 'remote_receiver'] as const),
  ...(['fingerprint_reader', 'lift_floors', 'phone_proximity'] as const),
  ...(['day_latch', 'permanent_open', 'party_mode'] as const),
];
const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
const doorModes = ['day_latch', 'permanent_open', 'party'] as const;
const permissions = ['keyless_go', 'auto_unlock', ...doorModes] as const;
const keyTypes = [
  ...(['app', 'smart', 'fingerprint', 'wallet', 'wallet', 'physical', 'intercom'] as const),
  ...(['guest', 'visitor', 'delivery', 'staff'] as const),
];
const kinds = ['pin', 'pin', 'qr', 'qr', 'link', 'pass', 'app_key', 'card', 'button', 'finger'] as const;
const floors = [-1, 0, 1, 2, 5];

const flag = (place: Place, feature: Feature, probability: number): boolean =>
  given(place, [feature, probability], () => true) ?? false;

/** The same date in an earlier year, where there is one. */
function yearsBefore(date: string, years: number): string {
  return Temporal.PlainDate.from(date).subtract({ years }).toString();
}

function drawHoliday(place: Place) {
  const { chance, dates } = place;
  const yearly = chance.happens(0.5);
  const ago = yearly ? chance.below(5) : 0;
  const february = `${2020 - ago}-02-29`;
  const from = ago % 4 === 0 && chance.happens(0.15) ? february : yearsBefore(chance.pick(dates), ago);
  const length = chance.pick([0, 0, 0, 1, 1, 2, 5, 13, 364, 365]);
  const until = Temporal.PlainDate.from(from).add({ days: length }).toString();
  return { from, until, yearly, hours: chance.maybe(0.5, () => drawHours(place)) };
}

function drawRepeat(place: Place) {
  const { chance, dates, times } = place;
  const mode = chance.pick(['daily', 'weekly'] as const);
  return {
    mode,
    beginDate: chance.maybe(0.6, () => chance.pick(dates)),
    endDate: chance.maybe(0.6, () => chance.pick(dates)),
    beginTime: chance.pick(times),
    endTime: drawEnd(place),
    weekdays: mode === 'weekly' ? chance.some(weekdays, chance.pick([0, 0.5, 0.9])) : undefined,
  };
}

function drawScheduler(place: Place) {
  const { chance, dates } = place;
  return {
    dates: chance.maybe(0.5, () => ({
      from: chance.maybe(0.7, () => chance.pick(dates)),
      until: chance.maybe(0.7, () => chance.pick(dates)),
    })),
    weekdays: chance.maybe(0.4, () => chance.some(weekdays, chance.pick([0, 0.6, 0.9]))),
    hours: chance.maybe(0.6, () => drawHours(place)),
  };
}

function drawProfile(place: Place, id: string) {
  const { chance } = place;
  const kind = chance.pick(['own', 'own', 'own', 'own', 'admin', 'admin', 'blocked'] as const);
  return {
    id,
    kind,
    permissions: chance.some(permissions, 0.7),
    scheduler: kind === 'admin' ? undefined : chance.maybe(0.5, () => drawScheduler(place)),
  };
}

function drawGroup(place: Place, id: string, locks: readonly string[]) {
  return {
    id,
    locks: place.chance.some(locks, 0.8),
    from: given(place, ['bounds', 0.3], () => drawBound(place)),
    until: given(place, ['bounds', 0.3], () => drawBound(place)),
    repeat: given(place, ['repeats', 0.6], () => drawRepeat(place)),
  };
}

function drawSchedule(place: Place) {
  const { chance } = place;
  return {
    holidayExempt: chance.happens(0.2),
    intervals: chance.happens(0.1)
      ? []
      : chance.times([2, 8], () => ({ weekday: chance.pick(weekdays), ...drawHours(place) })),
  };
}

/** When its tries began to be forgiven, and until when it is paused: less than half an hour later (C10). */
function drawThrottle(place: Place) {
  const { chance, calendar } = place;
  const pausedUntil = chance.maybe(0.5, () => drawMoment(place));
  if (pausedUntil === undefined) return { forgivenAt: drawMoment(place) };
  const earlier = 1 + chance.below(30 * 60_000 - 1);
  return { forgivenAt: new Date(calendar.fromAt(pausedUntil) - earlier).toISOString(), pausedUntil };
}

function drawDoorState(place: Place, keys: readonly string[]) {
  const { chance } = place;
  const moment = () => drawMoment(place);
  return {
    uses: keys.flatMap((key) => chance.maybe(0.3, () => ({ key, spent: chance.below(3) })) ?? []),
    paths: given(place, ['wrong tries', 0.7], () => [
      {
        path: chance.pick(['keypad', 'qr_reader', 'card_reader', 'app', 'second door']),
        wrongTries: chance.pick([0, 1, 4, 5, 6, 9, 12]),
        ...drawThrottle(place),
      },
    ]),
    lastGrants: keys.flatMap(
      (key) =>
        given(place, ['anti-passback', 0.3], () => ({
          key,
          side: chance.pick(['entry', 'exit'] as const),
          at: moment(),
        })) ?? [],
    ),
    firstPersonAt: given(place, ['first person', 0.5], moment),
    closedAt: given(place, ['proximity', 0.6], moment),
    commandOpenedAt: given(place, ['commands', 0.4], moment),
    shownSteps: keys.flatMap((key) => given(place, ['replays', 0.3], () => ({ key, at: moment() })) ?? []),
    buttonCounters: given(place, ['replays', 0.5], () => [{ credential: 'c0', counter: chance.below(3) }]),
    canRecord: !flag(place, 'no records', 0.5),
  };
}

function drawList(place: Place) {
  const { chance } = place;
  return {
    signedAt: chance.maybe(0.6, () => drawMoment(place)),
    confirmedAt: given(place, ['old lists', 0.8], () => drawMoment(place)),
    offsetsUntil: given(place, ['end of offsets', 0.6], () => drawMoment(place)),
    issuers: given(place, ['signatures', 0.3], () => chance.pick([['entity', 'owner'], ['owner']])),
  };
}

function drawLock(place: Place, id: string, keys: readonly string[]) {
  const { chance, has } = place;
  const models = has('missing capabilities') ? chance.some(capabilities, 0.7) : [...capabilities];
  const hasFloors = has('floors') && chance.happens(0.7);
  return {
    id,
    status: given(place, ['lock states', 0.3], () =>
      chance.pick(['unclaimed', 'claiming', 'inactive', 'inactive', 'error', 'error'] as const),
    ),
    capabilities: hasFloors ? models : models.filter((capability) => capability !== 'lift_floors'),
    schedule: given(place, ['lock schedules', 0.7], () => drawSchedule(place)),
    lockdown: flag(place, 'lockdown', 0.6),
    evacuation: flag(place, 'lockdown', 0.3),
    minimumAssurance: given(place, ['assurance', 0.8], () => chance.pick(['low', 'medium', 'high'] as const)),
    secondFactor: flag(place, 'two factors', 0.4),
    staticQr: flag(place, 'static pictures', 0.5),
    doorModes: chance.some(doorModes, 0.8),
    floors: hasFloors ? chance.some(floors, 0.6) : [],
    antiPassbackMinutes: given(place, ['anti-passback', 0.8], () => chance.pick([1, 30, 60, 1440])),
    firstPersonIn: flag(place, 'first person', 0.8),
    maximumListAgeMinutes: given(place, ['old lists', 0.8], () => chance.pick([1, 60, 1440])),
    whenUnrecorded: given(place, ['no records', 0.5], () => 'admit' as const),
    list: drawList(place),
    state: drawDoorState(place, keys),
  };
}

/** A lock of this list at most once. */
function drawBindings(place: Place, locks: readonly string[]) {
  const { chance } = place;
  const some = chance.some(locks, 0.8);
  const bound = some.length > 0 || chance.happens(0.2) ? some : [chance.pick(locks)];
  return bound.map((lock) => ({
    lock,
    from: given(place, ['binding bounds', 0.3], () => drawBound(place)),
    until: given(place, ['binding bounds', 0.3], () => drawBound(place)),
    state: given(place, ['key states', 0.2], () => chance.pick(['suspended', 'revoked'] as const)),
  }));
}

interface Names {
  readonly locks: readonly string[];
  readonly users: readonly string[];
  readonly profiles: readonly string[];
  readonly groups: readonly string[];
}

function drawKey(place: Place, id: string, { locks, users, profiles, groups }: Names) {
  const { chance } = place;
  return {
    id,
    type: chance.pick(keyTypes),
    user: chance.maybe(0.7, () => chance.pick(users)),
    state: given(place, ['key states', 0.3], () =>
      chance.pick(['available', 'pending', 'suspended', 'revoked'] as const),
    ),
    from: given(place, ['bounds', 0.5], () => drawBound(place)),
    until: given(place, ['bounds', 0.5], () => drawBound(place)),
    repeat: given(place, ['repeats', 0.6], () => drawRepeat(place)),
    maxUses: given(place, ['counts', 0.6], () => chance.pick([1, 2, 3, 255])),
    floors: given(place, ['floors', 0.5], () => chance.some([...floors, 9], 0.5)),
    profile: given(place, ['profiles', 0.7], () => chance.pick(profiles)),
    accessGroup: given(place, ['groups', 0.6], () => chance.pick(groups)),
    emergency: flag(place, 'emergency', 0.3),
    firstPerson: flag(place, 'first person', 0.3),
    holidayExempt: flag(place, 'holidays', 0.15),
    secondFactor: flag(place, 'two factors', 0.4),
    issue: given(place, ['issues', 0.8], () => 1 + chance.below(3)),
    bindings: drawBindings(place, locks),
  };
}

function drawCredential(
  place: Place,
  id: string,
  { keys, locks }: Record<'keys' | 'locks', readonly string[]>,
) {
  const { chance } = place;
  const kind = chance.pick(kinds);
  return {
    id,
    key: chance.pick(keys),
    kind: id === 'c0' ? ('button' as const) : kind,
    card: kind === 'card' && id !== 'c0' ? chance.pick(['number', 'classic', 'desfire'] as const) : undefined,
    lock: given(place, ['lock credentials', 0.3], () => chance.pick(locks)),
    state: given(place, ['key states', 0.2], () => chance.pick(['pending', 'suspended', 'revoked'] as const)),
    duress: kind === 'pin' && id !== 'c0' && chance.happens(0.3),
  };
}

function drawWorld(place: Place): World {
  const { chance } = place;
  const ids = (letter: string, range: readonly [number, number]) =>
    chance.times(range, (number) => `${letter}${number}`);
  const names = {
    locks: ids('l', [1, 3]),
    users: ids('u', [1, 3]),
    profiles: ids('p', [1, 3]),
    groups: ids('g', [1, 2]),
  };
  const keys = ids('k', [1, 6]);
  const credentials = ids('c', [2, 12]);
  return worldSchema.parse({
    zone: place.zone,
    holidays: given(place, ['holidays', 1], () => chance.times([1, 3], () => drawHoliday(place))),
    profiles: names.profiles.map((id) => drawProfile(place, id)),
    accessGroups: names.groups.map((id) => drawGroup(place, id, names.locks)),
    locks: names.locks.map((id) => drawLock(place, id, keys)),
    users: names.users.map((id) => ({ id, deactivated: flag(place, 'key states', 0.2) })),
    chips: names.users.flatMap((user) =>
      chance.some(names.locks, 0.9).map((lock) => ({
        user,
        lock,
        mobile: !flag(place, 'chips', 0.5),
        intercom: !flag(place, 'chips', 0.5),
      })),
    ),
    keys: keys.map((id) => drawKey(place, id, names)),
    credentials: credentials.map((id) => drawCredential(place, id, { keys, locks: names.locks })),
  });
}

/** The world and the attempts of a seed. */
export function drawStory(seed: number): Story {
  const place = drawPlace(chanceOf(seed));
  const world = drawWorld(place);
  return { name: `seed ${seed}`, world, attempts: attemptsSchema.parse(drawAttempts(place, world)) };
}

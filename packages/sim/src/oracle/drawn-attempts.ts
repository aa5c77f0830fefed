import { type Attempt, type World } from '@claviger/protocol';
import { drawBound, drawEnd, drawInstant, given, type Place } from './places.ts';

type Credential = World['credentials'][number];
type Method = Attempt['method'];

const methodsOf: Record<Credential['kind'], readonly Method[]> = {
  pin: ['pin'],
  qr: ['qr'],
  pass: ['pass'],
  card: ['card'],
  button: ['button'],
  finger: ['finger'],
  link: ['link'],
  app_key: ['app', 'keyless_go', 'auto_unlock'],
};
const secondMethods = ['pin', 'qr', 'pass', 'card', 'button', 'finger', 'app'] as const;
const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
const unlisted = 'unlisted';

/** A drawn attempt before its schema has filled in what was left out. */
type Drawn = Readonly<Record<string, unknown>> & { readonly at: string };

interface Draw {
  readonly place: Place;
  readonly world: World;
  readonly at: number;
}

const written = (at: number): string => new Date(at).toISOString();

/** A lock that the credential's Key has, mostly; now and then any. */
function drawLock({ place, world }: Omit<Draw, 'at'>, credential: Credential | undefined): string {
  const { chance } = place;
  const key = world.keys.find(({ id }) => id === credential?.key);
  const group = world.accessGroups.find(({ id }) => id === key?.accessGroup);
  const own = [...(key?.bindings ?? []).map(({ lock }) => lock), ...(group?.locks ?? [])];
  const any = world.locks.map(({ id }) => id);
  return chance.pick(own.length > 0 && chance.happens(0.9) ? own : any);
}

/** The rule that an uncounted Key's QR carries (C3). */
function drawRule(place: Place) {
  const { chance, times } = place;
  const mode = chance.pick(['daily', 'weekly'] as const);
  return {
    from: chance.maybe(0.3, () => drawBound(place)),
    until: chance.maybe(0.3, () => drawBound(place)),
    window: chance.maybe(0.5, () => ({
      mode,
      beginTime: chance.pick(times),
      endTime: drawEnd(place),
      weekdays: mode === 'weekly' ? chance.some(weekdays, 0.8) : undefined,
    })),
  };
}

/** Around the two edges within which a QR may be newer than the list. */
function drawSignedAt({ place, world, at }: Draw, lock: string): string {
  const { chance, calendar } = place;
  const list = world.locks.find(({ id }) => id === lock)?.list.signedAt;
  const listSignedAt = list === undefined ? at : calendar.fromAt(list);
  return written(
    chance.happens(0.5)
      ? listSignedAt + chance.pick([-1, 0, 1, 60_000, 3_600_000])
      : at - chance.pick([-60_000, 0, 1, 60_000, 86_399_999, 86_400_000, 86_400_001]),
  );
}

/** Whether this lock’s list has the Key of a credential: then its QR can say no other type (C3). */
function isOnListOf({ world }: Draw, lock: string, credential: Credential | undefined): boolean {
  if (credential === undefined) return false;
  const key = world.keys.find(({ id }) => id === credential.key);
  const group = world.accessGroups.find(({ id }) => id === key?.accessGroup);
  const isBound = key?.bindings.some((binding) => binding.lock === lock) || group?.locks.includes(lock);
  return key?.state !== 'available' && isBound === true;
}

function drawType(place: Place) {
  return given(place, ['unlisted codes', 0.4], () =>
    place.chance.pick(['guest', 'visitor', 'staff', 'wallet'] as const),
  );
}

function drawQr(draw: Draw, lock: string, credential: Credential | undefined) {
  const { place, world, at } = draw;
  const { chance, has } = place;
  const isUnlisted = has('unlisted codes') && credential === undefined;
  const isStatic = has('static pictures') && chance.happens(0.5);
  const away = [0, 0, 29_999, 30_000, -30_000, 60_000, -60_000, -90_000];
  return {
    issuer: has('signatures') && chance.happens(0.2) ? chance.pick(['owner', 'stranger']) : undefined,
    issue: has('issues') ? chance.maybe(0.7, () => 1 + chance.below(4)) : undefined,
    signedAt: has('unlisted codes') ? chance.maybe(0.8, () => drawSignedAt(draw, lock)) : undefined,
    locks: chance.maybe(0.2, () =>
      chance.some(
        world.locks.map(({ id }) => id),
        0.8,
      ),
    ),
    shownAt:
      has('replays') && !isStatic ? chance.maybe(0.6, () => written(at + chance.pick(away))) : undefined,
    isStatic,
    key: isUnlisted ? chance.pick([unlisted, unlisted, chance.pick(world.keys).id]) : undefined,
    type: isOnListOf(draw, lock, credential) ? undefined : drawType(place),
    rule: has('unlisted codes') ? chance.maybe(0.8, () => drawRule(place)) : undefined,
  };
}

/** Mostly a credential of the same Key or of another of the same User. */
function drawSecondFactor(draw: Draw, lock: string, first: Credential | undefined) {
  const { place, world } = draw;
  const { chance } = place;
  const user = world.keys.find(({ id }) => id === first?.key)?.user;
  const near = world.credentials.filter(({ key }) => {
    const other = world.keys.find(({ id }) => id === key);
    return key === first?.key || (user !== undefined && other?.user === user);
  });
  const others = near.length > 0 && chance.happens(0.85) ? near : world.credentials;
  const second = chance.pick(others.filter(({ kind }) => kind !== 'link').concat(others));
  const method = secondMethods.find((name) => name === methodsOf[second.kind][0]);
  const shown = method ?? chance.pick(secondMethods);
  const credential = method === undefined || chance.happens(0.1) ? undefined : second.id;
  const isQr = shown === 'qr' || shown === 'pass';
  return {
    method: shown,
    credential,
    qr: isQr ? drawQr(draw, lock, credential === undefined ? undefined : second) : undefined,
    counter: shown === 'button' ? given(place, ['replays', 0.7], () => chance.below(6)) : undefined,
    path: chance.maybe(0.2, () => chance.pick(['keypad', 'second door'])),
    signature: chance.happens(0.1) ? 'bad' : 'good',
  };
}

function drawCommand({ place, world, at }: Draw): Drawn {
  const { chance, has } = place;
  return {
    lock: chance.pick(world.locks).id,
    at: written(at),
    method: 'command',
    stepUp: chance.happens(0.4),
    malformed: has('malformed') && chance.happens(0.1),
    signature: has('signatures') && chance.happens(0.15) ? 'bad' : 'good',
  };
}

/** What an attempt is besides who shows what where. */
function drawCircumstances(place: Place) {
  const { chance } = place;
  return {
    uncertaintyS: given(place, ['uncertainty', 1], () => chance.pick([0, 5, 60, 300, 300.5, 301, 3600])),
    path: given(place, ['wrong tries', 0.3], () => 'second door'),
    malformed: given(place, ['malformed', 0.1], () => true),
    signature: given(place, ['signatures', 0.15], () => 'bad'),
    side: given(place, ['anti-passback', 0.5], () => 'exit'),
    floor: given(place, ['floors', 0.5], () => chance.pick([-1, 0, 1, 2, 9])),
    doorMode: given(place, ['door modes', 0.4], () => chance.pick(['day_latch', 'permanent_open', 'party'])),
  };
}

function drawAttempt(draw: Draw): Drawn {
  const { place, world, at } = draw;
  const { chance, has } = place;
  if (has('commands') && chance.happens(0.2)) return drawCommand(draw);
  const picked = chance.pick(world.credentials);
  const method = chance.pick(methodsOf[picked.kind]);
  const credential = chance.happens(has('unlisted codes') ? 0.7 : 0.95) ? picked : undefined;
  const lock = drawLock(draw, credential);
  const isQr = method === 'qr' || method === 'pass';
  const wantsSecond = has('two factors') || has('assurance') ? 0.5 : 0.03;
  return {
    lock,
    at: written(at),
    method,
    credential: credential?.id,
    ...drawCircumstances(place),
    qr: isQr ? drawQr(draw, lock, credential) : undefined,
    counter: method === 'button' ? given(place, ['replays', 0.7], () => chance.below(6)) : undefined,
    secondFactor: chance.maybe(wantsSecond, () => drawSecondFactor(draw, lock, picked)),
  };
}

/** Wrong tries in a row, then right ones about the end of the pause they brought (C9, C10). */
function drawBurst(draw: Draw): Drawn[] {
  const { place, world, at } = draw;
  const { chance } = place;
  const step = chance.pick([0, 0, 1_000, 29_999, 30_000, 60_000, 899_999, 900_000]);
  const method = chance.pick(['pin', 'qr', 'card', 'app'] as const);
  const lock = chance.pick(world.locks).id;
  const wrong = chance.times([4, 13], (number) => ({ lock, method, at: written(at + number * step) }));
  const last = at + (wrong.length - 1) * step;
  const right = world.credentials.filter(({ kind }) => methodsOf[kind][0] === method);
  const after = [29_999, 30_000, 59_999, 60_000, 119_999, 120_000, 899_999, 900_000, 1_800_000];
  return [
    ...wrong,
    ...chance.some(after, 0.5).map((ms) => ({
      lock,
      method,
      credential: right[0]?.id,
      at: written(last + ms),
    })),
  ];
}

const byTime = (one: Drawn, other: Drawn): number => Number(one.at > other.at) - Number(one.at < other.at);

/** Each on a reader path of its own: what is forgiven when time goes back is nobody's business. */
const apart = (attempt: Drawn, place: number): Drawn => ({
  ...attempt,
  path: attempt.method === 'command' ? undefined : `path ${place}`,
  secondFactor:
    attempt.secondFactor === undefined
      ? undefined
      : { ...(attempt.secondFactor as object), path: `second path ${place}` },
});

/** What is attempted in a drawn world: few instants, so that attempts meet; mostly in the order of time. */
export function drawAttempts(place: Place, world: World): readonly Drawn[] {
  const { chance, has } = place;
  const instants = chance.times([10, 40], () => drawInstant(place));
  const drawn = chance.times([80, 200], () => drawAttempt({ place, world, at: chance.pick(instants) }));
  if (chance.happens(0.1)) return drawn.map(apart);
  const bursts = has('bursts')
    ? chance.times([1, 3], () => drawBurst({ place, world, at: chance.pick(instants) })).flat()
    : [];
  return [...drawn, ...bursts].toSorted(byTime);
}

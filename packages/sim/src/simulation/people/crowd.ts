import type { Chance } from '../../oracle/chance.ts';
import { streamOf, type Weather } from '../faults/weather.ts';
import type { BoxLock, DoorBox } from '../street/box-face.ts';
import type { Entity, Holding } from '../street/facts.ts';
import type { Observe } from '../street/observation.ts';
import type { Street } from '../street/street.ts';
import { attemptByGuess, attemptByToken } from './holders.ts';
import { uuidOf } from './keys.ts';
import { createManager, type Change, type Manager } from './community-manager.ts';
import { createThief, type Thief } from './thief.ts';

const dayMs = 86_400_000;

interface Crowd {
  readonly street: Street;
  readonly chance: Chance;
  readonly thief: Thief;
  readonly manager: Manager;
  /** Locks with a robot at the keypad, until then. */
  readonly robots: Map<string, number>;
  /** Nobody does anything any more. */
  readonly endsAt: number;
  asked: number;
}

interface Spot {
  readonly box: DoorBox;
  readonly lock: BoxLock;
}

function drawSpot({ street, chance }: Crowd): Spot {
  const box = chance.pick(street.boxes);
  return { box, lock: chance.pick(box.locks) };
}

function placeOf({ street, chance }: Crowd, lock: BoxLock) {
  return { lock, chance, now: street.parts.scheduler.now() };
}

/** Those who have to do with this lock, mostly; the newest most of all. */
function drawHolding({ street, chance }: Crowd, { lock }: Spot): Holding | undefined {
  const all = [...street.server.facts().holdings.values()];
  const here = all.filter(({ key }) => key.bindings.some((binding) => binding.lock === lock.id));
  const among = here.length > 0 && chance.happens(0.9) ? here.slice(-12) : all;
  return among.length === 0 ? undefined : chance.pick(among);
}

function entityOfHolding(street: Street, { key }: Holding): Entity {
  const locks = street.server.facts().locks;
  const owner = key.bindings
    .map(({ lock }) => locks.get(lock)?.entity)
    .find((entity) => entity !== undefined);
  return owner ?? street.entity;
}

function askPage(crowd: Crowd, { box, lock }: Spot, keyId: string): void {
  crowd.asked += 1;
  const commandId = uuidOf(`page ${crowd.asked}`);
  crowd.street.server.open(box, { lockId: lock.id, commandId, keyId });
}

function visit(crowd: Crowd, spot: Spot, given?: Holding): void {
  const { street, chance, thief } = crowd;
  const holding = given ?? drawHolding(crowd, spot);
  if (!holding) return;
  const token = chance.pick(holding.tokens);
  const shown = { holding, token, entity: entityOfHolding(street, holding) };
  const attempt = attemptByToken('holder', placeOf(crowd, spot.lock), shown);
  if (!attempt) {
    askPage(crowd, spot, holding.key.id);
    return;
  }
  if (attempt.picture && chance.happens(0.5)) thief.photograph(attempt);
  street.present(spot.box, attempt);
}

/** Every PIN, number and link that somebody has. */
export function secretsOf(street: Street): ReadonlySet<string> {
  const holdings = [...street.server.facts().holdings.values()];
  return new Set(holdings.flatMap(({ tokens }) => tokens.map(({ secret }) => secret)));
}

/** A robot types PINs, as fast as a keypad takes them, for some minutes. */
function startRobot(crowd: Crowd, spot: Spot): void {
  const { street, chance, robots } = crowd;
  const { scheduler } = street.parts;
  const until = Math.min(crowd.endsAt, scheduler.now() + 60_000 + chance.below(20 * 60_000));
  robots.set(spot.lock.id, until);
  const step = (): void => {
    if (scheduler.now() >= until) return;
    street.present(spot.box, attemptByGuess('robot', placeOf(crowd, spot.lock), secretsOf(street)));
    scheduler.after(2_000 + chance.below(30_000), step);
  };
  step();
}

function steal(crowd: Crowd, spot: Spot): void {
  const { street, chance, thief } = crowd;
  const { now } = placeOf(crowd, spot.lock);
  const attempt = chance.happens(0.8) ? thief.tryAt(placeOf(crowd, spot.lock)) : undefined;
  if (attempt) {
    street.present(spot.box, attempt);
    return;
  }
  // Somebody else's link, or one that nobody ever had.
  const known = [...street.server.facts().holdings.keys()];
  askPage(
    crowd,
    spot,
    known.length > 0 && chance.happens(0.7) ? chance.pick(known) : uuidOf(`stranger ${now}`),
  );
}

function open(crowd: Crowd, { box, lock }: Spot): void {
  crowd.asked += 1;
  crowd.street.server.open(box, { lockId: lock.id, commandId: uuidOf(`command ${crowd.asked}`) });
}

/** Who is changed comes and tries, before and after. */
function changeAndTry(crowd: Crowd, { what, lockIds, next }: Change): void {
  const { street, chance } = crowd;
  const { scheduler } = street.parts;
  const before = street.server.facts();
  street.server.change(what, lockIds, next);
  const spots = street.boxes.flatMap((box) => box.locks.map((lock) => ({ box, lock })));
  const concerned = spots.filter(({ lock }) => lockIds.includes(lock.id));
  scheduler.after(200, () => {
    const changed = [...street.server.facts().holdings.values()].filter(
      (holding) => before.holdings.get(holding.key.id) !== holding,
    );
    for (const holding of changed) {
      for (const spot of concerned) tryAgain(crowd, spot, holding);
    }
  });
  for (const spot of chance.some(concerned, 0.5)) {
    scheduler.after(1_500 + chance.below(4_000), () => {
      visit(crowd, spot);
    });
  }
}

/** Soon, and about the ends of what is valid. */
function tryAgain(crowd: Crowd, spot: Spot, holding: Holding): void {
  const { street, chance } = crowd;
  const { scheduler } = street.parts;
  const { from, until } = holding.key;
  const now = scheduler.now();
  const edges = [until, until, from].map(
    (at) => (at ?? now) - now + chance.pick([-60_000, -1, 0, 1, 30, 5_000]),
  );
  const soon = [500, 2_300, 10_000, 60_000].map((ms) => chance.below(ms));
  for (const ms of chance.some([...edges, ...soon], 0.35)) {
    if (ms < 0 || now + ms > crowd.endsAt) continue;
    scheduler.after(ms, () => {
      visit(crowd, spot, holding);
    });
  }
}

/** The newest of those with a card who may come to this box so many times and no more, at any hour. */
function countedAt({ street }: Crowd, box: DoorBox): { holding: Holding; lock: BoxLock } | undefined {
  const counted = [...street.server.facts().holdings.values()].filter(
    ({ key }) => key.type === 'physical' && key.maxUses !== undefined && key.state === 'active',
  );
  return counted
    .flatMap((holding) =>
      box.locks
        .filter(({ id }) => holding.key.bindings.some(({ lock }) => lock === id))
        .map((lock) => ({ holding, lock })),
    )
    .at(-1);
}

/** Somebody who is counted comes while a disk is there whose image was taken, and when it has changed. */
function comeToBoth(crowd: Crowd, chance: Chance): Observe {
  const { scheduler } = crowd.street.parts;
  return (seen) => {
    if (seen.type !== 'imaged' && seen.type !== 'restored') return;
    const { box } = seen;
    const comesIn = seen.type === 'imaged' ? [30_000, 20 * 60_000] : [200, 3_000, 10 * 60_000];
    for (const ms of chance.some(comesIn, 0.7)) {
      scheduler.after(1 + chance.below(ms), () => {
        const counted = scheduler.now() < crowd.endsAt ? countedAt(crowd, box) : undefined;
        if (counted) visit(crowd, { box, lock: counted.lock }, counted.holding);
      });
    }
  };
}

/** Does something again and again, so many times a day, some of it while the lines are there. */
function often(crowd: Crowd, perDay: number, work: () => void): void {
  const { chance, street } = crowd;
  const { scheduler } = street.parts;
  const next = (): void => {
    scheduler.after(chance.below(Math.max(1, (2 * dayMs) / perDay)), () => {
      if (scheduler.now() >= crowd.endsAt) return;
      work();
      next();
    });
  };
  if (perDay > 0) next();
}

/** Lets all these people live on the street until then. Returns what they do at their busy hours. */
export function createCrowd(
  street: Street,
  weather: Weather,
  endsAt: number,
): { bustle: (forMs: number) => void } {
  const { seed, scheduler } = street.parts;
  const chance = streamOf(seed, 'people');
  const manager = createManager({
    chance: streamOf(seed, 'manager'),
    now: scheduler.now,
    facts: street.server.facts,
    entity: () => chance.pick([...street.server.facts().locks.values()]).entity,
  });
  const thief = createThief(streamOf(seed, 'thief'), street.ring.keyOf('thief'));
  const crowd: Crowd = { street, chance, thief, manager, robots: new Map(), endsAt, asked: 0 };
  street.parts.observers.push(comeToBoth(crowd, streamOf(seed, 'both disks')));
  const doors = street.boxes.flatMap(({ locks }) => locks).length;
  for (let made = 0; made < 4 + doors; made += 1) {
    scheduler.after(chance.below(60_000), () => {
      changeAndTry(crowd, manager.make());
    });
  }
  const act = (): void => {
    if (scheduler.now() >= endsAt) return;
    const spot = drawSpot(crowd);
    const drawn = chance.below(100);
    if (drawn < 70) visit(crowd, spot);
    else if (drawn < 82) steal(crowd, spot);
    else if (drawn < 85) startRobot(crowd, spot);
    else open(crowd, spot);
  };
  often(crowd, weather.visitsPerDay * doors * 0.5, act);
  often(crowd, weather.changesPerDay * 0.4, () => {
    changeAndTry(crowd, manager.change());
  });
  return {
    bustle: (forMs) => {
      const share = forMs / Math.max(1, weather.onlineMsPerDay);
      const acts = Math.ceil(weather.visitsPerDay * doors * 0.5 * share);
      const changes = Math.ceil(weather.changesPerDay * 0.6 * share);
      for (let count = 0; count < acts; count += 1) scheduler.after(chance.below(forMs), act);
      for (let count = 0; count < changes; count += 1) {
        scheduler.after(chance.below(forMs), () => {
          if (scheduler.now() < endsAt) changeAndTry(crowd, manager.change());
        });
      }
    },
  };
}

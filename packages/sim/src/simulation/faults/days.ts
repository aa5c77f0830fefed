import {
  commandMessage,
  kindNumberOf,
  listDeltaMessage,
  listHeadMessage,
  listPieceMessage,
} from '@claviger/protocol';
import type { Chance } from '../../oracle/chance.ts';
import type { Street } from '../street/street.ts';
import { entityOf } from '../street/facts.ts';
import { lockIdOf, plainLock } from '../people/community-manager.ts';
import type { Observe } from '../street/observation.ts';
import type { BoxFaults } from './boxes.ts';
import { killLine, playAgain, playToReturned } from './carriers.ts';
import { streamOf, type Weather } from './weather.ts';

const dayMs = 86_400_000;

export interface DaysParts {
  readonly street: Street;
  readonly weather: Weather;
  readonly chance: Chance;
  readonly boxFaults: BoxFaults;
  readonly observe: Observe;
  /** A busy hour begins, and people come. */
  readonly bustle: (forMs: number) => void;
  readonly endsAt: number;
}

/** A fault that comes again and again, and how often in an hour at full strength. */
interface Recurring {
  readonly strength: number;
  readonly perHour: number;
  readonly work: () => void;
}

function recurringOf({ street, weather, chance, boxFaults }: DaysParts): Recurring[] {
  const { strength } = weather;
  return [
    {
      strength: strength('one_way'),
      perHour: 6,
      work: () => {
        killLine(street, chance, 'one');
      },
    },
    {
      strength: strength('half_open'),
      perHour: 6,
      work: () => {
        killLine(street, chance, 'both');
      },
    },
    { strength: strength('broker'), perHour: 3, work: street.broker.restart },
    {
      strength: strength('hostile'),
      perHour: 90,
      work: () => {
        playAgain(street, chance);
      },
    },
    {
      strength: strength('server'),
      perHour: 4,
      work: () => {
        street.server.crash(500 + chance.below(30_000));
      },
    },
    { strength: strength('power'), perHour: 4, work: boxFaults.cutPower },
    { strength: strength('full_disk'), perHour: 3, work: boxFaults.fillDisk },
    { strength: strength('bits'), perHour: 3, work: boxFaults.turnBit },
    { strength: strength('bits'), perHour: 8, work: boxFaults.harmRecord },
    { strength: strength('bits'), perHour: 3, work: boxFaults.loseRecord },
    { strength: strength('clock'), perHour: 3, work: boxFaults.misleadClock },
  ];
}

/** The hours in which lines are there: some in a day, the faults of carriers in them. */
function goOnline(parts: DaysParts, forMs: number): void {
  const { street, chance, endsAt } = parts;
  const { scheduler } = street.parts;
  street.broker.setReachable(true);
  parts.bustle(forMs);
  for (const { strength, perHour, work } of recurringOf(parts)) {
    const times = (strength * perHour * forMs) / 3_600_000;
    const count = Math.floor(times) + (chance.happens(times % 1) ? 1 : 0);
    for (let time = 0; time < count; time += 1) {
      scheduler.after(chance.below(forMs), () => {
        if (scheduler.now() < endsAt) work();
      });
    }
  }
  scheduler.after(forMs, () => {
    if (scheduler.now() < endsAt) street.broker.setReachable(false);
  });
}

/** Faults that do not need a line, at any hour. */
function spoil(parts: DaysParts, day: number): void {
  const { street, weather, chance, boxFaults, endsAt } = parts;
  const { scheduler } = street.parts;
  const sometime = (probability: number, work: () => void): void => {
    if (!chance.happens(probability)) return;
    scheduler.after(day * dayMs + chance.below(dayMs), () => {
      if (scheduler.now() < endsAt) work();
    });
  };
  sometime(weather.strength('power'), boxFaults.cutPower);
  sometime(weather.strength('clock'), boxFaults.misleadClock);
  sometime(weather.strength('full_disk'), boxFaults.fillDisk);
}

/** An image in one online hour, and back with it in a later one or the same; then perhaps the other disk. */
function planImages(parts: DaysParts, hours: readonly number[]): void {
  const { street, weather, chance, boxFaults } = parts;
  if (weather.strength('image') === 0) return;
  const { scheduler } = street.parts;
  const at = chance.pick(hours);
  scheduler.after(at + chance.below(20 * 60_000), boxFaults.takeImage);
  let backAt = at + 25 * 60_000 + chance.below(chance.happens(0.5) ? dayMs : 3_600_000);
  scheduler.after(backAt, boxFaults.putImageBack);
  while (chance.happens(0.4)) {
    backAt += 60_000 + chance.below(chance.happens(0.5) ? dayMs : 1_800_000);
    scheduler.after(backAt, boxFaults.putImageBack);
  }
}

/**
 * An image of the server in one online hour; minutes or hours later it is lost, and that is what there is.
 */
function planRestores({ street, weather }: DaysParts, hours: readonly number[]): void {
  if (weather.strength('restore') === 0) return;
  const { seed, scheduler, mayFail } = street.parts;
  const chance = streamOf(seed, 'days of restores');
  const at = chance.pick(hours) + chance.below(30 * 60_000);
  scheduler.after(at, street.server.takeImage);
  const lostAt = at + 5 * 60_000 + chance.below(chance.happens(0.5) ? dayMs : 3_600_000);
  scheduler.after(lostAt, () => {
    if (mayFail()) street.server.restore(1_000 + chance.below(60_000));
  });
}

/** What a former owner's server has given the door: lists and commands. */
function isGivenToDoor(message: Uint8Array): boolean {
  const kind = kindNumberOf(message) ?? 0;
  const given = [listHeadMessage, listPieceMessage, listDeltaMessage, commandMessage];
  return given.some(({ number }) => number === kind);
}

/** The locks of one box go to another owner, who finds it empty; the broker plays what it has of before. */
function transfer({ street, chance, observe }: DaysParts): void {
  const { server, broker, note, ring } = street;
  const { scheduler, count } = street.parts;
  const box = chance.pick(street.boxes);
  const formerLocks = box.locks.map(({ id }) => id);
  const epoch = box.epoch() + 1;
  const entity = entityOf(`entity ${epoch} of ${box.name}`, ring);
  const lockIds = box.locks.map((_, place) => lockIdOf(box.name, place, epoch));
  server.own(box, () => {
    box.cut();
    box.give({ entity, epoch, lockIds });
    observe({ type: 'transferred', box, formerLocks });
    count('a lock changed its owner');
    note(box.name, `has a new owner, ${entity.name}`);
    server.change('takes over', lockIds, (facts) => {
      const locks = new Map(facts.locks);
      for (const id of formerLocks) locks.delete(id);
      for (const id of lockIds) locks.set(id, { rule: plainLock(id), entity, deviceId: box.deviceId });
      return { ...facts, locks };
    });
    const former = broker
      .recording()
      .filter(({ box: of, letter }) => of === box && isGivenToDoor(letter.message));
    const beginsIn = 3_000 + chance.below(90_000);
    for (const [place, letter] of former.slice(-30).entries()) {
      scheduler.after(beginsIn + 20 * place, () => {
        broker.inject(letter);
      });
    }
  });
}

/** Plans all days of a world: when lines are there, and what goes wrong. Returns when it is healed. */
export function planDays(parts: DaysParts): void {
  const { street, weather, chance, endsAt } = parts;
  const { scheduler } = street.parts;
  const hours: number[] = [];
  street.parts.observers.push(playToReturned(street, chance, weather.strength('hostile')));
  for (let day = 0; day < weather.days; day += 1) {
    const times = 1 + chance.below(3);
    for (let time = 0; time < times; time += 1) {
      const isFirst = day === 0 && time === 0;
      const at = isFirst
        ? 0
        : day * dayMs + Math.floor((time / times) * dayMs) + chance.below(dayMs / (4 * times));
      const forMs = Math.floor(weather.onlineMsPerDay / times);
      hours.push(at);
      scheduler.after(at, () => {
        if (scheduler.now() < endsAt) goOnline(parts, forMs);
      });
    }
    spoil(parts, day);
  }
  planImages(parts, hours);
  planRestores(parts, hours);
  if (weather.hasTransfer) {
    scheduler.after(chance.pick(hours) + 20 * 60_000, () => {
      if (scheduler.now() < endsAt) transfer(parts);
    });
  }
}

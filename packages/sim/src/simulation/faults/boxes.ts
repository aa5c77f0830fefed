import { boxDamages } from '@claviger/domain';
import type { VirtualDisk } from '../../disk.ts';
import type { Chance } from '../../oracle/chance.ts';
import type { DoorBox } from '../street/box-face.ts';
import type { Observe } from '../street/observation.ts';
import type { Street } from '../street/street.ts';
import type { Weather } from './weather.ts';

const minuteMs = 60_000;

export interface BoxFaultParts {
  readonly street: Street;
  readonly weather: Weather;
  readonly chance: Chance;
  readonly observe: Observe;
}

/** What happens to the boxes themselves: power, disks, clocks. */
export interface BoxFaults {
  /** Lets the power fail somewhere in the next call of the agent, now and then. */
  readonly beforeAct: (box: DoorBox) => void;
  readonly cutPower: () => void;
  readonly takeImage: () => void;
  /** The image goes into its box, and the disk that was there is the image from then on. */
  readonly putImageBack: () => void;
  readonly fillDisk: () => void;
  readonly turnBit: () => void;
  readonly harmRecord: () => void;
  /** A record is gone, or lies under a name in which a bit has turned. */
  readonly loseRecord: () => void;
  readonly misleadClock: () => void;
  /** All boxes are on, with room on their disks and clocks that go. */
  readonly heal: () => void;
}

/** How many calls of ports the work of an agent has, roughly. */
const callsInAct = 26;

function wallAfterOutage({ street, weather, chance }: BoxFaultParts): number {
  const { scheduler, count } = street.parts;
  if (!chance.happens(weather.strength('clock') * 0.4)) return scheduler.now() + chance.below(4_000) - 2_000;
  count('a clock began in 1970');
  return chance.below(minuteMs);
}

function createStarts(parts: BoxFaultParts) {
  const { street, chance } = parts;
  const { scheduler, count } = street.parts;
  /** Images that are waiting to be started from, by box. */
  const waiting = new Map<DoorBox, VirtualDisk>();
  const returned = new Set<DoorBox>();
  let isHealing = false;

  const start = (box: DoorBox): void => {
    if (box.isRunning()) return;
    const disk = waiting.get(box);
    waiting.delete(box);
    if (disk) {
      count(returned.has(box) ? 'a second older disk came back' : 'an older disk came back');
      returned.add(box);
      parts.observe({ type: 'restored', box });
    }
    const isCutAgain = !isHealing && chance.happens(parts.weather.strength('power') * 0.15);
    street.note(box.name, disk ? 'starts from an older image' : 'starts');
    box.start(wallAfterOutage(parts), {
      ...(disk && { disk }),
      ...(isCutAgain && { cutAfter: chance.below(callsInAct) }),
    });
    if (!box.isRunning() && isCutAgain) count('the power failed at a start');
    if (box.isRunning()) street.broker.hangUp(box);
  };
  const startSoon = (box: DoorBox): void => {
    scheduler.after(2_000 + chance.below(chance.happens(0.2) ? 10 * minuteMs : 40_000), () => {
      start(box);
    });
  };
  return {
    start,
    startSoon,
    waiting,
    heal: () => {
      isHealing = true;
    },
  };
}

/** Under which name the newest of what has changed a list lies; undefined where nothing has. */
function newestDelta(box: DoorBox, lock: number): string | undefined {
  return box.disk().transact((transaction) => transaction.names(`list/${lock}/delta/`, '', 1_000).at(-1));
}

/** What a box remembers of itself lies under these names. */
const ownRecords: readonly string[] = boxDamages;

/** A record of what a box remembers: of itself, or of a Key or a reader path at one of its locks. */
function pickRecord(chance: Chance, box: DoorBox): string | undefined {
  if (chance.happens(0.4)) return chance.pick(ownRecords);
  const { number } = chance.pick(box.locks);
  const shelf = chance.happens(0.7) ? 'key' : 'path';
  const names = box.disk().transact((on) => on.names(`${shelf}/${number}/`, '', 1_000));
  // What only its QR has told of has a name that events do not spell out.
  const whole = names.filter((name) => !name.includes('tag:'));
  return whole.length === 0 ? undefined : chance.pick(whole);
}

/** Bits that turn on the disk of a box, which is off then. */
function createBitFaults(
  { street, chance, observe }: BoxFaultParts,
  pickRunning: () => DoorBox | undefined,
): Pick<BoxFaults, 'turnBit' | 'harmRecord' | 'loseRecord'> {
  const { count } = street.parts;
  const { note } = street;
  return {
    turnBit: () => {
      const box = pickRunning();
      if (!box) return;
      const { number } = chance.pick(box.locks);
      box.cut();
      const bit = chance.below(1 << 20);
      const delta = chance.happens(0.5) ? newestDelta(box, number) : undefined;
      if (!box.disk().turnBit(delta ?? `list/${number}/body`, bit)) return;
      count(delta === undefined ? 'a bit of a list turned' : 'a bit of a delta turned');
      note(box.name, `has a bit turned in the list of lock ${number}`);
      observe({ type: 'damaged', box, lock: number });
    },
    harmRecord: () => {
      const box = pickRunning();
      if (!box || box.isDiskFull()) return;
      const name = pickRecord(chance, box);
      if (name === undefined) return;
      box.cut();
      // Half of the time it is what has been counted: the third byte of both records.
      const bit = chance.happens(0.5) ? 16 + chance.below(8) : chance.below(1 << 10);
      if (!box.disk().turnBit(name, bit)) return;
      count('a bit of a record turned');
      note(box.name, `has a bit turned in ${name}`);
      observe({ type: 'harmed', box, name });
    },
    loseRecord: () => {
      const box = pickRunning();
      if (!box || box.isDiskFull()) return;
      const name = pickRecord(chance, box);
      if (name === undefined) return;
      box.cut();
      const isRenamed = chance.happens(0.5);
      const under = isRenamed ? box.disk().turnNameBit(name, chance.below(1 << 10)) : undefined;
      if (isRenamed ? under === undefined : !box.disk().lose(name)) return;
      count('a record vanished');
      note(box.name, under === undefined ? `has lost ${name}` : `has ${name} under ${under}`);
      observe({ type: 'vanished', box, name, under });
    },
  };
}

function createDisks(parts: BoxFaultParts, starts: ReturnType<typeof createStarts>) {
  const { street, chance, observe } = parts;
  const { boxes, note } = street;
  const { scheduler } = street.parts;
  const images = new Map<DoorBox, { disk: VirtualDisk; epoch: number }>();
  const pickRunning = (): DoorBox | undefined => {
    const running = boxes.filter((box) => box.isRunning());
    return running.length > 0 ? chance.pick(running) : undefined;
  };
  return {
    pickRunning,
    takeImage: () => {
      const box = chance.pick(boxes);
      images.set(box, { disk: box.disk().image(), epoch: box.epoch() });
      observe({ type: 'imaged', box });
      note(box.name, 'has an image of its disk taken');
    },
    putImageBack: () => {
      const [box, image] = [...images][0] ?? [];
      if (!box || image?.epoch !== box.epoch()) return;
      if (starts.waiting.has(box)) return;
      box.cut();
      starts.waiting.set(box, image.disk);
      images.set(box, { disk: box.disk().image(), epoch: image.epoch });
    },
    fillDisk: () => {
      const box = pickRunning();
      if (!box || box.isDiskFull()) return;
      note(box.name, 'has a full disk');
      box.setDiskFull(true);
      scheduler.after(20_000 + chance.below(15 * minuteMs), () => {
        note(box.name, 'has room on its disk again');
        box.setDiskFull(false);
      });
    },
    ...createBitFaults(parts, pickRunning),
  };
}

export function createBoxFaults(parts: BoxFaultParts): BoxFaults {
  const { street, weather, chance } = parts;
  const { boxes, note } = street;
  const { count, observers, scheduler } = street.parts;
  const starts = createStarts(parts);
  const disks = createDisks(parts, starts);
  observers.push((seen) => {
    if (seen.type === 'powered_off') starts.startSoon(seen.box);
  });
  const power = weather.strength('power');
  return {
    beforeAct: (box) => {
      if (chance.happens(power * 0.06)) box.cut(chance.below(chance.happens(0.5) ? 8 : callsInAct));
    },
    cutPower: () => {
      disks.pickRunning()?.cut();
    },
    takeImage: disks.takeImage,
    putImageBack: disks.putImageBack,
    fillDisk: disks.fillDisk,
    turnBit: disks.turnBit,
    harmRecord: disks.harmRecord,
    loseRecord: disks.loseRecord,
    misleadClock: () => {
      const box = chance.pick(boxes);
      if (chance.happens(0.3)) {
        count('a clock stood still');
        box.clock.setFrozen(true);
        scheduler.after(chance.below(6 * 60 * minuteMs), () => {
          box.clock.setFrozen(false);
        });
        return;
      }
      count('a clock jumped');
      const ms = (chance.below(48 * 60) - 24 * 60) * minuteMs;
      note(box.name, `has its wall clock moved by ${ms / minuteMs} minutes`);
      box.clock.setWall(box.clock.wall() + ms);
    },
    heal: () => {
      starts.heal();
      for (const box of boxes) {
        box.setDiskFull(false);
        box.clock.setFrozen(false);
        starts.start(box);
      }
    },
  };
}

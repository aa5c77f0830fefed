import { createKeyRing, type KeyRing } from '../../crypto.ts';
import type { Chance } from '../../oracle/chance.ts';
import type { Scheduler } from '../engine/scheduler.ts';
import type { Trace } from '../engine/trace.ts';
import { streamOf, type Weather } from '../faults/weather.ts';
import type { Attempt } from '../people/attempt.ts';
import { uuidOf } from '../people/keys.ts';
import { lockIdOf, plainLock } from '../people/community-manager.ts';
import type { Sometimes } from '../sometimes.ts';
import { createBroker, type Broker, type BrokerParts } from './broker.ts';
import type { DoorBox } from './box-face.ts';
import { createDoorBox } from './door-box.ts';
import { createCompiler, entityOf, type Entity, type Facts, type OwnedLock } from './facts.ts';
import type { Observation, Observe } from './observation.ts';
import type { Planted } from '../planted/planted.ts';
import { createServer, type Server } from './server.ts';

export interface StreetParts {
  readonly seed: number;
  readonly weather: Weather;
  readonly scheduler: Scheduler;
  readonly trace: Trace;
  readonly observers: Observe[];
  readonly count: (what: Sometimes) => void;
  readonly fateOf: BrokerParts['fateOf'];
  readonly planted: Planted;
  /** Called before the agent of a box is: the power may be about to fail. */
  readonly beforeAct: (box: DoorBox) => void;
  /** False once everything is well again. */
  readonly mayFail: () => boolean;
}

/** Some doors, their server, and what lies between. Whatever happens in it is told to the observers. */
export interface Street {
  readonly parts: StreetParts;
  readonly ring: KeyRing;
  readonly boxes: readonly DoorBox[];
  readonly broker: Broker;
  readonly server: Server;
  /** Who owns the locks of a box now, and who did first. */
  readonly entity: Entity;
  readonly present: (box: DoorBox, attempt: Attempt) => void;
  readonly note: (who: string, what: string) => void;
}

function lockEntries(boxes: readonly DoorBox[]): (readonly [string, OwnedLock])[] {
  return boxes.flatMap((box) =>
    box.locks.map(({ id }) => {
      const lock = { rule: plainLock(id), entity: box.entity(), deviceId: box.deviceId };
      return [id, lock] as const;
    }),
  );
}

/** The agent is called again when it wants to be. */
function pump(box: DoorBox, scheduler: Scheduler): void {
  let plannedFor = Infinity;
  let turn = 0;
  box.onWake(() => {
    const ms = box.wakesInMs();
    const at = ms === undefined ? Infinity : scheduler.now() + ms;
    if (at === plannedFor) return;
    plannedFor = at;
    turn += 1;
    const mine = turn;
    if (ms === undefined) return;
    scheduler.after(ms, () => {
      if (mine !== turn) return;
      plannedFor = Infinity;
      box.act({ kind: 'wake' }, (agent) => {
        agent.wake();
      });
    });
  });
}

/** Who was let in opens the door, mostly, and it falls shut behind them. */
function walkThrough(scheduler: Scheduler, chance: Chance): Observe {
  const move = (box: DoorBox, lock: number, isOpen: boolean): void => {
    box.act({ kind: 'input' }, (agent) => {
      agent.input(lock, { type: 'contact', isOpen });
    });
  };
  return (seen) => {
    if (seen.type !== 'relay' || !seen.isUnlocked || !chance.happens(0.7)) return;
    const { box, lock } = seen;
    const opensIn = 300 + chance.below(3_000);
    scheduler.after(opensIn, () => {
      move(box, lock, true);
    });
    scheduler.after(opensIn + 1_000 + chance.below(chance.happens(0.1) ? 60_000 : 4_000), () => {
      move(box, lock, false);
    });
  };
}

/** Hangs one box on the wall. */
function hangBox(
  parts: StreetParts,
  place: { readonly name: string; readonly locks: number; readonly chance: Chance },
  owned: Pick<Street, 'ring' | 'entity'> & { readonly observe: Observe; readonly broker: () => Broker },
): DoorBox {
  const { seed, weather, scheduler, planted } = parts;
  const { name, locks, chance } = place;
  const { ring, entity, observe, broker } = owned;
  const box: DoorBox = createDoorBox({
    ...{ name, entity, ring, scheduler, observe },
    deviceId: uuidOf(`${name} of ${seed}`),
    lockIds: Array.from({ length: locks }, (_, number) => lockIdOf(name, number, 1)),
    serverKey: ring.keyOf('server').publicKey,
    driftPpm: chance.below(33) - 16,
    journalCapacity: weather.strength('short_log') > 0 ? 60 + chance.below(200) : undefined,
    listSliceBytes: streamOf(seed, `slices of ${name}`).happens(0.5) ? 1 : undefined,
    publish: (channel, message) => {
      broker().fromDoor(box, channel, message);
      const echo = planted.echo({ channel, message }, box);
      if (!echo) return;
      scheduler.after(1, () => {
        broker().inject({ way: 'down', box, letter: echo });
      });
    },
    planted: planted.ports,
  });
  return box;
}

function createPresent({ beforeAct, trace }: StreetParts): Street['present'] {
  return (box, attempt) => {
    if (!box.isRunning()) return;
    beforeAct(box);
    const { who, text, lock, reader } = attempt;
    trace.note(who, `shows ${text.slice(0, 12)} at ${box.name}/${lock} ${reader}`);
    box.act({ kind: 'present', attempt }, (agent) => {
      agent.present(lock, { reader, text });
    });
  };
}

export function createStreet(parts: StreetParts): Street {
  const { seed, weather, scheduler, trace, observers, count, planted, fateOf, beforeAct, mayFail } = parts;
  const ring = createKeyRing();
  const entity = entityOf('entity 1', ring);
  const chance = streamOf(seed, 'street');
  const { note } = trace;
  const observe = (observation: Observation): void => {
    for (const told of observers) told(observation);
  };
  const owned = { ring, entity, observe, broker: () => broker };
  const boxes = weather.boxes.map((locks, place) =>
    hangBox(parts, { name: `box ${place + 1}`, locks, chance }, owned),
  );
  const broker: Broker = createBroker({
    ...{ scheduler, chance, count, note, fateOf, beforeAct },
    heardAs: planted.letter,
    toServer: (box, letter) => {
      server.receive(box, letter);
    },
  });
  const facts: Facts = { holdings: new Map(), locks: new Map(lockEntries(boxes)), holidays: [] };
  const server: Server = createServer(
    {
      ...{ scheduler, chance, ring, observe, count, note, planted },
      boxes: new Map(boxes.map((box) => [box.deviceId, box])),
      compiler: createCompiler(weather.zone),
      send: broker.fromServer,
      serializationShare: () => (mayFail() ? weather.strength('serialization') / 20 : 0),
      mayDie: () => mayFail() && chance.happens(weather.strength('server') / 400),
    },
    facts,
  );
  observers.push(walkThrough(scheduler, chance));
  for (const box of boxes) {
    broker.join(box);
    pump(box, scheduler);
  }
  return { parts, ring, boxes, broker, server, entity, note, present: createPresent(parts) };
}

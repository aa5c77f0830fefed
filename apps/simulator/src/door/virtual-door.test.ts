import { describe, expect, test } from 'vitest';
import {
  boltOf,
  exitReleaseMs,
  fallShutMs,
  newVirtualDoor,
  nextTickAt,
  nextVirtualDoor,
  personOf,
  walkUpMs,
  type VirtualDoor,
  type VirtualDoorInput,
} from './virtual-door.ts';

const now = 1_000;
const alone: VirtualDoor = { ...newVirtualDoor, isWalkThroughOn: false };
const unlock: VirtualDoorInput = { type: 'relay', isUnlocked: true };
const lock: VirtualDoorInput = { type: 'relay', isUnlocked: false };
const tick: VirtualDoorInput = { type: 'tick' };

interface Row {
  readonly title: string;
  readonly door: VirtualDoor;
  readonly input: VirtualDoorInput;
  readonly becomes: Partial<VirtualDoor>;
  readonly effects: readonly string[];
}

const freed: VirtualDoor = { ...alone, isRelayUnlocked: true };
const left: VirtualDoor = { ...alone, exitUntil: now + 10 };
const open: VirtualDoor = { ...alone, isOpen: true };
const awaited: VirtualDoor = { ...newVirtualDoor, isRelayUnlocked: true, pushesAt: now };
const passing: VirtualDoor = { ...newVirtualDoor, isOpen: true, fallsShutAt: now };

const rows: readonly Row[] = [
  {
    title: 'the relay frees the bolt',
    door: alone,
    input: unlock,
    becomes: { isRelayUnlocked: true },
    effects: [],
  },
  {
    title: 'the relay throws it',
    door: freed,
    input: lock,
    becomes: { isRelayUnlocked: false },
    effects: [],
  },
  {
    title: 'an unlocking brings somebody to the door',
    door: newVirtualDoor,
    input: unlock,
    becomes: { isRelayUnlocked: true, pushesAt: now + walkUpMs },
    effects: [],
  },
  {
    title: 'a second unlocking brings nobody else',
    door: awaited,
    input: unlock,
    becomes: {},
    effects: [],
  },
  {
    title: 'nobody comes to a leaf that stands open',
    door: { ...newVirtualDoor, isOpen: true },
    input: unlock,
    becomes: { isRelayUnlocked: true },
    effects: [],
  },
  {
    title: 'a push opens a free door',
    door: freed,
    input: { type: 'push' },
    becomes: { isOpen: true },
    effects: ['inputs'],
  },
  {
    title: 'a push opens a door whose exit button was pressed',
    door: left,
    input: { type: 'push' },
    becomes: { isOpen: true },
    effects: ['inputs'],
  },
  {
    title: 'a push at a locked door rattles',
    door: alone,
    input: { type: 'push' },
    becomes: {},
    effects: ['rattled'],
  },
  {
    title: 'a push at an open leaf does nothing',
    door: open,
    input: { type: 'push' },
    becomes: {},
    effects: [],
  },
  {
    title: 'force opens a locked door and leaves the bolt thrown',
    door: alone,
    input: { type: 'force' },
    becomes: { isOpen: true },
    effects: ['inputs'],
  },
  {
    title: 'force at an open leaf does nothing',
    door: open,
    input: { type: 'force' },
    becomes: {},
    effects: [],
  },
  {
    title: 'a leaf closes',
    door: open,
    input: { type: 'close' },
    becomes: { isOpen: false },
    effects: ['inputs'],
  },
  { title: 'a closed leaf stays closed', door: alone, input: { type: 'close' }, becomes: {}, effects: [] },
  {
    title: 'a leaf that somebody closes does not fall shut again',
    door: passing,
    input: { type: 'close' },
    becomes: { isOpen: false, fallsShutAt: undefined },
    effects: ['inputs'],
  },
  {
    title: 'the exit button frees the bolt by itself',
    door: alone,
    input: { type: 'exit' },
    becomes: { exitUntil: now + exitReleaseMs },
    effects: ['exit'],
  },
  {
    title: 'the exit button brings somebody who leaves',
    door: newVirtualDoor,
    input: { type: 'exit' },
    becomes: { exitUntil: now + exitReleaseMs, pushesAt: now + walkUpMs },
    effects: ['exit'],
  },
  {
    title: 'a second press holds the bolt longer',
    door: left,
    input: { type: 'exit' },
    becomes: { exitUntil: now + exitReleaseMs },
    effects: ['exit'],
  },
  {
    title: 'the tamper switch is told',
    door: alone,
    input: { type: 'tamper', isTampered: true },
    becomes: { isTampered: true },
    effects: ['inputs'],
  },
  {
    title: 'a tamper switch that stays as it is says nothing',
    door: alone,
    input: { type: 'tamper', isTampered: false },
    becomes: {},
    effects: [],
  },
  {
    title: 'switching people off sends away who is on the way',
    door: awaited,
    input: { type: 'walk_through', isOn: false },
    becomes: { isWalkThroughOn: false, pushesAt: undefined },
    effects: [],
  },
  {
    title: 'switching people off leaves the leaf standing',
    door: passing,
    input: { type: 'walk_through', isOn: false },
    becomes: { isWalkThroughOn: false, fallsShutAt: undefined },
    effects: [],
  },
  {
    title: 'switching people on brings nobody to a bolt that is free already',
    door: freed,
    input: { type: 'walk_through', isOn: true },
    becomes: { isWalkThroughOn: true },
    effects: [],
  },
  {
    title: 'somebody pushes the door when due',
    door: awaited,
    input: tick,
    becomes: { isOpen: true, pushesAt: undefined, fallsShutAt: now + fallShutMs },
    effects: ['inputs'],
  },
  {
    title: 'somebody who comes too late rattles',
    door: { ...awaited, isRelayUnlocked: false },
    input: tick,
    becomes: { pushesAt: undefined },
    effects: ['rattled'],
  },
  {
    title: 'somebody walks through a leaf that was pushed open meanwhile',
    door: { ...awaited, isOpen: true },
    input: tick,
    becomes: { pushesAt: undefined, fallsShutAt: now + fallShutMs },
    effects: [],
  },
  {
    title: 'somebody who pushes as the bolt falls gets through',
    door: { ...newVirtualDoor, exitUntil: now, pushesAt: now },
    input: tick,
    becomes: { isOpen: true, exitUntil: undefined, pushesAt: undefined, fallsShutAt: now + fallShutMs },
    effects: ['inputs'],
  },
  {
    title: 'the door falls shut when due',
    door: passing,
    input: tick,
    becomes: { isOpen: false, fallsShutAt: undefined },
    effects: ['inputs'],
  },
  {
    title: 'the exit button lets the bolt go when due',
    door: { ...alone, exitUntil: now },
    input: tick,
    becomes: { exitUntil: undefined },
    effects: [],
  },
  { title: 'a tick before anything is due does nothing', door: left, input: tick, becomes: {}, effects: [] },
];

describe('a virtual door', () => {
  test.each(rows)('$title', ({ door, input, becomes, effects }) => {
    const step = nextVirtualDoor(door, input, now);
    expect(step.door).toEqual({ ...door, ...becomes });
    expect(step.effects.map((effect) => effect.type)).toEqual(effects);
  });

  test('names what holds its bolt back, the relay before the exit button', () => {
    expect(boltOf(alone)).toBe('thrown');
    expect(boltOf(left)).toBe('freed_by_exit');
    expect(boltOf({ ...left, isRelayUnlocked: true })).toBe('freed_by_relay');
  });

  test('shows the person who is on the way, and who is in it', () => {
    expect([newVirtualDoor, awaited, passing].map(personOf)).toEqual(['none', 'coming', 'passing']);
  });

  test('asks for its tick at the earliest of what is due', () => {
    expect(nextTickAt(alone)).toBeUndefined();
    expect(nextTickAt({ ...alone, exitUntil: 30, pushesAt: 20, fallsShutAt: 10 })).toBe(10);
    expect(nextTickAt({ ...alone, exitUntil: 30 })).toBe(30);
  });

  test('never opens by itself while its bolt is thrown, whatever else happens to it', () => {
    const harmless: readonly VirtualDoorInput[] = [
      { type: 'push' },
      { type: 'close' },
      tick,
      lock,
      { type: 'tamper', isTampered: true },
      { type: 'walk_through', isOn: true },
    ];
    let door = newVirtualDoor;
    for (const first of harmless) {
      for (const second of harmless) {
        door = nextVirtualDoor(nextVirtualDoor(door, first, now).door, second, now + 60_000).door;
        expect(door.isOpen).toBe(false);
      }
    }
  });
});

import { describe, expect, it } from 'vitest';
import {
  doorAtStart,
  doorStateOf,
  nextDoor,
  nextTickAt,
  openingsLimit,
  type Door,
  type DoorEffect,
  type DoorInput,
} from './door-machine.ts';

const settings = { unlockForMs: 5_000, heldOpenAfterMs: 30_000, exitShuntMs: 10_000 };
const closedDoor = doorAtStart({ isOpen: false, isTampered: false }, 0);

type Step = readonly [at: number, input: DoorInput];
const unlock = (opening = 'a'): DoorInput => ({ type: 'unlock', opening });
const leaf = (isOpen: boolean): DoorInput => ({ type: 'contact', isOpen });
const tick: DoorInput = { type: 'tick' };

function play(steps: readonly Step[], start: Door = closedDoor): { door: Door; effects: string[] } {
  let door = start;
  const effects: string[] = [];
  for (const [now, input] of steps) {
    const step = nextDoor(door, input, { now, settings });
    door = step.door;
    effects.push(...step.effects.map(written));
  }
  return { door, effects };
}

function written(effect: DoorEffect): string {
  if (effect.type === 'relay') return effect.isUnlocked ? 'relay on' : 'relay off';
  return [effect.event, ...effect.openings].join(' ');
}

describe('a door', () => {
  it.each<[title: string, steps: Step[], effects: string[], state: string]>([
    ['is unlocked by an opening', [[0, unlock()]], ['relay on', 'lock_unlocked a'], 'unlocked'],
    [
      'locks again after its time if nobody opens it',
      [
        [0, unlock()],
        [4_999, tick],
        [5_000, tick],
      ],
      ['relay on', 'lock_unlocked a', 'relay off', 'lock_relocked a'],
      'secured',
    ],
    [
      'locks as soon as it has closed behind somebody',
      [
        [0, unlock()],
        [900, leaf(true)],
        [2_000, leaf(false)],
        [5_000, tick],
      ],
      ['relay on', 'lock_unlocked a', 'door_opened a', 'door_closed a', 'relay off', 'lock_relocked'],
      'secured',
    ],
    [
      'that stands open after its time is locked, and its opening ends when it closes',
      [
        [0, unlock()],
        [900, leaf(true)],
        [5_000, tick],
        [6_000, leaf(false)],
      ],
      ['relay on', 'lock_unlocked a', 'door_opened a', 'relay off', 'lock_relocked', 'door_closed a'],
      'secured',
    ],
    [
      'that stands open too long is held open, once, until it closes',
      [
        [0, unlock()],
        [1_000, leaf(true)],
        [5_000, tick],
        [31_000, tick],
        [40_000, tick],
      ],
      ['relay on', 'lock_unlocked a', 'door_opened a', 'relay off', 'lock_relocked', 'door_held_open a'],
      'held_open',
    ],
    ['that opens while it is locked was forced', [[0, leaf(true)]], ['door_forced'], 'forced_open'],
    [
      'that was forced is secured when it is closed',
      [
        [0, leaf(true)],
        [9, leaf(false)],
      ],
      ['door_forced', 'door_closed'],
      'secured',
    ],
    [
      'is left without an alarm after a request to exit, and without moving the relay',
      [
        [0, { type: 'exit' }],
        [9_999, leaf(true)],
      ],
      ['exit_requested', 'door_opened'],
      'open',
    ],
    [
      'that opens later than that after a request to exit was forced',
      [
        [0, { type: 'exit' }],
        [10_000, leaf(true)],
      ],
      ['exit_requested', 'door_forced'],
      'forced_open',
    ],
    [
      'serves a second opening together with the first',
      [
        [0, unlock('a')],
        [3_000, unlock('b')],
        [5_000, tick],
        [8_000, tick],
      ],
      ['relay on', 'lock_unlocked a', 'relay on', 'lock_unlocked b', 'relay off', 'lock_relocked a b'],
      'secured',
    ],
    [
      'tells when it is tampered with and when that ends',
      [
        [0, { type: 'tamper', isTampered: true }],
        [1, { type: 'tamper', isTampered: true }],
        [2, { type: 'tamper', isTampered: false }],
      ],
      ['tampered', 'tamper_cleared'],
      'secured',
    ],
    ['does nothing when its contact repeats itself', [[0, leaf(false)]], [], 'secured'],
    ['does nothing when nothing is due', [[99, tick]], [], 'secured'],
  ])('%s', (...[, steps, effects, state]) => {
    const played = play(steps);

    expect(played.effects).toEqual(effects);
    expect(doorStateOf(played.door)).toBe(state);
  });

  it('that is open when its agent starts was not forced, and is held open after its time', () => {
    const start = doorAtStart({ isOpen: true, isTampered: true }, 1_000);

    const played = play([[31_000, tick]], start);

    expect(doorStateOf(start)).toBe('open');
    expect(played.effects).toEqual(['door_held_open']);
  });

  it('wants to be called when it has to lock, and when it is held open', () => {
    expect(nextTickAt(closedDoor, settings)).toBeUndefined();
    expect(nextTickAt(play([[7, unlock()]]).door, settings)).toBe(5_007);
    expect(nextTickAt(play([[7, leaf(true)]]).door, settings)).toBeUndefined();
    const open = play([
      [0, unlock()],
      [10, leaf(true)],
      [5_000, tick],
    ]);
    expect(nextTickAt(open.door, settings)).toBe(30_010);
  });
});

it('a door that stands open and is told to open all day names the newest commands', () => {
  const commands = Array.from({ length: openingsLimit + 3 }, (_, number) => `c${number}`);
  const asked = commands.map((opening, number): Step => [3_000 * number, unlock(opening)]);
  const { effects } = play([
    ...asked.slice(0, 1),
    [1, leaf(true)],
    ...asked.slice(1),
    [999_999, leaf(false)],
  ]);
  expect(effects.find((effect) => effect.startsWith('door_closed'))).toBe(
    ['door_closed', ...commands.slice(3)].join(' '),
  );
});

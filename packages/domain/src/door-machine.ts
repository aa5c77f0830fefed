import type { ActivityType } from './activity.ts';
import type { DoorState } from './lock.ts';

/**
 * A door that stands open can be told to open again and again. It names the newest commands; the server knows
 * that the earlier ones of the same boot joined them.
 */
export const openingsLimit = 64;

/** Times of one door, in milliseconds. */
export interface DoorSettings {
  readonly unlockForMs: number;
  readonly heldOpenAfterMs: number;
  /** After a request to exit an opening within this time is not taken for a forced one. */
  readonly exitShuntMs: number;
}

/** The door as its agent knows it; instants are readings of a clock that never steps (`mono`). */
export interface Door {
  readonly isUnlocked: boolean;
  readonly unlockedUntil: number;
  readonly isOpen: boolean;
  readonly openedAt: number;
  readonly exitUntil: number;
  readonly alarm: 'none' | 'held_open' | 'forced_open';
  readonly isTampered: boolean;
  /** The newest commands that the door serves now, `openingsLimit` at most; a second one joins the first. */
  readonly openings: readonly string[];
}

export type DoorInput =
  /** `opening` is the identifier of the command; a credential at the door has none. */
  | { readonly type: 'unlock'; readonly opening?: string | undefined }
  | { readonly type: 'contact'; readonly isOpen: boolean }
  | { readonly type: 'exit' }
  | { readonly type: 'tamper'; readonly isTampered: boolean }
  | { readonly type: 'tick' };

export type DoorEffect =
  | { readonly type: 'relay'; readonly isUnlocked: boolean }
  | { readonly type: 'event'; readonly event: ActivityType; readonly openings: readonly string[] };

export interface DoorStep {
  readonly door: Door;
  readonly effects: readonly DoorEffect[];
}

/**
 * A door at the start of its agent: locked, and open or closed as the contact says. Starting opens nothing.
 */
export function doorAtStart(contact: { isOpen: boolean; isTampered: boolean }, now: number): Door {
  return {
    isUnlocked: false,
    unlockedUntil: 0,
    isOpen: contact.isOpen,
    openedAt: now,
    exitUntil: now,
    alarm: 'none',
    isTampered: contact.isTampered,
    openings: [],
  };
}

/** What the screens call the state the door is in. */
export function doorStateOf(door: Door): DoorState {
  if (door.alarm !== 'none') return door.alarm;
  if (door.isOpen) return 'open';
  return door.isUnlocked ? 'unlocked' : 'secured';
}

/** When the machine wants its next `tick`, or undefined if nothing is due; a reading of `mono`. */
export function nextTickAt(door: Door, settings: DoorSettings): number | undefined {
  const due: number[] = [];
  if (door.isUnlocked) due.push(door.unlockedUntil);
  if (door.isOpen && door.alarm === 'none') due.push(door.openedAt + settings.heldOpenAfterMs);
  return due.length > 0 ? Math.min(...due) : undefined;
}

function event(name: ActivityType, openings: readonly string[] = []): DoorEffect {
  return { type: 'event', event: name, openings };
}

function unlock(door: Door, opening: string | undefined, until: number): DoorStep {
  const added = opening === undefined ? [] : [opening];
  const openings = [...door.openings, ...added].slice(-openingsLimit);
  return {
    door: { ...door, isUnlocked: true, unlockedUntil: until, openings },
    effects: [{ type: 'relay', isUnlocked: true }, event('lock_unlocked', added)],
  };
}

function relock(door: Door): DoorStep {
  return {
    door: { ...door, isUnlocked: false, openings: door.isOpen ? door.openings : [] },
    effects: [{ type: 'relay', isUnlocked: false }, event('lock_relocked', door.isOpen ? [] : door.openings)],
  };
}

function opened(door: Door, now: number): DoorStep {
  const isAllowed = door.isUnlocked || now < door.exitUntil;
  const next: Door = { ...door, isOpen: true, openedAt: now, alarm: isAllowed ? 'none' : 'forced_open' };
  return { door: next, effects: [event(isAllowed ? 'door_opened' : 'door_forced', door.openings)] };
}

function closed(door: Door): DoorStep {
  const next: Door = { ...door, isOpen: false, isUnlocked: false, alarm: 'none', openings: [] };
  const effects = [event('door_closed', door.openings)];
  if (!door.isUnlocked) return { door: next, effects };
  return { door: next, effects: [...effects, { type: 'relay', isUnlocked: false }, event('lock_relocked')] };
}

function tick(door: Door, now: number, settings: DoorSettings): DoorStep {
  const locked = door.isUnlocked && now >= door.unlockedUntil ? relock(door) : { door, effects: [] };
  const isHeld = door.isOpen && door.alarm === 'none' && now - door.openedAt >= settings.heldOpenAfterMs;
  if (!isHeld) return locked;
  return {
    door: { ...locked.door, alarm: 'held_open' },
    effects: [...locked.effects, event('door_held_open', door.openings)],
  };
}

/**
 * One step of a door: what it becomes and what has to be done, in this order. Total: an input that changes
 * nothing gives no effect. `now` is a reading of `mono` in milliseconds. Only `unlock` ever turns the relay
 * to unlocked, and only a decision or a verified command gives that input.
 */
export function nextDoor(
  door: Door,
  input: DoorInput,
  context: { now: number; settings: DoorSettings },
): DoorStep {
  const { now, settings } = context;
  switch (input.type) {
    case 'unlock':
      return unlock(door, input.opening, now + settings.unlockForMs);
    case 'contact':
      if (input.isOpen === door.isOpen) return { door, effects: [] };
      return input.isOpen ? opened(door, now) : closed(door);
    case 'exit':
      return { door: { ...door, exitUntil: now + settings.exitShuntMs }, effects: [event('exit_requested')] };
    case 'tamper':
      if (input.isTampered === door.isTampered) return { door, effects: [] };
      return {
        door: { ...door, isTampered: input.isTampered },
        effects: [event(input.isTampered ? 'tampered' : 'tamper_cleared')],
      };
    case 'tick':
      return tick(door, now, settings);
  }
}

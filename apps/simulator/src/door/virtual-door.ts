/** How long the exit button holds the bolt back, in milliseconds. */
export const exitReleaseMs = 5_000;
/** From the bolt's release to the push of the person who walks through. */
export const walkUpMs = 800;
/** From the push of that person until the door has fallen shut. */
export const fallShutMs = 2_500;

/**
 * A leaf, a bolt and what surrounds them. The lock is fail-secure with mechanical egress: without power the
 * bolt stays thrown for who comes in, and the exit button frees it all the same. Instants are readings of a
 * clock that never steps, in milliseconds.
 */
export interface VirtualDoor {
  readonly isRelayUnlocked: boolean;
  /** Until when the exit button holds the bolt back. */
  readonly exitUntil: number | undefined;
  readonly isOpen: boolean;
  readonly isTampered: boolean;
  /** Whether somebody walks through each time the bolt is freed. */
  readonly isWalkThroughOn: boolean;
  readonly pushesAt: number | undefined;
  readonly fallsShutAt: number | undefined;
}

export type VirtualDoorInput =
  | { readonly type: 'relay'; readonly isUnlocked: boolean }
  | { readonly type: 'push' | 'force' | 'close' | 'exit' | 'tick' }
  | { readonly type: 'tamper'; readonly isTampered: boolean }
  | { readonly type: 'walk_through'; readonly isOn: boolean };

/**
 * `inputs`: contact or tamper switch changed; `exit`: exit button pressed; `rattled`: pushed while locked.
 */
export interface VirtualDoorEffect {
  readonly type: 'inputs' | 'exit' | 'rattled';
}

export interface VirtualDoorStep {
  readonly door: VirtualDoor;
  readonly effects: readonly VirtualDoorEffect[];
}

/** A new door: closed, bolt thrown, somebody ready to walk through. */
export const newVirtualDoor: VirtualDoor = {
  isRelayUnlocked: false,
  exitUntil: undefined,
  isOpen: false,
  isTampered: false,
  isWalkThroughOn: true,
  pushesAt: undefined,
  fallsShutAt: undefined,
};

/** What holds the bolt back: the relay, else the exit button, else nothing. */
export function boltOf(door: VirtualDoor): 'thrown' | 'freed_by_relay' | 'freed_by_exit' {
  if (door.isRelayUnlocked) return 'freed_by_relay';
  return door.exitUntil === undefined ? 'thrown' : 'freed_by_exit';
}

/** Where the person is who walks through by itself. */
export function personOf(door: VirtualDoor): 'none' | 'coming' | 'passing' {
  if (door.pushesAt !== undefined) return 'coming';
  return door.fallsShutAt === undefined ? 'none' : 'passing';
}

function isBoltFree(door: VirtualDoor): boolean {
  return boltOf(door) !== 'thrown';
}

/** When the door wants its next `tick`, or undefined if nothing is due. */
export function nextTickAt(door: VirtualDoor): number | undefined {
  const due = [door.exitUntil, door.pushesAt, door.fallsShutAt].filter((at) => at !== undefined);
  return due.length > 0 ? Math.min(...due) : undefined;
}

function quietly(door: VirtualDoor): VirtualDoorStep {
  return { door, effects: [] };
}

function swungOpen(door: VirtualDoor): VirtualDoorStep {
  if (door.isOpen) return quietly(door);
  return { door: { ...door, isOpen: true }, effects: [{ type: 'inputs' }] };
}

function closed(door: VirtualDoor): VirtualDoorStep {
  if (!door.isOpen) return quietly(door);
  return { door: { ...door, isOpen: false, fallsShutAt: undefined }, effects: [{ type: 'inputs' }] };
}

function pushed(door: VirtualDoor): VirtualDoorStep {
  if (door.isOpen || isBoltFree(door)) return swungOpen(door);
  return { door, effects: [{ type: 'rattled' }] };
}

/** Sends somebody to the door if the bolt has just come free and nobody is on the way or in it. */
function withPerson(before: VirtualDoor, after: VirtualDoor, now: number): VirtualDoor {
  const hasComeFree = !isBoltFree(before) && isBoltFree(after);
  const isNeeded = hasComeFree && after.isWalkThroughOn && !after.isOpen && after.pushesAt === undefined;
  return isNeeded ? { ...after, pushesAt: now + walkUpMs } : after;
}

function walkedThrough(door: VirtualDoor, now: number): VirtualDoorStep {
  const step = pushed({ ...door, pushesAt: undefined });
  if (!step.door.isOpen) return step;
  return { ...step, door: { ...step.door, fallsShutAt: now + fallShutMs } };
}

function tick(door: VirtualDoor, now: number): VirtualDoorStep {
  const isDue = (at: number | undefined): boolean => at !== undefined && now >= at;
  // The person pushes before the bolt falls: who is due at the same moment still gets through.
  const walked = isDue(door.pushesAt) ? walkedThrough(door, now) : quietly(door);
  const shut = isDue(walked.door.fallsShutAt) ? closed(walked.door) : quietly(walked.door);
  const next = isDue(shut.door.exitUntil) ? { ...shut.door, exitUntil: undefined } : shut.door;
  return { door: next, effects: [...walked.effects, ...shut.effects] };
}

function pressedExit(door: VirtualDoor, now: number): VirtualDoorStep {
  const released = { ...door, exitUntil: now + exitReleaseMs };
  return { door: withPerson(door, released, now), effects: [{ type: 'exit' }] };
}

function withTamper(door: VirtualDoor, isTampered: boolean): VirtualDoorStep {
  if (isTampered === door.isTampered) return quietly(door);
  return { door: { ...door, isTampered }, effects: [{ type: 'inputs' }] };
}

function withWalkThrough(door: VirtualDoor, isOn: boolean): VirtualDoorStep {
  const next = { ...door, isWalkThroughOn: isOn };
  return quietly(isOn ? next : { ...next, pushesAt: undefined, fallsShutAt: undefined });
}

/**
 * One step of a virtual door: what it becomes and what follows from it, in this order. Total: an input that
 * changes nothing has no effect. `now` is a reading of the clock of the door's instants.
 */
export function nextVirtualDoor(door: VirtualDoor, input: VirtualDoorInput, now: number): VirtualDoorStep {
  switch (input.type) {
    case 'relay':
      return quietly(withPerson(door, { ...door, isRelayUnlocked: input.isUnlocked }, now));
    case 'push':
      return pushed(door);
    case 'force':
      return swungOpen(door);
    case 'close':
      return closed(door);
    case 'exit':
      return pressedExit(door, now);
    case 'tamper':
      return withTamper(door, input.isTampered);
    case 'walk_through':
      return withWalkThrough(door, input.isOn);
    case 'tick':
      return tick(door, now);
  }
}

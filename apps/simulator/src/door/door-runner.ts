import {
  newVirtualDoor,
  nextTickAt,
  nextVirtualDoor,
  type VirtualDoor,
  type VirtualDoorEffect,
  type VirtualDoorInput,
} from './virtual-door.ts';

export interface DoorRunner {
  door(): VirtualDoor;
  input(input: VirtualDoorInput): void;
  /** Stops its clock: nobody walks any more. */
  end(): void;
}

/** Who hears of a door: `changed` after each step that changed it, `performed` for each effect. */
export interface DoorListener {
  changed(): void;
  performed(effect: VirtualDoorEffect['type']): void;
}

/** Runs a virtual door in real time: gives it its ticks when they are due. */
export function createDoorRunner(listener: DoorListener): DoorRunner {
  let door = newVirtualDoor;
  let timer: NodeJS.Timeout | undefined;

  const input = (next: VirtualDoorInput): void => {
    const before = door;
    const step = nextVirtualDoor(door, next, performance.now());
    door = step.door;
    for (const effect of step.effects) listener.performed(effect.type);
    if (door !== before) listener.changed();
    clearTimeout(timer);
    const dueAt = nextTickAt(door);
    if (dueAt === undefined) return;
    timer = setTimeout(
      () => {
        input({ type: 'tick' });
      },
      Math.max(0, dueAt - performance.now()),
    );
  };

  return {
    door: () => door,
    input,
    end: () => {
      clearTimeout(timer);
    },
  };
}

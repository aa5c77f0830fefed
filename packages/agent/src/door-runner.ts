import {
  doorAtStart,
  doorStateOf,
  nextDoor,
  nextTickAt,
  type ActivityType,
  type Door,
  type DoorInput,
  type DoorSettings,
  type DoorStage,
  type DoorState,
} from '@claviger/domain';
import { uuidBytes } from '@claviger/protocol';
import { recordOfClosing } from './attempts/door-records.ts';
import type { Core } from './core.ts';
import type { Happening } from './journal/journal.ts';

/** Whose Key unlocks the door, where a reader of it has read that, and how it was shown. */
export type Unlocker = Pick<Happening, 'key' | 'method' | 'isStatic' | 'second'>;

export interface DoorRunner {
  /** With `unlock`: by whom, where no command says so. */
  input(input: DoorInput, by?: Unlocker): void;
  state(): { readonly state: DoorState; readonly isTampered: boolean };
  nextTickAt(): number | undefined;
}

/** Tells the server how far the openings have come. */
export type ReportStage = (stage: DoorStage, openings: readonly string[]) => void;

const stageOf: Partial<Record<ActivityType, DoorStage>> = {
  lock_unlocked: 'unlocked',
  door_opened: 'opened',
  door_closed: 'closed',
  lock_relocked: 'relocked',
};

function happeningOf(lock: number, type: ActivityType, openings: readonly string[]): Happening {
  const opening = openings.at(-1);
  return { lock, type, ...(opening === undefined ? {} : { command: uuidBytes(opening) }) };
}

/**
 * Runs the door machine of one lock, which starts locked whatever the relay did before: moves the relay, then
 * keeps the events, then reports the ladder of the openings. The decision behind an unlocking is in the log
 * before this is called.
 */
export function createDoorRunner(
  lock: { readonly number: number; readonly settings: DoorSettings },
  core: Core,
  report: ReportStage,
): DoorRunner {
  const { number, settings } = lock;
  // A driver may still hold what the agent before this one asked for.
  core.hardware.setRelay(number, false);
  let door: Door = doorAtStart(core.hardware.readInputs(number), core.mono());

  const input = (next: DoorInput, by?: Unlocker): void => {
    const step = nextDoor(door, next, { now: core.mono(), settings });
    door = step.door;
    const happenings: Happening[] = [];
    for (const effect of step.effects) {
      if (effect.type === 'relay') core.hardware.setRelay(number, effect.isUnlocked);
      else {
        const unlocker = effect.event === 'lock_unlocked' ? by : undefined;
        happenings.push({ ...happeningOf(number, effect.event, effect.openings), ...unlocker });
      }
    }
    const isClosing = happenings.some(({ type }) => type === 'door_closed');
    const records = isClosing ? [recordOfClosing(number, core.time.now().at)] : [];
    if (happenings.length > 0) core.keep(happenings, records);
    for (const effect of step.effects) {
      const stage = effect.type === 'event' ? stageOf[effect.event] : undefined;
      if (effect.type === 'event' && stage !== undefined) report(stage, effect.openings);
    }
  };

  return {
    input,
    state: () => ({ state: doorStateOf(door), isTampered: door.isTampered }),
    nextTickAt: () => nextTickAt(door, settings),
  };
}

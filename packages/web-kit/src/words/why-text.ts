import type { Why } from '@claviger/protocol';
import { m } from '../i18n/messages.ts';
import type { Clock } from '../i18n/use-clock.ts';
import { enforcementText, isHeldByDoor } from './key-text.ts';

type Door = NonNullable<Why['door']>;

/** What the person at the door meets where that may be something else than the verdict. */
export interface DoorText {
  readonly title: string;
  readonly sentences: readonly string[];
  readonly isAway: boolean;
}

/** Since when the door is away, as a title. */
function offlineTitle({ offlineSince }: Door, { format, now }: Clock): string | undefined {
  if (offlineSince === undefined) return undefined;
  return m.lock_offline_since({ moment: format.since(offlineSince, now) });
}

/** What stands against the verdict, in the order in which it matters. */
function aboutDoor(door: Door, clock: Clock): readonly string[] {
  const { enforcement } = door;
  const { sentence } = enforcementText(door, clock);
  const offline = offlineTitle(door, clock);
  if (enforcement.state === 'enforced') return offline === undefined ? [] : [offline, m.why_door_alone()];
  if (isHeldByDoor(door)) {
    return [m.why_door_holds(), sentence, ...(offline === undefined ? [] : [`${offline}.`])];
  }
  const moment = clock.format.since(enforcement.since, clock.now);
  const isAway = enforcement.state === 'offline';
  const title = isAway ? m.why_door_behind_offline({ moment }) : m.why_door_behind_waiting({ moment });
  return [title, sentence, m.why_door_decides()];
}

/**
 * For a door that has not confirmed what is asked for or is away, and for a Binding that is suspended;
 * undefined where there is nothing of it.
 */
export function doorBehindText(door: Door, clock: Clock): DoorText | undefined {
  const suspended = door.state === 'suspended' ? [m.why_binding_suspended()] : [];
  const [title, ...sentences] = [...aboutDoor(door, clock), ...suspended];
  if (title === undefined) return undefined;
  const isAway = door.offlineSince !== undefined || door.enforcement.state === 'offline';
  return { title, sentences, isAway };
}

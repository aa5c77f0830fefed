import type { Why } from '@claviger/protocol';
import { m } from '../i18n/messages.ts';
import type { Clock } from '../i18n/use-clock.ts';
import { enforcementText } from './key-text.ts';

/** What the person at the door meets where that may be something else than the verdict. */
export interface DoorText {
  readonly title: string;
  readonly sentences: readonly string[];
  readonly isAway: boolean;
}

/** For a door that has not confirmed what is asked for, or is away; undefined for any other. */
export function doorBehindText(door: NonNullable<Why['door']>, clock: Clock): DoorText | undefined {
  const { enforcement, offlineSince } = door;
  const { format, now } = clock;
  const { sentence } = enforcementText(door, clock);
  const offline =
    offlineSince === undefined
      ? undefined
      : m.lock_offline_since({ moment: format.since(offlineSince, now) });
  const isAway = offline !== undefined || enforcement.state === 'offline';
  if (enforcement.state === 'enforced') {
    return offline === undefined ? undefined : { title: offline, sentences: [m.why_door_alone()], isAway };
  }
  if (enforcement.state === 'pending' && enforcement.cause === 'counters_in_doubt') {
    const away = offline === undefined ? [] : [`${offline}.`];
    return { title: m.why_door_holds(), sentences: [sentence, ...away], isAway };
  }
  const moment = format.since(enforcement.since, now);
  const title = isAway ? m.why_door_behind_offline({ moment }) : m.why_door_behind_waiting({ moment });
  return { title, sentences: [sentence, m.why_door_decides()], isAway };
}

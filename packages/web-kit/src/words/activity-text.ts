import { readDetail, suspendedParts, type ActivityType } from '@claviger/domain';
import type { ActivityEvent } from '@claviger/protocol';
import type { Format } from '../i18n/format.ts';
import { m } from '../i18n/messages.ts';
import { credentialText, type ShownWith } from './method-text.ts';
import { attemptReasonText } from './reason-text.ts';

/** What an event is called in filters and tags. */
export const activityNames: Readonly<Record<ActivityType, () => string>> = {
  key_accepted: m.event_key_accepted,
  key_refused: m.event_key_refused,
  refusals_gathered: m.event_refusals_gathered,
  lock_unlocked: m.event_lock_unlocked,
  lock_relocked: m.event_lock_relocked,
  door_opened: m.event_door_opened,
  door_closed: m.event_door_closed,
  exit_requested: m.event_exit_requested,
  door_held_open: m.event_door_held_open,
  door_forced: m.event_door_forced,
  tampered: m.event_tampered,
  tamper_cleared: m.event_tamper_cleared,
  command_refused: m.event_command_refused,
  command_dropped: m.event_command_dropped,
  silent_alarm: m.event_silent_alarm,
  reader_paused: m.event_reader_paused,
  list_taken: m.event_list_taken,
  list_refused: m.event_list_refused,
  message_refused: m.event_message_refused,
  device_started: m.event_device_started,
  link_lost: m.event_link_lost,
  link_restored: m.event_link_restored,
  clock_set: m.event_clock_set,
  events_lost: m.event_events_lost,
  log_nearly_full: m.event_log_nearly_full,
  older_disk: m.event_older_disk,
  events_unknown: m.event_events_unknown,
  counters_returned: m.event_counters_returned,
  server_restored: m.event_server_restored,
  memory_damaged: m.event_memory_damaged,
};

type Told = Pick<ActivityEvent, 'type' | 'lockName' | 'person' | 'reason' | 'detail'> &
  Partial<Pick<ActivityEvent, 'uncertaintyMs'>> &
  ShownWith;
/** Writes numbers as the language of the page does. */
type Numbers = Pick<Format, 'number'>;
type Sentence = (event: Told, format: Numbers) => string;

function because({ reason, detail, uncertaintyMs }: Told): string {
  if (reason === undefined || reason === 'granted') return '';
  const suspended = suspendedParts.find((part) => detail === `suspended_${part}`);
  return attemptReasonText(reason, { suspended, uncertaintyMs });
}

/** Tells an event with its reason if the door gave one. */
function withReason(
  alone: (event: Told) => string,
  reasoned: (lock: string, reason: string) => string,
): Sentence {
  return (event) => {
    const reason = because(event);
    return reason === '' ? alone(event) : reasoned(event.lockName, reason);
  };
}

/** Whose Key it was and how it was shown, as the object of a sentence. */
function keyOf(event: Told): string {
  const { person } = event;
  const key = person === undefined ? m.told_key_some() : m.told_key_of({ person });
  const shownWith = credentialText(event);
  return shownWith === undefined ? key : m.told_key_by({ key, method: shownWith });
}

function accepted(event: Told): string {
  const { lockName: lock, person } = event;
  const isCommand = credentialText(event) === undefined;
  if (person !== undefined && isCommand) return m.told_key_accepted_of({ person, lock });
  return m.told_key_taken({ lock, key: keyOf(event) });
}

function refused(event: Told): string {
  const reason = because(event);
  const told = { lock: event.lockName, key: keyOf(event) };
  return reason === '' ? m.told_key_turned_away(told) : m.told_key_turned_away_because({ ...told, reason });
}

/** Refusals of one reader that one event tells of. */
export interface GatheredRefusals {
  readonly count: number;
  /** There may have been more: the door ended before it had counted the last ones. */
  readonly isAtLeast: boolean;
  /** The instants of the first and the last. */
  readonly from: number;
  readonly until: number;
}

/** Undefined for an event that tells of none, or not of how many. */
export function gatheredRefusals({
  type,
  detail,
}: Pick<Told, 'type' | 'detail'>): GatheredRefusals | undefined {
  const read = type === 'refusals_gathered' && detail !== undefined ? readDetail(detail) : undefined;
  if (!read || !('numbers' in read)) return undefined;
  const { code, numbers } = read;
  const [count = 0, from = 0, until = 0] = numbers;
  if (code !== 'refused_from' && code !== 'refused_at_least') return undefined;
  return { count, isAtLeast: code === 'refused_at_least', from, until };
}

function gathered(event: Told, format: Numbers): string {
  const told = gatheredRefusals(event);
  const count = told === undefined ? '?' : format.number(told.count);
  return m.told_refusals_gathered({ lock: event.lockName, count: told?.isAtLeast ? `≥ ${count}` : count });
}

function unlocked(event: Told): string {
  const { lockName: lock, person } = event;
  if (person === undefined) return m.told_unlocked({ lock });
  const shownWith = credentialText(event);
  if (shownWith === undefined) return m.told_unlocked_by({ person, lock });
  return m.told_unlocked_with({ person, lock, method: shownWith });
}

function opened(event: Told): string {
  const { lockName: lock, person, method } = event;
  if (person === undefined)
    return method === 'exit' ? m.told_opened_from_inside({ lock }) : m.told_opened({ lock });
  const shownWith = credentialText(event);
  if (shownWith === undefined) return m.told_opened_by({ person, lock });
  return m.told_opened_with({ person, lock, method: shownWith });
}

/** Of one Key whose record was damaged, or of a whole door whose older disk came back. */
function returned({ lockName: lock, person }: Told): string {
  return person === undefined
    ? m.told_counters_returned({ lock })
    : m.told_counter_returned({ person, lock });
}

const sentences: Readonly<Record<ActivityType, Sentence>> = {
  key_accepted: accepted,
  key_refused: refused,
  refusals_gathered: gathered,
  lock_unlocked: unlocked,
  lock_relocked: ({ lockName: lock }) => m.told_relocked({ lock }),
  door_opened: opened,
  door_closed: ({ lockName: lock }) => m.told_closed({ lock }),
  exit_requested: ({ lockName: lock }) => m.told_exit_requested({ lock }),
  door_held_open: ({ lockName: lock }) => m.told_held_open({ lock }),
  door_forced: ({ lockName: lock }) => m.told_forced({ lock }),
  tampered: ({ lockName: lock }) => m.told_tampered({ lock }),
  tamper_cleared: ({ lockName: lock }) => m.told_tamper_cleared({ lock }),
  command_refused: withReason(
    ({ lockName: lock }) => m.told_command_refused({ lock }),
    (lock, reason) => m.told_command_refused_because({ lock, reason }),
  ),
  command_dropped: ({ lockName: lock }) => m.told_command_dropped({ lock }),
  silent_alarm: ({ lockName: lock }) => m.told_silent_alarm({ lock }),
  reader_paused: ({ lockName: lock }) => m.told_reader_paused({ lock }),
  list_taken: ({ lockName: lock }) => m.told_list_taken({ lock }),
  list_refused: ({ lockName: lock }) => m.told_list_refused({ lock }),
  message_refused: withReason(
    ({ lockName: lock }) => m.told_message_refused({ lock }),
    (lock, reason) => m.told_message_refused_because({ lock, reason }),
  ),
  device_started: ({ lockName: lock }) => m.told_started({ lock }),
  link_lost: ({ lockName: lock }) => m.told_link_lost({ lock }),
  link_restored: ({ lockName: lock }) => m.told_link_restored({ lock }),
  clock_set: ({ lockName: lock }) => m.told_clock_set({ lock }),
  events_lost: ({ lockName: lock }) => m.told_events_lost({ lock }),
  log_nearly_full: ({ lockName: lock }) => m.told_log_nearly_full({ lock }),
  older_disk: ({ lockName: lock }) => m.told_older_disk({ lock }),
  events_unknown: ({ lockName: lock }) => m.told_events_unknown({ lock }),
  counters_returned: returned,
  server_restored: ({ lockName: lock }) => m.told_server_restored({ lock }),
  memory_damaged: ({ lockName: lock }) => m.told_memory_damaged({ lock }),
};

/** A piece of the sentence of an event; names stand out. */
export interface Phrase {
  readonly kind: 'person' | 'lock' | 'words';
  readonly text: string;
}

/** They stand for the names while a sentence is made; no language uses them. */
const personMark = '\uE000';
const lockMark = '\uE001';

/** An event as a sentence for people, in pieces. */
export function activityPhrases(event: Told, format: Numbers): readonly Phrase[] {
  const { person, lockName } = event;
  const marked = { ...event, lockName: lockMark, ...(person !== undefined && { person: personMark }) };
  const pieces = sentences[event.type](marked, format).split(/([\uE000\uE001])/);
  return pieces.flatMap((piece): Phrase[] => {
    if (piece === personMark) return [{ kind: 'person', text: person ?? '' }];
    if (piece === lockMark) return [{ kind: 'lock', text: lockName }];
    return piece === '' ? [] : [{ kind: 'words', text: piece }];
  });
}

/** An event as a sentence for people. */
export function activitySentence(event: Told, format: Numbers): string {
  return sentences[event.type](event, format);
}

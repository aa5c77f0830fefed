import type { ActivityType } from '@claviger/domain';
import type { ActivityEvent } from '@claviger/protocol';
import {
  IconAlertTriangle,
  IconBan,
  IconClock,
  IconDoor,
  IconDoorExit,
  IconKey,
  IconLock,
  IconLockOpen2,
  IconPower,
  IconWifi,
  IconWifiOff,
} from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { activityNames, activityPhrases, gatheredRefusals } from '../words/activity-text.ts';
import type { Format } from '../i18n/format.ts';
import { m } from '../i18n/messages.ts';
import './activity-row.css';

type Tone = 'ok' | 'bad' | 'brass' | 'plain';

const looks: Readonly<Record<ActivityType, readonly [typeof IconLock, Tone]>> = {
  key_accepted: [IconLockOpen2, 'ok'],
  key_refused: [IconBan, 'bad'],
  refusals_gathered: [IconBan, 'brass'],
  lock_unlocked: [IconLockOpen2, 'ok'],
  lock_relocked: [IconLock, 'plain'],
  door_opened: [IconDoor, 'ok'],
  door_closed: [IconDoor, 'plain'],
  exit_requested: [IconDoorExit, 'plain'],
  door_held_open: [IconAlertTriangle, 'brass'],
  door_forced: [IconAlertTriangle, 'bad'],
  tampered: [IconAlertTriangle, 'bad'],
  tamper_cleared: [IconLock, 'plain'],
  command_refused: [IconBan, 'bad'],
  command_dropped: [IconBan, 'brass'],
  silent_alarm: [IconAlertTriangle, 'bad'],
  reader_paused: [IconBan, 'brass'],
  list_taken: [IconKey, 'plain'],
  list_refused: [IconAlertTriangle, 'bad'],
  message_refused: [IconBan, 'bad'],
  device_started: [IconPower, 'plain'],
  link_lost: [IconWifiOff, 'brass'],
  link_restored: [IconWifi, 'plain'],
  clock_set: [IconClock, 'plain'],
  events_lost: [IconAlertTriangle, 'brass'],
  log_nearly_full: [IconAlertTriangle, 'brass'],
  older_disk: [IconAlertTriangle, 'bad'],
  events_unknown: [IconAlertTriangle, 'brass'],
  counters_returned: [IconKey, 'ok'],
  server_restored: [IconAlertTriangle, 'brass'],
  memory_damaged: [IconAlertTriangle, 'bad'],
};

interface ActivityRowProps {
  readonly event: ActivityEvent;
  readonly format: Format;
  /** It came while the page was open. */
  readonly isNew?: boolean;
  /** What the guide calls it, beside the sentence. */
  readonly isNamed?: boolean;
  /** With its second, for those who read what came after what. */
  readonly isTimedExactly?: boolean;
  readonly children?: ReactNode;
}

/** One event as a sentence, with the time the door gave it. */
export function ActivityRow(props: ActivityRowProps) {
  const { event, format, isNew = false, isNamed = false, isTimedExactly = false, children } = props;
  const [Icon, tone] = looks[event.type];
  return (
    <li className="activity-row" data-new={isNew || undefined}>
      <span className="activity-icon" data-tone={tone}>
        <Icon size={17} stroke={1.7} aria-hidden />
      </span>
      <div className="activity-words">
        <Sentence event={event} />
        <Span event={event} format={format} />
        {isNamed && <span className="activity-name">{activityNames[event.type]()}</span>}
        {children}
      </div>
      <time dateTime={new Date(event.at).toISOString()} title={format.exactly(event.at)}>
        {isTimedExactly ? format.clock(event.at) : format.time(event.at)}
      </time>
    </li>
  );
}

/** From when until when it was, where an event tells of more than an instant. */
function Span({ event, format }: Pick<ActivityRowProps, 'event' | 'format'>) {
  const { unknownSince, at } = event;
  const span = unknownSince === undefined ? gatheredRefusals(event) : { from: unknownSince, until: at };
  if (span === undefined) return null;
  const told = { from: format.moment(span.from), until: format.moment(span.until) };
  const isMoment = told.from === told.until;
  return <p className="small">{isMoment ? told.from : m.told_events_unknown_span(told)}</p>;
}

function Sentence({ event }: { event: ActivityEvent }) {
  return (
    <p className="activity-sentence">
      {activityPhrases(event).map(({ kind, text }, place) =>
        kind === 'words' ? text : <b key={place}>{text}</b>,
      )}
    </p>
  );
}

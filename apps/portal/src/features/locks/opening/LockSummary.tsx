import type { Lock, Membership } from '@claviger/protocol';
import {
  type Clock,
  doorText,
  m,
  offlineText,
  Plate,
  plateStateOf,
  StatusTag,
  useServerSilence,
} from '@claviger/web-kit';

interface LockSummaryProps {
  readonly lock: Lock;
  readonly membership: Membership;
  readonly clock: Clock;
  /** A command is under way: the plate waits for the door with us. */
  readonly isAsking: boolean;
}

function connectionText(lock: Lock, clock: Clock): string {
  return lock.isOnline ? m.lock_online() : offlineText(lock.offlineSince, clock);
}

/** Which lock this is and how it is, before somebody opens it. */
export function LockSummary({ lock, membership, clock, isAsking }: LockSummaryProps) {
  const { format, now } = clock;
  const isSilent = useServerSilence() !== undefined;
  // A door that nobody can ask is shown as one that nobody hears.
  const isHeard = lock.isOnline && !isSilent;
  const plate = plateStateOf({ ...lock, isOnline: isHeard });
  const { lastActivityAt } = lock;
  return (
    <div className="lock-summary">
      <Plate state={isAsking && plate === 'secured' ? 'asking' : plate} size={72} />
      <dl>
        <dt>{m.open_entity()}</dt>
        <dd>
          {membership.name} <span className="mono faint">{membership.code}</span>
        </dd>
        <dt>{m.open_status()}</dt>
        <dd>
          <StatusTag lock={lock} />
        </dd>
        <dt>{m.open_connection()}</dt>
        <dd>{isSilent ? m.lock_unheard() : connectionText(lock, clock)}</dd>
        <dt>{m.open_door()}</dt>
        <dd>{isHeard ? doorText(lock.door, clock) : m.door_unheard()}</dd>
        <dt>{m.lock_last_activity()}</dt>
        <dd title={lastActivityAt === undefined ? undefined : format.exactly(lastActivityAt)}>
          {lastActivityAt === undefined ? m.lock_no_activity() : format.ago(lastActivityAt, now)}
        </dd>
      </dl>
    </div>
  );
}

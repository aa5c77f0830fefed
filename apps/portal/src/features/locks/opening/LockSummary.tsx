import type { Lock, Membership } from '@claviger/protocol';
import { type Clock, doorText, m, offlineText, Plate, plateStateOf, StatusTag } from '@claviger/web-kit';

interface LockSummaryProps {
  readonly lock: Lock;
  readonly membership: Membership;
  readonly clock: Clock;
  /** A command is under way: the plate waits for the door with us. */
  readonly isAsking: boolean;
}

/** Which lock this is and how it is, before somebody opens it. */
export function LockSummary({ lock, membership, clock, isAsking }: LockSummaryProps) {
  const { format, now } = clock;
  const plate = plateStateOf(lock);
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
        <dd>{lock.isOnline ? m.lock_online() : offlineText(lock.offlineSince, clock)}</dd>
        <dt>{m.open_door()}</dt>
        <dd>{lock.isOnline ? doorText(lock.door, clock) : m.door_unheard()}</dd>
        <dt>{m.lock_last_activity()}</dt>
        <dd title={lastActivityAt === undefined ? undefined : format.exactly(lastActivityAt)}>
          {lastActivityAt === undefined ? m.lock_no_activity() : format.ago(lastActivityAt, now)}
        </dd>
      </dl>
    </div>
  );
}

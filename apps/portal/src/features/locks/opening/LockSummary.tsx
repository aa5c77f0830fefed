import type { Lock, Membership } from '@claviger/protocol';
import {
  type Clock,
  connectionText,
  doorText,
  isHeard,
  m,
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

/** Which lock this is and how it is, before somebody opens it. */
export function LockSummary({ lock, membership, clock, isAsking }: LockSummaryProps) {
  const { format, now } = clock;
  const look = { clock, silentSince: useServerSilence() };
  // A door that nobody can ask is shown as one that nobody hears.
  const plate = plateStateOf({ ...lock, isOnline: isHeard(lock, look.silentSince) });
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
        <dd>{connectionText(lock, look)}</dd>
        <dt>{m.open_door()}</dt>
        <dd>{doorText(lock, look)}</dd>
        <dt>{m.lock_last_activity()}</dt>
        <dd title={lastActivityAt === undefined ? undefined : format.exactly(lastActivityAt)}>
          {lastActivityAt === undefined ? m.lock_no_activity() : format.ago(lastActivityAt, now)}
        </dd>
      </dl>
    </div>
  );
}

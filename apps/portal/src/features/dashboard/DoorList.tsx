import type { Lock } from '@claviger/protocol';
import {
  type Clock,
  EmptyState,
  isHeard,
  lockLine,
  m,
  OpenButton,
  Plate,
  plateStateOf,
  useMay,
  useServerSilence,
} from '@claviger/web-kit';
import { IconLock } from '@tabler/icons-react';
import { Link, useNavigate } from '@tanstack/react-router';
import { opensDialog } from '../../app/dialog-address.ts';

interface DoorListProps {
  readonly entityId: string;
  readonly locks: readonly Lock[];
  readonly clock: Clock;
}

/** The Locks view of the Dashboard: every door, how it is, and its Open. */
export function DoorList({ entityId, locks, clock }: DoorListProps) {
  const mayAdd = useMay(entityId, 'addLock');
  return (
    <section className="card" aria-labelledby="doors">
      <header>
        <h2 id="doors">{m.section_locks()}</h2>
        <Link className="card-aside" to="/e/$entityId/devices/locks" params={{ entityId }}>
          {m.dashboard_all_locks()}
        </Link>
      </header>
      {locks.length === 0 ? (
        <EmptyState
          icon={<IconLock size={22} stroke={1.6} />}
          title={m.locks_empty_title()}
          text={m.locks_empty_text()}
          action={
            mayAdd && (
              <Link to="/e/$entityId/devices/locks/add" params={{ entityId }}>
                {m.locks_add()}
              </Link>
            )
          }
        />
      ) : (
        <ul className="doors">
          {locks.map((lock) => (
            <Door key={lock.id} entityId={entityId} lock={lock} clock={clock} />
          ))}
        </ul>
      )}
    </section>
  );
}

function Door({ entityId, lock, clock }: { entityId: string; lock: Lock; clock: Clock }) {
  const navigate = useNavigate();
  const silentSince = useServerSilence();
  const mayOpen = useMay(entityId, 'openLock');
  return (
    <li className="door">
      <Plate state={plateStateOf({ ...lock, isOnline: isHeard(lock, silentSince) })} />
      <span className="door-words">
        <b>{lock.name}</b>
        <span className="small">
          {[lockLine(lock, { clock, silentSince }), lock.location].filter((fact) => fact !== '').join(' · ')}
        </span>
      </span>
      {mayOpen && (
        <OpenButton
          size="xs"
          lock={lock}
          clock={clock}
          onOpen={() =>
            void navigate({
              to: '/e/$entityId/dashboard/$lockId/open',
              params: { entityId, lockId: lock.id },
              state: opensDialog,
            })
          }
        />
      )}
    </li>
  );
}

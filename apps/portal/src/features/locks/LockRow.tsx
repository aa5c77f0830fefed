import { printed } from '@claviger/domain';
import type { Lock } from '@claviger/protocol';
import {
  type Clock,
  connectionText,
  doorText,
  enforcementText,
  isHeard,
  type Look,
  m,
  modelText,
  Plate,
  plateStateOf,
  StatusTag,
  useMay,
  useServerSilence,
} from '@claviger/web-kit';
import { ActionIcon } from '@mantine/core';
import { IconPencil, IconWifi, IconWifiOff } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { opensDialog } from '../../app/dialog-address.ts';
import { LockActions } from './LockActions.tsx';
import { leavesFacts } from './naming/leaves.ts';

interface LockRowProps {
  readonly entityId: string;
  readonly lock: Lock;
  readonly clock: Clock;
}

/** One lock: what it is, how it is, what can be done with it. */
export function LockRow({ entityId, lock, clock }: LockRowProps) {
  const silentSince = useServerSilence();
  const mayClaim = useMay(entityId, 'claimLock');
  const isActive = lock.status === 'active';
  const isNow = isActive && isHeard(lock, silentSince);
  const facts = [
    isActive && doorText(lock, { clock, silentSince }),
    isNow && lock.door.isTampered && m.door_tampered(),
    lock.location,
  ].filter((fact) => typeof fact === 'string' && fact !== '');
  return (
    <li className="lock-row">
      <Plate state={plateStateOf({ ...lock, isOnline: isNow })} size={44} />
      <div className="lock-main">
        <LockName entityId={entityId} lock={lock} />
        <p className="small">{facts.join(' · ')}</p>
        {mayClaim && lock.status === 'unclaimed' && <p className="small">{m.lock_unclaimed_hint()}</p>}
        {isActive && <LeavesLine lock={lock} clock={clock} />}
        {lock.olderDisk && <OlderDisk told={lock.olderDisk} clock={clock} />}
      </div>
      <div className="lock-state">
        <StatusTag lock={lock} />
        {isActive && <Connection lock={lock} look={{ clock, silentSince }} />}
      </div>
      <LockFacts lock={lock} clock={clock} />
      <LockActions entityId={entityId} lock={lock} clock={clock} />
    </li>
  );
}

/** What the lock takes beyond the usual, and what its door has not confirmed yet. */
function LeavesLine({ lock, clock }: Omit<LockRowProps, 'entityId'>) {
  const { accessList } = lock;
  const isWaiting = accessList !== undefined && accessList.state !== 'enforced';
  const facts = leavesFacts(lock);
  return (
    <>
      {facts.length > 0 && <p className="small">{facts.join(' · ')}</p>}
      {isWaiting && (
        <p className="small" aria-live="polite">
          {m.lock_list_waits()}{' '}
          {enforcementText({ state: 'active', enforcement: accessList }, clock).sentence}
        </p>
      )}
    </>
  );
}

function LockName({ entityId, lock }: Omit<LockRowProps, 'clock'>) {
  const navigate = useNavigate();
  const mayEdit = useMay(entityId, 'updateLock');
  return (
    <div className="lock-name">
      <h2>{lock.name}</h2>
      {mayEdit && (
        <ActionIcon
          aria-label={m.lock_rename({ name: lock.name })}
          onClick={() =>
            void navigate({
              to: '/e/$entityId/devices/locks/$lockId/edit',
              params: { entityId, lockId: lock.id },
              state: opensDialog,
            })
          }
        >
          <IconPencil size={16} stroke={1.6} />
        </ActionIcon>
      )}
    </div>
  );
}

const olderDiskTexts: Readonly<
  Record<NonNullable<Lock['olderDisk']>['cause'], (told: { moment: string }) => string>
> = {
  other_history: m.lock_older_disk_other_history,
  earlier_boot: m.lock_older_disk_earlier_boot,
  damaged_memory: m.lock_damaged_memory,
};

/** Why the door waits for its counters, since when, and what is done about it. */
function OlderDisk({ told, clock }: { told: NonNullable<Lock['olderDisk']>; clock: Clock }) {
  const moment = clock.format.since(told.since, clock.now);
  return <p className="small lock-alarm">{olderDiskTexts[told.cause]({ moment })}</p>;
}

function Connection({ lock, look }: { lock: Lock; look: Look }) {
  const Icon = isHeard(lock, look.silentSince) ? IconWifi : IconWifiOff;
  return (
    <span className="small lock-connection">
      <Icon size={14} stroke={1.8} aria-hidden />
      {connectionText(lock, look)}
    </span>
  );
}

function LockFacts({ lock, clock: { format, now } }: Omit<LockRowProps, 'entityId'>) {
  const { lastActivityAt } = lock;
  return (
    <dl className="lock-facts">
      <div>
        <dt>{m.lock_last_activity()}</dt>
        <dd title={lastActivityAt === undefined ? undefined : format.exactly(lastActivityAt)}>
          {lastActivityAt === undefined ? m.lock_no_activity() : format.ago(lastActivityAt, now)}
        </dd>
      </div>
      <div>
        <dt>{m.lock_model()}</dt>
        <dd>{modelText(lock.model)}</dd>
      </div>
      <div>
        <dt>{m.lock_serial()}</dt>
        <dd className="mono">{printed(lock.serial)}</dd>
      </div>
    </dl>
  );
}

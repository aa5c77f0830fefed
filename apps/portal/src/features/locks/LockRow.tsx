import { findModel, printed } from '@claviger/domain';
import type { Lock } from '@claviger/protocol';
import {
  type Format,
  lockLine,
  m,
  offlineText,
  Plate,
  plateStateOf,
  StatusTag,
  useFormat,
  useMembership,
  useNow,
} from '@claviger/web-kit';
import { IconWifi, IconWifiOff } from '@tabler/icons-react';
import { LockActions } from './LockActions.tsx';
import { LockName } from './LockName.tsx';

/** "2 minutes ago" is read anew this often. */
const agoEveryMs = 30_000;

/** One lock: what it is, how it is, what can be done with it. */
export function LockRow({ entityId, lock }: { entityId: string; lock: Lock }) {
  const format = useFormat(useMembership(entityId)?.zone ?? 'UTC');
  return (
    <li className="lock-row">
      <Plate state={plateStateOf(lock)} size={44} />
      <div className="lock-main">
        <LockName entityId={entityId} lock={lock} />
        <p className="small">
          {lockLine(lock, format)}
          {lock.door.isTampered && <> · {m.door_tampered()}</>}
          {lock.location !== '' && <> · {lock.location}</>}
        </p>
        {lock.status === 'unclaimed' && <p className="small">{m.lock_unclaimed_hint()}</p>}
      </div>
      <div className="lock-state">
        <StatusTag lock={lock} />
        {lock.status === 'active' && <Connection lock={lock} format={format} />}
      </div>
      <LockFacts lock={lock} format={format} />
      <LockActions entityId={entityId} lock={lock} format={format} />
    </li>
  );
}

function Connection({ lock, format }: { lock: Lock; format: Format }) {
  const Icon = lock.isOnline ? IconWifi : IconWifiOff;
  return (
    <span className="small lock-connection">
      <Icon size={14} stroke={1.8} aria-hidden />
      {lock.isOnline ? m.lock_online() : offlineText(lock.offlineSince, format)}
    </span>
  );
}

function LockFacts({ lock, format }: { lock: Lock; format: Format }) {
  const now = useNow(agoEveryMs);
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
        <dd>{findModel(lock.model)?.name ?? lock.model}</dd>
      </div>
      <div>
        <dt>{m.lock_serial()}</dt>
        <dd className="mono">{printed(lock.serial)}</dd>
      </div>
    </dl>
  );
}

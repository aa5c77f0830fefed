import {
  EmptyState,
  ErrorNotice,
  LiveSign,
  m,
  NotPermitted,
  useClock,
  useLocks,
  useMay,
  useMembership,
  usePageTitle,
} from '@claviger/web-kit';
import { Button } from '@mantine/core';
import { IconLock, IconPlus } from '@tabler/icons-react';
import { Outlet, useChildMatches, useNavigate, useParams } from '@tanstack/react-router';
import { opensDialog } from '../../app/dialog-address.ts';
import { SectionTabs } from '../../app/shell/SectionTabs.tsx';
import { LockRow } from './LockRow.tsx';
import './locks.css';

/** "2 minutes ago" is read anew this often. */
const agoEveryMs = 30_000;

/** Devices → Locks. */
export function LocksPage() {
  const { entityId } = useParams({ from: '/signed-in/e/$entityId/devices/locks' });
  const membership = useMembership(entityId);
  usePageTitle(m.section_locks(), membership?.name ?? '');
  return (
    <>
      <div className="page-head">
        <h1>{m.section_devices()}</h1>
        <LiveSign />
        <div className="page-actions">
          <AddLockButton entityId={entityId} />
        </div>
      </div>
      <SectionTabs
        label={m.section_devices()}
        tabs={[{ title: m.section_locks(), to: '/e/$entityId/devices/locks' }]}
      />
      <LockList entityId={entityId} />
      <Outlet />
    </>
  );
}

function AddLockButton({ entityId }: { entityId: string }) {
  const navigate = useNavigate();
  if (!useMay(entityId, 'addLock')) return null;
  return (
    <Button
      variant="filled"
      leftSection={<IconPlus size={16} stroke={1.8} aria-hidden />}
      onClick={() =>
        void navigate({ to: '/e/$entityId/devices/locks/add', params: { entityId }, state: opensDialog })
      }
    >
      {m.locks_add()}
    </Button>
  );
}

function LockList({ entityId }: { entityId: string }) {
  const isPermitted = useMay(entityId, 'listLocks');
  const locks = useLocks(entityId, isPermitted);
  // A dialog tells of an outage itself, at the thing that cannot be done: nothing is told twice.
  const isCovered = useChildMatches().length > 0;
  const clock = useClock(useMembership(entityId)?.zone ?? 'UTC', agoEveryMs);
  if (!isPermitted) return <NotPermitted />;
  if (locks.isPending) return <div className="card skeleton lock-skeleton" aria-busy="true" />;
  if (!locks.data) return <ErrorNotice error={locks.error} onRetry={() => void locks.refetch()} />;
  if (locks.data.length === 0) {
    return (
      <div className="card">
        <EmptyState
          icon={<IconLock size={22} stroke={1.6} />}
          title={m.locks_empty_title()}
          text={m.locks_empty_text()}
          action={<AddLockButton entityId={entityId} />}
        />
      </div>
    );
  }
  return (
    <>
      {!isCovered && <ErrorNotice error={locks.error} onRetry={() => void locks.refetch()} />}
      <ul className="card lock-list">
        {locks.data.map((lock) => (
          <LockRow key={lock.id} entityId={entityId} lock={lock} clock={clock} />
        ))}
      </ul>
    </>
  );
}

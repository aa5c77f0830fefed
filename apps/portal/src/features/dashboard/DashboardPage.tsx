import type { Membership } from '@claviger/protocol';
import {
  ErrorNotice,
  m,
  useActivity,
  useClock,
  useDashboard,
  useLocks,
  useMembership,
  usePageTitle,
} from '@claviger/web-kit';
import { Button } from '@mantine/core';
import { IconKey } from '@tabler/icons-react';
import { Outlet, useChildMatches, useNavigate, useParams } from '@tanstack/react-router';
import { opensDialog } from '../../app/dialog-address.ts';
import { attentionOf } from './attention/attention.ts';
import { DoorList } from './DoorList.tsx';
import { FirstSteps } from './first-steps/FirstSteps.tsx';
import { LatestActivity } from './LatestActivity.tsx';
import { Metrics } from './Metrics.tsx';
import { NeedsYou } from './attention/NeedsYou.tsx';
import { OpeningsChart } from './openings/OpeningsChart.tsx';
import './dashboard.css';

const latestEventsShown = 8;
const minuteMs = 60_000;
const routine = { advanced: false };

/** One look at an Entity. */
export function DashboardPage() {
  const { entityId } = useParams({ from: '/signed-in/e/$entityId/dashboard' });
  const membership = useMembership(entityId);
  usePageTitle(m.section_dashboard(), membership?.name ?? '');
  if (!membership) return null;
  return (
    <>
      {membership.may.includes('getDashboard') ? (
        <Overview membership={membership} />
      ) : (
        <NothingToManage name={membership.name} />
      )}
      <Outlet />
    </>
  );
}

/** Who has a role without anything to manage lands here all the same after signing in. */
function NothingToManage({ name }: { name: string }) {
  return (
    <>
      <div className="page-head">
        <h1>{name}</h1>
      </div>
      <p className="card dashboard-nothing">{m.dashboard_nothing({ name })}</p>
    </>
  );
}

function Overview({ membership }: { membership: Membership }) {
  const { entityId, zone } = membership;
  const clock = useClock(zone, minuteMs);
  const { format, now } = clock;
  const locks = useLocks(entityId);
  const dashboard = useDashboard(entityId);
  const activity = useActivity({ entityId, filter: routine, pageSize: latestEventsShown });
  // A dialog tells of an outage itself, at the thing that cannot be done: nothing is told twice.
  const isCovered = useChildMatches().length > 0;
  const attention = attentionOf(locks.data ?? []);
  const reload = () => void Promise.all([locks.refetch(), dashboard.refetch()]);
  return (
    <>
      <div className="page-head">
        <div>
          <h1>
            {membership.name} <code className="entity-code">{membership.code}</code>
          </h1>
          <p>
            {m.dashboard_now({ day: format.day(now), time: format.time(now), zone: format.zone })}{' '}
            {locks.data && attention.length > 0 && m.attention_count({ count: attention.length })}
          </p>
        </div>
        <div className="page-actions">
          <GuestKeyButton entityId={entityId} />
        </div>
      </div>
      {!isCovered && <ErrorNotice error={locks.error ?? dashboard.error} onRetry={reload} />}
      <Metrics entityId={entityId} dashboard={dashboard.data} clock={clock} />
      <div className="dashboard-columns">
        <div className="stack">
          {locks.data && <DoorList entityId={entityId} locks={locks.data} clock={clock} />}
          <LatestActivity entityId={entityId} activity={activity} limit={latestEventsShown} format={format} />
        </div>
        <div className="stack">
          {locks.data && !activity.isPending && (
            <FirstSteps entityId={entityId} locks={locks.data} hasEvents={activity.events.length > 0} />
          )}
          <NeedsYou entityId={entityId} attention={attention} clock={clock} />
          {dashboard.data && <OpeningsChart dashboard={dashboard.data} clock={clock} />}
        </div>
      </div>
    </>
  );
}

/** The quick action: a guest key for whichever lock is chosen in the dialog. */
function GuestKeyButton({ entityId }: { entityId: string }) {
  const navigate = useNavigate();
  return (
    <Button
      leftSection={<IconKey size={16} stroke={1.6} aria-hidden />}
      onClick={() =>
        void navigate({ to: '/e/$entityId/dashboard/guest-key', params: { entityId }, state: opensDialog })
      }
    >
      {m.guest_key()}
    </Button>
  );
}

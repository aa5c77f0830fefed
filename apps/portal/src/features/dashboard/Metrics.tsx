import type { Dashboard } from '@claviger/protocol';
import { type Clock, dayIn, m } from '@claviger/web-kit';
import { IconActivity, IconBan, IconDoor, IconLock, IconWifi } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';

interface MetricsProps {
  readonly entityId: string;
  /** Absent while it loads. */
  readonly dashboard: Dashboard | undefined;
  readonly clock: Clock;
}

/** The numbers of the Entity; each leads to the list behind it. */
export function Metrics({ entityId, dashboard, clock: { format, now } }: MetricsProps) {
  const today = dayIn(format.zone, now);
  const { locks, unlockedToday, refusalsToday, lastEventAt } = dashboard ?? {};
  const toLocks = { to: '/e/$entityId/devices/locks', params: { entityId } } as const;
  const toLogs = { to: '/e/$entityId/logs/activity', params: { entityId } } as const;
  const number = (value: number | undefined) => (value === undefined ? '–' : format.number(value));
  const of = (total: number | undefined) =>
    total === undefined ? '' : m.metric_of({ total: format.number(total) });

  return (
    <div className="metrics" aria-busy={!dashboard}>
      <Link {...toLocks}>
        <Metric icon={<IconWifi size={15} aria-hidden />} title={m.metric_locks_online()}>
          {number(locks?.online)} <small>{of(locks?.total)}</small>
        </Metric>
      </Link>
      <Link {...toLocks}>
        <Metric icon={<IconLock size={15} aria-hidden />} title={m.metric_locks_active()}>
          {number(locks?.active)} <small>{of(locks?.total)}</small>
        </Metric>
      </Link>
      <Link {...toLogs} search={{ type: 'lock_unlocked', from: today, to: today }}>
        <Metric icon={<IconDoor size={15} aria-hidden />} title={m.metric_openings()}>
          {number(unlockedToday)}
        </Metric>
      </Link>
      <Link {...toLogs} search={{ advanced: true, from: today, to: today }}>
        <Metric icon={<IconBan size={15} aria-hidden />} title={m.metric_refusals()}>
          {number(refusalsToday)}
        </Metric>
      </Link>
      <Link {...toLogs} search={{ advanced: true }}>
        <Metric icon={<IconActivity size={15} aria-hidden />} title={m.metric_last_event()}>
          <span className="metric-words">
            {lastEventAt === undefined ? m.metric_no_event() : format.ago(lastEventAt, now)}
          </span>
        </Metric>
      </Link>
    </div>
  );
}

function Metric({ icon, title, children }: { icon: ReactNode; title: string; children: ReactNode }) {
  return (
    <>
      <span className="metric-title">
        {icon}
        {title}
      </span>
      <span className="metric-value">{children}</span>
    </>
  );
}

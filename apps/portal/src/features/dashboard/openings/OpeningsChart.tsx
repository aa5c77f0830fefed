import type { Dashboard } from '@claviger/protocol';
import { type Clock, hourIn, m } from '@claviger/web-kit';
import { barsOf, busiestHour, chartSize } from './chart.ts';

const labelledHours = [0, 6, 12, 18];

const hourText = (hour: number) => `${String(hour % 24).padStart(2, '0')}:00`;

/** How often locks were unlocked, by the hour of the Entity's day. */
export function OpeningsChart({ dashboard, clock }: { dashboard: Dashboard; clock: Clock }) {
  const { format, now } = clock;
  const { unlockedByHour, unlockedToday } = dashboard;
  const busiest = busiestHour(unlockedByHour);
  const count = m.chart_count({ count: unlockedToday });
  const summary = busiest
    ? m.chart_summary({
        count,
        from: hourText(busiest.hour),
        until: hourText(busiest.hour + 1),
        most: format.number(busiest.count),
      })
    : count;
  return (
    <section className="card" aria-labelledby="openings">
      <header>
        <h2 id="openings">{m.chart_title()}</h2>
        <span className="card-aside small">{count}</span>
      </header>
      <svg
        className="openings-chart"
        viewBox={`0 0 ${chartSize.width} ${chartSize.height}`}
        role="img"
        aria-label={summary}
      >
        {barsOf(unlockedByHour, hourIn(format.zone, now)).map((bar) => (
          <rect
            key={bar.hour}
            data-past={bar.isPast || undefined}
            x={bar.x}
            y={bar.y}
            width={chartSize.barWidth}
            height={bar.height}
            rx="2"
          >
            <title>{m.chart_bar({ hour: hourText(bar.hour), count: bar.count })}</title>
          </rect>
        ))}
        {labelledHours.map((hour) => (
          <text key={hour} x={(hour * chartSize.width) / 24 + 1} y={chartSize.height - 3}>
            {hourText(hour)}
          </text>
        ))}
      </svg>
    </section>
  );
}

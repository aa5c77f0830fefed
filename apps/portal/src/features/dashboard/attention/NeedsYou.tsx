import { type Clock, m, Tag } from '@claviger/web-kit';
import { IconAlertTriangle, IconDoor, IconLockQuestion, IconWifiOff } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import type { Attention, AttentionKind } from './attention.ts';

type Words = (input: { name: string }) => string;

const looks: Readonly<Record<AttentionKind, readonly [typeof IconDoor, 'bad' | 'brass', Words]>> = {
  forced_open: [IconAlertTriangle, 'bad', m.attention_forced_open],
  tampered: [IconAlertTriangle, 'bad', m.attention_tampered],
  older_disk: [IconAlertTriangle, 'bad', m.attention_older_disk],
  damaged_memory: [IconAlertTriangle, 'bad', m.attention_damaged_memory],
  error: [IconAlertTriangle, 'bad', m.attention_error],
  held_open: [IconDoor, 'brass', m.attention_held_open],
  offline: [IconWifiOff, 'brass', m.attention_offline],
  unclaimed: [IconLockQuestion, 'brass', m.attention_unclaimed],
};

interface NeedsYouProps {
  readonly entityId: string;
  readonly attention: readonly Attention[];
  readonly clock: Clock;
}

/** What needs somebody, the worst first; nothing is shown where nothing does. */
export function NeedsYou({ entityId, attention, clock: { format, now } }: NeedsYouProps) {
  if (attention.length === 0) return null;
  return (
    <section className="card" aria-labelledby="needs-you">
      <header>
        <h2 id="needs-you">{m.attention_title()}</h2>
        <span className="card-aside">
          <Tag tone="brass">{format.number(attention.length)}</Tag>
        </span>
      </header>
      <ul>
        {attention.map(({ kind, lock, since }) => {
          const [Icon, tone, words] = looks[kind];
          return (
            <li key={`${kind} ${lock.id}`} className="activity-row">
              <span className="activity-icon" data-tone={tone}>
                <Icon size={17} stroke={1.7} aria-hidden />
              </span>
              <div className="activity-words">
                <p>{words({ name: lock.name })}</p>
                {since !== undefined && (
                  <span className="small">{m.attention_since({ moment: format.since(since, now) })}</span>
                )}
              </div>
              <Link
                className="row-link"
                to="/e/$entityId/devices/locks"
                params={{ entityId }}
                aria-label={m.attention_look_at({ name: lock.name })}
              >
                {m.attention_look()}
              </Link>
            </li>
          );
        })}
      </ul>
    </section>
  );
}

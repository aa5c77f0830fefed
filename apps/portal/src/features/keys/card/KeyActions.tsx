import type { Key } from '@claviger/protocol';
import { ActionButton, m } from '@claviger/web-kit';
import { useNavigate } from '@tanstack/react-router';
import { opensDialog } from '../../../app/dialog-address.ts';
import { nameOf } from './key-name.ts';

const actions = [
  { to: '/e/$entityId/keys/$keyId/update', title: m.key_update, label: m.key_update_of },
  { to: '/e/$entityId/keys/$keyId/link', title: m.key_show, label: m.key_show_of },
  { to: '/e/$entityId/keys/$keyId/send', title: m.key_send, label: m.key_send_of },
  { to: '/e/$entityId/keys/$keyId/why', title: m.why, label: m.why_of },
  { to: '/e/$entityId/keys/$keyId/delete', title: m.key_delete, label: m.key_delete_of },
] as const;

const staysPossible: readonly string[] = ['/e/$entityId/keys/$keyId/why'];

/** What can be done with a guest Key; one that was deleted can only be asked about. */
export function KeyActions({ entityId, shown }: { entityId: string; shown: Key }) {
  const navigate = useNavigate();
  const isOver = shown.status === 'revoked';
  const name = nameOf(shown);
  return (
    <div className="key-actions">
      {actions.map(({ to, title, label }) => (
        <ActionButton
          key={to}
          size="xs"
          aria-label={label({ name })}
          reason={isOver && !staysPossible.includes(to) ? m.key_is_over() : undefined}
          onClick={() =>
            void navigate({ to, params: { entityId, keyId: shown.id }, search: true, state: opensDialog })
          }
        >
          {title()}
        </ActionButton>
      ))}
      <ActionButton
        size="xs"
        aria-label={m.key_activity_of({ name })}
        onClick={() =>
          void navigate({
            to: '/e/$entityId/logs/activity',
            params: { entityId },
            // What was refused is told there under Advanced alone.
            search: { key: shown.id, advanced: true },
          })
        }
      >
        {m.section_activity()}
      </ActionButton>
    </div>
  );
}

import type { Key } from '@claviger/protocol';
import { ActionButton, m, useMay } from '@claviger/web-kit';
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

const asking = '/e/$entityId/keys/$keyId/why';

/** What can be done with a guest Key; one that was deleted can only be asked about. */
export function KeyActions({ entityId, shown }: { entityId: string; shown: Key }) {
  const navigate = useNavigate();
  const isOver = shown.status === 'revoked';
  const mayAsk = useMay(entityId, 'whyKey');
  const maySeeActivity = useMay(entityId, 'listActivity');
  const here = actions.filter(({ to }) => to !== asking || mayAsk);
  const name = nameOf(shown);
  return (
    <div className="key-actions">
      {here.map(({ to, title, label }) => (
        <ActionButton
          key={to}
          size="xs"
          aria-label={label({ name })}
          reason={isOver && to !== asking ? m.key_is_over() : undefined}
          onClick={() =>
            void navigate({ to, params: { entityId, keyId: shown.id }, search: true, state: opensDialog })
          }
        >
          {title()}
        </ActionButton>
      ))}
      {maySeeActivity && <ActivityOfKey entityId={entityId} shown={shown} />}
    </div>
  );
}

/** To everything that was done with the Key; what was refused is told there under Advanced alone. */
function ActivityOfKey({ entityId, shown }: { entityId: string; shown: Key }) {
  const navigate = useNavigate();
  const search = { key: shown.id, advanced: true } as const;
  return (
    <ActionButton
      size="xs"
      aria-label={m.key_activity_of({ name: nameOf(shown) })}
      onClick={() => void navigate({ to: '/e/$entityId/logs/activity', params: { entityId }, search })}
    >
      {m.section_activity()}
    </ActionButton>
  );
}

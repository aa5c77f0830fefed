import type { Entity, LocalAdmin } from '@claviger/protocol';
import { ActionButton, ErrorNotice, FormError, m, useMay } from '@claviger/web-kit';
import { ActionIcon, Button } from '@mantine/core';
import { IconTrash } from '@tabler/icons-react';
import { useEffect, useId, useRef, useState } from 'react';
import { AddLocalAdmin } from './AddLocalAdmin.tsx';
import { InvitationRow } from './InvitationRow.tsx';
import { useLocalAdmins, useRemoveLocalAdmin } from './queries.ts';
import './local-admins.css';

/** Manage Local Admins, in the edit window of an Entity. */
export function LocalAdmins({ entity }: { entity: Entity }) {
  const titleId = useId();
  if (!useMay(entity.id, 'listLocalAdmins')) return null;
  return (
    <section className="local-admins" aria-labelledby={titleId}>
      <h3 id={titleId}>{m.local_admins_title()}</h3>
      <p className="small">{m.local_admins_text()}</p>
      <Lists entity={entity} />
      <AddLocalAdmin entityId={entity.id} />
    </section>
  );
}

function Lists({ entity: { id: entityId, zone } }: { entity: Entity }) {
  const admins = useLocalAdmins(entityId);
  const [removed, setRemoved] = useState<LocalAdmin>();
  if (admins.isPending) return <div className="skeleton local-admins-skeleton" aria-busy="true" />;
  if (!admins.data) return <ErrorNotice error={admins.error} onRetry={() => void admins.refetch()} />;
  const { items, invitations } = admins.data;
  if (removed) return <Removal entityId={entityId} admin={removed} onClose={() => setRemoved(undefined)} />;
  return (
    <>
      {items.length === 0 && <p>{m.local_admins_none()}</p>}
      <ul className="rows local-admin-rows">
        {items.map((admin) => (
          <li key={admin.userId}>
            <div>
              <b>{admin.name}</b>
              <p className="small">{admin.email}</p>
            </div>
            <ActionIcon
              aria-label={m.local_admin_remove({ name: admin.name })}
              onClick={() => setRemoved(admin)}
            >
              <IconTrash size={16} stroke={1.6} />
            </ActionIcon>
          </li>
        ))}
      </ul>
      {invitations.length > 0 && <h4>{m.invitations_title()}</h4>}
      <ul className="rows local-admin-rows">
        {invitations.map((invitation) => (
          <InvitationRow key={invitation.id} entityId={entityId} zone={zone} invitation={invitation} />
        ))}
      </ul>
    </>
  );
}

interface RemovalProps {
  readonly entityId: string;
  readonly admin: LocalAdmin;
  readonly onClose: () => void;
}

function Removal({ entityId, admin: { userId, name }, onClose }: RemovalProps) {
  const removal = useRemoveLocalAdmin(entityId);
  const question = useRef<HTMLParagraphElement>(null);
  // It takes the place of the list, and may stand below what is seen of the window.
  useEffect(() => {
    question.current?.focus({ preventScroll: true });
    question.current?.parentElement?.scrollIntoView({ block: 'nearest' });
  }, []);
  return (
    <div>
      <p ref={question} tabIndex={-1}>
        <b>{m.local_admin_remove_title({ name })}</b> {m.local_admin_remove_text()}
      </p>
      <FormError error={removal.error} />
      <div className="dialog-end">
        <Button onClick={onClose}>{m.action_cancel()}</Button>
        <ActionButton
          variant="danger"
          isBusy={removal.isPending}
          onClick={() => removal.mutate(userId, { onSuccess: onClose })}
        >
          {m.local_admin_remove_action()}
        </ActionButton>
      </div>
    </div>
  );
}

import { ActionButton, FormError, m, Notice } from '@claviger/web-kit';
import { Button } from '@mantine/core';
import { IconLock } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useDeleteEntity } from './queries.ts';
import { type Edited, EntityWindow } from './window/EntityWindow.tsx';

/** Delete entity: asks first, and says what is lost; not while it has locks. */
export function DeleteEntityDialog() {
  return (
    <EntityWindow title={(name) => m.entity_delete_title({ name })}>
      {(edited) => <Deletion {...edited} />}
    </EntityWindow>
  );
}

function Deletion({ entityId, entity, close }: Edited) {
  const deletion = useDeleteEntity(entityId);
  const hasLocks = entity.lockCount > 0;
  // Where the page itself belongs to it the browser is on its way to the first page already.
  const afterwards = () => {
    if (entity.id !== entityId) close();
  };
  return (
    <>
      <p className="dialog-text">{m.entity_delete_text()}</p>
      {hasLocks && (
        <Notice tone="brass" icon={<IconLock size={18} stroke={1.6} aria-hidden />}>
          {m.entity_delete_locks()}{' '}
          <Link to="/e/$entityId/devices/locks" params={{ entityId: entity.id }}>
            {m.entity_delete_to_locks()}
          </Link>
        </Notice>
      )}
      <FormError error={deletion.error} />
      <div className="dialog-end">
        <Button onClick={close}>{m.action_cancel()}</Button>
        <ActionButton
          variant="danger"
          isBusy={deletion.isPending}
          reason={hasLocks ? m.entity_delete_locks() : undefined}
          onClick={() => deletion.mutate(entity.id, { onSuccess: afterwards })}
        >
          {m.entity_delete()}
        </ActionButton>
      </div>
    </>
  );
}

import type { Entity } from '@claviger/protocol';
import { m } from '@claviger/web-kit';
import { ActionIcon, Menu } from '@mantine/core';
import { IconDotsVertical, IconLock, IconPencil, IconTrash } from '@tabler/icons-react';
import { Link, useNavigate } from '@tanstack/react-router';
import { opensDialog } from '../../../app/dialog-address.ts';

/** The card menu; while deleting cannot be done it says why, and leads to what is in the way. */
export function EntityMenu({ entityId, entity }: { entityId: string; entity: Entity }) {
  const navigate = useNavigate();
  const at = { params: { entityId, shownId: entity.id }, search: true, state: opensDialog } as const;
  return (
    <Menu position="bottom-end" withinPortal={false} withInitialFocusPlaceholder={false}>
      <Menu.Target>
        <ActionIcon aria-label={m.entity_actions({ name: entity.name })}>
          <IconDotsVertical size={18} stroke={1.8} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item
          leftSection={<IconPencil size={16} stroke={1.6} aria-hidden />}
          onClick={() => void navigate({ to: '/e/$entityId/entities/$shownId/edit', ...at })}
        >
          {m.entity_edit()}
        </Menu.Item>
        <DeletionItem
          hasLocks={entity.lockCount > 0}
          onDelete={() => void navigate({ to: '/e/$entityId/entities/$shownId/delete', ...at })}
        />
        {entity.lockCount > 0 && (
          <Menu.Item
            leftSection={<IconLock size={16} stroke={1.6} aria-hidden />}
            renderRoot={(props) => (
              <Link {...props} to="/e/$entityId/devices/locks" params={{ entityId: entity.id }} />
            )}
          >
            {m.entity_delete_to_locks()}
          </Menu.Item>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}

/** Keeps its place in the menu where it does nothing, so that it can be read why. */
function DeletionItem({ hasLocks, onDelete }: { hasLocks: boolean; onDelete: () => void }) {
  return (
    <Menu.Item
      leftSection={<IconTrash size={16} stroke={1.6} aria-hidden />}
      closeMenuOnClick={!hasLocks}
      {...(hasLocks ? { 'aria-disabled': true } : { onClick: onDelete })}
    >
      {m.entity_delete()}
      {hasLocks && <span className="menu-reason">{m.entity_delete_locks()}</span>}
    </Menu.Item>
  );
}

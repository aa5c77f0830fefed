import type { Entity } from '@claviger/protocol';
import { m } from '@claviger/web-kit';
import { ActionIcon, Menu } from '@mantine/core';
import { IconDotsVertical, IconPencil, IconTrash } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { opensDialog } from '../../../app/dialog-address.ts';

/** The card menu; deleting says in its own window why it cannot be done. */
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
        <Menu.Item
          leftSection={<IconTrash size={16} stroke={1.6} aria-hidden />}
          onClick={() => void navigate({ to: '/e/$entityId/entities/$shownId/delete', ...at })}
        >
          {m.entity_delete()}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

import type { Lock } from '@claviger/protocol';
import { m } from '@claviger/web-kit';
import { ActionIcon, Menu } from '@mantine/core';
import { IconDotsVertical, IconLockCheck } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { opensDialog } from '../../app/dialog-address.ts';

/** What can be done with a lock that nobody has claimed. */
export function ActionsMenu({ entityId, lock }: { entityId: string; lock: Lock }) {
  const navigate = useNavigate();
  return (
    <Menu position="bottom-end" withinPortal={false} withInitialFocusPlaceholder={false}>
      <Menu.Target>
        <ActionIcon aria-label={m.lock_actions({ name: lock.name })}>
          <IconDotsVertical size={18} stroke={1.8} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item
          leftSection={<IconLockCheck size={16} stroke={1.6} aria-hidden />}
          onClick={() =>
            void navigate({
              to: '/e/$entityId/devices/locks/$lockId/claim',
              params: { entityId, lockId: lock.id },
              state: opensDialog,
            })
          }
        >
          {m.lock_claim()}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

import type { Lock } from '@claviger/protocol';
import {
  ActionButton,
  type Clock,
  m,
  obstacleText,
  obstacleToOpen,
  useNow,
  useServerSilence,
} from '@claviger/web-kit';
import { ActionIcon, Menu } from '@mantine/core';
import { IconDotsVertical, IconLockCheck } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { opensDialog } from '../../app/dialog-address.ts';

const secondMs = 1_000;

interface LockActionsProps {
  readonly entityId: string;
  readonly lock: Lock;
  readonly clock: Clock;
}

/** What can be done with a lock just now; which actions there are depends on its status. */
export function LockActions({ entityId, lock, clock }: LockActionsProps) {
  const isOpenable = lock.status === 'active';
  return (
    <div className="lock-actions">
      {isOpenable && <OpenButton entityId={entityId} lock={lock} clock={clock} />}
      {lock.status === 'unclaimed' && <ActionsMenu entityId={entityId} lock={lock} />}
    </div>
  );
}

function OpenButton({ entityId, lock, clock }: LockActionsProps) {
  const navigate = useNavigate();
  const now = useNow(secondMs, lock.openableAt !== undefined);
  const obstacle = obstacleToOpen(lock, now, { silentSince: useServerSilence() });
  return (
    <ActionButton
      aria-label={m.lock_open_of({ name: lock.name })}
      reason={obstacle && obstacleText(obstacle, clock)}
      onClick={() =>
        void navigate({
          to: '/e/$entityId/devices/locks/$lockId/open',
          params: { entityId, lockId: lock.id },
          state: opensDialog,
        })
      }
    >
      {obstacle?.kind === 'cooldown'
        ? m.lock_open_in({ seconds: Math.ceil(obstacle.leftMs / secondMs) })
        : m.lock_open()}
    </ActionButton>
  );
}

function ActionsMenu({ entityId, lock }: { entityId: string; lock: Lock }) {
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

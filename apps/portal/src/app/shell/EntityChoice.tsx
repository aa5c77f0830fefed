import type { Membership } from '@claviger/protocol';
import { m } from '@claviger/web-kit';
import { Menu, UnstyledButton } from '@mantine/core';
import { IconCheck, IconChevronDown } from '@tabler/icons-react';
import { useRouter } from '@tanstack/react-router';
import { EntityName } from './EntityName.tsx';

interface EntityChoiceProps {
  readonly current: Membership;
  readonly memberships: readonly Membership[];
}

/** The Entities of a person who works in several. */
export function EntityChoice({ current, memberships }: EntityChoiceProps) {
  const router = useRouter();
  const choose = ({ entityId }: Membership) => {
    const to = sameSection(router.state.location.pathname);
    void router.navigate({ to, params: { entityId } });
  };
  return (
    <Menu position="bottom-end" withinPortal={false} withInitialFocusPlaceholder={false} width={280}>
      <Menu.Target>
        <UnstyledButton className="entity-selector" data-choice aria-description={labelOf(current)}>
          <EntityName membership={current} />
          <IconChevronDown size={16} stroke={1.8} aria-hidden />
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{m.entity_choose()}</Menu.Label>
        {memberships.map((membership) => (
          <Menu.Item
            key={membership.entityId}
            onClick={() => choose(membership)}
            rightSection={membership.entityId === current.entityId && <IconCheck size={16} aria-hidden />}
            aria-current={membership.entityId === current.entityId || undefined}
          >
            <EntityName membership={membership} />
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

function labelOf({ name, lockCount }: Membership): string {
  return m.entity_label({ name, locks: m.lock_count({ count: lockCount }) });
}

/** The page to show after the change: the same section, without what belonged to the Entity before. */
function sameSection(pathname: string) {
  const section = pathname.split('/')[3];
  if (section === 'entities') return '/e/$entityId/entities';
  if (section === 'keys') return '/e/$entityId/keys';
  if (section === 'outbox') return '/e/$entityId/outbox';
  if (section === 'devices') return '/e/$entityId/devices/locks';
  if (section === 'logs') return '/e/$entityId/logs/activity';
  return '/e/$entityId/dashboard';
}

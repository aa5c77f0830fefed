import type { Entity } from '@claviger/protocol';
import { m, Tag, useMay } from '@claviger/web-kit';
import { ActionIcon } from '@mantine/core';
import { IconSettings } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { lazy, Suspense } from 'react';
import { opensDialog } from '../../../app/dialog-address.ts';
import { kindNames } from '../form/entity-words.ts';

// The list can be read before anybody opens a menu.
const EntityMenu = lazy(() => import('./EntityMenu.tsx').then((module) => ({ default: module.EntityMenu })));

interface EntityCardProps {
  /** The Entity that is selected. */
  readonly entityId: string;
  readonly entity: Entity;
}

/** One Entity, as a card or a row: what it is, how much is in it, what may be done with it. */
export function EntityCard({ entityId, entity }: EntityCardProps) {
  const { name, code, description, address, lockCount, userCount } = entity;
  const facts = [m.lock_count({ count: lockCount }), m.entity_users({ count: userCount })];
  return (
    <li className="card entity-card">
      <div className="entity-head">
        <h2>{name}</h2>
        <code className="small">{code}</code>
      </div>
      <Tag tone="plain">{kindNames[entity.kind]()}</Tag>
      <div className="entity-texts">
        {description !== '' && <p>{description}</p>}
        {address !== '' && <p className="small">{address}</p>}
        <p className="small">{[...facts, entity.zone].join(' · ')}</p>
      </div>
      <EntityActions entityId={entityId} entity={entity} />
    </li>
  );
}

function EntityActions({ entityId, entity }: EntityCardProps) {
  const navigate = useNavigate();
  if (!useMay(entity.id, 'updateEntity')) return <span />;
  return (
    <div className="entity-actions">
      <ActionIcon
        aria-label={m.entity_settings({ name: entity.name })}
        onClick={() =>
          void navigate({
            to: '/e/$entityId/entities/$shownId/edit',
            params: { entityId, shownId: entity.id },
            search: true,
            state: opensDialog,
          })
        }
      >
        <IconSettings size={18} stroke={1.6} />
      </ActionIcon>
      <Suspense fallback={<span className="entity-menu-room" />}>
        <EntityMenu entityId={entityId} entity={entity} />
      </Suspense>
    </div>
  );
}

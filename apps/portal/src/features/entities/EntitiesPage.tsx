import type { Entity } from '@claviger/protocol';
import {
  EmptyState,
  ErrorNotice,
  m,
  NotPermitted,
  pageTag,
  useMay,
  useMembership,
  usePageTitle,
} from '@claviger/web-kit';
import { Button } from '@mantine/core';
import { IconListSearch, IconPlus } from '@tabler/icons-react';
import { Link, Outlet, useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { opensDialog } from '../../app/dialog-address.ts';
import { EntityFilters } from './EntityFilters.tsx';
import { EntityCard } from './list/EntityCard.tsx';
import { keptView, keepView } from './list/kept-view.ts';
import { useEntities } from './queries.ts';
import { choose } from './search.ts';
import './entities.css';

const route = '/signed-in/e/$entityId/entities';

/** Entities: those of the Owner in which this person may act. */
export function EntitiesPage() {
  const { entityId } = useParams({ from: route });
  const search = useSearch({ from: route });
  const [view, setView] = useState(keptView);
  usePageTitle(m.section_entities(), useMembership(entityId)?.name ?? '');
  return (
    <>
      <div className="page-head">
        <h1>{m.section_entities()}</h1>
        <div className="page-actions">
          <CreateButton entityId={entityId} />
        </div>
      </div>
      <EntityFilters
        entityId={entityId}
        search={search}
        view={view}
        onView={(chosen) => {
          keepView(chosen);
          setView(chosen);
        }}
      />
      <EntityList entityId={entityId} view={view} />
      <Outlet />
    </>
  );
}

function CreateButton({ entityId }: { entityId: string }) {
  const navigate = useNavigate();
  if (!useMay(entityId, 'createEntity')) return null;
  return (
    <Button
      variant="filled"
      leftSection={<IconPlus size={16} stroke={1.8} aria-hidden />}
      onClick={() =>
        void navigate({
          to: '/e/$entityId/entities/create',
          params: { entityId },
          search: true,
          state: opensDialog,
        })
      }
    >
      {m.entities_create()}
    </Button>
  );
}

function EntityList({ entityId, view }: { entityId: string; view: 'cards' | 'list' }) {
  const search = useSearch({ from: route });
  const entities = useEntities(entityId);
  const isPermitted = useMay(entityId, 'listEntities');
  const retry = () => void entities.refetch();
  if (!isPermitted) return <NotPermitted />;
  if (entities.isPending && entities.isFetching) {
    return <div className="card skeleton entities-skeleton" aria-busy="true" />;
  }
  if (!entities.data) return <ErrorNotice error={entities.error} onRetry={retry} />;
  const shown: readonly Entity[] = choose(entities.data, search, pageTag());
  if (shown.length === 0) return <NoneFits entityId={entityId} />;
  return (
    <>
      <ErrorNotice error={entities.error} onRetry={retry} />
      <ul className={view === 'cards' ? 'entity-cards' : 'card entity-rows'}>
        {shown.map((entity) => (
          <EntityCard key={entity.id} entityId={entityId} entity={entity} />
        ))}
      </ul>
    </>
  );
}

function NoneFits({ entityId }: { entityId: string }) {
  return (
    <div className="card">
      <EmptyState
        icon={<IconListSearch size={22} stroke={1.6} />}
        title={m.entities_empty_title()}
        text={m.entities_empty_text()}
        action={
          <Link to="/e/$entityId/entities" params={{ entityId }} search={{}}>
            {m.filter_clear()}
          </Link>
        }
      />
    </div>
  );
}

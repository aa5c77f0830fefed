import type { Entity } from '@claviger/protocol';
import { Dialog, ErrorNotice, m, ReasonDialog, useMay } from '@claviger/web-kit';
import { Link, useParams } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { opensDialog, useCloseDialog } from '../../../app/dialog-address.ts';
import { useEntities } from '../queries.ts';

/** What a part of the window is about. */
export interface Edited {
  /** The Entity that is selected. */
  readonly entityId: string;
  readonly entity: Entity;
  readonly close: () => void;
}

interface EntityWindowProps {
  readonly title: (name: string) => string;
  readonly hasTabs?: boolean;
  readonly isContentFocused?: boolean;
  readonly children: (edited: Edited) => ReactNode;
}

/** A window over the list that is about the Entity in its address. */
export function EntityWindow({ title, hasTabs = false, isContentFocused, children }: EntityWindowProps) {
  const { entityId, shownId = '' } = useParams({ strict: false });
  const close = useCloseDialog();
  const entities = useEntities(entityId ?? '');
  const isPermitted = useMay(shownId, 'updateEntity');
  const entity = entities.data?.find(({ id }) => id === shownId);
  if (entities.isPending && entities.isFetching) return null;
  if (!entity || !isPermitted || entityId === undefined) {
    return <NoEntity entities={entities} onClose={close} />;
  }
  return (
    <Dialog title={title(entity.name)} onClose={close} isContentFocused={isContentFocused ?? false}>
      {hasTabs && <WindowTabs entityId={entityId} shownId={shownId} />}
      {children({ entityId, entity, close })}
    </Dialog>
  );
}

interface NoEntityProps {
  readonly entities: ReturnType<typeof useEntities>;
  readonly onClose: () => void;
}

/** It is not there for this person, or nobody knows: the list could not be loaded. */
function NoEntity({ entities: { data, error, refetch }, onClose }: NoEntityProps) {
  if (data || !error) {
    return <ReasonDialog title={m.entity_none()} reason={m.entity_none_text()} onClose={onClose} />;
  }
  return (
    <Dialog title={m.section_entities()} onClose={onClose}>
      <ErrorNotice error={error} onRetry={() => void refetch()} />
    </Dialog>
  );
}

/** The parts of the edit window, each with an address of its own. */
function WindowTabs({ entityId, shownId }: { entityId: string; shownId: string }) {
  const tabs = [
    { title: m.entity_tab_details(), to: '/e/$entityId/entities/$shownId/edit' },
    { title: m.entity_tab_buildings(), to: '/e/$entityId/entities/$shownId/buildings' },
    { title: m.entity_tab_holidays(), to: '/e/$entityId/entities/$shownId/holidays' },
  ] as const;
  return (
    <nav className="section-tabs" aria-label={m.entity_edit()}>
      {tabs.map((tab) => (
        <Link
          key={tab.to}
          to={tab.to}
          params={{ entityId, shownId }}
          search
          state={opensDialog}
          replace
          activeProps={{ 'aria-current': 'page' }}
        >
          {tab.title}
        </Link>
      ))}
    </nav>
  );
}

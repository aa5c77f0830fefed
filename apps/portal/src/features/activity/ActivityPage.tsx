import { activityExportAddress } from '@claviger/protocol';
import {
  type ActivityChoice,
  filterOf,
  LiveSign,
  m,
  NotPermitted,
  pageLocale,
  queryOf,
  useMay,
  useMembership,
  usePageTitle,
} from '@claviger/web-kit';
import { Outlet, useParams, useSearch } from '@tanstack/react-router';
import { useMemo } from 'react';
import { logTabs, SectionTabs } from '../../app/shell/SectionTabs.tsx';
import { ExportButton } from '../../app/csv/ExportButton.tsx';
import { ActivityFilters } from './ActivityFilters.tsx';
import { ActivityList } from './list/ActivityList.tsx';
import type { ActivitySearch } from './search.ts';
import './activity.css';

const route = '/signed-in/e/$entityId/logs/activity';

function choiceOf({ lock, from, to, advanced, ...same }: ActivitySearch): ActivityChoice {
  return {
    isAdvanced: advanced === true,
    from,
    to,
    ...(lock !== undefined && { lockId: lock }),
    ...same,
  };
}

/** Logs → Activity. */
export function ActivityPage() {
  const { entityId } = useParams({ from: route });
  const search = useSearch({ from: route });
  const membership = useMembership(entityId);
  const isPermitted = useMay(entityId, 'listActivity');
  const zone = membership?.zone ?? 'UTC';
  const filter = useMemo(() => filterOf(choiceOf(search), zone), [search, zone]);
  usePageTitle(m.section_activity(), membership?.name ?? '');
  return (
    <>
      <div className="page-head">
        <h1>{m.section_logs()}</h1>
        {isPermitted && <LiveSign />}
        {isPermitted && (
          <div className="page-actions">
            <ExportButton
              addressOf={() =>
                activityExportAddress(entityId, { ...queryOf(filter), language: pageLocale() })
              }
            />
          </div>
        )}
      </div>
      <SectionTabs label={m.section_logs()} tabs={logTabs()} />
      {isPermitted ? (
        <>
          <ActivityFilters entityId={entityId} search={search} />
          <ActivityList
            entityId={entityId}
            zone={zone}
            filter={filter}
            isFiltered={Object.keys(search).some((name) => name !== 'advanced')}
          />
        </>
      ) : (
        <NotPermitted />
      )}
      <Outlet />
    </>
  );
}

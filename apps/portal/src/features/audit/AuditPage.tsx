import { m, NotPermitted, useMay, useMembership, usePageTitle } from '@claviger/web-kit';
import { useParams, useSearch } from '@tanstack/react-router';
import { useMemo } from 'react';
import { logTabs, SectionTabs } from '../../app/shell/SectionTabs.tsx';
import { AuditDownloads } from './AuditDownloads.tsx';
import { AuditFilters } from './AuditFilters.tsx';
import { AuditList } from './list/AuditList.tsx';
import { filtersOf } from './queries.ts';
import './audit.css';

const route = '/signed-in/e/$entityId/logs/audit';

/** Logs → Audit. */
export function AuditPage() {
  const { entityId } = useParams({ from: route });
  const search = useSearch({ from: route });
  const membership = useMembership(entityId);
  const isPermitted = useMay(entityId, 'listAudit');
  const zone = membership?.zone ?? 'UTC';
  const filters = useMemo(() => filtersOf(search, zone), [search, zone]);
  usePageTitle(m.section_audit(), membership?.name ?? '');
  return (
    <>
      <div className="page-head">
        <h1>{m.section_logs()}</h1>
        {isPermitted && (
          <div className="page-actions audit-actions">
            <AuditDownloads entityId={entityId} filters={filters} />
          </div>
        )}
      </div>
      <SectionTabs label={m.section_logs()} tabs={logTabs()} />
      {membership?.role === 'local_admin' && <p className="small audit-own">{m.audit_own_only()}</p>}
      {isPermitted ? (
        <>
          <AuditFilters entityId={entityId} search={search} />
          <AuditList entityId={entityId} zone={zone} filters={filters} search={search} />
        </>
      ) : (
        <NotPermitted />
      )}
    </>
  );
}

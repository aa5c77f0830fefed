import { ActionButton, EmptyState, ErrorNotice, m, useFormat } from '@claviger/web-kit';
import { NativeSelect } from '@mantine/core';
import { IconListSearch, IconShieldCheck } from '@tabler/icons-react';
import { Link, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { type AuditFilters, rowsDefault, useAudit } from '../queries.ts';
import { type AuditSearch, isNarrowed, readSearch } from '../search.ts';
import { AuditTable } from './AuditTable.tsx';

const rowsChoices = [25, 50, 100];

interface AuditListProps {
  readonly entityId: string;
  readonly zone: string;
  readonly filters: AuditFilters;
  readonly search: AuditSearch;
}

/** Which page of a list is shown; another list begins at its first. */
function usePage(list: string): readonly [page: number, setPage: (page: number) => void] {
  const [shown, setShown] = useState({ list, page: 0 });
  return [shown.list === list ? shown.page : 0, (page) => setShown({ list, page })];
}

/** The entries of the filters, one page at a time. */
export function AuditList({ entityId, zone, filters, search }: AuditListProps) {
  const format = useFormat(zone);
  const [page, setPage] = usePage(JSON.stringify([entityId, filters, search]));
  const audit = useAudit(entityId, filters, search);
  if (audit.isPending) return <div className="card skeleton audit-skeleton" aria-busy="true" />;
  const pages = audit.data?.pages ?? [];
  const entries = pages[page]?.items ?? [];
  const goOn = async () => {
    const isLoaded = page + 1 < pages.length;
    if (isLoaded || !(await audit.fetchNextPage()).isError) setPage(page + 1);
  };
  return (
    <>
      <ErrorNotice error={audit.error} onRetry={() => void audit.refetch()} />
      {entries.length === 0 && !audit.error && <NoEntries entityId={entityId} search={search} />}
      {entries.length > 0 && (
        <>
          <div aria-busy={audit.isPlaceholderData}>
            <AuditTable entityId={entityId} entries={entries} format={format} search={search} />
          </div>
          <div className="audit-pages">
            <RowsPerPage entityId={entityId} search={search} />
            <Pages
              page={format.number(page + 1)}
              onBack={page > 0 ? () => setPage(page - 1) : undefined}
              onNext={audit.hasNextPage || page + 1 < pages.length ? () => void goOn() : undefined}
              isBusy={audit.isFetchingNextPage}
            />
          </div>
        </>
      )}
    </>
  );
}

interface PagesProps {
  readonly page: string;
  /** Absent where there is no such page. */
  readonly onBack: (() => void) | undefined;
  readonly onNext: (() => void) | undefined;
  readonly isBusy: boolean;
}

function Pages({ page, onBack, onNext, isBusy }: PagesProps) {
  return (
    <nav aria-label={m.audit_pages()}>
      {onBack && <ActionButton onClick={onBack}>{m.audit_previous()}</ActionButton>}
      <span aria-live="polite">{m.audit_page({ page })}</span>
      {onNext && (
        <ActionButton isBusy={isBusy} onClick={onNext}>
          {m.audit_next()}
        </ActionButton>
      )}
    </nav>
  );
}

function RowsPerPage({ entityId, search }: Pick<AuditListProps, 'entityId' | 'search'>) {
  const navigate = useNavigate();
  return (
    <NativeSelect
      label={m.audit_rows()}
      value={String(search.rows ?? rowsDefault)}
      data={rowsChoices.map(String)}
      onChange={({ currentTarget }) => {
        const next = readSearch({ ...search, rows: Number(currentTarget.value) });
        void navigate({ to: '/e/$entityId/logs/audit', params: { entityId }, search: next });
      }}
    />
  );
}

function NoEntries({ entityId, search }: Pick<AuditListProps, 'entityId' | 'search'>) {
  return (
    <div className="card">
      {isNarrowed(search) ? (
        <EmptyState
          icon={<IconListSearch size={22} stroke={1.6} />}
          title={m.audit_no_match_title()}
          text={m.audit_no_match_text()}
          action={
            <Link to="/e/$entityId/logs/audit" params={{ entityId }} search={{}}>
              {m.filter_clear()}
            </Link>
          }
        />
      ) : (
        <EmptyState
          icon={<IconShieldCheck size={22} stroke={1.6} />}
          title={m.audit_none_title()}
          text={m.audit_none_text()}
        />
      )}
    </div>
  );
}

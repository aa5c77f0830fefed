import { ActionButton, EmptyState, ErrorNotice, m, useFormat } from '@claviger/web-kit';
import { NativeSelect } from '@mantine/core';
import { IconListSearch, IconShieldCheck } from '@tabler/icons-react';
import { Link, useNavigate } from '@tanstack/react-router';
import { useEffect } from 'react';
import { type AuditFilters, rowsDefault, useAudit } from '../queries.ts';
import { type AuditSearch, changedSearch, isNarrowed } from '../search.ts';
import { AuditTable } from './AuditTable.tsx';

const rowsChoices = [25, 50, 100];

interface AuditListProps {
  readonly entityId: string;
  readonly zone: string;
  readonly filters: AuditFilters;
  readonly search: AuditSearch;
}

/** Goes to a page of the list. */
function useTurning({ entityId, search }: Pick<AuditListProps, 'entityId' | 'search'>) {
  const navigate = useNavigate();
  return (page: number) => {
    const next = changedSearch(search, { page });
    void navigate({ to: '/e/$entityId/logs/audit', params: { entityId }, search: next });
  };
}

/** The pages of the list that are loaded, and on until the one that the address asks for is there. */
function usePages({ entityId, filters, search }: Omit<AuditListProps, 'zone'>) {
  const audit = useAudit(entityId, filters, search);
  const { fetchNextPage, hasNextPage, isFetching, dataUpdatedAt, isPlaceholderData, isError } = audit;
  const pages = audit.data?.pages ?? [];
  const wanted = search.page ?? 1;
  const isOnTheWay = !isPlaceholderData && !isError && hasNextPage && pages.length < wanted;
  useEffect(() => {
    // Loading anew cancels a next page that is under way; it is asked for again once that is over.
    if (isOnTheWay && !isFetching) void fetchNextPage();
  }, [isOnTheWay, isFetching, dataUpdatedAt, fetchNextPage]);
  // A list that has become shorter ends at its last page.
  const page = Math.max(1, Math.min(wanted, pages.length));
  return { audit, page, entries: pages[page - 1]?.items ?? [], isOnTheWay, isLast: page >= pages.length };
}

/** The entries of the filters, one page at a time. */
export function AuditList({ entityId, zone, filters, search }: AuditListProps) {
  const format = useFormat(zone);
  const turn = useTurning({ entityId, search });
  const { audit, page, entries, isOnTheWay, isLast } = usePages({ entityId, filters, search });
  if (audit.isPending) return <div className="card skeleton audit-skeleton" aria-busy="true" />;
  return (
    <>
      <ErrorNotice error={audit.error} onRetry={() => void audit.refetch()} />
      {entries.length === 0 && !audit.error && <NoEntries entityId={entityId} search={search} />}
      {entries.length > 0 && (
        <>
          <div aria-busy={audit.isPlaceholderData || isOnTheWay}>
            <AuditTable entityId={entityId} entries={entries} format={format} search={search} />
          </div>
          <div className="audit-pages">
            <RowsPerPage entityId={entityId} search={search} />
            <Pages
              page={format.number(page)}
              onBack={page > 1 ? () => turn(page - 1) : undefined}
              onNext={audit.hasNextPage || !isLast ? () => turn(page + 1) : undefined}
              isBusy={isOnTheWay}
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
        const next = changedSearch(search, { rows: Number(currentTarget.value) });
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

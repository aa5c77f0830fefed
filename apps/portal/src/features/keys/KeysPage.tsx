import type { Key } from '@claviger/protocol';
import {
  ActionButton,
  EmptyState,
  ErrorNotice,
  LiveSign,
  m,
  NotPermitted,
  useClock,
  useMay,
  useMembership,
  usePageTitle,
} from '@claviger/web-kit';
import { Button } from '@mantine/core';
import { IconKey, IconListSearch, IconPlus } from '@tabler/icons-react';
import { Link, Outlet, useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { opensDialog } from '../../app/dialog-address.ts';
import { SectionTabs } from '../../app/shell/SectionTabs.tsx';
import { KeyCard } from './card/KeyCard.tsx';
import { KeyFilters } from './KeyFilters.tsx';
import { useKeys } from './list-query.ts';
import type { KeysSearch } from './search.ts';
import './keys.css';

const route = '/signed-in/e/$entityId/keys';

/** "Since 08:12" becomes a date at midnight. */
const clockEveryMs = 30_000;

/** Keys. */
export function KeysPage() {
  const { entityId } = useParams({ from: route });
  const search = useSearch({ from: route });
  const membership = useMembership(entityId);
  usePageTitle(m.section_keys(), membership?.name ?? '');
  return (
    <>
      <div className="page-head">
        <h1>{m.section_keys()}</h1>
        <LiveSign />
        <div className="page-actions">
          <GuestKeyButton entityId={entityId} />
        </div>
      </div>
      <SectionTabs label={m.section_keys()} tabs={[{ title: m.section_keys(), to: '/e/$entityId/keys' }]} />
      <KeyFilters entityId={entityId} search={search} />
      <KeyList entityId={entityId} zone={membership?.zone ?? 'UTC'} search={search} />
      <Outlet />
    </>
  );
}

function GuestKeyButton({ entityId }: { entityId: string }) {
  const navigate = useNavigate();
  if (!useMay(entityId, 'createGuestKey')) return null;
  return (
    <Button
      variant="filled"
      leftSection={<IconPlus size={16} stroke={1.8} aria-hidden />}
      onClick={() =>
        void navigate({
          to: '/e/$entityId/keys/guest-key',
          params: { entityId },
          search: true,
          state: opensDialog,
        })
      }
    >
      {m.guest_key()}
    </Button>
  );
}

function filterOf({ lock, ...others }: KeysSearch) {
  return { ...others, ...(lock !== undefined && { lockId: lock }) };
}

function KeyList({ entityId, zone, search }: { entityId: string; zone: string; search: KeysSearch }) {
  const isPermitted = useMay(entityId, 'listKeys');
  const list = useKeys(entityId, filterOf(search), isPermitted);
  const clock = useClock(zone, clockEveryMs);
  const shown: readonly Key[] = list.data?.pages.flatMap(({ items }) => items) ?? [];
  const retry = () => void list.refetch();
  if (!isPermitted) return <NotPermitted />;
  if (list.isPending) return <div className="card skeleton keys-skeleton" aria-busy="true" />;
  if (!list.data) return <ErrorNotice error={list.error} onRetry={retry} />;
  if (shown.length === 0) {
    return <NoKeys entityId={entityId} isFiltered={Object.keys(search).length > 0} />;
  }
  return (
    <>
      <ErrorNotice error={list.error} onRetry={retry} />
      <ul className="key-cards">
        {shown.map((each) => (
          <KeyCard key={each.id} entityId={entityId} shown={each} clock={clock} />
        ))}
      </ul>
      {list.hasNextPage && (
        <div className="keys-more">
          <ActionButton isBusy={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
            {m.keys_more()}
          </ActionButton>
        </div>
      )}
    </>
  );
}

function NoKeys({ entityId, isFiltered }: { entityId: string; isFiltered: boolean }) {
  return (
    <div className="card">
      {isFiltered ? (
        <EmptyState
          icon={<IconListSearch size={22} stroke={1.6} />}
          title={m.keys_no_match_title()}
          text={m.keys_no_match_text()}
          action={
            <Link to="/e/$entityId/keys" params={{ entityId }} search={{}}>
              {m.filter_clear()}
            </Link>
          }
        />
      ) : (
        <EmptyState
          icon={<IconKey size={22} stroke={1.6} />}
          title={m.keys_empty_title()}
          text={m.keys_empty_text()}
          action={<GuestKeyButton entityId={entityId} />}
        />
      )}
    </div>
  );
}

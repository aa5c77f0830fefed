import { userExportAddress } from '@claviger/protocol';
import {
  EmptyState,
  ErrorNotice,
  m,
  NotPermitted,
  useMay,
  useMembership,
  usePageTitle,
} from '@claviger/web-kit';
import { Button } from '@mantine/core';
import { IconListSearch, IconPlus, IconTableImport, IconUsers } from '@tabler/icons-react';
import { Link, Outlet, useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { ExportButton } from '../../app/csv/ExportButton.tsx';
import { opensDialog } from '../../app/dialog-address.ts';
import { UserRow } from './list/UserRow.tsx';
import { useUsers } from './queries.ts';
import { UserFilters } from './UserFilters.tsx';
import './users.css';

const route = '/signed-in/e/$entityId/users';

/** Users: the people of this Entity. */
export function UsersPage() {
  const { entityId } = useParams({ from: route });
  const search = useSearch({ from: route });
  const mayExport = useMay(entityId, 'exportUsers');
  usePageTitle(m.section_users(), useMembership(entityId)?.name ?? '');
  return (
    <>
      <div className="page-head">
        <h1>{m.section_users()}</h1>
        <div className="page-actions">
          {mayExport && <ExportButton addressOf={() => userExportAddress(entityId, search)} />}
          <DialogButtons entityId={entityId} />
        </div>
      </div>
      <UserFilters entityId={entityId} search={search} />
      <UserList entityId={entityId} />
      <Outlet />
    </>
  );
}

/** What makes Users: a file of them, and New User. */
function DialogButtons({ entityId }: { entityId: string }) {
  const navigate = useNavigate();
  const open = (to: '/e/$entityId/users/new' | '/e/$entityId/users/import') => () =>
    void navigate({ to, params: { entityId }, search: true, state: opensDialog });
  return (
    <>
      {useMay(entityId, 'startUserImport') && (
        <Button
          leftSection={<IconTableImport size={16} stroke={1.6} aria-hidden />}
          onClick={open('/e/$entityId/users/import')}
        >
          {m.import_open()}
        </Button>
      )}
      {useMay(entityId, 'createUser') && (
        <Button
          variant="filled"
          leftSection={<IconPlus size={16} stroke={1.8} aria-hidden />}
          onClick={open('/e/$entityId/users/new')}
        >
          {m.users_new()}
        </Button>
      )}
    </>
  );
}

function UserList({ entityId }: { entityId: string }) {
  const search = useSearch({ from: route });
  const users = useUsers(entityId, search);
  const isPermitted = useMay(entityId, 'listUsers');
  const retry = () => void users.refetch();
  if (!isPermitted) return <NotPermitted />;
  if (users.isPending) return <div className="card skeleton users-skeleton" aria-busy="true" />;
  if (!users.data) return <ErrorNotice error={users.error} onRetry={retry} />;
  const shown = users.data.pages.flatMap(({ items }) => items);
  if (shown.length === 0)
    return <NobodyFits entityId={entityId} isFiltered={Object.keys(search).length > 0} />;
  return (
    <>
      <ErrorNotice error={users.error} onRetry={retry} />
      <ul className="card user-rows">
        {shown.map((user) => (
          <UserRow key={user.id} entityId={entityId} user={user} />
        ))}
      </ul>
      {users.hasNextPage && (
        <Button onClick={() => void users.fetchNextPage()} loading={users.isFetchingNextPage}>
          {m.users_more()}
        </Button>
      )}
    </>
  );
}

function NobodyFits({ entityId, isFiltered }: { entityId: string; isFiltered: boolean }) {
  const icon = isFiltered ? <IconListSearch size={22} stroke={1.6} /> : <IconUsers size={22} stroke={1.6} />;
  return (
    <div className="card">
      <EmptyState
        icon={icon}
        title={m.users_empty_title()}
        text={isFiltered ? m.users_empty_filtered() : m.users_empty_text()}
        action={
          isFiltered && (
            <Link to="/e/$entityId/users" params={{ entityId }} search={{}}>
              {m.filter_clear()}
            </Link>
          )
        }
      />
    </div>
  );
}

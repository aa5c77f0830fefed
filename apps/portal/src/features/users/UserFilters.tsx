import { chosenOf, FilterBar, FilterText, m } from '@claviger/web-kit';
import { NativeSelect } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { SavedViews } from '../../app/views/SavedViews.tsx';
import { statusWords } from './list/user-words.ts';
import { readSearch, statuses, textLengthLimit, type UsersSearch } from './search.ts';

/** The filter bar of Users; every choice is applied at once and stands in the address. */
export function UserFilters({ entityId, search }: { entityId: string; search: UsersSearch }) {
  const navigate = useNavigate();
  const go = (next: UsersSearch) =>
    void navigate({ to: '/e/$entityId/users', params: { entityId }, search: next });
  const set = (name: keyof UsersSearch) => (value: string) => go(readSearch({ ...search, [name]: value }));
  const { text, status } = search;
  const chosen = chosenOf([
    [m.users_search(), text, set('text')],
    [m.users_status(), status && statusWords[status](), set('status')],
  ]);
  return (
    <FilterBar chosen={chosen} onClear={() => go({})} views={<SavedViews entityId={entityId} list="users" />}>
      <FilterText
        label={m.users_search()}
        chosen={text ?? ''}
        lengthLimit={textLengthLimit}
        onChoose={set('text')}
        isWide
      />
      <NativeSelect
        label={m.users_status()}
        value={status ?? ''}
        onChange={({ currentTarget }) => set('status')(currentTarget.value)}
        data={[
          { value: '', label: m.users_status_all() },
          ...statuses.map((value) => ({ value, label: statusWords[value]() })),
        ]}
      />
    </FilterBar>
  );
}

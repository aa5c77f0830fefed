import {
  chosenOf,
  FilterBar,
  FilterSelect,
  FilterText,
  keyStatusNames,
  keyTypeNames,
  m,
  useLocks,
} from '@claviger/web-kit';
import { useNavigate } from '@tanstack/react-router';
import { KeyFilter } from '../../app/filter/KeyFilter.tsx';
import { nameOf } from '../../app/filter/name-of.ts';
import { SavedViews } from '../../app/views/SavedViews.tsx';
import { emailLengthLimit, type KeysSearch, readSearch } from './search.ts';

interface KeyFiltersProps {
  readonly entityId: string;
  readonly search: KeysSearch;
}

interface Choice {
  readonly value: string;
  readonly label: string;
}

function choicesOf(names: Readonly<Record<string, () => string>>): Choice[] {
  return Object.entries(names).map(([value, name]) => ({ value, label: name() }));
}

/** The filter bar; every choice is applied at once and stands in the address. */
export function KeyFilters({ entityId, search }: KeyFiltersProps) {
  const navigate = useNavigate();
  const locks = useLocks(entityId).data ?? [];
  const go = (next: KeysSearch) =>
    void navigate({ to: '/e/$entityId/keys', params: { entityId }, search: next });
  const set = (name: keyof KeysSearch) => (value: string) => go(readSearch({ ...search, [name]: value }));
  const chosen = chosenOf([
    [m.filter_lock(), search.lock && nameOf(locks, search.lock), set('lock')],
    [m.filter_status(), search.status && keyStatusNames[search.status](), set('status')],
    [m.filter_key_type(), search.type && keyTypeNames[search.type](), set('type')],
    [m.filter_user_email(), search.email, set('email')],
    [m.key_uuid(), search.key, set('key')],
  ]);
  return (
    <FilterBar chosen={chosen} onClear={() => go({})} views={<SavedViews entityId={entityId} list="keys" />}>
      <FilterSelect
        label={m.filter_lock()}
        all={m.filter_all_locks()}
        choices={locks.map(({ id, name }) => ({ value: id, label: name }))}
        chosen={search.lock}
        onChoose={set('lock')}
      />
      <FilterSelect
        label={m.filter_status()}
        all={m.filter_all_statuses()}
        choices={choicesOf(keyStatusNames)}
        chosen={search.status}
        onChoose={set('status')}
      />
      <FilterSelect
        label={m.filter_key_type()}
        all={m.filter_all_types()}
        choices={choicesOf(keyTypeNames)}
        chosen={search.type}
        onChoose={set('type')}
      />
      <FilterText
        label={m.filter_user_email()}
        chosen={search.email ?? ''}
        lengthLimit={emailLengthLimit}
        onChoose={set('email')}
      />
      <KeyFilter chosen={search.key ?? ''} onChoose={set('key')} />
    </FilterBar>
  );
}

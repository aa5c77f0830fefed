import { activityTypes, routineTypes } from '@claviger/domain';
import {
  activityNames,
  chosenOf,
  FilterBar,
  FilterSelect,
  FilterText,
  m,
  useFormat,
  useLocks,
} from '@claviger/web-kit';
import { Switch, TextInput } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { KeyFilter } from '../../app/filter/KeyFilter.tsx';
import { nameOf } from '../../app/filter/name-of.ts';
import { SavedViews } from '../../app/views/SavedViews.tsx';
import { type ActivitySearch, emailLengthLimit, emailPartLength, readSearch } from './search.ts';

interface ActivityFiltersProps {
  readonly entityId: string;
  readonly search: ActivitySearch;
}

/** Without Advanced its types are not there. */
const routine = { advanced: false, type: '' } as const;

type Change = Partial<Record<keyof ActivitySearch, string | boolean>>;

/** The filter bar; every choice is applied at once and stands in the address. */
export function ActivityFilters({ entityId, search }: ActivityFiltersProps) {
  const navigate = useNavigate();
  const go = (next: ActivitySearch) =>
    void navigate({ to: '/e/$entityId/logs/activity', params: { entityId }, search: next });
  const set = (change: Change) => go(readSearch({ ...search, ...change }));
  const isAdvanced = search.advanced === true;
  return (
    <FilterBar
      chosen={useChosen(entityId, search, set)}
      onClear={() => go({})}
      views={<SavedViews entityId={entityId} list="activity" />}
    >
      <LockFilter entityId={entityId} chosen={search.lock} onChoose={(lock) => set({ lock })} />
      <LocationFilter
        entityId={entityId}
        chosen={search.location}
        onChoose={(location) => set({ location })}
      />
      <TypeFilter isAdvanced={isAdvanced} chosen={search.type} onChoose={(type) => set({ type })} />
      <KeyFilter chosen={search.key ?? ''} onChoose={(key) => set({ key })} />
      <FilterText
        label={m.filter_user_email()}
        chosen={search.email ?? ''}
        lengthLimit={emailLengthLimit}
        problemOf={(text) => (text.length < emailPartLength ? m.activity_email_too_short() : undefined)}
        onChoose={(email) => set({ email })}
      />
      <TextInput
        label={m.filter_from()}
        type="date"
        value={search.from ?? ''}
        max={search.to}
        onChange={({ currentTarget }) => set({ from: currentTarget.value })}
      />
      <TextInput
        label={m.filter_to()}
        type="date"
        value={search.to ?? ''}
        min={search.from}
        onChange={({ currentTarget }) => set({ to: currentTarget.value })}
      />
      <Switch
        withThumbIndicator={false}
        className="filter-advanced"
        label={m.filter_advanced()}
        checked={isAdvanced}
        onChange={({ currentTarget }) => set(currentTarget.checked ? { advanced: true } : routine)}
      />
    </FilterBar>
  );
}

/** The filters that are set, in words. */
function useChosen(entityId: string, search: ActivitySearch, set: (change: Change) => void) {
  const locks = useLocks(entityId).data ?? [];
  const format = useFormat('UTC');
  const { lock, location, type, key, email, from, to, advanced } = search;
  return chosenOf([
    [m.filter_lock(), lock && nameOf(locks, lock), () => set({ lock: '' })],
    [m.filter_location(), location, () => set({ location: '' })],
    [m.filter_type(), type && activityNames[type](), () => set({ type: '' })],
    [m.key_uuid(), key, () => set({ key: '' })],
    [m.filter_user_email(), email, () => set({ email: '' })],
    [m.filter_from(), from && format.date(from), () => set({ from: '' })],
    [m.filter_to(), to && format.date(to), () => set({ to: '' })],
    [m.filter_advanced(), advanced && '', () => set(routine)],
  ]);
}

interface FilterProps {
  readonly chosen: string | undefined;
  readonly onChoose: (value: string) => void;
}

function LockFilter({ entityId, chosen, onChoose }: FilterProps & { entityId: string }) {
  const locks = useLocks(entityId).data ?? [];
  return (
    <FilterSelect
      label={m.filter_lock()}
      all={m.filter_all_locks()}
      choices={locks.map(({ id, name }) => ({ value: id, label: name }))}
      chosen={chosen}
      onChoose={onChoose}
    />
  );
}

/** Where the locks are; only where somebody has said so of one. */
function LocationFilter({ entityId, chosen, onChoose }: FilterProps & { entityId: string }) {
  const locks = useLocks(entityId).data ?? [];
  const known = new Set(
    [...locks.map(({ location }) => location), chosen ?? ''].filter((text) => text !== ''),
  );
  if (known.size === 0) return null;
  return (
    <FilterSelect
      label={m.filter_location()}
      all={m.filter_all_locations()}
      choices={[...known].map((location) => ({ value: location, label: location }))}
      chosen={chosen}
      onChoose={onChoose}
    />
  );
}

/** Routine monitoring knows few types; Advanced knows all. */
function TypeFilter({ isAdvanced, chosen, onChoose }: FilterProps & { isAdvanced: boolean }) {
  const types = isAdvanced ? activityTypes : routineTypes;
  return (
    <FilterSelect
      label={m.filter_type()}
      all={m.filter_all_types()}
      choices={types.map((type) => ({ value: type, label: activityNames[type]() }))}
      chosen={chosen}
      onChoose={onChoose}
    />
  );
}

import { chosenOf, FilterBar, FilterText, m } from '@claviger/web-kit';
import { ActionIcon, NativeSelect } from '@mantine/core';
import { IconLayoutGrid, IconList } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { SavedViews } from '../../app/views/SavedViews.tsx';
import { kindNames } from './form/entity-words.ts';
import type { View } from './list/kept-view.ts';
import { type EntitiesSearch, kinds, readSearch, type Sorting, sortings, textLengthLimit } from './search.ts';

interface EntityFiltersProps {
  readonly entityId: string;
  readonly search: EntitiesSearch;
  readonly view: View;
  readonly onView: (view: View) => void;
}

const sortingNames: Readonly<Record<Sorting, () => string>> = {
  name: m.entities_sort_name,
  code: m.entities_sort_code,
  locks: m.entities_sort_locks,
  newest: m.entities_sort_newest,
};

/** The filter bar; every choice is applied at once, and stands in the address but for the view. */
export function EntityFilters({ entityId, search, view, onView }: EntityFiltersProps) {
  const navigate = useNavigate();
  const go = (next: EntitiesSearch) =>
    void navigate({ to: '/e/$entityId/entities', params: { entityId }, search: next });
  const set = (name: keyof EntitiesSearch) => (value: string) => go(readSearch({ ...search, [name]: value }));
  const { text, kind, sort } = search;
  const chosen = chosenOf([
    [m.filter_search(), text, set('text')],
    [m.entity_kind(), kind && kindNames[kind](), set('kind')],
    [m.entities_sort(), sort && sortingNames[sort](), set('sort')],
  ]);
  return (
    <div className="entities-choice">
      <FilterBar
        chosen={chosen}
        onClear={() => go({})}
        views={<SavedViews entityId={entityId} list="entities" />}
      >
        <FilterText
          label={m.filter_search()}
          chosen={text ?? ''}
          lengthLimit={textLengthLimit}
          onChoose={set('text')}
        />
        <NativeSelect
          label={m.entity_kind()}
          value={kind ?? ''}
          onChange={({ currentTarget }) => set('kind')(currentTarget.value)}
          data={[
            { value: '', label: m.entity_kind_all() },
            ...kinds.map((value) => ({ value, label: kindNames[value]() })),
          ]}
        />
        <NativeSelect
          label={m.entities_sort()}
          value={sort ?? 'name'}
          onChange={({ currentTarget }) => set('sort')(currentTarget.value)}
          data={sortings.map((value) => ({ value, label: sortingNames[value]() }))}
        />
      </FilterBar>
      <ViewSwitch view={view} onView={onView} />
    </div>
  );
}

const views = [
  { value: 'cards', label: m.entities_view_cards, icon: IconLayoutGrid },
  { value: 'list', label: m.entities_view_list, icon: IconList },
] as const;

/** Cards or rows. */
function ViewSwitch({ view, onView }: Pick<EntityFiltersProps, 'view' | 'onView'>) {
  return (
    <div className="entities-view" role="group" aria-label={m.entities_view()}>
      {views.map(({ value, label, icon: Icon }) => (
        <ActionIcon
          key={value}
          aria-label={label()}
          aria-pressed={view === value}
          title={label()}
          onClick={() => onView(value)}
        >
          <Icon size={18} stroke={1.6} />
        </ActionIcon>
      ))}
    </div>
  );
}

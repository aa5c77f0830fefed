import { entityOperations } from '@claviger/protocol';
import {
  auditOutcomeNames,
  chosenOf,
  FilterBar,
  FilterSelect,
  FilterText,
  m,
  operationName,
  operationNames,
  useFormat,
  useLocks,
} from '@claviger/web-kit';
import { TextInput } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { nameOf } from '../../app/filter/name-of.ts';
import { readUuid, readUuidPart } from '../../app/read-address.ts';
import { SavedViews } from '../../app/views/SavedViews.tsx';
import { useAuditPeople } from './queries.ts';
import { type AuditSearch, changedSearch, readSearch, searchLengthLimit } from './search.ts';

const uuidLength = 36;

interface AuditFiltersProps {
  readonly entityId: string;
  readonly search: AuditSearch;
}

/** The filter bar; every choice is applied at once and stands in the address. */
export function AuditFilters({ entityId, search }: AuditFiltersProps) {
  const navigate = useNavigate();
  const go = (next: AuditSearch) =>
    void navigate({ to: '/e/$entityId/logs/audit', params: { entityId }, search: next });
  const set = (name: keyof AuditSearch) => (value: string) => go(changedSearch(search, { [name]: value }));
  const { sort, order, rows } = search;
  return (
    <FilterBar
      chosen={useChosen({ entityId, search, set })}
      onClear={() => go(readSearch({ sort, order, rows }))}
      views={<SavedViews entityId={entityId} list="audit" />}
    >
      <FilterText
        label={m.filter_search()}
        chosen={search.search ?? ''}
        lengthLimit={searchLengthLimit}
        onChoose={set('search')}
      />
      <Selects entityId={entityId} search={search} set={set} />
      <DateFilter label={m.filter_from()} chosen={search.from} max={search.to} onChoose={set('from')} />
      <DateFilter label={m.filter_to()} chosen={search.to} min={search.from} onChoose={set('to')} />
      <IdFilter
        label={m.filter_object()}
        chosen={search.object}
        problemOf={(text) => (readUuidPart(text) === undefined ? m.problem_uuid_part() : undefined)}
        onChoose={set('object')}
      />
      <IdFilter
        label={m.filter_request()}
        chosen={search.request}
        problemOf={(text) => (readUuid(text) === undefined ? m.problem_uuid() : undefined)}
        onChoose={set('request')}
      />
    </FilterBar>
  );
}

type Set = (name: keyof AuditSearch) => (value: string) => void;

/** The filters that are set, in words. */
function useChosen({ entityId, search, set }: AuditFiltersProps & { readonly set: Set }) {
  const locks = useLocks(entityId).data ?? [];
  const people = useAuditPeople(entityId).data?.items ?? [];
  const format = useFormat('UTC');
  const { operation, status, lock, user, from, to } = search;
  const named = people.map(({ userId, name }) => ({ id: userId, name: name ?? m.audit_erased() }));
  return chosenOf([
    [m.filter_search(), search.search, set('search')],
    [m.filter_operation(), operation && operationName(operation), set('operation')],
    [m.filter_status(), status && auditOutcomeNames[status](), set('status')],
    [m.filter_lock(), lock && nameOf(locks, lock), set('lock')],
    [m.filter_user(), user && nameOf(named, user), set('user')],
    [m.filter_from(), from && format.date(from), set('from')],
    [m.filter_to(), to && format.date(to), set('to')],
    [m.filter_object(), search.object, set('object')],
    [m.filter_request(), search.request, set('request')],
  ]);
}

/** What is chosen from a list: operation, status, lock, user. */
function Selects({ entityId, search, set }: AuditFiltersProps & { readonly set: Set }) {
  const locks = useLocks(entityId).data ?? [];
  const people = useAuditPeople(entityId).data?.items ?? [];
  const operations = entityOperations
    .map((operation) => ({ value: operation, label: operationNames[operation]() }))
    .sort((one, other) => one.label.localeCompare(other.label));
  const statuses = Object.entries(auditOutcomeNames);
  return (
    <>
      <FilterSelect
        label={m.filter_operation()}
        all={m.filter_all_operations()}
        choices={operations}
        chosen={search.operation}
        onChoose={set('operation')}
      />
      <FilterSelect
        label={m.filter_status()}
        all={m.filter_all_statuses()}
        choices={statuses.map(([value, name]) => ({ value, label: name() }))}
        chosen={search.status}
        onChoose={set('status')}
      />
      <FilterSelect
        label={m.filter_lock()}
        all={m.filter_all_locks()}
        choices={locks.map(({ id, name }) => ({ value: id, label: name }))}
        chosen={search.lock}
        onChoose={set('lock')}
      />
      <FilterSelect
        label={m.filter_user()}
        all={m.filter_all_users()}
        choices={people.map(({ userId, name }) => ({ value: userId, label: name ?? m.audit_erased() }))}
        chosen={search.user}
        onChoose={set('user')}
      />
    </>
  );
}

interface DateFilterProps {
  readonly label: string;
  readonly chosen: string | undefined;
  readonly min?: string | undefined;
  readonly max?: string | undefined;
  readonly onChoose: (value: string) => void;
}

function DateFilter({ label, chosen, min, max, onChoose }: DateFilterProps) {
  return (
    <TextInput
      label={label}
      type="date"
      value={chosen ?? ''}
      min={min}
      max={max}
      onChange={({ currentTarget }) => onChoose(currentTarget.value)}
    />
  );
}

interface IdFilterProps extends Pick<DateFilterProps, 'label' | 'chosen' | 'onChoose'> {
  readonly problemOf: (text: string) => string | undefined;
}

function IdFilter({ chosen, ...filter }: IdFilterProps) {
  return <FilterText {...filter} chosen={chosen ?? ''} lengthLimit={uuidLength} />;
}

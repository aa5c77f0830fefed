import { auditOperations } from '@claviger/protocol';
import { auditOutcomeNames, FilterSelect, FilterText, m, operationNames, useLocks } from '@claviger/web-kit';
import { Button, TextInput } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { readUuid } from '../../app/read-uuid.ts';
import { useAuditPeople } from './queries.ts';
import { type AuditSearch, isNarrowed, readSearch, searchLengthLimit } from './search.ts';

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
  const set = (name: keyof AuditSearch) => (value: string) => go(readSearch({ ...search, [name]: value }));
  const { sort, order, rows } = search;
  return (
    <div className="filters" role="search" aria-label={m.filter_label()}>
      <FilterText
        label={m.filter_search()}
        chosen={search.search ?? ''}
        lengthLimit={searchLengthLimit}
        onChoose={set('search')}
      />
      <Selects entityId={entityId} search={search} set={set} />
      <DateFilter label={m.filter_from()} chosen={search.from} max={search.to} onChoose={set('from')} />
      <DateFilter label={m.filter_to()} chosen={search.to} min={search.from} onChoose={set('to')} />
      <IdFilter label={m.filter_object()} chosen={search.object} onChoose={set('object')} />
      <IdFilter label={m.filter_request()} chosen={search.request} onChoose={set('request')} />
      {isNarrowed(search) && (
        <Button variant="subtle" onClick={() => go(readSearch({ sort, order, rows }))}>
          {m.filter_clear()}
        </Button>
      )}
    </div>
  );
}

type Set = (name: keyof AuditSearch) => (value: string) => void;

/** What is chosen from a list: operation, status, lock, user. */
function Selects({ entityId, search, set }: AuditFiltersProps & { readonly set: Set }) {
  const locks = useLocks(entityId).data ?? [];
  const people = useAuditPeople(entityId).data?.items ?? [];
  const operations = auditOperations
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

function IdFilter({ label, chosen, onChoose }: Pick<DateFilterProps, 'label' | 'chosen' | 'onChoose'>) {
  return (
    <FilterText
      label={label}
      chosen={chosen ?? ''}
      lengthLimit={uuidLength}
      problemOf={(text) => (readUuid(text) === undefined ? m.problem_uuid() : undefined)}
      onChoose={onChoose}
    />
  );
}

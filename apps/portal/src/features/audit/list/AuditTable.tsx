import type { AuditEntry, AuditSorting } from '@claviger/protocol';
import { auditOutcomeNames, type Format, m, operationName, Tag, type TagTone } from '@claviger/web-kit';
import { IconArrowDown, IconArrowUp, IconChevronDown } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { Fragment, useState } from 'react';
import { type AuditSearch, changedSearch } from '../search.ts';
import { actorText } from './actor-text.ts';
import { EntryDetails } from './EntryDetails.tsx';

const columnCount = 5;
const tones: Readonly<Record<AuditEntry['outcome'], TagTone>> = {
  done: 'ok',
  refused: 'brass',
  failed: 'bad',
};

interface AuditTableProps {
  readonly entityId: string;
  readonly entries: readonly AuditEntry[];
  readonly format: Format;
  readonly search: AuditSearch;
}

/** One page of entries; a row opens to its details. */
export function AuditTable({ entityId, entries, format, search }: AuditTableProps) {
  const [opened, setOpened] = useState<number>();
  const toggle = (sequence: number) => setOpened(opened === sequence ? undefined : sequence);
  return (
    <div className="card audit-card">
      <table className="audit-table">
        <thead>
          <tr>
            <Heading entityId={entityId} search={search} by="time" title={m.audit_timestamp()} />
            <Heading entityId={entityId} search={search} by="operation" title={m.audit_operation()} />
            <Heading entityId={entityId} search={search} by="outcome" title={m.audit_status()} />
            <th scope="col" className="audit-wide">
              {m.audit_user()}
            </th>
            <th scope="col" className="audit-wide">
              {m.audit_object()}
            </th>
          </tr>
        </thead>
        <tbody>
          {entries.map((entry) => (
            <Fragment key={entry.sequence}>
              <EntryRow
                entry={entry}
                format={format}
                isOpen={opened === entry.sequence}
                onToggle={() => toggle(entry.sequence)}
              />
              {opened === entry.sequence && (
                <tr className="audit-opened">
                  <td colSpan={columnCount} id={`entry-${entry.sequence}`}>
                    <EntryDetails entry={entry} format={format} />
                  </td>
                </tr>
              )}
            </Fragment>
          ))}
        </tbody>
      </table>
    </div>
  );
}

interface HeadingProps {
  readonly entityId: string;
  readonly search: AuditSearch;
  readonly by: AuditSorting;
  readonly title: string;
}

/** Sorts by its column; once more, the other way round. Newest first is the way of the time. */
function Heading({ entityId, search, by, title }: HeadingProps) {
  const navigate = useNavigate();
  const isSorted = (search.sort ?? 'time') === by;
  const isUp = search.order === 'asc';
  const Arrow = isUp ? IconArrowUp : IconArrowDown;
  const sort = () => {
    const order = (isSorted ? !isUp : by !== 'time') ? 'asc' : undefined;
    const next = changedSearch(search, { sort: by, order });
    void navigate({ to: '/e/$entityId/logs/audit', params: { entityId }, search: next });
  };
  return (
    <th scope="col" aria-sort={isSorted ? (isUp ? 'ascending' : 'descending') : undefined}>
      <button type="button" onClick={sort}>
        {title}
        {isSorted && <Arrow size={14} stroke={1.8} aria-hidden />}
      </button>
    </th>
  );
}

interface EntryRowProps {
  readonly entry: AuditEntry;
  readonly format: Format;
  readonly isOpen: boolean;
  readonly onToggle: () => void;
}

function EntryRow({ entry, format, isOpen, onToggle }: EntryRowProps) {
  const { at, operation, outcome, count, sequence } = entry;
  return (
    <tr className="audit-row" onClick={onToggle}>
      <td>
        <time dateTime={new Date(at).toISOString()}>{format.moment(at)}</time>
      </td>
      <td>
        <button
          type="button"
          aria-expanded={isOpen}
          aria-controls={isOpen ? `entry-${sequence}` : undefined}
          onClick={(event) => {
            // The row around it would close it again.
            event.stopPropagation();
            onToggle();
          }}
        >
          <IconChevronDown size={14} stroke={1.8} aria-hidden />
          {operationName(operation)}
        </button>
      </td>
      <td>
        <Tag tone={tones[outcome]}>{auditOutcomeNames[outcome]()}</Tag>
        {count > 1 && <span className="audit-count">{m.audit_times({ count: format.number(count) })}</span>}
      </td>
      <td className="audit-wide">{actorText(entry)}</td>
      <td className="audit-wide">{objectText(entry)}</td>
    </tr>
  );
}

/** Identifiers begin with the time: those of one minute are told apart by their ends. */
const idEndLength = 8;

function objectText({ objectName, objectId }: AuditEntry): string {
  if (objectName !== undefined) return objectName;
  return objectId === undefined ? '' : `…${objectId.slice(-idEndLength)}`;
}

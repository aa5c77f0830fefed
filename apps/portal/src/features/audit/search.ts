import type { AuditOperation, AuditOutcome, AuditSorting } from '@claviger/protocol';
import type { CalendarDate } from '@claviger/web-kit';
import { readUuid, readUuidPart } from '../../app/read-address.ts';

/** The filters of the Audit, its sorting and its pages' size, as they stand in the address. */
export interface AuditSearch {
  readonly search?: string;
  /** One that nobody knows is as if it was not set. */
  readonly operation?: AuditOperation;
  readonly status?: AuditOutcome;
  readonly lock?: string;
  readonly user?: string;
  readonly object?: string;
  readonly request?: string;
  readonly from?: CalendarDate;
  readonly to?: CalendarDate;
  readonly sort?: Exclude<AuditSorting, 'time'>;
  readonly order?: 'asc';
  readonly rows?: 50 | 100;
  /** Which page of the list is shown, where it is not the first. */
  readonly page?: number;
}

export const searchLengthLimit = 80;
/** Operations are names such as `lock.open`; the page knows which of them there are. */
const operationForm = /^[a-z_]+(\.[a-z_]+)?$/;
const outcomes = ['done', 'refused', 'failed'] as const;
const sortings = ['operation', 'outcome'] as const;
const sizes = [50, 100] as const;
/** An address that asks for a later page is of nobody who has turned so many. */
const pageLimit = 1_000;

function readDate(value: unknown): CalendarDate | undefined {
  const isDate = typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value);
  return isDate && !Number.isNaN(Date.parse(value)) ? value : undefined;
}

/** A number in the address (`?search=7`) is a text that looks like one. */
function readText(value: unknown): string | undefined {
  const text = typeof value === 'number' ? String(value) : value;
  if (typeof text !== 'string') return undefined;
  const trimmed = text.trim();
  return trimmed === '' || trimmed.length > searchLengthLimit ? undefined : trimmed;
}

function readOperation(value: unknown): AuditOperation | undefined {
  return typeof value === 'string' && operationForm.test(value) ? (value as AuditOperation) : undefined;
}

function readPage(value: unknown): number | undefined {
  const isLater = typeof value === 'number' && Number.isInteger(value) && value > 1 && value <= pageLimit;
  return isLater ? value : undefined;
}

/** Of these values those that are there. */
export function given<Values extends object>(
  values: Values,
): { [Name in keyof Values]?: NonNullable<Values[Name]> } {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as {
    [Name in keyof Values]?: NonNullable<Values[Name]>;
  };
}

/**
 * Reads the filters of an address; what cannot be read is as if it was not set, so a bad address heals. A
 * range that ends before it begins has no end. Written by hand because every page loads it.
 */
export function readSearch(raw: Readonly<Record<string, unknown>>): AuditSearch {
  const from = readDate(raw['from']);
  const to = readDate(raw['to']);
  return given({
    search: readText(raw['search']),
    operation: readOperation(raw['operation']),
    status: outcomes.find((known) => known === raw['status']),
    lock: readUuid(raw['lock']),
    user: readUuid(raw['user']),
    object: readUuidPart(raw['object']),
    request: readUuid(raw['request']),
    from,
    to: to !== undefined && (from === undefined || from <= to) ? to : undefined,
    sort: sortings.find((known) => known === raw['sort']),
    order: raw['order'] === 'asc' ? ('asc' as const) : undefined,
    rows: sizes.find((known) => known === raw['rows']),
    page: readPage(raw['page']),
  });
}

/** The same search with something changed: another list, which begins at its first page. */
export function changedSearch(search: AuditSearch, change: Readonly<Record<string, unknown>>): AuditSearch {
  return readSearch({ ...search, page: undefined, ...change });
}

const viewNames: readonly string[] = ['sort', 'order', 'rows', 'page'];

/** Whether something narrows the list, so that an empty one says nothing about the Entity. */
export function isNarrowed(search: AuditSearch): boolean {
  return Object.keys(search).some((name) => !viewNames.includes(name));
}

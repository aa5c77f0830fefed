import { activityTypes, type ActivityType, routineTypes } from '@claviger/domain';
import type { CalendarDate } from '@claviger/web-kit';
import { readKeyBeginning, readUuid } from '../../app/read-address.ts';

/** The filters of the log as they stand in the address. */
export interface ActivitySearch {
  readonly lock?: string;
  readonly location?: string;
  readonly type?: ActivityType;
  /** The Key UUID, or its beginning. */
  readonly key?: string;
  readonly email?: string;
  readonly from?: CalendarDate;
  readonly to?: CalendarDate;
  readonly advanced?: true;
}

const locationLengthLimit = 120;
export const emailLengthLimit = 254;
/** So much of an address at least is looked for. */
export const emailPartLength = 3;

function readDate(value: unknown): CalendarDate | undefined {
  const isDate = typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value);
  return isDate && !Number.isNaN(Date.parse(value)) ? value : undefined;
}

/** A number in the address (`?location=7`) is a text that looks like one. */
function readText(value: unknown, lengthLimit: number): string | undefined {
  const text = typeof value === 'number' ? String(value) : value;
  if (typeof text !== 'string') return undefined;
  const trimmed = text.trim();
  return trimmed === '' || trimmed.length > lengthLimit ? undefined : trimmed;
}

function readEmail(value: unknown): string | undefined {
  const text = readText(value, emailLengthLimit);
  return text === undefined || text.length < emailPartLength ? undefined : text;
}

/**
 * Reads the filters of an address; what cannot be read is as if it was not set, so a bad address heals. A
 * type that routine monitoring leaves out needs Advanced; a range that ends before it begins has no end.
 * Written by hand because every page loads it: the schema library would weigh a tenth of what all pages
 * share.
 */
export function readSearch(raw: Readonly<Record<string, unknown>>): ActivitySearch {
  const type = activityTypes.find((known) => known === raw['type']);
  const from = readDate(raw['from']);
  const to = readDate(raw['to']);
  const isAdvanced = raw['advanced'] === true || (type !== undefined && !routineTypes.includes(type));
  return given({
    lock: readUuid(raw['lock']),
    location: readText(raw['location'], locationLengthLimit),
    type,
    key: readKeyBeginning(raw['key']),
    email: readEmail(raw['email']),
    from,
    to: to !== undefined && (from === undefined || from <= to) ? to : undefined,
    advanced: isAdvanced ? (true as const) : undefined,
  });
}

type Given<Values> = { [Name in keyof Values]?: Exclude<Values[Name], undefined> };

/** These values without those that are not there. */
function given<Values extends object>(values: Values): Given<Values> {
  const there = Object.entries(values).filter(([, value]) => value !== undefined);
  return Object.fromEntries(there) as Given<Values>;
}

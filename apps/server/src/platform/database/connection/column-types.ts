import assert from 'node:assert/strict';
import { TypeOverrides, types } from 'pg';

declare const stored: unique symbol;

/**
 * An instant as it was read: epoch milliseconds. It is written as Date and compared by `sqlInstant`; a plain
 * number is refused by the compiler, because PostgreSQL would not know it for an instant.
 */
export type StoredInstant = number & { readonly [stored]: 'timestamptz' };

/** What `jsonb` holds. It is written as text (`JSON.stringify`): pg makes an SQL array of an array. */
export type JsonValue = string | number | boolean | null | JsonValue[] | { [name: string]: JsonValue };

/**
 * How the columns of our tables come to TypeScript: `timestamptz` as an instant (epoch milliseconds; infinity
 * as Infinity), `int8` as a number that is asserted to be exact, `numeric`, `date`, `timestamp`, `interval`
 * and `inet` as the text that PostgreSQL writes, `bytea` as bytes, `jsonb` parsed. Everything else as pg
 * reads it.
 */
export const columnTypes = new TypeOverrides();
columnTypes.setTypeParser(types.builtins.INT8, parseExactNumber);
columnTypes.setTypeParser(types.builtins.TIMESTAMPTZ, parseInstant);
for (const type of [types.builtins.DATE, types.builtins.TIMESTAMP, types.builtins.INTERVAL]) {
  columnTypes.setTypeParser(type, asWritten);
}

function asWritten(text: string): string {
  return text;
}

function parseExactNumber(text: string): number {
  const value = Number(text);
  assert(Number.isSafeInteger(value), `${text} is too large to be counted exactly`);
  return value;
}

const TIMESTAMPTZ = /^(\d{4}-\d{2}-\d{2}) (\d{2}:\d{2}:\d{2}(?:\.\d{1,6})?)([+-]\d{2})(?::?(\d{2}))?$/;

/** `2026-11-25 12:00:00.123456+00` in epoch milliseconds; what is finer than a millisecond is cut off. */
export function parseInstant(text: string): number {
  if (text === 'infinity') return Infinity;
  if (text === '-infinity') return -Infinity;
  const [, day, time, hours, minutes] = TIMESTAMPTZ.exec(text) ?? [];
  const instant = Date.parse(`${day}T${time}${hours}:${minutes ?? '00'}`);
  assert(Number.isFinite(instant), `PostgreSQL wrote an instant that we do not read: ${text}`);
  return Math.trunc(instant);
}

import { CborFault, type CborMap, type CborValue } from './cbor.ts';

/**
 * What a field holds, for the documents: JSON Schema, where bytes are strings with `contentEncoding:
 * binary`.
 */
export type WireSchema = Readonly<Record<string, unknown>>;

/** How one field's value is written and read; `read` throws CborFault for what does not fit. */
export interface Field<Value> {
  readonly schema: WireSchema;
  write(value: Value): CborValue;
  read(value: CborValue): Value;
}

interface Placed<Value, IsOptional extends boolean> {
  readonly key: number;
  readonly field: Field<Value>;
  readonly isOptional: IsOptional;
}

type Places = Readonly<Record<string, Placed<unknown, boolean>>>;
type ValueOf<Place> = Place extends Placed<infer Value, boolean> ? Value : never;
type OptionalNames<P extends Places> = {
  [N in keyof P]: P[N]['isOptional'] extends true ? N : never;
}[keyof P];

/** The TypeScript type of a record. */
export type RecordOf<P extends Places> = {
  readonly [N in Exclude<keyof P, OptionalNames<P>>]: ValueOf<P[N]>;
} & { readonly [N in OptionalNames<P>]?: ValueOf<P[N]> | undefined };

/** A field that must be there, under this map key. */
export function at<Value>(key: number, field: Field<Value>): Placed<Value, false> {
  return { key, field, isOptional: false };
}

/** A field that may be absent. */
export function maybe<Value>(key: number, field: Field<Value>): Placed<Value, true> {
  return { key, field, isOptional: true };
}

/** A whole number from `min` to `max`, both included. */
export function integer(min = 0, max: number = Number.MAX_SAFE_INTEGER): Field<number> {
  return {
    schema: { type: 'integer', minimum: min, maximum: max },
    write: (value) => value,
    read: (value) => {
      if (typeof value === 'number' && value >= min && value <= max) return value;
      throw new CborFault(`expected a number from ${min} to ${max}`);
    },
  };
}

export const flag: Field<boolean> = {
  schema: { type: 'boolean' },
  write: (value) => value,
  read: (value) => {
    if (typeof value === 'boolean') return value;
    throw new CborFault('expected true or false');
  },
};

/** Exactly so many bytes, or from `length` to `max` many. */
export function bytes(length: number, max: number = length): Field<Uint8Array> {
  return {
    schema: { type: 'string', contentEncoding: 'binary', minLength: length, maxLength: max },
    write: (value) => value,
    read: (value) => {
      if (value instanceof Uint8Array && value.length >= length && value.length <= max) return value;
      throw new CborFault(`expected ${length} to ${max} bytes`);
    },
  };
}

/** Text of at most `max` UTF-16 units; none of them is NUL, which no database keeps. */
export function text(max: number): Field<string> {
  return {
    schema: { type: 'string', maxLength: max },
    write: (value) => value,
    read: (value) => {
      if (typeof value === 'string' && value.length <= max && !value.includes('\u0000')) return value;
      throw new CborFault(`expected text of at most ${max}`);
    },
  };
}

/** One of a closed list of words. */
export function oneOf<const Word extends string>(words: readonly Word[]): Field<Word> {
  return {
    schema: { type: 'string', enum: words },
    write: (value) => value,
    read: (value) => {
      const word = words.find((candidate) => candidate === value);
      if (word !== undefined) return word;
      throw new CborFault(`expected one of ${words.length} words`);
    },
  };
}

/** A list of at most `max` values. */
export function list<Value>(field: Field<Value>, max: number): Field<readonly Value[]> {
  return {
    schema: { type: 'array', items: field.schema, maxItems: max },
    write: (values) => values.map((value) => field.write(value)),
    read: (value) => {
      if (!Array.isArray(value) || value.length > max)
        throw new CborFault(`expected a list of at most ${max}`);
      return value.map((item: CborValue) => field.read(item));
    },
  };
}

function writeRecord(places: Places, value: Readonly<Record<string, unknown>>): CborMap {
  const map = new Map<number, CborValue>();
  for (const [name, place] of Object.entries(places)) {
    const item = value[name];
    if (item !== undefined) map.set(place.key, place.field.write(item));
    else if (!place.isOptional) throw new CborFault(`${name} is missing`);
  }
  return map;
}

function readRecord(places: Places, value: CborValue): Record<string, unknown> {
  if (!(value instanceof Map)) throw new CborFault('expected a map');
  const record: Record<string, unknown> = {};
  let known = 0;
  for (const [name, place] of Object.entries(places)) {
    const item = (value as CborMap).get(place.key);
    if (item !== undefined) {
      record[name] = place.field.read(item);
      known += 1;
    } else if (!place.isOptional) throw new CborFault(`${name} is missing`);
  }
  if (known !== value.size) throw new CborFault('a field that this version does not know');
  return record;
}

/** Properties by name; `x-key` is the key in the CBOR map. */
function schemaOf(places: Places): WireSchema {
  const entries = Object.entries(places);
  return {
    type: 'object',
    additionalProperties: false,
    properties: Object.fromEntries(
      entries.map(([name, { key, field }]) => [name, { ...field.schema, 'x-key': key }]),
    ),
    required: entries.filter(([, { isOptional }]) => !isOptional).map(([name]) => name),
  };
}

/** A map with named fields; unknown keys are refused, because what is signed must be understood entirely. */
export function record<const P extends Places>(places: P): Field<RecordOf<P>> {
  return {
    schema: schemaOf(places),
    write: (value) => writeRecord(places, value),
    read: (value) => readRecord(places, value) as RecordOf<P>,
  };
}

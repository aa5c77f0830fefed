import type { Entity } from '@claviger/protocol';
import { readText } from '../../app/read-address.ts';

export const kinds = ['community', 'commercial', 'home'] as const satisfies readonly Entity['kind'][];
export const sortings = ['name', 'code', 'locks', 'newest'] as const;
export type Sorting = (typeof sortings)[number];

/** The filters of Entities as they stand in the address. */
export interface EntitiesSearch {
  readonly kind?: Entity['kind'];
  readonly text?: string;
  readonly sort?: Exclude<Sorting, 'name'>;
}

export const textLengthLimit = 80;

/** Reads the filters of an address; what cannot be read is as if it was not set, so a bad address heals. */
export function readSearch(raw: Readonly<Record<string, unknown>>): EntitiesSearch {
  const kind = kinds.find((known) => known === raw['kind']);
  const text = readText(raw['text'], textLengthLimit);
  const sort = sortings.find((known) => known === raw['sort']);
  return {
    ...(kind !== undefined && { kind }),
    ...(text !== undefined && { text }),
    ...(sort !== undefined && sort !== 'name' && { sort }),
  };
}

/** What is compared where Entities are sorted, by the collation of the page's language. */
function comparison(sort: Sorting, collator: Intl.Collator): (one: Entity, other: Entity) => number {
  switch (sort) {
    case 'name':
      return (one, other) => collator.compare(one.name, other.name);
    case 'code':
      return (one, other) => collator.compare(one.code, other.code);
    case 'locks':
      return (one, other) => other.lockCount - one.lockCount || collator.compare(one.name, other.name);
    case 'newest':
      return (one, other) => other.createdAt - one.createdAt;
  }
}

/** The Entities that fit, sorted: a text is looked for in name, code, description and address. */
export function choose(all: readonly Entity[], search: EntitiesSearch, tag: string): Entity[] {
  const wanted = search.text?.toLocaleLowerCase(tag);
  const fits = ({ kind, name, code, description, address }: Entity) =>
    (search.kind === undefined || kind === search.kind) &&
    (wanted === undefined ||
      [name, code, description, address].some((text) => text.toLocaleLowerCase(tag).includes(wanted)));
  const collator = new Intl.Collator(tag, { numeric: true });
  return all.filter(fits).sort(comparison(search.sort ?? 'name', collator));
}

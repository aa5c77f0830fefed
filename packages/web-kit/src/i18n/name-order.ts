import { knownTag } from './language-tag.ts';

/** What stands in a list under a name that people gave; `serial` decides between two of one name. */
interface Named {
  readonly name: string;
  readonly serial: string;
}

/**
 * By name as people of this language look one up: capitals do not matter, `Door 2` stands before `Door 10`.
 * The same things in any order always come out in the same one.
 */
export function sortByName<Item extends Named>(items: readonly Item[], tag: string): Item[] {
  const { compare } = new Intl.Collator(knownTag(tag) ?? 'en', { numeric: true });
  return items.toSorted((a, b) => compare(a.name, b.name) || compare(a.serial, b.serial));
}

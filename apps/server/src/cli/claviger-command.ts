import { join } from 'node:path';

const root = join(import.meta.dirname, '../../../..');

/** For a shell: also a folder with spaces or quotes is one word. */
export function shellWord(text: string): string {
  return /^[\w./:@%+-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}

/**
 * A line for a terminal that runs this `claviger` wherever it is typed. Elsewhere npx would ask the registry
 * for a package of that name, which is not ours.
 */
export function clavigerCommand(...words: readonly string[]): string {
  return [`cd ${shellWord(root)} && npx --no-install claviger`, ...words.map(shellWord)].join(' ');
}

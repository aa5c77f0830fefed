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

function minuteText(at: number): string {
  return `${new Date(at).toISOString().slice(11, 16)} UTC`;
}

/** How to become the operator while a link that was shown before holds: nobody can show that again. */
export function heldLinkText(
  { issuedAt, expiresAt }: { readonly issuedAt: number; readonly expiresAt: number },
  dataFolder: string,
): string {
  const another = clavigerCommand('bootstrap-token', '--data', dataFolder);
  return (
    `use the link that was shown at ${minuteText(issuedAt)}: it holds until ${minuteText(expiresAt)}. ` +
    `Another one: ${another}`
  );
}

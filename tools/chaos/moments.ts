/**
 * Whom the chaos ends by SIGKILL, and when. A named moment is one that the program itself comes by: its
 * saboteur ends it there. `at any time` ends it from outside, wherever it is.
 */
export const plans = [
  { victim: 'door', moment: 'before the commit' },
  { victim: 'door', moment: 'between commit and relay' },
  { victim: 'door', moment: 'during the swap' },
  { victim: 'door', moment: 'at any time' },
  { victim: 'server', moment: 'during intake' },
  { victim: 'server', moment: 'between intake and its confirmation' },
  { victim: 'server', moment: 'at any time' },
  { victim: 'database', moment: 'at any time' },
  { victim: 'broker', moment: 'at any time' },
] as const;

export type Plan = (typeof plans)[number];
export type Moment = Plan['moment'];

/** What is killed by its own saboteur, and not from outside. */
export function isNamedMoment({ moment }: Plan): boolean {
  return moment !== 'at any time';
}

/** Where a saboteur finds its order: the moment, as the text of a file. */
export function saboteurImport(orderFile: string): string {
  const saboteur = new URL('./saboteur.ts', import.meta.url);
  saboteur.searchParams.set('order', orderFile);
  return `--import=${saboteur.href}`;
}

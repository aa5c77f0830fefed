import { isLine, isName, m } from '@claviger/web-kit';

/** How long a name and a location may be, as the API wants it. */
export const lengthLimits = { name: 80, location: 120 } as const;

/** What is wrong with the name of a lock; null where nothing is. */
export function nameProblem(typed: string): string | null {
  const name = typed.trim();
  if (name === '') return m.problem_name();
  return isName(name) ? null : m.problem_name_form();
}

/** What is wrong with the location of a lock; null where nothing is, nor where it is left empty. */
export function locationProblem(typed: string): string | null {
  return isLine(typed.trim(), lengthLimits.location) ? null : m.problem_location_form();
}

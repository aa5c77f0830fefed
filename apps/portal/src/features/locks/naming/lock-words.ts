import { m } from '@claviger/web-kit';

/** How long a name and a location may be, as the API wants it. */
export const lengthLimits = { name: 80, location: 120 } as const;

/** The characters of one line as the API accepts it, checked here without its schema library. */
const lineForm = /^[^\p{Cc}\p{Cs}\u2028\u2029\u202a-\u202e\u2066-\u2069]*$/u;
const visible = /[^\p{Z}\p{Default_Ignorable_Code_Point}\p{Cf}]/u;

function isLine(text: string, lengthLimit: number): boolean {
  return text.length <= lengthLimit && lineForm.test(text);
}

/** What is wrong with the name of a lock; null where nothing is. */
export function nameProblem(typed: string): string | null {
  const name = typed.trim();
  if (name === '') return m.problem_name();
  return isLine(name, lengthLimits.name) && visible.test(name) ? null : m.problem_name_form();
}

/** What is wrong with the location of a lock; null where nothing is, nor where it is left empty. */
export function locationProblem(typed: string): string | null {
  return isLine(typed.trim(), lengthLimits.location) ? null : m.problem_location_form();
}

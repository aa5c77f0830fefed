import { type InputIssue, type User } from '@claviger/protocol';
import { isEmail, isName, m } from '@claviger/web-kit';
import { phoneProblem } from '../../../app/fields/person.ts';
import type { EditedUser } from './user-draft.ts';

/** What is wrong with what was typed, by field. */
export function problemsIn(typed: EditedUser): Partial<Record<keyof EditedUser, string>> {
  const found = {
    name: isName(typed.name) ? null : m.problem_name(),
    email: isEmail(typed.email) ? null : m.problem_email(),
    phone: phoneProblem(typed.phone),
    mobile: phoneProblem(typed.mobile),
    entityIds: typed.entityIds.length > 0 ? null : m.users_problem_entity_needed(),
  };
  return Object.fromEntries(Object.entries(found).filter(([, problem]) => problem !== null));
}

const words: Readonly<Record<string, () => string>> = {
  user_exists: m.users_problem_exists,
  address_fixed: m.users_problem_address_fixed,
  address_elsewhere: m.users_problem_address_elsewhere,
  entity_needed: m.users_problem_entity_needed,
  last_manager: m.users_problem_last_manager,
  entity_unknown: m.users_problem_entity_unknown,
  own_entity: m.users_problem_own_entity,
};

/** What the server found wrong, by the fields of the form. */
export function serverProblemsOf(issues: readonly InputIssue[]): Partial<Record<keyof EditedUser, string>> {
  const found = issues.map(({ path, problem }) => {
    const [, field = ''] = path.split('.');
    return [field, words[problem]?.() ?? m.users_problem_other()];
  });
  return Object.fromEntries(found) as Partial<Record<keyof EditedUser, string>>;
}

/** Why the address cannot be another: somebody signs in with it, or it is that of a User elsewhere too. */
export function addressFixedBy({ signIn, isElsewhere }: User): string | undefined {
  if (signIn === 'account') return m.users_problem_address_fixed();
  return isElsewhere ? m.users_problem_address_elsewhere() : undefined;
}

import { Refusal } from '@claviger/protocol';
import { m } from '../i18n/messages.ts';

/** What the server says of a password or a code. */
const words: Readonly<Record<string, () => string>> = {
  password_wrong: m.problem_password_wrong,
  password_guessable: m.problem_password_guessable,
  code_wrong: m.problem_code_wrong,
};

/** What a refusal says of this field of the body; undefined where it says nothing of it. */
export function accountProblem(error: Error | null, field: string): string | undefined {
  if (!(error instanceof Refusal)) return undefined;
  const issue = error.issues.find(({ path }) => path === `body.${field}`);
  return issue && (words[issue.problem] ?? m.problem_not_accepted)();
}

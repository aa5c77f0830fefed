import { accountProblem } from '../words/account-problem.ts';
import type { Field } from './fields.ts';

interface Sent {
  readonly error: Error | null;
  readonly reset: () => void;
}

/** A password beside which stands what the server said of it, until another one is typed. */
export function passwordFieldOf(field: Field, sent: Sent): Field {
  const told = accountProblem(sent.error, 'password');
  if (told === undefined) return field;
  return {
    ...field,
    error: field.error ?? told,
    onChange: (value) => {
      sent.reset();
      field.onChange(value);
    },
  };
}

/** What is wrong with anything but the password. */
export function errorBesidePassword(error: Error | null): Error | null {
  return accountProblem(error, 'password') === undefined ? error : null;
}

import { m } from '@claviger/web-kit';

/** How long what is said of a person may be, as the API wants it. */
export const lengthLimits = { name: 80, email: 254, phone: 40, mobile: 40 } as const;

const fewestDigits = 3;

/** A phone number as people write it, or nothing. */
export function phoneProblem(typed: string): string | null {
  const isWritten = /^[+\d ()./-]*$/.test(typed) && typed.replace(/\D/g, '').length >= fewestDigits;
  return typed.trim() === '' || isWritten ? null : m.users_problem_phone();
}

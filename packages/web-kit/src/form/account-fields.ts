import { email, password } from '@claviger/protocol';

/** Whether this has the form of an e-mail address, as the API wants it. */
export function isEmail(value: string): boolean {
  return email.safeParse(value.trim()).success;
}

/** Whether this may be a password, as the API wants it. */
export function isPassword(value: string): boolean {
  return password.safeParse(value).success;
}

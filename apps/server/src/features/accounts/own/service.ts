import { Refusal } from '@claviger/protocol';
import type { SignedIn } from '../../../platform/http/index.ts';
import { assertStrong, type AccountPorts } from '../service.ts';

/** A code of the authenticator has digits alone. */
export function isRecoveryCode(code: string): boolean {
  return !/^\d{6}$/.test(code);
}

interface Proof {
  readonly password?: string;
  readonly code?: string;
  readonly cookie: string;
}

/**
 * Proves that it is still the same person: by a code where the Account has an authenticator, else by the
 * password. Refuses invalid_input beside the field, and too_many_requests.
 */
export async function confirm(
  { authentication }: AccountPorts,
  { accountId, sessionId, email }: SignedIn,
  { password, code, cookie }: Proof,
): Promise<void> {
  if (await authentication.hasAuthenticator(accountId)) {
    const isRight =
      code !== undefined && (await authentication.confirmByCode({ accountId, sessionId, cookie }, code));
    if (!isRight)
      throw new Refusal('invalid_input', { issues: [{ path: 'body.code', problem: 'code_wrong' }] });
    return;
  }
  const isRight =
    password !== undefined && (await authentication.verifyPassword({ email, password })) === accountId;
  if (!isRight)
    throw new Refusal('invalid_input', { issues: [{ path: 'body.password', problem: 'password_wrong' }] });
  await authentication.confirmSession(sessionId);
}

/** Changes the password and ends every other session; returns which. Refuses invalid_input. */
export async function changePassword(
  { authentication }: AccountPorts,
  person: SignedIn,
  passwords: { readonly password: string; readonly newPassword: string },
): Promise<string[]> {
  assertStrong(passwords.newPassword, { email: person.email, path: 'body.newPassword' });
  const ended = await authentication.changePassword(person, passwords);
  if (!ended)
    throw new Refusal('invalid_input', { issues: [{ path: 'body.password', problem: 'password_wrong' }] });
  return ended;
}

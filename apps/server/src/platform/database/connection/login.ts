import { createHash, createHmac, pbkdf2Sync } from 'node:crypto';
import { deriveSecret, type Secret } from '../../secrets/index.ts';
import { DatabaseProblem } from '../problem.ts';

/** The roles that the running server signs in as; the administrator's is not among them. */
export const loginRoles = ['claviger_app', 'claviger_auth', 'claviger_jobs'] as const;
export type LoginRole = (typeof loginRoles)[number];

/** Fixed by PostgreSQL's own default for verifiers (RFC 7677 asks for at least this). */
const SCRAM_ITERATIONS = 4096;
const SCRAM_SALT_BYTES = 16;
const DIGEST_BYTES = 32;

/** Drawn from the installation secret: the same at every start, and stored nowhere. */
function passwordOf(role: LoginRole, installationSecret: Secret): string {
  return keyed(deriveSecret(installationSecret, 'database roles').reveal(), role).toString('base64url');
}

/** The address of the same database for one of the roles; keeps host, port, database name and TLS options. */
export function loginUrl(adminUrl: Secret, role: LoginRole, installationSecret: Secret): string {
  const url = parseDatabaseUrl(adminUrl);
  url.username = role;
  url.password = passwordOf(role, installationSecret);
  return url.href;
}

/** Refuses with `address_invalid`; the message does not repeat the address, which may hold a password. */
export function parseDatabaseUrl(adminUrl: Secret): URL {
  const text = adminUrl.revealText();
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const isComplete =
    url !== undefined && url.hostname !== '' && url.username !== '' && url.pathname.length > 1;
  if (isComplete && /^postgres(ql)?:$/.test(url.protocol)) return url;
  throw new DatabaseProblem(
    'address_invalid',
    'The address of the database is not complete. Write postgres://name:password@host:5432/database; ' +
      'the folder of a socket takes the place of the host, with %2F for every slash.',
  );
}

/**
 * What PostgreSQL stores in place of the password (SCRAM-SHA-256, RFC 5802 and 7677), so that the password
 * itself appears in no statement and no log. The same secret always gives the same verifier.
 */
export function scramVerifier(role: LoginRole, installationSecret: Secret): string {
  const password = passwordOf(role, installationSecret);
  const salt = keyed(password, 'salt').subarray(0, SCRAM_SALT_BYTES);
  const salted = pbkdf2Sync(password, salt, SCRAM_ITERATIONS, DIGEST_BYTES, 'sha256');
  const storedKey = createHash('sha256').update(keyed(salted, 'Client Key')).digest('base64');
  const serverKey = keyed(salted, 'Server Key').toString('base64');
  return `SCRAM-SHA-256$${SCRAM_ITERATIONS}:${salt.toString('base64')}$${storedKey}:${serverKey}`;
}

function keyed(key: string | Uint8Array, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest();
}

import { isMatterCode, parsePairingCode, parseSerial } from '@claviger/domain';
import type { RegistrationInput } from '@claviger/protocol';
import { isEmail, isKnownZone, isPassword } from '@claviger/web-kit';

/** What the registration form holds, as typed. */
export interface RegistrationValues {
  email: string;
  password: string;
  serial: string;
  code: string;
  address: string;
  zone: string;
}

export type RegistrationField = keyof RegistrationValues;

/** What is wrong with a field, by the look of it; only the server knows whether a lock exists. */
export type FieldProblem = 'email' | 'password_length' | 'serial' | 'code' | 'zone';

const checks: readonly (readonly [RegistrationField, FieldProblem, (value: string) => boolean])[] = [
  ['email', 'email', isEmail],
  ['password', 'password_length', isPassword],
  ['serial', 'serial', isSerial],
  ['code', 'code', isClaimCode],
  ['zone', 'zone', isKnownZone],
];

function isSerial(value: string): boolean {
  return parseSerial(value) !== undefined;
}

function isClaimCode(value: string): boolean {
  return parsePairingCode(value) !== undefined || isMatterCode(value);
}

/** The problems of the fields that cannot be right; no problem does not mean that the lock exists. */
export function problemsOf(values: RegistrationValues): Partial<Record<RegistrationField, FieldProblem>> {
  return Object.fromEntries(
    checks.filter(([field, , isFine]) => !isFine(values[field])).map(([field, problem]) => [field, problem]),
  );
}

/** What is sent: codes in their one written form, an empty address left out. */
export function inputOf(values: RegistrationValues): RegistrationInput {
  const address = values.address.trim();
  return {
    email: values.email.trim(),
    password: values.password,
    serial: parseSerial(values.serial) ?? values.serial,
    code: parsePairingCode(values.code) ?? values.code.trim(),
    zone: values.zone,
    ...(address !== '' && { address }),
  };
}

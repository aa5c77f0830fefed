import { hkdfSync } from 'node:crypto';
import { Secret } from './secret.ts';

/** What a derived key is for. Two purposes never share a key, and a label never changes. */
export type KeyLabel =
  | 'installation id'
  | 'database roles'
  | 'session cookies'
  | 'sealed fields'
  | 'pairing codes'
  | 'limited subjects'
  | 'repeated requests'
  | 'metrics token'
  | 'door secrets'
  | 'qr issuers'
  | 'pin values'
  | 'audit subjects'
  | 'audit checkpoints';

const derivedLength = 32;

/** A key of 32 bytes for one purpose: HKDF-SHA-256 (RFC 5869) of the installation secret. */
export function deriveSecret(installationSecret: Secret, label: KeyLabel): Secret {
  const salt = new Uint8Array(0);
  return new Secret(
    new Uint8Array(
      hkdfSync('sha256', installationSecret.reveal(), salt, `claviger/1/${label}`, derivedLength),
    ),
  );
}

/** A key for one purpose about one thing, `about`: HKDF-SHA-256 with it as the salt; at most 32 bytes. */
export function deriveSecretAbout(
  installationSecret: Secret,
  label: KeyLabel,
  { about, length = derivedLength }: { readonly about: string; readonly length?: number },
): Secret {
  const info = `claviger/1/${label}`;
  return new Secret(new Uint8Array(hkdfSync('sha256', installationSecret.reveal(), about, info, length)));
}

/**
 * The identifier of the installation that this secret belongs to: a UUID of version 8 (RFC 9562 5.8), so keys
 * and database can be matched without a further file.
 */
export function installationIdOf(installationSecret: Secret): string {
  const hex = Buffer.from(deriveSecret(installationSecret, 'installation id').reveal()).toString('hex');
  const variant = ((Number.parseInt(hex.charAt(16), 16) & 0x3) | 0x8).toString(16);
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `8${hex.slice(13, 16)}`,
    `${variant}${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ].join('-');
}

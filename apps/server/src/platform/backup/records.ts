import { createPublicKey, sign, verify, type KeyObject } from 'node:crypto';
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { z } from 'zod';
import { BackupProblem } from './problem.ts';

const place = z.string().regex(/^[0-9A-F]{1,8}\/[0-9A-F]{1,8}$/);
const sealedFile = z.strictObject({
  name: z.string().regex(/^[\w.-]+$/),
  size: z.int().min(1),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
});

/** Whose backup it is, and which history of it: a restored installation is another one. */
export const lineage = z.strictObject({
  installationId: z.uuid(),
  incarnation: z.int().min(1),
  systemId: z.string().regex(/^\d+$/),
  timeline: z.int().min(1),
});
export type Lineage = z.output<typeof lineage>;

/** A base: the whole installation at one moment. Instants are UTC epoch milliseconds. */
export const baseRecord = z.strictObject({
  format: z.literal(1),
  kind: z.literal('base'),
  ...lineage.shape,
  program: z.string(),
  postgres: z.string(),
  startedAt: z.int(),
  /** From this instant on it can be restored. */
  endedAt: z.int(),
  from: place,
  through: place,
  files: z.array(sealedFile),
});
export type BaseRecord = z.output<typeof baseRecord>;

/** One segment of the log, or the beginning of one. */
export const logRecord = z.strictObject({
  format: z.literal(1),
  kind: z.literal('log'),
  ...lineage.shape,
  segment: z.string().regex(/^[0-9A-F]{24}$/),
  from: place,
  through: place,
  /** Up to this instant it can be restored with this piece. */
  at: z.int(),
  file: sealedFile,
});
export type LogRecord = z.output<typeof logRecord>;

/** What is signed begins with this, so that no other signature of this key can stand for it. */
const label = 'claviger/1/backup\n';

function bytesOf(text: string): Uint8Array {
  return new TextEncoder().encode(label + text);
}

/** Writes a record with its signature: one line, then JSON. It appears whole or not at all. */
export function writeRecord(path: string, record: BaseRecord | LogRecord, signingKey: KeyObject): void {
  const text = `${JSON.stringify(record, undefined, 2)}\n`;
  const signature = sign(null, bytesOf(text), signingKey).toString('base64url');
  writeFileSync(`${path}.new`, `${signature}\n${text}`, { mode: 0o600, flush: true });
  renameSync(`${path}.new`, path);
}

function isGenuine(text: string, signature: string, signedBy: string): boolean {
  const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: signedBy }, format: 'jwk' });
  return verify(null, bytesOf(text), key, Buffer.from(signature, 'base64url'));
}

/**
 * Reads a record that this key has signed. Refuses (BackupProblem) another signature and another form; with
 * no key given, for the installation's own folder, the signature is not looked at.
 */
export function readRecord<Shape extends z.ZodType>(
  path: string,
  shape: Shape,
  signedBy: string | undefined,
): z.output<Shape> {
  const whole = readFileSync(path, 'utf8');
  const end = whole.indexOf('\n');
  const [signature, text] = [whole.slice(0, end), whole.slice(end + 1)];
  if (signedBy !== undefined && !isGenuine(text, signature, signedBy)) {
    throw new BackupProblem(`${path} was not signed by the installation that this backup key belongs to.`);
  }
  try {
    return shape.parse(JSON.parse(text));
  } catch (error) {
    throw new BackupProblem(`${path} is not what this version of Claviger writes.`, { cause: error });
  }
}

import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createAuthority, type Authority } from './index.ts';

const fileName = 'authority.pem';
const fileMode = 0o600;
const keyBlock = /-----BEGIN PRIVATE KEY-----[\s\S]+?-----END PRIVATE KEY-----\n/;
const certificateBlock = /-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----\n?/;

/** The file of the authority is damaged; a new one would make every device a stranger, so none is made. */
export class AuthorityProblem extends Error {
  override readonly name = 'AuthorityProblem';
}

function read(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}

function parse(text: string, path: string): Authority {
  const [key, certificate] = [keyBlock.exec(text)?.[0], certificateBlock.exec(text)?.[0]];
  if (key === undefined || certificate === undefined) {
    throw new AuthorityProblem(`${path} is damaged. Restore it from a backup.`);
  }
  return { key, certificate };
}

/**
 * The installation's authority from its file in the folder of keys, made at the first start: key and
 * certificate in one file, so that they appear together or not at all. Throws AuthorityProblem for a
 * damaged file.
 */
export async function loadAuthority(
  keysFolder: string,
  installationId: string,
  now: number,
): Promise<Authority> {
  const path = join(keysFolder, fileName);
  const known = read(path);
  if (known !== undefined) return parse(known, path);
  const { key, certificate } = await createAuthority(installationId, now);
  const draft = `${path}.${process.pid}`;
  writeFileSync(draft, `${key}${certificate}\n`, { mode: fileMode, flag: 'wx', flush: true });
  renameSync(draft, path);
  return parse(readFileSync(path, 'utf8'), path);
}

/** Why the database cannot serve; the same strings in logs and in the operator's documents. */
export type DatabaseProblemCode =
  | 'address_invalid'
  | 'admin_password_missing'
  | 'binaries_missing'
  | 'binaries_unusable'
  | 'disk_full'
  | 'folder_in_use'
  | 'folder_not_ours'
  | 'migration_failed'
  | 'no_permission'
  | 'other_installation'
  | 'other_version'
  | 'port_busy'
  | 'role_too_powerful'
  | 'schema_newer'
  | 'server_too_old'
  | 'start_failed'
  | 'stop_failed'
  | 'unreachable';

/** The operator has to act: the message is a plain sentence that says what is wrong and what to do. */
export class DatabaseProblem extends Error {
  readonly code: DatabaseProblemCode;

  constructor(code: DatabaseProblemCode, message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = 'DatabaseProblem';
    this.code = code;
  }
}

/** The code that the system or PostgreSQL gave an error (`ENOSPC`, `57P01`), if it gave one. */
export function errorCodeOf(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null || !('code' in error)) return undefined;
  return typeof error.code === 'string' ? error.code : undefined;
}

const NO_SPACE_CODES = ['ENOSPC', 'EDQUOT'];
const CLOSED_CODES = ['EACCES', 'EPERM', 'EROFS'];
const IN_THE_WAY_CODES = ['ENOTDIR', 'EEXIST'];

/** Turns a failure of the file system under `path` into a sentence; what it does not know stays as it is. */
export function fileProblem(error: unknown, path: string): unknown {
  const code = errorCodeOf(error) ?? '';
  if (NO_SPACE_CODES.includes(code)) return diskFull(path, error);
  if (CLOSED_CODES.includes(code)) {
    const advice = 'Give the folder to the user that starts this program, or choose another one.';
    return new DatabaseProblem('no_permission', `This program may not write to ${path}. ${advice}`, error);
  }
  if (IN_THE_WAY_CODES.includes(code)) {
    const advice = 'Choose another data folder.';
    return new DatabaseProblem('folder_not_ours', `${path} is a file and not a folder. ${advice}`, error);
  }
  return error;
}

/** The disk under `path` has no room left. */
export function diskFull(path: string, cause?: unknown): DatabaseProblem {
  const advice =
    'Free some space or move the data folder to a larger disk; nothing that was acknowledged is lost.';
  return new DatabaseProblem('disk_full', `The disk that holds ${path} is full. ${advice}`, cause);
}

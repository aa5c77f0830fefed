import { createHash } from 'node:crypto';
import { lstat, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseProblem } from '../../problem.ts';
import type { RunAs } from '../account.ts';
import type { Binaries } from '../binaries.ts';
import type { Layout } from '../cluster.ts';
import { exists, makePrivateFolder } from '../files.ts';

/** A socket in a private folder, or a port of 127.0.0.1 where there are no sockets (Windows). */
export type Listening =
  | { readonly kind: 'socket'; readonly socketFolder: string }
  | { readonly kind: 'loopback'; readonly port: number };

/** All that is needed to start PostgreSQL on one cluster. */
export interface LaunchPlan {
  readonly binaries: Binaries;
  readonly cluster: string;
  readonly listening: Listening;
  readonly parameters: readonly string[];
  readonly account: RunAs;
  readonly onLine: (line: string) => void;
  /** How long the start may take, where that is not what a recovery after a crash takes. */
  readonly startLimitMs?: number;
}

/** The port in the name of the socket; nothing listens on it over a network. */
export const SOCKET_PORT = 5432;
/** The name of the socket's file. */
export const SOCKET_NAME = `.s.PGSQL.${SOCKET_PORT}`;
/** sun_path of sockaddr_un without its closing zero: 108 bytes on Linux, 104 on macOS. */
const SOCKET_PATH_LIMIT_BYTES = process.platform === 'darwin' ? 103 : 107;
const CONNECTION_LIMIT = 100;
/** So much log waits for a backup that is away; then that needs a new base, and the disk stays free. */
const LOG_KEPT_FOR_BACKUP = '4GB';

/**
 * Makes the folder of the socket: in the data folder, or, where the path would be too long for a socket, in
 * the system's temporary folder under a name drawn from the data folder's path, so that a leftover is found
 * again. Refuses with `no_permission` when somebody else sits on that name.
 */
export async function makeSocketFolder(layout: Layout, account: RunAs): Promise<string> {
  const owner = account?.uid ?? process.getuid?.();
  if (fitsSocket(layout.socketFolder)) {
    await makePrivateFolder(layout.socketFolder, account);
    return layout.socketFolder;
  }
  const name = createHash('sha256').update(layout.folder).digest('hex').slice(0, 16);
  const short = join(tmpdir(), `claviger-${name}`);
  if (!fitsSocket(short)) {
    throw new DatabaseProblem(
      'start_failed',
      `The path ${layout.folder} is too long for a socket, and so is ${short}. Choose a shorter one.`,
    );
  }
  const isThere = await exists(short);
  const found = isThere ? await lstat(short) : undefined;
  if (found !== undefined && (!found.isDirectory() || found.uid !== owner || (found.mode & 0o077) !== 0)) {
    throw new DatabaseProblem(
      'no_permission',
      `${short} belongs to somebody else. Remove it, then start again.`,
    );
  }
  if (found === undefined) await makePrivateFolder(short, account);
  return short;
}

/** Removes a folder of the socket in the system's temporary folder, where nobody else would. */
export async function removeSocketFolder(layout: Layout, listening: Listening): Promise<void> {
  if (listening.kind === 'loopback' || listening.socketFolder === layout.socketFolder) return;
  await rm(listening.socketFolder, { recursive: true, force: true });
}

function fitsSocket(folder: string): boolean {
  return Buffer.byteLength(join(folder, SOCKET_NAME)) <= SOCKET_PATH_LIMIT_BYTES;
}

/**
 * The command line of PostgreSQL, which holds every setting of ours. It names the build, so that a leftover
 * of another release is not taken over. `isDisposable` gives durability away for speed and is for tests
 * alone.
 */
export function launchParameters(listening: Listening, build: string, isDisposable: boolean): string[] {
  const settings = {
    cluster_name: `claviger ${build}`,
    max_connections: String(CONNECTION_LIMIT),
    max_slot_wal_keep_size: LOG_KEPT_FOR_BACKUP,
    password_encryption: 'scram-sha-256',
    // LOG and worse: errors of statements reach their caller, and their texts can quote what people typed.
    log_min_messages: 'log',
    log_min_error_statement: 'panic',
    log_error_verbosity: 'terse',
    log_line_prefix: '',
    logging_collector: 'off',
    ...listeningSettings(listening),
    ...durabilitySettings(isDisposable),
  };
  return Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
}

function listeningSettings(listening: Listening): Record<string, string> {
  if (listening.kind === 'loopback') {
    return { listen_addresses: '127.0.0.1', port: String(listening.port), unix_socket_directories: '' };
  }
  // Quoted, because the setting is a list and a path may hold a comma.
  const quoted = `"${listening.socketFolder.replaceAll('"', '""')}"`;
  return {
    listen_addresses: '',
    port: String(SOCKET_PORT),
    unix_socket_directories: quoted,
    unix_socket_permissions: '0700',
  };
}

function durabilitySettings(isDisposable: boolean): Record<string, string> {
  const value = isDisposable ? 'off' : 'on';
  return { fsync: value, synchronous_commit: value, full_page_writes: value };
}

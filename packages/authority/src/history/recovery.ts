import { afterWrongTry, isPaused, type PathMemory, type Reason } from '@claviger/domain';
import {
  recoveryKeysLimit,
  recoveryMessage,
  recoveryPathsLimit,
  sealMessage,
  uuidBytes,
  type RecoveryMessage,
} from '@claviger/protocol';
import type { AuthorityPorts, Reply } from '../authority.ts';
import type { AuthorityTransaction, OwnedDevice, PastAttempt } from '../store.ts';

/** Wrong tries of so long ago are forgiven: one every 15 minutes, and no path has collected more. */
const attemptsOfMs = 6 * 60 * 60_000;

/** A moving picture that was taken before that is over (SEMANTICS M7). */
const pictureLivesMs = 2 * 60_000;

/** SEMANTICS C10. A wrong second factor is told with another reason and is not given back. */
const wrongReasons: readonly (Reason | undefined)[] = ['malformed', 'unknown_credential', 'bad_signature'];

type LockNumbers = ReadonlyMap<string, number>;

function isWrongTry({ type, reason }: PastAttempt): boolean {
  return type === 'key_refused' && wrongReasons.includes(reason);
}

/** What the reader paths would remember if all histories had been one. */
function pathsOf(
  attempts: readonly PastAttempt[],
  locks: LockNumbers,
  now: number,
): RecoveryMessage['paths'] {
  const paths = new Map<string, { lock: number; path: string; memory: PathMemory }>();
  for (const attempt of attempts) {
    const { lockId, path, at } = attempt;
    const lock = locks.get(lockId);
    if (lock === undefined || path === undefined || !isWrongTry(attempt)) continue;
    const name = `${lock} ${path}`;
    paths.set(name, { lock, path, memory: afterWrongTry(paths.get(name)?.memory, at) });
  }
  return [...paths.values()]
    .sort((one, other) => (other.memory.pausedUntil ?? 0) - (one.memory.pausedUntil ?? 0))
    .slice(0, recoveryPathsLimit)
    .map(({ lock, path, memory: { pausedUntil, ...tries } }) => {
      const isRunning = isPaused({ ...tries, pausedUntil }, now);
      return { lock, path, ...tries, ...(isRunning && { pausedUntil }) };
    });
}

/** The instant of the last grant to a Key's QR at a lock, where its picture may still be moving. */
function picturesOf(attempts: readonly PastAttempt[], now: number): Map<string, number> {
  const pictures = attempts.filter(
    ({ type, method, at }) =>
      type === 'key_accepted' && (method === 'qr' || method === 'pass') && at > now - pictureLivesMs,
  );
  return new Map(pictures.map(({ lockId, key, at }) => [`${lockId} ${key}`, at]));
}

async function keysOf(
  transaction: AuthorityTransaction,
  locks: LockNumbers,
  pictures: ReadonlyMap<string, number>,
): Promise<RecoveryMessage['keys']> {
  const spent = await transaction.getSpent();
  return spent.flatMap((uses) => {
    const lock = locks.get(uses.lockId);
    if (lock === undefined) return [];
    const qrAt = pictures.get(`${uses.lockId} ${uses.keyId}`);
    const key = uuidBytes(uses.keyId);
    return [{ lock, key, spent: uses.spent, qrAt, ...(uses.isUnsure && { isUnsure: true }) }];
  });
}

async function listsOf(
  transaction: AuthorityTransaction,
  { ownershipEpoch }: OwnedDevice,
  locks: LockNumbers,
): Promise<RecoveryMessage['lists']> {
  const states = await transaction.getListStates();
  return states.flatMap(({ lockId, newest }) => {
    const lock = locks.get(lockId);
    if (lock === undefined || newest?.ownershipEpoch !== ownershipEpoch) return [];
    return [{ lock, list: { incarnation: newest.incarnation, version: newest.version } }];
  });
}

function chunks<Item>(items: readonly Item[], size: number): Item[][] {
  const count = Math.max(1, Math.ceil(items.length / size));
  return Array.from({ length: count }, (_, index) => items.slice(index * size, (index + 1) * size));
}

/**
 * What the server knows of a device from all of its histories: uses that are spent, and of which Keys it
 * cannot know them all; wrong tries that are not forgiven, pictures that were shown, the highest boot and
 * command. Every grant is stored once, whichever disk made it, so the uses of both histories are in the
 * count. `device` is as its present hello told it.
 */
export async function recoveryLetters(
  transaction: AuthorityTransaction,
  told: { readonly deviceId: string; readonly device: OwnedDevice; readonly through: number },
  ports: Pick<AuthorityPorts, 'signer' | 'now'>,
): Promise<Reply[]> {
  const { deviceId, device, through } = told;
  const now = ports.now();
  const locks = new Map((await transaction.getLocks()).map(({ id, number }) => [id, number]));
  const attempts = await transaction.getAttemptsSince(now - attemptsOfMs);
  const common = {
    device: uuidBytes(deviceId),
    ownershipEpoch: device.ownershipEpoch,
    bootNonce: device.bootNonce ?? new Uint8Array(),
    logEpoch: device.logEpoch,
    through,
    bootNumber: device.bootNumber,
    commandSequence: device.commandSequence,
    lists: await listsOf(transaction, device, locks),
    ...(device.doubt?.cause === 'damaged_memory' && { isOneHistory: true }),
  };
  const paths = pathsOf(attempts, locks, now);
  const parts = chunks(await keysOf(transaction, locks, picturesOf(attempts, now)), recoveryKeysLimit);
  return parts.map((keys, part) => {
    const body = { ...common, part, parts: parts.length, keys, paths: part === 0 ? paths : [] };
    return { channel: 'sync', message: sealMessage(recoveryMessage, body, ports.signer) };
  });
}

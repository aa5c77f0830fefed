import type { AccessList } from '@claviger/domain';
import { keyIdOf } from '@claviger/agent';
import {
  commandMessage,
  countsMessage,
  encodeAccessList,
  encodeEntries,
  helloMessage,
  kindNumberOf,
  listDeltaMessage,
  listHeadMessage,
  listPieceLimit,
  listPieceMessage,
  namedRoot,
  recoveryMessage,
  openMessage,
  rootAfter,
  sealMessage,
  storedMessage,
  timeMessage,
  uuidBytes,
  type CommandMessage,
  type CountsMessage,
  type HelloMessage,
  type KeyEntry,
  type ListDelta,
  type ListHeadMessage,
  type MessageKind,
  type RecoveryMessage,
  type StoredMessage,
} from '@claviger/protocol';
import { seededCrypto, seededKey } from './crypto.ts';
import { theDevice, worldStartsAt, type Letter, type World } from './world.ts';

const serverKey = seededKey('server');
const { sha256 } = seededCrypto(serverKey, 'letters');
const signer = { keyId: keyIdOf(serverKey.publicKey, sha256), sign: serverKey.sign };
const toTheDevice = { device: uuidBytes(theDevice), ownershipEpoch: 1 };

type Down = Extract<Letter, { direction: 'down' }>;

function letter<Body>(channel: Down['channel'], kind: MessageKind<Body>, body: Body): Down {
  return { direction: 'down', channel, message: sealMessage(kind, body, signer) };
}

/** The letters that bring an access list: its head, then its pieces; `more` is different about the head. */
export function listLetters(
  list: AccessList,
  more: Partial<ListHeadMessage> = {},
  pieceLength = listPieceLimit,
): Down[] {
  const bytes = encodeAccessList(list);
  const hash = sha256(bytes);
  const count = Math.ceil(bytes.length / pieceLength);
  const { incarnation, version, signedAt } = list;
  const body = {
    ...{ ...toTheDevice, lock: 1, list: { incarnation, version }, signedAt, pieces: count, hash },
    ...more,
  };
  const pieces = Array.from({ length: count }, (_, index) => {
    const piece = bytes.slice(index * pieceLength, (index + 1) * pieceLength);
    return letter('sync', listPieceMessage, { ...toTheDevice, hash, index, piece });
  });
  return [letter('sync', listHeadMessage, body), ...pieces];
}

/** The letters that change this list one after the other, each by these Keys; `more` is different in each. */
export function deltaLetters(
  list: AccessList,
  changes: readonly (readonly KeyEntry[])[],
  more: Partial<ListDelta> = {},
): Down[] {
  let root = sha256(encodeAccessList(list));
  return changes.map((entries, place) => {
    const keys = encodeEntries(entries);
    const version = list.version + place + 1;
    const delta = { from: namedRoot(root), version, elapsedMs: 1_000, keys, ...more };
    root = rootAfter(root, delta, sha256);
    return letter('sync', listDeltaMessage, delta);
  });
}

/** Brings an access list to the door, whole and at once. */
export async function bring(world: World, list: AccessList): Promise<void> {
  for (const each of listLetters(list)) await world.deliver(each);
  await world.settle();
}

/** What the door last said of itself. */
export function lastHello(world: World): HelloMessage | undefined {
  const last = world.letters.findLast(({ message }) => kindNumberOf(message) === helloMessage.number);
  const opened = last && openMessage(helloMessage, last.message, () => true);
  return opened?.ok ? opened.body : undefined;
}

/** The server's time as an answer to the last hello; it says that these lists are current. */
export function timeLetter(world: World, lists: HelloMessage['lists']): Down {
  const nonce = lastHello(world)?.timeNonce ?? new Uint8Array(16);
  return letter('sync', timeMessage, {
    ...toTheDevice,
    nonce,
    at: worldStartsAt + world.clock.mono(),
    lists,
  });
}

/** The server has stored the log up to there, with this hash; `more` is different about it. */
export function storedLetter(through: number, hash?: Uint8Array, more: Partial<StoredMessage> = {}): Down {
  return letter('sync', storedMessage, { ...toTheDevice, logEpoch: 1, through, hash, ...more });
}

/**
 * What the server gives back to the present boot in its log 2, in one part; nothing is spent but what is
 * said.
 */
export function recoveryLetter(world: World, more: Partial<RecoveryMessage> = {}): Down {
  const { bootNonce, lastSequence } = lastHello(world) ?? { bootNonce: new Uint8Array(16), lastSequence: 0 };
  return letter('sync', recoveryMessage, {
    ...{ ...toTheDevice, bootNonce, logEpoch: 2, through: lastSequence, part: 0, parts: 1 },
    ...{ bootNumber: 0, commandSequence: 0, lists: [], keys: [], paths: [], ...more },
  });
}

/** An opening on the page of a Key. */
export function linkLetter(world: World, key: string, more: Partial<CommandMessage> = {}): Down {
  const issuedAt = worldStartsAt + world.clock.mono();
  return letter('command', commandMessage, {
    ...toTheDevice,
    bootNonce: lastHello(world)?.bootNonce ?? new Uint8Array(16),
    command: uuidBytes('0193a6c0-7777-7000-8000-000000000007'),
    sequence: 1,
    issuedAt,
    notAfter: issuedAt + 10_000,
    type: 'open',
    lock: 1,
    key: uuidBytes(key),
    ...more,
  });
}

/** The counters of Keys whose records were damaged, for the present boot, by all that its log tells. */
export function countsLetter(world: World, more: Partial<CountsMessage> = {}): Down {
  const { bootNonce, lastSequence } = lastHello(world) ?? { bootNonce: new Uint8Array(16), lastSequence: 0 };
  const body = { ...toTheDevice, bootNonce, logEpoch: 1, through: lastSequence, keys: [], ...more };
  return letter('sync', countsMessage, body);
}

import type { AccessList } from '@claviger/domain';
import {
  accessListSizeLimit,
  areEqual,
  CborFault,
  decodeChangedList,
  listDeltaMessage,
  listHeadMessage,
  namedRoot,
  openMessage,
  reportAskMessage,
  reportedPieceLimit,
  reportMessage,
  rootAfter,
  sealMessage,
  splitReported,
  usesMessage,
  uuidBytes,
  uuidText,
  type ListDelta,
  type ListHeadMessage,
  type MessageKind,
  type ReportMessage,
} from '@claviger/protocol';
import { receiveFrom, refused, taken, type AuthorityPorts, type Receipt, type Reply } from '../authority.ts';
import type { ListVersion } from '../access-list/list-store.ts';
import { nameNextLog } from '../history/logs.ts';
import type { AuthorityTransaction, OwnedDevice } from '../store.ts';
import { knowsLess } from './silent-keys.ts';

/** A lock of a device that is asked, by the boot that said hello last. */
export interface Asked {
  readonly deviceId: string;
  readonly device: OwnedDevice;
  readonly lock: { readonly id: string; readonly number: number };
}

interface Question {
  readonly list?: ListVersion | undefined;
  readonly index?: number | undefined;
  readonly after?: Uint8Array | undefined;
}

function ask({ deviceId, device, lock }: Asked, question: Question, { signer }: AuthorityPorts): Reply {
  const body = {
    device: uuidBytes(deviceId),
    ownershipEpoch: device.ownershipEpoch,
    bootNonce: device.bootNonce ?? new Uint8Array(),
    lock: lock.number,
    ...question,
  };
  return { channel: 'sync', message: sealMessage(reportAskMessage, body, signer) };
}

function isSame(one: ListVersion, other: ListVersion): boolean {
  return one.incarnation === other.incarnation && one.version === other.version;
}

/** Asks for the next piece that is missing of a list which only the door has; none where all are there. */
export async function askForList(
  transaction: AuthorityTransaction,
  asked: Asked & { readonly list: ListVersion },
  ports: AuthorityPorts,
): Promise<Reply[]> {
  const { lock, list } = asked;
  const reported = await transaction.getReported(lock.id);
  if (!reported || !isSame(reported.list, list)) return [ask(asked, { list, index: 0 }, ports)];
  const missing = Array.from({ length: reported.pieces }, (_, index) => index).find(
    (index) => !reported.indexes.includes(index),
  );
  if (missing !== undefined) return [ask(asked, { list, index: missing }, ports)];
  await transaction.takeReported(lock.id);
  return [];
}

/** Asks for the uses of Keys after this one. */
export function askForUses(asked: Asked, after: Uint8Array, ports: AuthorityPorts): Reply {
  return ask(asked, { after }, ports);
}

/**
 * The head with which this server had signed the list, or the whole one that deltas have made it of;
 * undefined where it is not its own, or of another list.
 */
function ownHead(
  report: ReportMessage,
  ports: Pick<AuthorityPorts, 'verifyOwn'>,
): ListHeadMessage | undefined {
  const opened = report.head && openMessage(listHeadMessage, report.head, ports.verifyOwn);
  if (!opened?.ok) return undefined;
  const { device, ownershipEpoch, lock, list } = opened.body;
  const isOfDevice = areEqual(device, report.device) && ownershipEpoch === report.ownershipEpoch;
  const isBelow = list.incarnation === report.list.incarnation && list.version <= report.list.version;
  return isOfDevice && lock === report.lock && isBelow ? opened.body : undefined;
}

async function takePiece(
  transaction: AuthorityTransaction,
  told: Asked & { readonly report: ReportMessage },
  ports: AuthorityPorts,
): Promise<Receipt> {
  const { lock, report } = told;
  const { list, head, index, pieces, piece } = report;
  const state = (await transaction.getListStates()).find(({ lockId }) => lockId === lock.id);
  if (state?.reportOwedSince === undefined) return taken();
  if (!head) {
    await transaction.settleReport(lock.id, ports.now(), 'unproven');
    await transaction.wantList(lock.id, ports.now());
    return taken();
  }
  const isPossible = index < pieces && pieces * reportedPieceLimit < accessListSizeLimit + reportedPieceLimit;
  if (!isPossible || !ownHead(report, ports)) return refused('report forged');
  await transaction.putReported(lock.id, { list, head, index, pieces, piece });
  return taken(...(await askForList(transaction, { ...told, list }, ports)));
}

interface ByBoot {
  readonly device: Uint8Array;
  readonly ownershipEpoch: number;
  readonly bootNonce: Uint8Array;
  readonly lock: number;
}

/** Opens what the present boot of a device has said about one of its locks. */
function receiveOfBoot<Body extends ByBoot>(
  { deviceId, message, kind }: { deviceId: string; message: Uint8Array; kind: MessageKind<Body> },
  ports: AuthorityPorts,
  take: (transaction: AuthorityTransaction, asked: Asked, body: Body) => Promise<Receipt>,
): Promise<Receipt> {
  return receiveFrom(deviceId, ports, async (transaction, device) => {
    const opened = openMessage(kind, message, ports.verifierOf(device.identityKey));
    if (!opened.ok) return refused(`report ${opened.fault}`);
    const { body } = opened;
    const isOurs =
      areEqual(body.device, uuidBytes(deviceId)) && body.ownershipEpoch === device.ownershipEpoch;
    const isPresent = device.bootNonce !== undefined && areEqual(device.bootNonce, body.bootNonce);
    const lock = (await transaction.getLocks()).find(({ number }) => number === body.lock);
    if (!isOurs || !isPresent || !lock) return refused('report foreign');
    return take(transaction, { deviceId, device, lock }, body);
  });
}

/** A piece of a list that a door gives back: kept, and the next one is asked for. */
export function receiveReport(
  deviceId: string,
  message: Uint8Array,
  ports: AuthorityPorts,
): Promise<Receipt> {
  return receiveOfBoot({ deviceId, message, kind: reportMessage }, ports, (transaction, asked, report) =>
    takePiece(transaction, { ...asked, report }, ports),
  );
}

/**
 * Uses that a door knows of. They are believed when they are as of the very event up to which its log is
 * stored, for then no grant is counted twice and none is left out; not from a memory that is in doubt, or
 * has to be.
 */
export function receiveUses(deviceId: string, message: Uint8Array, ports: AuthorityPorts): Promise<Receipt> {
  return receiveOfBoot({ deviceId, message, kind: usesMessage }, ports, async (transaction, asked, told) => {
    const { lock } = asked;
    const place = await transaction.getLog(told.logEpoch);
    const state = (await transaction.getListStates()).find(({ lockId }) => lockId === lock.id);
    const isAsOfNow = told.logEpoch === asked.device.logEpoch && told.through === place.storedThrough;
    if (!isAsOfNow || asked.device.doubt || state?.areUsesOwed !== true) return taken();
    if (await knowsLess(transaction, { lockId: lock.id, told, now: ports.now() })) {
      const { logEpoch } = told;
      return taken(await nameNextLog(transaction, { ...asked, logEpoch, place }, ports));
    }
    const uses = told.keys.map(({ key, spent, isInDoubt = false }) => ({
      keyId: uuidText(key),
      spent,
      isInDoubt,
    }));
    await transaction.raiseSpent(lock.id, uses, ports.now());
    const last = told.keys.at(-1)?.key;
    if (!told.isLast && last) return taken(askForUses(asked, last, ports));
    await transaction.settleUses(lock.id, told.namesDoubted === true);
    return taken();
  });
}

function joined(pieces: readonly Uint8Array[]): Uint8Array {
  const content = new Uint8Array(pieces.reduce((sum, { length }) => sum + length, 0));
  let offset = 0;
  for (const piece of pieces) {
    content.set(piece, offset);
    offset += piece.length;
  }
  return content;
}

/** The list that this content makes of the one that the head has signed. Throws CborFault for none. */
function readContent(
  { head, content }: { readonly head: ListHeadMessage; readonly content: Uint8Array },
  { verifyOwn, sha256 }: Pick<AuthorityPorts, 'verifyOwn' | 'sha256'>,
): AccessList | undefined {
  const { whole, letters } = splitReported(content);
  let root = sha256(whole);
  if (!areEqual(root, head.hash)) return undefined;
  const deltas: ListDelta[] = [];
  for (const letter of letters) {
    const opened = openMessage(listDeltaMessage, letter, verifyOwn);
    if (!opened.ok || !areEqual(opened.body.from, namedRoot(root))) return undefined;
    root = rootAfter(root, opened.body, sha256);
    deltas.push(opened.body);
  }
  return decodeChangedList(whole, deltas);
}

/**
 * Puts the pieces together, and what has changed the whole list among them; undefined where they are not what
 * this server has signed.
 */
export function readReported(
  reported: { readonly head: Uint8Array; readonly pieces: readonly Uint8Array[] },
  ports: Pick<AuthorityPorts, 'verifyOwn' | 'sha256'>,
): AccessList | undefined {
  const opened = openMessage(listHeadMessage, reported.head, ports.verifyOwn);
  if (!opened.ok) return undefined;
  try {
    return readContent({ head: opened.body, content: joined(reported.pieces) }, ports);
  } catch (error) {
    if (error instanceof CborFault) return undefined;
    throw error;
  }
}

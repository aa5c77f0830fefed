import {
  activityTypes,
  credentialMethods,
  doorStages,
  doorStates,
  openingMethods,
  reasons,
} from '@claviger/domain';
import { listDeltaMessage, toldRootLength } from './access-list/deltas/list-delta.ts';
import { decodeCbor, encodeCbor } from './cbor.ts';
import { messageSizeLimit, type BodyOf, type MessageKind } from './envelope.ts';
import { bootNonce, epoch, id, listVersion, listVersions, lockNumber, locksLimit } from './fields.ts';
import { at, bytes, flag, integer, list, maybe, oneOf, record, text } from './record.ts';
import { countsMessage, recoveryMessage, reportAskMessage, reportMessage, usesMessage } from './recovery.ts';

const hash = bytes(32);
const commandTypes = ['open'] as const;

/**
 * Server to device: do this once, before `notAfter`, in this boot of yours, under this ownership. With a Key
 * it is no command of a manager but the presentation of that Key's link: the access list decides.
 */
export const commandMessage = {
  number: 1,
  label: 'claviger/1/command',
  sizeLimit: 512,
  body: record({
    device: at(1, id),
    ownershipEpoch: at(2, epoch),
    bootNonce: at(3, bootNonce),
    command: at(4, id),
    sequence: at(5, integer(1)),
    issuedAt: at(6, integer()),
    notAfter: at(7, integer()),
    type: at(8, oneOf(commandTypes)),
    lock: at(9, lockNumber),
    key: maybe(10, id),
  }),
} as const satisfies MessageKind<unknown>;

/**
 * Server to device: what the time is, echoing the nonce of the device's hello, and which access lists are
 * current at that time.
 */
export const timeMessage = {
  number: 2,
  label: 'claviger/1/time',
  sizeLimit: 4_096,
  body: record({
    device: at(1, id),
    ownershipEpoch: at(2, epoch),
    nonce: at(3, bytes(16)),
    at: at(4, integer()),
    lists: at(5, listVersions),
  }),
} as const satisfies MessageKind<unknown>;

/**
 * Server to device: every event of this log up to and including `through` is stored; it may be forgotten.
 * With a hash, that of the chain there: a device whose chain has another one has gone back to an older disk.
 * With `next`, the boot that is named goes on from there in a log of that epoch (decision record 0019).
 */
export const storedMessage = {
  number: 3,
  label: 'claviger/1/stored',
  sizeLimit: 256,
  body: record({
    device: at(1, id),
    ownershipEpoch: at(2, epoch),
    logEpoch: at(3, integer()),
    through: at(4, integer()),
    hash: maybe(5, hash),
    next: maybe(6, record({ logEpoch: at(1, integer(2)), bootNonce: at(2, bootNonce) })),
  }),
} as const satisfies MessageKind<unknown>;

/** The longest piece of an access list in one message (reliability 3.6). */
export const listPieceLimit = 48 * 1024;

/** More pieces than the longest access list has. */
const listPiecesLimit = 2_000;

/**
 * Server to device: a lock's access list is now this one, in so many pieces; `hash` is that of all of them.
 */
export const listHeadMessage = {
  number: 4,
  label: 'claviger/1/list-head',
  sizeLimit: 512,
  body: record({
    device: at(1, id),
    ownershipEpoch: at(2, epoch),
    lock: at(3, lockNumber),
    list: at(4, record(listVersion)),
    signedAt: at(5, integer()),
    pieces: at(6, integer(1, listPiecesLimit)),
    hash: at(7, hash),
  }),
} as const satisfies MessageKind<unknown>;

/** Server to device: one piece of an access list whose head was sent before. */
export const listPieceMessage = {
  number: 5,
  label: 'claviger/1/list-piece',
  sizeLimit: messageSizeLimit,
  body: record({
    device: at(1, id),
    ownershipEpoch: at(2, epoch),
    hash: at(3, hash),
    index: at(4, integer(0, listPiecesLimit - 1)),
    piece: at(5, bytes(1, listPieceLimit)),
  }),
} as const satisfies MessageKind<unknown>;

/** By which list each lock decides, and by which root; agents of before deltas tell none. */
const toldLists = list(
  record({
    lock: at(1, lockNumber),
    list: at(2, record(listVersion)),
    root: maybe(3, bytes(toldRootLength)),
  }),
  locksLimit,
);

/**
 * Device to server, at each connection, as soon as it was told the time there, and every 30 seconds: that and
 * how it is. `heardAt` is the newest time that the server told this boot: no older message can name it.
 */
export const helloMessage = {
  number: 16,
  label: 'claviger/1/hello',
  sizeLimit: 4_096,
  body: record({
    device: at(1, id),
    ownershipEpoch: at(2, epoch),
    bootNonce: at(3, bootNonce),
    bootNumber: at(4, integer(1)),
    helloNumber: at(5, integer(1)),
    timeNonce: at(6, bytes(16)),
    logEpoch: at(7, integer()),
    lastSequence: at(8, integer()),
    commandSequence: at(9, integer()),
    agentVersion: at(10, text(40)),
    doors: at(
      11,
      list(
        record({ lock: at(1, lockNumber), state: at(2, oneOf(doorStates)), isTampered: at(3, flag) }),
        locksLimit,
      ),
    ),
    lists: at(12, toldLists),
    heardAt: maybe(13, integer()),
    /** It waits for its counters, because its disk went back in time or its memory is damaged. */
    isInDoubt: maybe(14, flag),
    /** All that it knows of the cause is that its memory is damaged. */
    isDoubtOwn: maybe(15, flag),
  }),
} as const satisfies MessageKind<unknown>;

/** Device to server: how far a command has come; the same stands in the log, this is the fast way. */
export const ackMessage = {
  number: 17,
  label: 'claviger/1/ack',
  sizeLimit: 512,
  body: record({
    device: at(1, id),
    ownershipEpoch: at(2, epoch),
    command: at(3, id),
    stage: at(4, oneOf(doorStages)),
    reason: maybe(5, oneOf(reasons)),
  }),
} as const satisfies MessageKind<unknown>;

/** Most events in one batch (reliability 3.7). */
export const batchEventLimit = 500;

/** The longest encoding of one event. */
export const eventSizeLimit = 512;

/**
 * Device to server: events `firstSequence`…, each in its encoding; `previousHash` is the chain before the
 * first, and `bootNonce` that of the boot which sends them.
 */
export const eventsMessage = {
  number: 18,
  label: 'claviger/1/events',
  sizeLimit: messageSizeLimit,
  body: record({
    device: at(1, id),
    ownershipEpoch: at(2, epoch),
    logEpoch: at(3, integer()),
    firstSequence: at(4, integer(1)),
    previousHash: at(5, hash),
    events: at(6, list(bytes(1, eventSizeLimit), batchEventLimit)),
    bootNonce: at(7, bootNonce),
  }),
} as const satisfies MessageKind<unknown>;

/**
 * One entry of a device's log. `at` and `uncertaintyMs` are its clock's, `mono` and `bootNumber` order it
 * within.
 */
const event = record({
  sequence: at(1, integer(1)),
  lock: at(2, lockNumber),
  type: at(3, oneOf(activityTypes)),
  at: at(4, integer()),
  uncertaintyMs: at(5, integer(0, 0x7fff_ffff)),
  mono: at(6, integer()),
  bootNumber: at(7, integer(1)),
  method: maybe(8, oneOf(openingMethods)),
  reason: maybe(9, oneOf(reasons)),
  command: maybe(10, id),
  detail: maybe(11, text(200)),
  /** Of `events_lost` alone: how many events up to this sequence, the newest's instant, their last hash. */
  lost: maybe(12, record({ count: at(1, integer(1)), until: at(2, integer()), hash: at(3, hash) })),
  /** The Key, once it was recognised: its identifier, or the tag of a QR whose Key no list knows. */
  key: maybe(13, bytes(8, 16)),
  uses: maybe(14, record({ spent: at(1, integer(0)), max: at(2, integer(1, 255)) })),
  /** The access list that decided. */
  list: maybe(15, record(listVersion)),
  /** The reader path of an attempt. */
  path: maybe(16, text(32)),
  /** Of a picture that does not move. */
  isStatic: maybe(17, flag),
  /** The second factor, where it was a right one. */
  second: maybe(18, oneOf(credentialMethods)),
});

/** What one event in a batch decodes to, for the documents. */
export const eventSchema = event.schema;

/** Every kind of message with the topic it travels on. */
export const messageKinds = {
  command: { kind: commandMessage, channel: 'command' },
  time: { kind: timeMessage, channel: 'sync' },
  stored: { kind: storedMessage, channel: 'sync' },
  listHead: { kind: listHeadMessage, channel: 'sync' },
  listPiece: { kind: listPieceMessage, channel: 'sync' },
  listDelta: { kind: listDeltaMessage, channel: 'sync' },
  recovery: { kind: recoveryMessage, channel: 'sync' },
  counts: { kind: countsMessage, channel: 'sync' },
  reportAsk: { kind: reportAskMessage, channel: 'sync' },
  hello: { kind: helloMessage, channel: 'state' },
  report: { kind: reportMessage, channel: 'state' },
  uses: { kind: usesMessage, channel: 'state' },
  ack: { kind: ackMessage, channel: 'ack' },
  events: { kind: eventsMessage, channel: 'events' },
} as const;

export type CommandMessage = BodyOf<typeof commandMessage>;
export type TimeMessage = BodyOf<typeof timeMessage>;
export type StoredMessage = BodyOf<typeof storedMessage>;
export type ListHeadMessage = BodyOf<typeof listHeadMessage>;
export type ListPieceMessage = BodyOf<typeof listPieceMessage>;
export type HelloMessage = BodyOf<typeof helloMessage>;
export type AckMessage = BodyOf<typeof ackMessage>;
export type EventsMessage = BodyOf<typeof eventsMessage>;
export type DeviceEvent = ReturnType<typeof event.read>;

/** The encoding that is hashed into the chain, stored at the door and sent. */
export function encodeEvent(value: DeviceEvent): Uint8Array {
  return encodeCbor(event.write(value));
}

/** Throws CborFault for bytes that are not one event. */
export function decodeEvent(encoded: Uint8Array): DeviceEvent {
  return event.read(decodeCbor(encoded));
}

/** The hash chain of an empty log. */
export const emptyLogHash: Uint8Array = new Uint8Array(32);

/** What is hashed to continue the chain: the hash so far, then the event's encoding. */
export function chainLink(previousHash: Uint8Array, encoded: Uint8Array): Uint8Array {
  const link = new Uint8Array(previousHash.length + encoded.length);
  link.set(previousHash, 0);
  link.set(encoded, previousHash.length);
  return link;
}

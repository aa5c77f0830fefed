import { keyTypes, type KeyType } from '@claviger/domain';
import { joinBytes, signedBytes } from '../wire/signed-bytes.ts';
import { areEqual, uuidBytes } from '../wire/text-bytes.ts';
import { decodeBase45, encodeBase45 } from './base45.ts';

/**
 * Daily or weekly hours that a QR says itself, for a door whose list does not know its Key yet (SEMANTICS
 * C3).
 */
export interface QrWindow {
  /** Bit 0 is Monday, bit 6 Sunday; daily is all seven. */
  readonly weekdays: number;
  /** Minutes from midnight, 0 to 1439; equal ones mean the whole day. */
  readonly beginMinute: number;
  readonly endMinute: number;
}

/** Its own simple rule: one span or one window. A counted Key's QR has none. Instants on whole seconds. */
export interface QrRule {
  readonly from: number | undefined;
  readonly until: number | undefined;
  readonly window: QrWindow | undefined;
}

/** What a QR says under its signature. */
export interface QrContent {
  readonly keyType: KeyType;
  /** The last 8 bytes of the Key's identifier. */
  readonly keyTag: Uint8Array;
  readonly issue: number;
  /** When it was signed, on a whole second. */
  readonly signedAt: number;
  /** A static picture, or one that goes on changing every 30 seconds. */
  readonly isStatic: boolean;
  readonly rule: QrRule | undefined;
  /** The tags of the locks it names; none for a Key of more locks than fit. */
  readonly lockTags: readonly number[];
}

/** The moving part of a rotating QR: its 30-second step and the proof that the holder's device made it. */
export interface QrStep {
  readonly step: number;
  readonly proof: Uint8Array;
}

/**
 * A picture as it was read. Nothing in `content` may be believed or logged before `signature` was verified.
 */
export interface ReadQr {
  readonly issuerKeyId: Uint8Array;
  readonly content: QrContent;
  readonly body: Uint8Array;
  readonly signature: Uint8Array;
  readonly moving: QrStep | undefined;
}

export const qrIssuerKeyIdLength = 2;
export const qrKeyTagLength = 8;
/** With more locks the picture would become too fine for the cameras of doors; it then names none. */
export const qrLocksLimit = 10;
export const qrStepMs = 30_000;
const lockTagLength = 4;
const proofLength = 8;
const signatureLength = 64;
const movingLength = 4 + proofLength;

/** How a QR is drawn: the level of its correction, and the light modules around it that cameras need. */
export const qrDrawing = { correction: 'M', quietModules: 4 } as const;

/** A moving picture that names ten locks has 224 characters. */
const textLimit = 240;

const version = 1;
const flags = { isStatic: 1, hasRule: 2 } as const;
/** Where each part of the body begins; big-endian numbers. */
const places = {
  version: 0,
  issuer: 1,
  flags: 3,
  type: 4,
  keyTag: 5,
  issue: 13,
  signedAt: 15,
  from: 19,
  until: 23,
  weekdays: 27,
  beginMinute: 28,
  endMinute: 30,
  lockCount: 32,
  lockTags: 33,
} as const;

const label = 'claviger/1/qr';

/** How a QR names a Key: the last 8 bytes of its identifier. */
export function qrKeyTag(keyId: string): Uint8Array {
  return uuidBytes(keyId).slice(-qrKeyTagLength);
}

/** How a QR names a lock: the last 4 bytes of its identifier, as a number. */
export function qrLockTag(lockId: string): number {
  return new DataView(Uint8Array.from(uuidBytes(lockId)).buffer).getUint32(16 - lockTagLength);
}

/** The bytes that the issuer signs. */
export function qrSignedBytes(body: Uint8Array): Uint8Array<ArrayBuffer> {
  return signedBytes(label, body);
}

/** The bytes whose HMAC-SHA256 under the Key's QR secret, cut to 8 bytes, proves one 30-second step. */
export function qrProofBytes(body: Uint8Array, step: number): Uint8Array<ArrayBuffer> {
  const number = new Uint8Array(4);
  new DataView(number.buffer).setUint32(0, step);
  return signedBytes('claviger/1/qr-step', joinBytes(number, body));
}

/** Zero stands for no bound: nothing here is valid since 1970. */
function seconds(instant: number | undefined): number {
  return instant === undefined ? 0 : Math.floor(instant / 1000);
}

function writeRule(view: DataView, { from, until, window }: QrRule): void {
  view.setUint32(places.from, seconds(from));
  view.setUint32(places.until, seconds(until));
  if (!window) return;
  view.setUint8(places.weekdays, window.weekdays);
  view.setUint16(places.beginMinute, window.beginMinute);
  view.setUint16(places.endMinute, window.endMinute);
}

function assertFits({ lockTags, keyTag, issue }: QrContent, issuerKeyId: Uint8Array): void {
  const isFitting =
    lockTags.length <= qrLocksLimit &&
    keyTag.length === qrKeyTagLength &&
    issuerKeyId.length === qrIssuerKeyIdLength &&
    issue <= 0xffff;
  if (!isFitting) throw new RangeError('does not fit into a QR');
}

/** The body of a QR, unsigned. Numbers beyond their field are a bug of the caller and throw RangeError. */
export function qrBody(content: QrContent, issuerKeyId: Uint8Array): Uint8Array<ArrayBuffer> {
  assertFits(content, issuerKeyId);
  const { lockTags, rule, isStatic } = content;
  const body = new Uint8Array(places.lockTags + lockTagLength * lockTags.length);
  const view = new DataView(body.buffer);
  body[places.version] = version;
  body.set(issuerKeyId, places.issuer);
  body[places.flags] = (isStatic ? flags.isStatic : 0) | (rule ? flags.hasRule : 0);
  body[places.type] = keyTypes.indexOf(content.keyType);
  body.set(content.keyTag, places.keyTag);
  view.setUint16(places.issue, content.issue);
  view.setUint32(places.signedAt, seconds(content.signedAt));
  if (rule) writeRule(view, rule);
  body[places.lockCount] = lockTags.length;
  lockTags.forEach((tag, index) => {
    view.setUint32(places.lockTags + lockTagLength * index, tag);
  });
  return body;
}

/** The text in the picture: alphanumeric, 152 characters for one lock (QR version 6-M), 170 when it moves. */
export function qrText(body: Uint8Array, signature: Uint8Array, moving?: QrStep): string {
  if (!moving) return encodeBase45(joinBytes(body, signature));
  const step = new Uint8Array(4);
  new DataView(step.buffer).setUint32(0, moving.step);
  return encodeBase45(joinBytes(body, signature, step, moving.proof));
}

function readRule(view: DataView): QrRule | undefined {
  const bound = (place: number): number | undefined => {
    const value = view.getUint32(place);
    return value === 0 ? undefined : value * 1000;
  };
  const weekdays = view.getUint8(places.weekdays);
  const window = {
    weekdays,
    beginMinute: view.getUint16(places.beginMinute),
    endMinute: view.getUint16(places.endMinute),
  };
  const isReadable = weekdays < 128 && window.beginMinute < 1440 && window.endMinute < 1440;
  if (!isReadable) return undefined;
  return {
    from: bound(places.from),
    until: bound(places.until),
    window: weekdays === 0 ? undefined : window,
  };
}

function readContent(body: Uint8Array): QrContent | undefined {
  const view = new DataView(body.buffer, body.byteOffset, body.byteLength);
  const keyType = keyTypes[view.getUint8(places.type)];
  const flag = view.getUint8(places.flags);
  if (keyType === undefined || flag > (flags.isStatic | flags.hasRule)) return undefined;
  const rule = (flag & flags.hasRule) === 0 ? undefined : readRule(view);
  const content: QrContent = {
    keyType,
    keyTag: body.slice(places.keyTag, places.keyTag + qrKeyTagLength),
    issue: view.getUint16(places.issue),
    signedAt: view.getUint32(places.signedAt) * 1000,
    isStatic: (flag & flags.isStatic) !== 0,
    rule,
    lockTags: Array.from({ length: view.getUint8(places.lockCount) }, (_, index) =>
      view.getUint32(places.lockTags + lockTagLength * index),
    ),
  };
  // One content has one form: what was not written by `qrBody` is not read either.
  const again = qrBody(content, body.subarray(places.issuer, places.flags));
  return areEqual(again, body) ? content : undefined;
}

/**
 * Reads the text of a picture; undefined is *malformed*: another length, version or form (SEMANTICS C8).
 * Never throws, whatever a stranger holds before the camera.
 */
export function readQr(text: string): ReadQr | undefined {
  const bytes = text.length <= textLimit ? decodeBase45(text) : undefined;
  if (bytes?.[places.version] !== version) return undefined;
  const lockCount = bytes[places.lockCount] ?? Infinity;
  const bodyLength = places.lockTags + lockTagLength * lockCount;
  const isMoving = bytes.length === bodyLength + signatureLength + movingLength;
  if (lockCount > qrLocksLimit || (!isMoving && bytes.length !== bodyLength + signatureLength))
    return undefined;
  const body = bytes.slice(0, bodyLength);
  const content = readContent(body);
  if (!content || content.isStatic === isMoving) return undefined;
  const tail = bodyLength + signatureLength;
  const readMoving = (): QrStep => ({
    step: new DataView(bytes.buffer, tail).getUint32(0),
    proof: bytes.slice(tail + 4),
  });
  return {
    issuerKeyId: bytes.slice(places.issuer, places.flags),
    content,
    body,
    signature: bytes.slice(bodyLength, tail),
    moving: isMoving ? readMoving() : undefined,
  };
}

import { keyTypes, type KeyType } from '@claviger/domain';
import { joinBytes, signedBytes } from '../wire/signed-bytes.ts';
import { uuidBytes } from '../wire/text-bytes.ts';
import { encodeBase45, readBase45 } from './base45.ts';

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

/** A number of 32 bits, big-endian. */
function stepBytes(step: number): Uint8Array {
  return Uint8Array.of(step >>> 24, step >>> 16, step >>> 8, step);
}

/** The bytes whose HMAC-SHA256 under the Key's QR secret, cut to 8 bytes, proves one 30-second step. */
export function qrProofBytes(body: Uint8Array, step: number): Uint8Array<ArrayBuffer> {
  return signedBytes('claviger/1/qr-step', stepBytes(step), body);
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
  return encodeBase45(joinBytes(body, signature, stepBytes(moving.step), moving.proof));
}

/** The picture that is just being read: whatever is told of it is a copy, and the longest has room. */
const shown = new Uint8Array(textLimit);
const shownView = new DataView(shown.buffer);

/** How far the body of a picture goes, and whether something that moves follows its signature. */
interface Form {
  readonly bodyLength: number;
  readonly isMoving: boolean;
}

/** Whether what is shown has a rule as `qrBody` writes one; without a rule there are zeros. */
function hasRuleForm(hasRule: boolean): boolean {
  const weekdays = shownView.getUint8(places.weekdays);
  const begin = shownView.getUint16(places.beginMinute);
  const end = shownView.getUint16(places.endMinute);
  if (weekdays !== 0) return hasRule && weekdays < 128 && begin < 1440 && end < 1440;
  const hasBound = (shownView.getUint32(places.from) | shownView.getUint32(places.until)) !== 0;
  return begin === 0 && end === 0 && (hasRule || !hasBound);
}

/** Reads a text into `shown`. One content has one form: what `qrBody` cannot have written has none. */
function formOf(text: string): Form | undefined {
  const length = text.length <= textLimit ? readBase45(text, shown) : undefined;
  if (length === undefined || length <= places.lockTags || shown[places.version] !== version)
    return undefined;
  const bodyLength = places.lockTags + lockTagLength * shownView.getUint8(places.lockCount);
  const isMoving = length === bodyLength + signatureLength + movingLength;
  const flag = shownView.getUint8(places.flags);
  const isFitting =
    (isMoving || length === bodyLength + signatureLength) &&
    shownView.getUint8(places.lockCount) <= qrLocksLimit &&
    shownView.getUint8(places.type) < keyTypes.length &&
    flag <= (flags.isStatic | flags.hasRule) &&
    ((flag & flags.isStatic) === 0) === isMoving &&
    hasRuleForm((flag & flags.hasRule) !== 0);
  return isFitting ? { bodyLength, isMoving } : undefined;
}

/** Whether a text has the form of a picture; everything else is *malformed* (SEMANTICS C8). */
export function hasQrForm(text: string): boolean {
  return formOf(text) !== undefined;
}

function readBound(place: number): number | undefined {
  const value = shownView.getUint32(place);
  return value === 0 ? undefined : value * 1000;
}

function readRule(): QrRule {
  const weekdays = shownView.getUint8(places.weekdays);
  const window = {
    weekdays,
    beginMinute: shownView.getUint16(places.beginMinute),
    endMinute: shownView.getUint16(places.endMinute),
  };
  return {
    from: readBound(places.from),
    until: readBound(places.until),
    window: weekdays === 0 ? undefined : window,
  };
}

function readContent(): QrContent {
  const keyType = keyTypes[shownView.getUint8(places.type)];
  if (keyType === undefined) throw new Error('a picture without its form');
  const flag = shownView.getUint8(places.flags);
  const lockTags: number[] = [];
  for (let lock = 0; lock < shownView.getUint8(places.lockCount); lock += 1)
    lockTags.push(shownView.getUint32(places.lockTags + lockTagLength * lock));
  return {
    keyType,
    keyTag: shown.slice(places.keyTag, places.keyTag + qrKeyTagLength),
    issue: shownView.getUint16(places.issue),
    signedAt: shownView.getUint32(places.signedAt) * 1000,
    isStatic: (flag & flags.isStatic) !== 0,
    rule: (flag & flags.hasRule) === 0 ? undefined : readRule(),
    lockTags,
  };
}

/**
 * Reads the text of a picture; undefined is *malformed*: another length, version or form (SEMANTICS C8).
 * Never throws, whatever a stranger holds before the camera.
 */
export function readQr(text: string): ReadQr | undefined {
  const form = formOf(text);
  if (form === undefined) return undefined;
  const tail = form.bodyLength + signatureLength;
  const readMoving = (): QrStep => ({
    step: shownView.getUint32(tail),
    proof: shown.slice(tail + 4, tail + movingLength),
  });
  return {
    issuerKeyId: shown.slice(places.issuer, places.flags),
    content: readContent(),
    body: shown.slice(0, form.bodyLength),
    signature: shown.slice(form.bodyLength, tail),
    moving: form.isMoving ? readMoving() : undefined,
  };
}

import type { Presentation, ShownQr } from '@claviger/domain';
import {
  issuerName,
  qrLookup,
  qrProofBytes,
  qrSignedBytes,
  qrStepSecret,
  readQr,
  type ReadQr,
  hexText,
} from '@claviger/protocol';
import type { Core } from '../core.ts';
import { tagName } from '../key-names.ts';
import type { DoorList } from '../lists/door-list.ts';

/** Equal clock times in a QR mean the whole day (SEMANTICS T3). */
const wholeDay = { from: 0, until: 1440 } as const;

function ruleOf(rule: ReadQr['content']['rule']): ShownQr['rule'] {
  if (rule === undefined) return undefined;
  const { from, until, window } = rule;
  if (window === undefined) return { from, until };
  const { weekdays, beginMinute, endMinute } = window;
  const hours = beginMinute === endMinute ? wholeDay : { from: beginMinute, until: endMinute };
  return { from, until, window: { dates: {}, weekdays, hours } };
}

function lockName(tag: number, { index, lockTag }: DoorList): string {
  return tag === lockTag ? index.list.lock.id : tagName(tag.toString(16).padStart(8, '0'));
}

function shownQrOf({ content, moving }: ReadQr, key: string | undefined, door: DoorList): ShownQr {
  const { keyTag, keyType, issue, signedAt, lockTags, rule } = content;
  return {
    key: key ?? tagName(hexText(keyTag)),
    type: keyType,
    issue,
    signedAt,
    locks: lockTags.length === 0 ? undefined : lockTags.map((lock) => lockName(lock, door)),
    step: moving?.step,
    rule: ruleOf(rule),
  };
}

/** Whether a proof is the beginning of another; takes as long for a wrong one as for the right one. */
function isSameProof(one: Uint8Array, other: Uint8Array): boolean {
  let differing = 0;
  for (let place = 0; place < one.length; place += 1) differing |= (one[place] ?? 0) ^ (other[place] ?? 0);
  return differing === 0;
}

/** Whether the step that a moving picture shows was made by who has the Key's QR secret. */
function isStepProven({ content, body, moving }: ReadQr, { crypto, identity }: Core): boolean {
  if (moving === undefined) return true;
  if (!identity.secrets) return false;
  const { qrSecret } = identity.secrets;
  const secret = qrStepSecret(content.keyTag, { qrSecret, hmac: crypto.hmac });
  const proof = crypto.hmac(secret, qrProofBytes(body, moving.step));
  return isSameProof(moving.proof, proof);
}

function verifiedOf(qr: ReadQr, core: Core, { issuers }: DoorList): Presentation['verified'] {
  const publicKey = issuers.get(issuerName(qr.issuerKeyId));
  if (publicKey === undefined) return 'unknown_issuer';
  const isSigned = core.crypto.verify(publicKey, qrSignedBytes(qr.body), qr.signature);
  return isSigned && isStepProven(qr, core) ? 'good' : 'bad';
}

/**
 * A picture as the decision takes it. What was not verified is not handed on: nobody may believe or log it
 * (SEMANTICS C2).
 */
export function presentedQr(
  core: Core,
  text: string,
  door: DoorList,
): Pick<Presentation, 'isMalformed' | 'verified' | 'lookup' | 'qr'> {
  const read = readQr(text);
  if (read === undefined) return { isMalformed: true, verified: 'not_tested' };
  const verified = verifiedOf(read, core, door);
  if (verified !== 'good') return { isMalformed: false, verified };
  const { keyTag } = read.content;
  const key = door.findKeyByTag(keyTag);
  return {
    isMalformed: false,
    verified,
    qr: shownQrOf(read, key, door),
    lookup: key === undefined ? undefined : qrLookup(keyTag),
  };
}

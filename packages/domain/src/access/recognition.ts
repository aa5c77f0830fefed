import { isStaticQrTaken } from '../codes/picture.ts';
import type { Instant } from '../identifiers.ts';
import { kindOfMethod, type Assurance, type CredentialKind, type CredentialState } from '../key.ts';
import type { KeyRule, LockRules } from './access-list.ts';
import type { Presentation, ShownQr } from './attempt.ts';
import type { DoorMemory, KeyMemory } from './door-memory.ts';
import { indexKey, type IndexedAccessList, type IndexedKey } from './indexed-list.ts';

/** A credential of a Key that the lock has recognised. */
export interface RecognisedCredential {
  readonly kind: CredentialKind;
  readonly assurance: Exclude<Assurance, 'high'>;
  readonly state: CredentialState;
  readonly isDuress: boolean;
}

export interface Recognised {
  readonly outcome: 'recognised';
  readonly key: IndexedKey;
  readonly credential: RecognisedCredential;
}

/**
 * Whom the lock takes the presenter for. A presentation that is malformed or comes in a pause is *not looked
 * up*; an *unverified* one names a Key that nobody has proven, so none is told.
 */
export type Recognition = { readonly outcome: 'not_looked_up' | 'unknown' | 'unverified' } | Recognised;

/** SEMANTICS C3: a QR of a Key that the list does not know is taken for so long after it was signed. */
const newQrLivesForMs = 24 * 60 * 60_000;

/** SEMANTICS M7: a rotating QR changes so often. */
const stepMs = 30_000;

/** The content of a QR or pass; what came by another method has none, whatever it carries. */
export function qrIn({ method, qr }: Presentation): ShownQr | undefined {
  return method === 'qr' || method === 'pass' ? qr : undefined;
}

/** SEMANTICS C1: a QR or pass names its locks; what names none is for every lock of its Key. */
export function isForLock(shown: Presentation, { id }: LockRules): boolean {
  const locks = qrIn(shown)?.locks;
  return locks === undefined || locks.includes(id);
}

/** SEMANTICS C4: an older picture than the list's; a Key that only its QR tells of has no older one. */
export function isOldIssue(shown: Presentation, key: IndexedKey): boolean {
  const qr = qrIn(shown);
  return qr !== undefined && key.isOnList && !(qr.issue >= key.rule.issue);
}

export function isStatic(shown: Presentation): boolean {
  const qr = qrIn(shown);
  return qr !== undefined && qr.step === undefined;
}

/** SEMANTICS M8. */
export function isPictureTaken(shown: Presentation, key: KeyRule, lock: LockRules): boolean {
  return !isStatic(shown) || isStaticQrTaken(key.type, lock);
}

/** SEMANTICS M7: shown in its step, the one before or the one after, and not yet accepted here. */
export function isStepFresh(shown: Presentation, { shownSteps }: KeyMemory, at: Instant): boolean {
  const step = qrIn(shown)?.step;
  if (step === undefined) return true;
  return Math.abs(step - Math.floor(at / stepMs)) <= 1 && !shownSteps.includes(step);
}

/** SEMANTICS M7: a button's counter above the last that this lock accepted of it. */
export function isCounterFresh({ lookup, counter }: Presentation, { buttons }: DoorMemory): boolean {
  if (lookup === undefined || counter === undefined) return false;
  return counter > (buttons.get(lookup)?.counter ?? -1);
}

/** By a picture that names the Key alone. */
function recognisedBy(key: IndexedKey, kind: CredentialKind): Recognised {
  const credential = { kind, assurance: 'medium', state: 'active', isDuress: false } as const;
  return { outcome: 'recognised', key, credential };
}

/** What the lock's list says of a presentation whose signature, if it has one, was good. */
export function findOnList(
  { credentials, keys }: IndexedAccessList,
  shown: Presentation,
): Recognised | undefined {
  const { lookup } = shown;
  const kind = kindOfMethod[shown.method];
  if (lookup !== undefined) {
    const found = credentials.get(lookup);
    if (found?.rule.kind !== kind) return undefined;
    return { outcome: 'recognised', key: found.key, credential: found.rule };
  }
  const name = qrIn(shown)?.key;
  const key = name === undefined ? undefined : keys.get(name);
  return key && recognisedBy(key, kind);
}

/** Whether the signature, where the method has one, holds. */
export function isVerified({ method, verified }: Presentation): boolean {
  const isSigned = method === 'qr' || method === 'pass' || kindOfMethod[method] === 'app_key';
  return verified === 'good' || (!isSigned && verified === 'not_tested');
}

function ruleOf(key: string, { type, issue, rule }: ShownQr): KeyRule {
  return {
    id: key,
    type,
    issue,
    state: 'active',
    isHolderDeactivated: false,
    binding: { state: 'active' },
    hasMobile: false,
    hasIntercom: false,
    from: rule?.from,
    until: rule?.until,
    repeat: rule?.window,
    floors: [],
    isEmergency: false,
    isFirstPerson: false,
    isHolidayExempt: false,
    needsSecondFactor: false,
  };
}

/**
 * The Key that a verified QR tells of by its own rule, if it is newer than the list and fresh. Never a Key
 * that the list knows: what was revoked there would open again.
 */
function findInQr(qr: ShownQr, { list, keys }: IndexedAccessList, at: Instant): IndexedKey | undefined {
  const isNewer = qr.signedAt > list.signedAt && at - qr.signedAt < newQrLivesForMs;
  if (qr.key === undefined || qr.rule === undefined || !isNewer || keys.has(qr.key)) return undefined;
  return indexKey(ruleOf(qr.key, qr), { isOnList: false });
}

function recogniseQr(list: IndexedAccessList, shown: Presentation, at: Instant): Recognition {
  if (shown.verified === 'unknown_issuer') return { outcome: 'unknown' };
  if (!isVerified(shown) || shown.qr === undefined) return { outcome: 'unverified' };
  const found = findOnList(list, shown);
  if (found !== undefined) return found;
  const key = findInQr(shown.qr, list, at);
  return key ? recognisedBy(key, kindOfMethod[shown.method]) : { outcome: 'unknown' };
}

/** Finds the one Key of a presentation that is neither malformed nor in a pause (SEMANTICS C1 to C3, C11). */
export function recognise(list: IndexedAccessList, shown: Presentation, at: Instant): Recognition {
  if (shown.method === 'qr' || shown.method === 'pass') return recogniseQr(list, shown, at);
  const found = shown.verified === 'unknown_issuer' ? undefined : findOnList(list, shown);
  if (found === undefined) return { outcome: 'unknown' };
  return isVerified(shown) ? found : { outcome: 'unverified' };
}

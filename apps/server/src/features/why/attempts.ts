import {
  emptyMemory,
  kindOfMethod,
  type AccessList,
  type CredentialAttempt,
  type CredentialMethod,
  type HeldMemory,
  type Presentation,
  type Reason,
  type ShownQr,
} from '@claviger/domain';

/** What is known of an attempt: all of it for one that is only asked about, what the log kept of another. */
export interface Attempted {
  readonly method: CredentialMethod;
  readonly at: number;
  readonly uncertaintyMs: number;
  readonly keyId: string | undefined;
  readonly path: string;
  /** Spent before the attempt. */
  readonly spent: number;
  /** Nobody knows what is spent: the door holds the Key back. */
  readonly isInDoubt: boolean;
  /** Of a picture that does not move, as either factor. */
  readonly isStatic: boolean;
  /** Of a picture that a later issue has ended, where that is known. */
  readonly isOldIssue: boolean;
  /** The second factor, where it was a right one. */
  readonly second: CredentialMethod | undefined;
  /** What the door said, where it did. */
  readonly reason: Reason | undefined;
}

const stepMs = 30_000;
const foreignLock = 'another';

/** The one reader of each method, where the log names no path. */
const usualPath: Readonly<Partial<Record<CredentialMethod, string>>> = {
  pin: 'keypad',
  qr: 'qr_reader',
  pass: 'qr_reader',
  card: 'card_reader',
};

/** The reader path on which this method is shown. */
export function usualPathOf(method: CredentialMethod): string {
  return usualPath[method] ?? method;
}

function isPicture(method: CredentialMethod): boolean {
  return method === 'qr' || method === 'pass';
}

/** The QR that was shown; what only the door saw of it is taken from its reason. */
function shownQr(list: AccessList, { keyId, at, reason, isStatic, isOldIssue }: Attempted): ShownQr {
  const rule = list.keys.find(({ id }) => id === keyId);
  const isRefusedAsOld = reason === 'revoked' && rule?.state === 'active' && rule.binding.state === 'active';
  return {
    key: keyId,
    type: rule?.type ?? 'visitor',
    issue: (rule?.issue ?? 1) - (isOldIssue || isRefusedAsOld ? 1 : 0),
    signedAt: list.signedAt,
    locks: [reason === 'wrong_lock' ? foreignLock : list.lock.id],
    step: isStatic ? undefined : Math.floor(at / stepMs),
  };
}

function verificationOf({ reason }: Attempted, isSigned: boolean): Presentation['verified'] {
  if (reason === 'bad_signature') return 'bad';
  return isSigned ? 'good' : 'not_tested';
}

/** The credential of this Key that the method shows, as the list knows it. */
function lookupOf(list: AccessList, { keyId, method, reason }: Attempted): string | undefined {
  if (reason === 'unknown_credential') return undefined;
  const kind = kindOfMethod[method];
  const known = list.credentials.filter((each) => each.key === keyId && each.kind === kind);
  // Beside the card that it has, a Key may still have one that was taken from it.
  const isRevoked = reason === 'revoked';
  return (known.find(({ state }) => (state === 'revoked') === isRevoked) ?? known[0])?.lookup;
}

/** The Keys with which a second factor may be, of this Key's holder (SEMANTICS M5). */
function keysOfHolder({ keys }: AccessList, keyId: string | undefined): readonly string[] {
  const user = keys.find(({ id }) => id === keyId)?.user;
  return keys.filter(({ id, user: other }) => id === keyId || (user && other === user)).map(({ id }) => id);
}

/** The second factor as one that is right: only such a one is told. */
function secondOf(list: AccessList, attempted: Attempted): Presentation | undefined {
  const { second: method, keyId } = attempted;
  if (method === undefined) return undefined;
  const holders = keysOfHolder(list, keyId);
  const credential = list.credentials.find(
    ({ key, kind, state }) => kind === kindOfMethod[method] && state === 'active' && holders.includes(key),
  );
  const shown = { ...attempted, method, keyId: credential?.key ?? keyId, reason: undefined };
  return {
    method,
    path: usualPathOf(method),
    isMalformed: false,
    verified: verificationOf(shown, isPicture(method)),
    lookup: credential?.lookup,
    qr: isPicture(method) ? shownQr(list, shown) : undefined,
  };
}

/** The attempt as the agent handed it to the decision. */
export function attemptOf(list: AccessList, attempted: Attempted): CredentialAttempt {
  const { method, at, uncertaintyMs, path, reason } = attempted;
  const isQr = isPicture(method);
  const first: Presentation = {
    method,
    path,
    isMalformed: reason === 'malformed',
    verified: verificationOf(attempted, isQr),
    lookup: lookupOf(list, attempted),
    qr: isQr ? shownQr(list, attempted) : undefined,
  };
  return {
    kind: 'credential',
    at,
    uncertaintyMs,
    canRecord: reason !== 'cannot_be_recorded',
    first,
    second: secondOf(list, attempted),
    side: 'entry',
    listConfirmedAt: reason === 'access_list_too_old' ? 0 : at,
  };
}

/** Whether the door took the Key for what its QR says: it names a Key that its list did not know (C3). */
export function isByRuleOfQr({ keys }: AccessList, { method, keyId }: Attempted): boolean {
  return isPicture(method) && keyId !== undefined && !keys.some(({ id }) => id === keyId);
}

/** What the lock must have remembered for what it said. */
export function memoryOf(attempted: Attempted): HeldMemory {
  const { keyId, spent, isInDoubt, reason, path, at } = attempted;
  const shownSteps = reason === 'replayed' ? [Math.floor(at / stepMs)] : [];
  const paused = { wrongTries: 6, forgivenAt: at, pausedUntil: at + 1 };
  return {
    ...emptyMemory,
    keys: new Map(keyId === undefined ? [] : [[keyId, { spent, shownSteps, isInDoubt }]]),
    paths: new Map(reason === 'throttled' ? [[path, paused]] : []),
  };
}

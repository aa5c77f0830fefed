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
  /** What the door said, where it did. */
  readonly reason: Reason | undefined;
}

const stepMs = 30_000;
const foreignLock = 'another';

/** The QR that was shown; what only the door saw of it is taken from its reason. */
function shownQr(list: AccessList, { keyId, at, reason }: Attempted): ShownQr {
  const rule = list.keys.find(({ id }) => id === keyId);
  const isOld = reason === 'revoked' && rule?.state === 'active' && rule.binding.state === 'active';
  return {
    key: keyId,
    type: rule?.type ?? 'visitor',
    issue: (rule?.issue ?? 1) - (isOld ? 1 : 0),
    signedAt: list.signedAt,
    locks: [reason === 'wrong_lock' ? foreignLock : list.lock.id],
    step: Math.floor(at / stepMs),
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

/** The attempt as the agent handed it to the decision. */
export function attemptOf(list: AccessList, attempted: Attempted): CredentialAttempt {
  const { method, at, uncertaintyMs, path, reason } = attempted;
  const isQr = method === 'qr' || method === 'pass';
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
    side: 'entry',
    listConfirmedAt: reason === 'access_list_too_old' ? 0 : at,
  };
}

/** What the lock must have remembered for what it said. */
export function memoryOf(attempted: Attempted): HeldMemory {
  const { keyId, spent, reason, path, at } = attempted;
  const shownSteps = reason === 'replayed' ? [Math.floor(at / stepMs)] : [];
  const paused = { wrongTries: 6, forgivenAt: at, pausedUntil: at + 1 };
  return {
    ...emptyMemory,
    keys: new Map(keyId === undefined ? [] : [[keyId, { spent, shownSteps }]]),
    paths: new Map(reason === 'throttled' ? [[path, paused]] : []),
  };
}

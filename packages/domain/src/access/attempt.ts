import type { Instant } from '../identifiers.ts';
import type { CredentialMethod, DoorMode, KeyType, Side } from '../key.ts';
import type { RepeatRule } from '../time/window.ts';
import type { Validity } from './access-list.ts';

/** The simple rule that a QR carries for a door that does not know its Key yet (SEMANTICS C3). */
export interface QrRule extends Validity {
  readonly window?: RepeatRule | undefined;
}

/** The signed content of a QR or pass. Nothing of it is looked at before it was verified. */
export interface ShownQr {
  readonly key?: string | undefined;
  readonly type: KeyType;
  readonly issue: number;
  readonly signedAt: Instant;
  /** The locks it names; not given: every lock of its Key. */
  readonly locks?: readonly string[] | undefined;
  /** The number of the 30-second step that a rotating one shows; not given: a static picture. */
  readonly step?: number | undefined;
  readonly rule?: QrRule | undefined;
}

/**
 * What the agent found out about a signature: QR, pass and whatever a phone proves must be `good`; for the
 * others there may be nothing to test.
 */
export type Verification = 'good' | 'bad' | 'unknown_issuer' | 'not_tested';

/** One credential as it was shown at one reader path. Secrets are digested before they come here. */
export interface Presentation {
  readonly method: CredentialMethod;
  readonly path: string;
  readonly isMalformed: boolean;
  readonly verified: Verification;
  /**
   * By this the list knows the credential. Not given: what nobody has, or a QR that names its Key alone and
   * is taken for an active credential of it; an agent that can tell the credential gives it, so that its own
   * state counts (SEMANTICS C6).
   */
  readonly lookup?: string | undefined;
  readonly qr?: ShownQr | undefined;
  /** The counter that a remote's button sent. */
  readonly counter?: number | undefined;
}

interface Circumstances {
  /** When the last needed input was complete (SEMANTICS T16): the lock's best time, to the millisecond. */
  readonly at: Instant;
  /** The truth is within this of `at`. */
  readonly uncertaintyMs: number;
  /** Whether a grant can be made durable now. */
  readonly canRecord: boolean;
}

/** Somebody shows a credential, perhaps with a second one. */
export interface CredentialAttempt extends Circumstances {
  readonly kind: 'credential';
  readonly first: Presentation;
  readonly second?: Presentation | undefined;
  readonly side: Side;
  readonly floor?: number | undefined;
  readonly doorMode?: DoorMode | undefined;
  /** The server's last signed confirmation that the list is current. */
  readonly listConfirmedAt: Instant;
}

/** An opening by a manager's permission; who may give it was decided at the server (SEMANTICS P8). */
export interface CommandAttempt extends Circumstances {
  readonly kind: 'command';
  readonly isMalformed: boolean;
  readonly verified: Verification;
  readonly hasStepUp: boolean;
}

export type Attempt = CredentialAttempt | CommandAttempt;

import type { Instant } from '../identifiers.ts';
import type {
  Assurance,
  BindingState,
  CredentialKind,
  CredentialState,
  DoorMode,
  KeyState,
  KeyType,
  ProfileKind,
  ProfilePermission,
} from '../key.ts';
import type { Capability } from '../model.ts';
import type { Holiday } from '../time/holiday.ts';
import type { AccessScheduler, LockSchedule, RepeatRule } from '../time/window.ts';
import type { ZoneOffsets } from '../time/zone.ts';

/** An instant from which and one before which something holds; one that is not given does not restrict. */
export interface Validity {
  readonly from?: Instant | undefined;
  readonly until?: Instant | undefined;
}

/** What this lock asks of everybody. Minutes where the name says so. */
export interface LockRules {
  readonly id: string;
  readonly isInactive: boolean;
  readonly capabilities: readonly Capability[];
  /** Not given: never saved, restricts nothing. */
  readonly schedule?: LockSchedule | undefined;
  readonly isInLockdown: boolean;
  readonly isEvacuating: boolean;
  readonly minimumAssurance: Assurance;
  readonly needsSecondFactor: boolean;
  /** Whether static QRs of permanent Keys are taken (SEMANTICS M8). */
  readonly takesStaticQr: boolean;
  readonly doorModes: readonly DoorMode[];
  readonly floors: readonly number[];
  readonly antiPassbackMinutes?: number | undefined;
  readonly hasFirstPersonIn: boolean;
  readonly maximumListAgeMinutes?: number | undefined;
  /** What happens to Keys without a count, and to commands, when nothing can be recorded (SEMANTICS U6). */
  readonly whenUnrecorded: 'deny' | 'admit';
}

export interface ProfileRule {
  readonly id: string;
  readonly kind: ProfileKind;
  readonly permissions: readonly ProfilePermission[];
  readonly scheduler?: AccessScheduler | undefined;
}

/** The rule of an access group; its locks have become Bindings. */
export interface AccessGroupRule extends Validity {
  readonly id: string;
  readonly repeat?: RepeatRule | undefined;
}

/** One Key as this lock knows it, its Binding here included. A Key still *available* is on no list. */
export interface KeyRule extends Validity {
  readonly id: string;
  readonly type: KeyType;
  readonly state: Exclude<KeyState, 'available'>;
  readonly issue: number;
  /** The User who holds it, for a second factor of the same person; not given: a Named holder. */
  readonly user?: string | undefined;
  readonly isHolderDeactivated: boolean;
  readonly binding: Validity & { readonly state: BindingState };
  /** The two chips of holder and lock; they matter for wallet and intercom Keys alone (SEMANTICS M2). */
  readonly hasMobile: boolean;
  readonly hasIntercom: boolean;
  readonly repeat?: RepeatRule | undefined;
  readonly maxUses?: number | undefined;
  readonly floors: readonly number[];
  readonly profile?: string | undefined;
  readonly accessGroup?: string | undefined;
  readonly isEmergency: boolean;
  readonly isFirstPerson: boolean;
  readonly isHolidayExempt: boolean;
  readonly needsSecondFactor: boolean;
}

/** A credential that this lock takes, found by an opaque string: a digest where there is a secret. */
export interface CredentialRule {
  readonly lookup: string;
  readonly key: string;
  readonly kind: CredentialKind;
  /** What it proves by itself; a static QR proves less, which its presentation says. */
  readonly assurance: Exclude<Assurance, 'high'>;
  readonly state: CredentialState;
  readonly isDuress: boolean;
}

/** Whose QRs this lock can verify; what verifies them is the agent's business. */
export interface Issuer {
  readonly id: string;
  readonly publicKey?: string | undefined;
}

/** What an access list says besides its Keys and credentials. */
export interface ListRules {
  readonly format: 2;
  readonly device: string;
  readonly ownershipEpoch: number;
  readonly incarnation: number;
  readonly version: number;
  readonly signedAt: Instant;
  readonly zone: ZoneOffsets;
  readonly lock: LockRules;
  readonly holidays: readonly Holiday[];
  readonly profiles: readonly ProfileRule[];
  readonly accessGroups: readonly AccessGroupRule[];
  readonly issuers: readonly Issuer[];
}

/**
 * Everything that a door needs to decide for ONE lock, as plain data: clock times are minutes, dates day
 * numbers, the zone a table, so that no door needs a date library. Identifiers are opaque here. A lock that
 * is unclaimed or claiming has a list without Keys, credentials and issuers (SEMANTICS L2).
 */
export interface AccessList extends ListRules {
  readonly keys: readonly KeyRule[];
  readonly credentials: readonly CredentialRule[];
}

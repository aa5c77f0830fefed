import type {
  Assurance,
  BindingState,
  Capability,
  CredentialKind,
  CredentialState,
  DoorMode,
  Issuer,
  KeyState,
  KeyType,
  LockStatus,
  ProfileKind,
  ProfilePermission,
  Validity,
  Weekday,
} from '@claviger/domain';

/** Clock times as they are stored, `07:30`; an end may be `24:00`. */
export interface HoursFact {
  readonly from: string;
  readonly until: string;
}

/** A daily or weekly repeat mode as it is stored: dates as `2026-11-25`. */
export interface RepeatFact {
  readonly mode: 'daily' | 'weekly';
  readonly beginDate?: string | undefined;
  readonly endDate?: string | undefined;
  readonly beginTime: string;
  readonly endTime: string;
  readonly weekdays?: readonly Weekday[] | undefined;
}

export interface HolidayFact {
  readonly from: string;
  /** The last date, included. */
  readonly until: string;
  readonly yearly: boolean;
  readonly hours?: HoursFact | undefined;
}

export interface ProfileFact {
  readonly id: string;
  readonly kind: ProfileKind;
  readonly permissions: readonly ProfilePermission[];
  readonly scheduler?:
    | {
        readonly dates?:
          { readonly from?: string | undefined; readonly until?: string | undefined } | undefined;
        readonly weekdays?: readonly Weekday[] | undefined;
        readonly hours?: HoursFact | undefined;
      }
    | undefined;
}

export interface AccessGroupFact extends Validity {
  readonly id: string;
  readonly locks: readonly string[];
  readonly repeat?: RepeatFact | undefined;
}

export interface BindingFact extends Validity {
  readonly lock: string;
  readonly state: BindingState;
}

export interface KeyFact extends Validity {
  readonly id: string;
  readonly type: KeyType;
  readonly state: KeyState;
  readonly user?: string | undefined;
  readonly isHolderDeactivated: boolean;
  readonly repeat?: RepeatFact | undefined;
  readonly maxUses?: number | undefined;
  readonly floors: readonly number[];
  readonly profile?: string | undefined;
  readonly accessGroup?: string | undefined;
  readonly emergency: boolean;
  readonly firstPerson: boolean;
  readonly holidayExempt: boolean;
  readonly secondFactor: boolean;
  readonly issue: number;
  readonly bindings: readonly BindingFact[];
}

export interface CredentialFact {
  /** A digest where there is a secret: the list never carries one. */
  readonly lookup: string;
  readonly key: string;
  readonly kind: CredentialKind;
  readonly card?: 'number' | 'classic' | 'desfire' | undefined;
  /** On this lock only; not given: on all the locks of its Key. */
  readonly lock?: string | undefined;
  readonly state: CredentialState;
  readonly duress: boolean;
}

/** S3's two permission chips of one person at one lock; a missing fact means off. */
export interface ChipFact {
  readonly user: string;
  readonly lock: string;
  readonly mobile: boolean;
  readonly intercom: boolean;
}

/** The rule facts of one Entity, or as many of them as concern the lock. */
export interface RuleFacts {
  readonly holidays: readonly HolidayFact[];
  readonly profiles: readonly ProfileFact[];
  readonly accessGroups: readonly AccessGroupFact[];
  readonly keys: readonly KeyFact[];
  readonly credentials: readonly CredentialFact[];
  readonly chips: readonly ChipFact[];
  readonly issuers: readonly Issuer[];
}

export interface LockFact {
  readonly id: string;
  readonly status: LockStatus;
  readonly capabilities: readonly Capability[];
  readonly schedule?:
    | {
        readonly holidayExempt: boolean;
        readonly intervals: readonly (HoursFact & { readonly weekday: Weekday })[];
      }
    | undefined;
  readonly lockdown: boolean;
  readonly evacuation: boolean;
  readonly minimumAssurance: Assurance;
  readonly secondFactor: boolean;
  readonly staticQr: boolean;
  readonly doorModes: readonly DoorMode[];
  readonly floors: readonly number[];
  readonly antiPassbackMinutes?: number | undefined;
  readonly firstPersonIn: boolean;
  readonly maximumListAgeMinutes?: number | undefined;
  readonly whenUnrecorded: 'deny' | 'admit';
}

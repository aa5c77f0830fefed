import {
  assurances,
  bindingStates,
  capabilities,
  credentialKinds,
  credentialStates,
  doorModes,
  keyStates,
  keyTypes,
  profileKinds,
  profilePermissions,
} from '@claviger/domain';
import { at, flag, integer, list, maybe, oneOf, record, text } from '../record.ts';

/** The longest list, in bytes: its Keys and credentials, and as much again for what they say alike. */
export const accessListSizeLimit = 64 * 1024 * 1024;
/** Twice as many Keys as a door is promised to reach, with four credentials each; more is a mistake. */
const keysLimit = 200_000;
const credentialsLimit = 4 * keysLimit;
const rulesLimit = 1_000;
/** Four hundred days hold a handful of changes of the clocks; some zones changed theirs often. */
const offsetsLimit = 100;

/** Long enough for a UUID and for the digest of a secret in base 64. */
const name = text(64);
const instant = integer();
/** Days since 1970: years 1 to 9999. */
const day = integer(-719_162, 2_932_896);
const minute = integer(0, 1440);
const span = record({ from: at(1, minute), until: at(2, minute) });
const weekdaySet = integer(0, 127);
const dates = record({ first: maybe(1, day), last: maybe(2, day) });
export const repeat = record({ dates: at(1, dates), weekdays: at(2, weekdaySet), hours: at(3, span) });
const minutes = integer(1, 1_000_000);
const floor = integer(-99, 999);
export const floors = list(floor, rulesLimit);
/** How a credential is looked up: by a digest of its secret, or by a part of what it belongs to. */
export const lookupWords = ['pin', 'card', 'qr', 'link'] as const;

export const heldStates = keyStates.filter((state) => state !== 'available');

const lockRules = record({
  id: at(1, name),
  isInactive: at(2, flag),
  capabilities: at(3, list(oneOf(capabilities), capabilities.length)),
  schedule: maybe(
    4,
    record({ isHolidayExempt: at(1, flag), intervals: at(2, list(list(span, rulesLimit), 7)) }),
  ),
  isInLockdown: at(5, flag),
  isEvacuating: at(6, flag),
  minimumAssurance: at(7, oneOf(assurances)),
  needsSecondFactor: at(8, flag),
  takesStaticQr: at(9, flag),
  doorModes: at(10, list(oneOf(doorModes), doorModes.length)),
  floors: at(11, floors),
  antiPassbackMinutes: maybe(12, minutes),
  hasFirstPersonIn: at(13, flag),
  maximumListAgeMinutes: maybe(14, minutes),
  whenUnrecorded: at(15, oneOf(['deny', 'admit'])),
});

const profileRule = record({
  id: at(1, name),
  kind: at(2, oneOf(profileKinds)),
  permissions: at(3, list(oneOf(profilePermissions), profilePermissions.length)),
  scheduler: maybe(
    4,
    record({ dates: maybe(1, dates), weekdays: maybe(2, weekdaySet), hours: maybe(3, span) }),
  ),
});

/** What a Key says that many Keys of a list say alike: everything but who it is, whose, and when. */
const keyPattern = record({
  type: at(2, oneOf(keyTypes)),
  state: at(3, oneOf(heldStates)),
  issue: at(4, integer(1, 0xffff)),
  isHolderDeactivated: at(6, flag),
  bindingState: at(7, oneOf(bindingStates)),
  hasMobile: at(8, flag),
  hasIntercom: at(9, flag),
  repeat: maybe(12, repeat),
  maxUses: maybe(13, integer(1, 255)),
  floors: at(14, floors),
  profile: maybe(15, name),
  accessGroup: maybe(16, name),
  isEmergency: at(17, flag),
  isFirstPerson: at(18, flag),
  isHolidayExempt: at(19, flag),
  needsSecondFactor: at(20, flag),
});
export type KeyPattern = ReturnType<typeof keyPattern.read>;

const credentialPattern = record({
  lookup: at(1, oneOf(lookupWords)),
  kind: at(3, oneOf(credentialKinds)),
  assurance: at(4, oneOf(['low', 'medium'])),
  state: at(5, oneOf(credentialStates)),
  isDuress: at(6, flag),
});
export type CredentialPattern = ReturnType<typeof credentialPattern.read>;

/** More ways in which credentials differ there cannot be: the number of one has a byte. */
const credentialPatternsLimit = 256;

/** What an access list says before its Keys and credentials, which follow in columns. */
export const listHeader = record({
  format: at(1, integer(2, 2)),
  device: at(2, name),
  ownershipEpoch: at(3, integer(1, 0x7fff_ffff)),
  incarnation: at(4, integer(1)),
  version: at(5, integer(1)),
  signedAt: at(6, instant),
  zone: at(
    7,
    record({
      from: at(1, instant),
      until: at(2, instant),
      offsets: at(
        3,
        list(record({ from: at(1, instant), offsetS: at(2, integer(-86_400, 86_400)) }), offsetsLimit),
      ),
    }),
  ),
  lock: at(8, lockRules),
  holidays: at(
    9,
    list(
      record({ first: at(1, day), last: at(2, day), isYearly: at(3, flag), hours: maybe(4, span) }),
      rulesLimit,
    ),
  ),
  profiles: at(10, list(profileRule, rulesLimit)),
  accessGroups: at(
    11,
    list(
      record({
        id: at(1, name),
        from: maybe(2, instant),
        until: maybe(3, instant),
        repeat: maybe(4, repeat),
      }),
      keysLimit,
    ),
  ),
  issuers: at(14, list(record({ id: at(1, name), publicKey: maybe(2, name) }), rulesLimit)),
  keyPatterns: at(20, list(keyPattern, keysLimit)),
  credentialPatterns: at(21, list(credentialPattern, credentialPatternsLimit)),
  keyCount: at(22, integer(0, keysLimit)),
  credentialCount: at(23, integer(0, credentialsLimit)),
  /** Whether there are columns for the Users of Keys, and for times of their Bindings. */
  hasUsers: at(24, flag),
  hasBindingTimes: at(25, flag),
});
export type ListHeader = ReturnType<typeof listHeader.read>;

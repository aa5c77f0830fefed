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
  type AccessList,
} from '@claviger/domain';
import { decodeCbor, encodeCbor } from './cbor.ts';
import { at, flag, integer, list, maybe, oneOf, record, text } from './record.ts';

/**
 * The longest list: 100,000 Keys with one credential each, as far as a door is promised to reach; what is
 * longer is a mistake or an attack.
 */
export const accessListSizeLimit = 64 * 1024 * 1024;
const keysLimit = 200_000;
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
const repeat = record({ dates: at(1, dates), weekdays: at(2, weekdaySet), hours: at(3, span) });
const minutes = integer(1, 1_000_000);
const floor = integer(-99, 999);
const floors = list(floor, rulesLimit);
const heldStates = keyStates.filter((state) => state !== 'available');

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

const keyRule = record({
  id: at(1, name),
  type: at(2, oneOf(keyTypes)),
  state: at(3, oneOf(heldStates)),
  issue: at(4, integer(1, 0xffff)),
  user: maybe(5, name),
  isHolderDeactivated: at(6, flag),
  binding: at(
    7,
    record({ from: maybe(1, instant), until: maybe(2, instant), state: at(3, oneOf(bindingStates)) }),
  ),
  hasMobile: at(8, flag),
  hasIntercom: at(9, flag),
  from: maybe(10, instant),
  until: maybe(11, instant),
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

/** Everything that one lock needs to decide, as it lies at the door: one deterministic encoding. */
const accessList = record({
  format: at(1, integer(1, 1)),
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
  keys: at(12, list(keyRule, keysLimit)),
  credentials: at(
    13,
    list(
      record({
        lookup: at(1, name),
        key: at(2, name),
        kind: at(3, oneOf(credentialKinds)),
        assurance: at(4, oneOf(['low', 'medium'])),
        state: at(5, oneOf(credentialStates)),
        isDuress: at(6, flag),
      }),
      keysLimit,
    ),
  ),
  issuers: at(14, list(record({ id: at(1, name), publicKey: maybe(2, name) }), rulesLimit)),
});

/** The bytes whose hash the signed head of the list names. */
export function encodeAccessList(value: AccessList): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(encodeCbor(accessList.write(value)));
}

/** Throws CborFault for anything that `encodeAccessList` did not write. */
export function decodeAccessList(bytes: Uint8Array): AccessList {
  return { ...accessList.read(decodeCbor(bytes)), format: 1 };
}

import { indexAccessList, type AccessList, type IndexedAccessList, type KeyRule } from '@claviger/domain';
import { base64urlBytes, hexText, qrKeyTag, qrLockTag, type DeviceEvent } from '@claviger/protocol';
import { isSmallOrder } from '../small-order.ts';

export type ListVersion = NonNullable<DeviceEvent['list']>;

/** An access list as the door decides by it. */
export interface DoorList {
  /** Not given: the lock has no access list, so every credential is unknown (SEMANTICS L2). */
  readonly version: ListVersion | undefined;
  readonly index: IndexedAccessList;
  /** The Key that a QR means by a tag, in hexadecimal. */
  readonly keyOfTag: ReadonlyMap<string, string>;
  /** The public keys whose QRs are taken; one with which anybody could sign is not among them. */
  readonly issuers: ReadonlyMap<string, Uint8Array>;
  /** By this number a QR names this lock. */
  readonly lockTag: number | undefined;
}

/** Higher is newer: first the incarnation of the server, then the version. */
export function compareVersions(one: ListVersion, other: ListVersion): number {
  return one.incarnation - other.incarnation || one.version - other.version;
}

/** SEMANTICS C6: where the counters of a lock are in doubt, what is counted is suspended. */
function withoutCounted(key: KeyRule): KeyRule {
  if (key.maxUses === undefined || key.binding.state === 'revoked') return key;
  return { ...key, binding: { ...key.binding, state: 'suspended' } };
}

function issuersOf({ issuers }: AccessList): ReadonlyMap<string, Uint8Array> {
  const keys = issuers.map(({ id, publicKey = '' }) => [id, base64urlBytes(publicKey)] as const);
  return new Map(keys.flatMap(([id, key]) => (key && !isSmallOrder(key) ? [[id, key]] : [])));
}

/** Throws CborFault where a Key or the lock is not named by a UUID. */
export function doorListOf(list: AccessList, isMemoryInDoubt: boolean): DoorList {
  const decided = isMemoryInDoubt ? { ...list, keys: list.keys.map(withoutCounted) } : list;
  return {
    version: { incarnation: list.incarnation, version: list.version },
    index: indexAccessList(decided),
    keyOfTag: new Map(list.keys.map(({ id }) => [hexText(qrKeyTag(id)), id])),
    issuers: issuersOf(list),
    lockTag: qrLockTag(list.lock.id),
  };
}

const emptyList: AccessList = {
  format: 1,
  device: '',
  ownershipEpoch: 0,
  incarnation: 0,
  version: 0,
  signedAt: 0,
  zone: { from: 0, until: 0, offsets: [{ from: 0, offsetS: 0 }] },
  lock: {
    id: '',
    isInactive: false,
    capabilities: [],
    isInLockdown: false,
    isEvacuating: false,
    minimumAssurance: 'low',
    needsSecondFactor: false,
    takesStaticQr: false,
    doorModes: [],
    floors: [],
    hasFirstPersonIn: false,
    whenUnrecorded: 'deny',
  },
  holidays: [],
  profiles: [],
  accessGroups: [],
  keys: [],
  credentials: [],
  issuers: [],
};

/** What a lock without an access list decides by: nobody is known, and a manager can open. */
export const noDoorList: DoorList = {
  version: undefined,
  index: indexAccessList(emptyList),
  keyOfTag: new Map(),
  issuers: new Map(),
  lockTag: undefined,
};

import {
  indexAccessList,
  indexSource,
  type AccessList,
  type IndexedAccessList,
  type KeyRule,
  type ListRules,
  type ListSource,
} from '@claviger/domain';
import { base64urlBytes, qrLockTag, type DeviceEvent, type FoundList } from '@claviger/protocol';
import { isSmallOrder } from '../small-order.ts';

export type ListVersion = NonNullable<DeviceEvent['list']>;

/** An access list as the door decides by it. */
export interface DoorList {
  /** The counters of its box are in doubt, so that none of them is told. */
  readonly isMemoryInDoubt: boolean;
  /** Not given: the lock has no access list, so every credential is unknown (SEMANTICS L2). */
  readonly version: ListVersion | undefined;
  readonly index: IndexedAccessList;
  /** The Key that a QR means by a tag. */
  readonly findKeyByTag: FoundList['findKeyByTag'];
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

function issuersOf({ issuers }: ListRules): ReadonlyMap<string, Uint8Array> {
  const keys = issuers.map(({ id, publicKey = '' }) => [id, base64urlBytes(publicKey)] as const);
  return new Map(keys.flatMap(([id, key]) => (key && !isSmallOrder(key) ? [[id, key]] : [])));
}

/** Throws CborFault where the lock is not named by a UUID. */
export function doorListOf(
  { rules, findKey, findCredential, findKeyByTag }: FoundList,
  isMemoryInDoubt: boolean,
): DoorList {
  const doubted: ListSource = {
    rules,
    findKey: (id) => {
      const key = findKey(id);
      return key && withoutCounted(key);
    },
    findCredential: (lookup) => {
      const held = findCredential(lookup);
      return held && { ...held, key: withoutCounted(held.key) };
    },
  };
  return {
    isMemoryInDoubt,
    version: { incarnation: rules.incarnation, version: rules.version },
    index: indexSource(isMemoryInDoubt ? doubted : { rules, findKey, findCredential }),
    findKeyByTag,
    issuers: issuersOf(rules),
    lockTag: qrLockTag(rules.lock.id),
  };
}

const emptyList: AccessList = {
  format: 2,
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
  isMemoryInDoubt: false,
  version: undefined,
  index: indexAccessList(emptyList),
  findKeyByTag: () => undefined,
  issuers: new Map(),
  lockTag: undefined,
};

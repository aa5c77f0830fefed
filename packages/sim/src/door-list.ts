import {
  capabilities,
  type AccessList,
  type CredentialRule,
  type KeyRule,
  type LockRules,
} from '@claviger/domain';
import { cardLookup, issuerName, linkLookup, pinLookup, qrKeyTag, qrLookup } from '@claviger/protocol';
import { doorKeys } from './box.ts';
import { hmac, pinDigest } from './crypto.ts';
import { issuerKeyId, theIssuer } from './pictures.ts';
import { theDevice, theLock, worldStartsAt } from './world.ts';

export const theKey = '0193a6c0-5555-7000-8000-000000000005';
export const anotherKey = '0193a6c0-6666-7000-8000-000000000006';

const dayMs = 86_400_000;
const keyed = { pepper: doorKeys.pepper, hmac };

/** A staff Key that opens always, but for what is said. */
export function keyRule(more: Partial<KeyRule> = {}): KeyRule {
  return {
    id: theKey,
    type: 'staff',
    state: 'active',
    issue: 1,
    isHolderDeactivated: false,
    binding: { state: 'active' },
    hasMobile: false,
    hasIntercom: false,
    floors: [],
    isEmergency: false,
    isFirstPerson: false,
    isHolidayExempt: false,
    needsSecondFactor: false,
    ...more,
  };
}

type Kind = Pick<CredentialRule, 'kind' | 'lookup' | 'assurance'>;

function credential(kind: Kind, key: string, more: Partial<CredentialRule> = {}): CredentialRule {
  return { ...kind, key, state: 'active', isDuress: false, ...more };
}

export function pinOf(pin: string, key = theKey, more: Partial<CredentialRule> = {}): CredentialRule {
  const lookup = pinLookup(pinDigest(pin, doorKeys.pinSalt), keyed);
  return credential({ kind: 'pin', lookup, assurance: 'low' }, key, more);
}

/** `number` in hexadecimal. */
export function cardOf(number: string, key = theKey): CredentialRule {
  const lookup = cardLookup(Uint8Array.from(Buffer.from(number, 'hex')), keyed);
  return credential({ kind: 'card', lookup, assurance: 'low' }, key);
}

export function qrOf(key = theKey): CredentialRule {
  return credential({ kind: 'qr', lookup: qrLookup(qrKeyTag(key)), assurance: 'medium' }, key);
}

export function linkOf(key = theKey): CredentialRule {
  return credential({ kind: 'link', lookup: linkLookup(key), assurance: 'low' }, key);
}

/** What is different about a list; left out: version 1 of the one lock, with every reader and no Keys. */
export interface ListParts extends Partial<Omit<AccessList, 'lock'>> {
  readonly lock?: Partial<LockRules>;
}

const lockRules: LockRules = {
  id: theLock,
  isInactive: false,
  capabilities: capabilities.filter((capability) => capability !== 'lift_floors'),
  isInLockdown: false,
  isEvacuating: false,
  minimumAssurance: 'low',
  needsSecondFactor: false,
  takesStaticQr: false,
  doorModes: [],
  floors: [],
  hasFirstPersonIn: false,
  whenUnrecorded: 'deny',
};

/** An access list of the one lock of a virtual world, in UTC for 400 days from the beginning of the world. */
export function doorList({ lock, ...more }: ListParts = {}): AccessList {
  return {
    format: 2,
    device: theDevice,
    ownershipEpoch: 1,
    incarnation: 1,
    version: 1,
    signedAt: worldStartsAt,
    zone: {
      from: worldStartsAt - dayMs,
      until: worldStartsAt + 400 * dayMs,
      offsets: [{ from: 0, offsetS: 0 }],
    },
    holidays: [],
    profiles: [],
    accessGroups: [],
    keys: [],
    credentials: [],
    issuers: [
      { id: issuerName(issuerKeyId), publicKey: Buffer.from(theIssuer.publicKey).toString('base64url') },
    ],
    ...more,
    lock: { ...lockRules, ...lock },
  };
}

/** A list with one Key, its PIN 482913, its card 04a1b2c3, its QR and its link. */
export function listWithKey(key: Partial<KeyRule> = {}, parts: ListParts = {}): AccessList {
  const id = key.id ?? theKey;
  return doorList({
    keys: [keyRule(key)],
    credentials: [pinOf('482913', id), cardOf('04a1b2c3', id), qrOf(id), linkOf(id)],
    ...parts,
  });
}

import type {
  AuthorityPorts,
  CredentialFact,
  HolidayFact,
  KeyFact,
  ListHeading,
  LockFact,
} from '@claviger/authority';
import { compileAccessList, createZoneClock, zoneOffsets } from '@claviger/authority';
import type { DoorKeys } from '@claviger/agent';
import type { AccessList, CredentialState } from '@claviger/domain';
import { cardLookup, issuerName, linkLookup, pinLookup, qrKeyTag, qrLookup } from '@claviger/protocol';
import { hashOf, hmac, type KeyRing, type SeededKey } from '../../crypto.ts';
import { keyIdOfIssuer } from '../../pictures.ts';

/** What proves a Key, with its secret as the holder knows it: digits, a card's number, nothing for others. */
export interface Token {
  readonly kind: 'pin' | 'card' | 'qr' | 'link';
  readonly secret: string;
  readonly state: CredentialState;
}

/** A Key with all that its holder shows. */
export interface Holding {
  readonly key: KeyFact;
  readonly tokens: readonly Token[];
}

/** Who owns locks: its own issuer of QRs and its own secrets at its doors. */
export interface Entity {
  readonly name: string;
  readonly issuer: SeededKey;
  readonly secrets: DoorKeys;
}

/** A lock of an Entity. */
export interface OwnedLock {
  readonly rule: LockFact;
  readonly entity: Entity;
  readonly deviceId: string;
}

/** Everything that the server knows of rights at one instant; never changed, replaced as a whole. */
export interface Facts {
  readonly holdings: ReadonlyMap<string, Holding>;
  readonly locks: ReadonlyMap<string, OwnedLock>;
  readonly holidays: readonly HolidayFact[];
}

export function entityOf(name: string, ring: KeyRing): Entity {
  return {
    name,
    issuer: ring.keyOf(`issuer of ${name}`),
    secrets: {
      pepper: hashOf('pepper', name),
      pinSalt: hashOf('salt', name).slice(0, 16),
      qrSecret: hashOf('qr', name),
    },
  };
}

/** By this the door knows a token. */
function lookupOf({ kind, secret }: Token, keyId: string, { pepper, pinSalt }: DoorKeys): string {
  const keyed = { pepper, hmac };
  switch (kind) {
    case 'pin':
      return pinLookup(hashOf('played digest', secret, pinSalt), keyed);
    case 'card':
      return cardLookup(Uint8Array.from(Buffer.from(secret, 'hex')), keyed);
    case 'qr':
      return qrLookup(qrKeyTag(keyId));
    case 'link':
      return linkLookup(keyId);
  }
}

/** A Key stands in many lists, and its digests are the same in all of an Entity. */
const knownCredentials = new WeakMap<Holding, readonly CredentialFact[]>();

/** The credentials of a Key at the doors of an Entity, one for each of its tokens, in their order. */
export function credentialsOf(holding: Holding, { secrets }: Entity): readonly CredentialFact[] {
  const known = knownCredentials.get(holding);
  if (known) return known;
  const { key, tokens } = holding;
  const facts = tokens.map((token) => ({
    lookup: lookupOf(token, key.id, secrets),
    key: key.id,
    kind: token.kind,
    state: token.state,
    duress: false,
  }));
  knownCredentials.set(holding, facts);
  return facts;
}

/** For so long a list can tell the wall clock of its zone, and so long before its signing. */
export const zoneTableMs = 400 * 86_400_000;
const zoneTableBeforeMs = 2 * 86_400_000;

/** Compiles lists as the server does: of one lock, or of some of its Keys, from the facts of now. */
export function createCompiler(zone: string) {
  const clock = createZoneClock(zone);
  return (facts: Facts, lockId: string, keys?: readonly string[]) => {
    const lock = facts.locks.get(lockId);
    if (!lock) return undefined;
    const { entity, rule } = lock;
    const asked = keys?.flatMap((id) => facts.holdings.get(id) ?? []) ?? [...facts.holdings.values()];
    const holdings = asked.filter(({ key }) => key.bindings.some((binding) => binding.lock === lockId));
    const issuerId = issuerName(keyIdOfIssuer(entity.issuer));
    const publicKey = Buffer.from(entity.issuer.publicKey).toString('base64url');
    const rules = {
      holidays: facts.holidays,
      profiles: [],
      accessGroups: [],
      chips: [],
      keys: holdings.map(({ key }) => key),
      credentials: holdings.flatMap((holding) => credentialsOf(holding, entity)),
      issuers: [{ id: issuerId, publicKey }],
    };
    return (heading: ListHeading): AccessList => {
      const { signedAt } = heading;
      const table = zoneOffsets(clock, signedAt - zoneTableBeforeMs, signedAt + zoneTableMs);
      return compileAccessList(rules, rule, { ...heading, zone: table });
    };
  };
}

export type Compiler = ReturnType<typeof createCompiler>;
export type Signer = AuthorityPorts['signer'];

import { createHmac } from 'node:crypto';
import {
  findModel,
  type AccessList,
  type CredentialState,
  type Instant,
  type Issuer,
  type ProofRules,
  type ZoneOffsets,
} from '@claviger/domain';
import {
  compileAccessList,
  createZoneClock,
  zoneOffsets,
  type CredentialFact,
  type KeyFact,
  type ListHeading,
  type LockFact,
  type RuleFacts,
} from '@claviger/authority';
import {
  cardLookup,
  issuerName,
  linkLookup,
  pinLookup,
  qrKeyTag,
  qrLookup,
  type DoorSecrets,
  type Hmac,
} from '@claviger/protocol';
import type { Transaction } from '../../platform/database/index.ts';
import { openField, type OwnedDoor, type QrIssuer, type Secret } from '../../platform/secrets/index.ts';
import * as store from './store.ts';

/** What is needed beside the database to make a list. */
export interface ListMaking {
  readonly sealingKey: Secret;
  readonly doorSecretsOf: (door: OwnedDoor) => DoorSecrets;
  readonly issuerOf: (entityId: string) => QrIssuer;
}

/** For so long a list can tell the wall clock of its zone. */
const zoneTableMs = 400 * 86_400_000;

/** A table begins this long before its signing, for a door whose clock is behind. */
const zoneTableBeforeMs = 2 * 86_400_000;

/** Keys alone are told without what is around them: a delta has no table. */
const noZoneTable: ZoneOffsets = { from: 0, until: 0, offsets: [] };

/** SEMANTICS C13: for so long the reason is still revoked or expired. */
export const endedStayForMs = 30 * 86_400_000;

const hmac: Hmac = (key, bytes) => Uint8Array.from(createHmac('sha256', key).update(bytes).digest());

/** Where the slow digest of a PIN is sealed, or the number of a card. */
export function sealedDigestPlace(credentialId: string) {
  return { table: 'credentials', column: 'sealed_digest', rowId: credentialId };
}

/** What cannot be set yet at a lock says here, in one place, that it restricts nothing. */
const unrestricted = {
  lockdown: false,
  evacuation: false,
  secondFactor: false,
  doorModes: [],
  floors: [],
  firstPersonIn: false,
  whenUnrecorded: 'deny',
} as const satisfies Partial<LockFact>;

/** What can be set at a lock and its list says. */
export type LockLeaves = Pick<
  store.ListedLock,
  'model' | 'minimumAssurance' | 'takesStaticQr' | 'takesCardNumbers'
>;

function lockFact(
  lock: Omit<LockLeaves, 'takesCardNumbers'> & Pick<store.ListedLock, 'id' | 'status'>,
): LockFact {
  const { id, status, minimumAssurance, takesStaticQr: staticQr } = lock;
  const capabilities = findModel(lock.model)?.capabilities ?? [];
  return { ...unrestricted, id, status, capabilities, minimumAssurance, staticQr };
}

/** What a lock asks of the ways to show a Key, as its list says it. */
export function proofRulesOf(lock: LockLeaves): ProofRules {
  const { capabilities, minimumAssurance, staticQr } = lockFact({ ...lock, id: '', status: 'active' });
  const { takesCardNumbers } = lock;
  return { capabilities, minimumAssurance, takesStaticQr: staticQr, takesCardNumbers };
}

function keyFact(key: store.ListedKey, lockId: string): KeyFact {
  return {
    id: key.id,
    type: key.type,
    state: key.state,
    issue: key.issue,
    from: key.from ?? undefined,
    until: key.until ?? undefined,
    maxUses: key.maxUses ?? undefined,
    bindings: [{ lock: lockId, state: key.bindingState }],
    user: key.holderId ?? undefined,
    isHolderDeactivated: key.holderStatus === 'deactivated',
    floors: [],
    emergency: false,
    firstPerson: false,
    holidayExempt: false,
    secondFactor: false,
  };
}

/** By this the door knows the credential; undefined where it has nothing left to be known by. */
function lookupOf(
  credential: store.ListedCredential,
  making: ListMaking,
  pepper: Uint8Array,
): string | undefined {
  const { kind, keyId, id, sealedDigest } = credential;
  if (kind === 'link') return linkLookup(keyId);
  if (kind === 'qr') return qrLookup(qrKeyTag(keyId));
  if (sealedDigest === null) return undefined;
  const open = () => Uint8Array.from(openField(making.sealingKey, sealedDigestPlace(id), sealedDigest));
  if (kind === 'card') return cardLookup(open(), { pepper, hmac });
  return kind === 'pin' ? pinLookup(open(), { pepper, hmac }) : undefined;
}

function issuerFact({ keyId, publicKey }: QrIssuer): Issuer {
  return { id: issuerName(keyId), publicKey: Buffer.from(publicKey).toString('base64url') };
}

/** A bare card number waits where its Entity does not allow them: that can come back (SEMANTICS C6). */
function stateAt(
  { takesCardNumbers }: Pick<store.ListedLock, 'takesCardNumbers'>,
  { kind, state }: store.ListedCredential,
): CredentialState {
  return kind === 'card' && state === 'active' && !takesCardNumbers ? 'suspended' : state;
}

async function factsFor(
  tx: Transaction,
  place: {
    readonly entityId: string;
    readonly lockId: string;
    readonly keyIds?: readonly string[] | undefined;
    readonly takesCardNumbers: boolean;
    readonly pepper: Uint8Array;
    readonly at: Instant;
  },
  making: ListMaking,
): Promise<RuleFacts> {
  const keys = await store.listKeysOf(tx, place, place.at - endedStayForMs);
  const credentials = await store.listCredentialsOf(tx, place);
  return {
    // Keys alone are told without what is around them.
    holidays: place.keyIds ? [] : await store.listHolidaysOf(tx, place.entityId),
    profiles: [],
    accessGroups: [],
    chips: [],
    keys: keys.map((key) => keyFact(key, place.lockId)),
    credentials: credentials.flatMap((credential): CredentialFact[] => {
      const lookup = lookupOf(credential, making, place.pepper);
      if (lookup === undefined) return [];
      const { keyId, kind } = credential;
      const card = kind === 'card' ? 'number' : undefined;
      const state = stateAt(place, credential);
      return [{ lookup, key: keyId, kind, card, state, duress: false }];
    }),
    issuers: [issuerFact(making.issuerOf(place.entityId))],
  };
}

/** The credentials of a lock by what the door knows them by. Scope: entity. */
export async function credentialsByLookup(
  tx: Transaction,
  door: OwnedDoor & { readonly lockId: string },
  making: ListMaking,
): Promise<ReadonlyMap<string, string>> {
  const pepper = Uint8Array.from(Buffer.from(making.doorSecretsOf(door).pepper, 'base64url'));
  const credentials = await store.listCredentialsOf(tx, door);
  return new Map(
    credentials.flatMap((credential) => {
      const lookup = lookupOf(credential, making, pepper);
      return lookup === undefined ? [] : [[lookup, credential.id] as const];
    }),
  );
}

/**
 * Reads everything that the list of one lock says at `at` and returns what compiles it under a heading;
 * undefined for a lock that is not there. Its table of zone offsets is that of a list signed at `tableAt`,
 * left out: at `at`. With `keyIds` it says of these Keys alone what it does, and has a table only where
 * `tableAt` asks for one. Scope: entity.
 */
export async function compileFor(
  tx: Transaction,
  wanted: {
    readonly entityId: string;
    readonly lockId: string;
    readonly ownershipEpoch: number;
    readonly at: Instant;
    readonly tableAt?: Instant;
    readonly keyIds?: readonly string[] | undefined;
  },
  making: ListMaking,
): Promise<
  { readonly lock: store.ListedLock; readonly compile: (heading: ListHeading) => AccessList } | undefined
> {
  const { entityId, lockId, ownershipEpoch, at, keyIds } = wanted;
  const tableAt = wanted.tableAt ?? (keyIds ? undefined : at);
  const lock = await store.findListedLock(tx, entityId, lockId);
  if (!lock) return undefined;
  const door = { deviceId: lock.deviceId, entityId, ownershipEpoch };
  const pepper = Uint8Array.from(Buffer.from(making.doorSecretsOf(door).pepper, 'base64url'));
  const { takesCardNumbers } = lock;
  const facts = await factsFor(tx, { entityId, lockId, keyIds, takesCardNumbers, pepper, at }, making);
  const zone =
    tableAt === undefined
      ? noZoneTable
      : zoneOffsets(createZoneClock(lock.zone), tableAt - zoneTableBeforeMs, tableAt + zoneTableMs);
  return { lock, compile: (heading) => compileAccessList(facts, lockFact(lock), { ...heading, zone }) };
}

import type { Assurance, Instant, KeyState, KeyType } from '@claviger/domain';
import { sql } from 'kysely';
import type { Transaction } from '../../platform/database/index.ts';
import { query } from '../../platform/database/query.ts';
import { restPins } from './pins/store.ts';

/** The lock that a Key is made for. */
export interface KeyPlace {
  readonly lockId: string;
  readonly deviceId: string;
  readonly status: string;
  readonly model: string;
  readonly zone: string;
  readonly entityName: string;
  readonly minimumAssurance: Assurance;
  readonly takesStaticQr: boolean;
  readonly takesCardNumbers: boolean;
}

const placeColumns = [
  'l.id as lockId',
  'l.device_id as deviceId',
  'l.status',
  'd.model',
  'e.zone',
  'e.name as entityName',
  'l.minimum_assurance as minimumAssurance',
  'l.takes_static_qr as takesStaticQr',
  'l.takes_card_numbers as takesCardNumbers',
] as const;

/** The lock with its model and the zone of its Entity, or undefined: missing and foreign are the same. */
export async function findPlace(
  tx: Transaction,
  entityId: string,
  lockId: string,
): Promise<KeyPlace | undefined> {
  return query(tx)
    .selectFrom('locks as l')
    .innerJoin('devices as d', 'd.id', 'l.device_id')
    .innerJoin('entities as e', 'e.id', 'l.entity_id')
    .where('l.entity_id', '=', entityId)
    .where('l.id', '=', lockId)
    .select([...placeColumns])
    .executeTakeFirst();
}

export interface NewKey {
  readonly entityId: string;
  readonly id: string;
  readonly type: KeyType;
  readonly holder: string;
  readonly holderId: string | undefined;
  readonly email: string | undefined;
  readonly from: Instant;
  readonly until: Instant;
  readonly maxUses: number | undefined;
  readonly madeBy: string;
  readonly lockId: string;
  readonly at: Instant;
  /** The Mandate with which it ends, and the end that was asked for. */
  readonly mandate: { readonly id: string; readonly wantedUntil: Instant } | undefined;
  /** Whether its first issue is shared as a static picture. */
  readonly hasPicture: boolean;
}

/** Adds an active Key with its Binding. */
export async function addKey(tx: Transaction, key: NewKey): Promise<void> {
  await query(tx)
    .insertInto('keys')
    .values({
      entity_id: key.entityId,
      id: key.id,
      type: key.type,
      state: 'active',
      holder_name: key.holder,
      holder_id: key.holderId ?? null,
      email: key.email ?? null,
      valid_from: new Date(key.from),
      valid_until: new Date(key.until),
      max_uses: key.maxUses ?? null,
      made_by: key.madeBy,
      created_at: new Date(key.at),
      ...(key.mandate && {
        mandate_id: key.mandate.id,
        wanted_until: new Date(key.mandate.wantedUntil),
      }),
      ...(key.hasPicture && { picture_issue: 1, picture_at: new Date(key.at) }),
    })
    .execute();
  await query(tx)
    .insertInto('bindings')
    .values({ entity_id: key.entityId, key_id: key.id, lock_id: key.lockId, since: new Date(key.at) })
    .execute();
}

/** A Key as it is stored. */
export interface HeldKey {
  readonly id: string;
  readonly type: KeyType;
  readonly state: KeyState;
  readonly holder: string;
  readonly email: string | null;
  readonly from: number | null;
  readonly until: number | null;
  readonly maxUses: number | null;
  readonly issue: number;
  /** The issue that was shared as a static picture, and when. */
  readonly pictureIssue: number | null;
  readonly pictureAt: number | null;
  /** The Mandate under which it was made, what was asked for then, and when somebody adopted it. */
  readonly mandateId: string | null;
  readonly wantedUntil: number | null;
  readonly adoptedAt: number | null;
  readonly suspension: string | null;
  readonly version: number;
}

interface KeyId {
  readonly entityId: string;
  readonly keyId: string;
}

function selectKey(tx: Transaction, { entityId, keyId }: KeyId) {
  return query(tx)
    .selectFrom('keys')
    .where('entity_id', '=', entityId)
    .where('id', '=', keyId)
    .select([
      'id',
      'type',
      'state',
      'holder_name as holder',
      'email',
      'valid_from as from',
      'valid_until as until',
      'max_uses as maxUses',
      'issue',
      'picture_issue as pictureIssue',
      'picture_at as pictureAt',
      'mandate_id as mandateId',
      'wanted_until as wantedUntil',
      'adopted_at as adoptedAt',
      'suspension',
      'version',
    ]);
}

/** A Key, held until the transaction ends. */
export function holdKey(tx: Transaction, key: KeyId): Promise<HeldKey | undefined> {
  return selectKey(tx, key).forUpdate().executeTakeFirst();
}

/** A Key as it is stored. */
export function findHeldKey(tx: Transaction, key: KeyId): Promise<HeldKey | undefined> {
  return selectKey(tx, key).executeTakeFirst();
}

/** Its QR is shared as a static picture now, in this issue. */
export async function notePicture(
  tx: Transaction,
  { entityId, keyId }: KeyId,
  picture: { readonly issue: number; readonly at: Instant },
): Promise<void> {
  await query(tx)
    .updateTable('keys')
    .set({ issue: picture.issue, picture_issue: picture.issue, picture_at: new Date(picture.at) })
    .where('entity_id', '=', entityId)
    .where('id', '=', keyId)
    .execute();
}

/** Where the Key was mailed to last. */
export async function noteEmail(tx: Transaction, { entityId, keyId }: KeyId, email: string): Promise<void> {
  await query(tx)
    .updateTable('keys')
    .set({ email })
    .where('entity_id', '=', entityId)
    .where('id', '=', keyId)
    .execute();
}

/** The locks that a Key is bound to, with what its mail and its lists need. */
export function listPlacesOf(tx: Transaction, { entityId, keyId }: KeyId): Promise<KeyPlace[]> {
  return query(tx)
    .selectFrom('bindings as b')
    .innerJoin('locks as l', (join) =>
      join.onRef('l.entity_id', '=', 'b.entity_id').onRef('l.id', '=', 'b.lock_id'),
    )
    .innerJoin('devices as d', 'd.id', 'l.device_id')
    .innerJoin('entities as e', 'e.id', 'l.entity_id')
    .where('b.entity_id', '=', entityId)
    .where('b.key_id', '=', keyId)
    .orderBy('l.id')
    .select([...placeColumns])
    .execute();
}

/** What a Binding asks for changes now; no list carries it yet. */
export async function changeBindings(
  tx: Transaction,
  key: KeyId,
  change: { readonly at: Instant; readonly isRevoked?: true },
): Promise<void> {
  await query(tx)
    .updateTable('bindings')
    .set({
      since: new Date(change.at),
      listed_incarnation: null,
      listed_version: null,
      enforced_at: null,
      ...(change.isRevoked && { state: 'revoked' as const }),
    })
    .where('entity_id', '=', key.entityId)
    .where('key_id', '=', key.keyId)
    .execute();
}

/** Changes what a Key allows. */
export async function changeKey(
  tx: Transaction,
  key: KeyId,
  change: {
    readonly from: Instant;
    readonly until: Instant;
    readonly wantedUntil?: Instant | undefined;
    readonly maxUses: number | null;
    readonly issue: number;
  },
): Promise<void> {
  await query(tx)
    .updateTable('keys')
    .set((set) => ({
      valid_from: new Date(change.from),
      valid_until: new Date(change.until),
      ...(change.wantedUntil !== undefined && { wanted_until: new Date(change.wantedUntil) }),
      max_uses: change.maxUses,
      issue: change.issue,
      version: set('version', '+', 1),
    }))
    .where('entity_id', '=', key.entityId)
    .where('id', '=', key.keyId)
    .execute();
}

/** An issue has two bytes in a QR and on an access list. */
export const issueLimit = 65_535;

/** Ends a Key for good: what it was known by at people's hands is gone, the digests stay for the reason. */
export async function revokeKey(tx: Transaction, key: KeyId, at: Instant): Promise<void> {
  await query(tx)
    .updateTable('keys')
    .set((set) => ({
      state: 'revoked' as const,
      ended_at: new Date(at),
      issue: sql<number>`least(issue + 1, ${issueLimit})`,
      version: set('version', '+', 1),
    }))
    .where('entity_id', '=', key.entityId)
    .where('id', '=', key.keyId)
    .execute();
  await restPins(tx, key, at);
  await query(tx)
    .updateTable('credentials')
    .set({ sealed_secret: null })
    .where('entity_id', '=', key.entityId)
    .where('key_id', '=', key.keyId)
    .execute();
}

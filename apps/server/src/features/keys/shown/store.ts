import type { Assurance, BindingState, Instant, KeyState, KeyType } from '@claviger/domain';
import type { KeyFilter, KeyStatus, Suspension } from '@claviger/protocol';
import { sql, type Expression, type SqlBool } from 'kysely';
import type { Transaction } from '../../../platform/database/index.ts';
import { query, sqlInstant } from '../../../platform/database/query.ts';

/** A Key as it is stored, with what is shown beside it. */
export interface KeyRow {
  readonly id: string;
  readonly type: KeyType;
  readonly state: KeyState;
  readonly suspension: Suspension | null;
  readonly holder: string;
  readonly email: string | null;
  readonly from: number | null;
  readonly until: number | null;
  readonly maxUses: number | null;
  readonly version: number;
  readonly createdAt: number;
  readonly createdBy: string | null;
  /** The Mandate with which it ends. */
  readonly mandateId: string | null;
  readonly hasPin: boolean;
  /** The card that the Key has: identifier, number, since when. */
  readonly cardId: string | null;
  readonly sealedCard: Uint8Array | null;
  readonly cardAt: number | null;
  readonly issue: number;
  readonly pictureIssue: number | null;
  readonly pictureAt: number | null;
  readonly emailedAt: number | null;
  readonly emailFailure: string | null;
}

/** A Binding of a Key with what its lock has told. */
export interface BindingRow {
  readonly keyId: string;
  readonly lockId: string;
  readonly lockName: string;
  readonly model: string;
  readonly minimumAssurance: Assurance;
  readonly takesStaticQr: boolean;
  readonly takesCardNumbers: boolean;
  readonly state: BindingState;
  readonly since: number;
  readonly enforcedAt: number | null;
  readonly refusedAt: number | null;
  readonly usesSpent: number;
  readonly isOnline: boolean | null;
  readonly offlineSince: number | null;
  /** Since when the door has gone back to an older disk, without its counters. */
  readonly doubtSince: number | null;
  /** Since when the door has lost its record of this Key; and whether nobody else knows its uses. */
  readonly counterLostAt: number | null;
  readonly isCountUnsure: boolean;
}

/** A Key as it is, but for one whose holder is deactivated: it is suspended as long as that lasts. */
const stateNow = sql<KeyState>`case
  when k.state in ('active', 'pending') and exists
    (select from claviger.users h where h.id = k.holder_id and h.status = 'deactivated')
  then 'suspended' else k.state end`;

/** Why that is, where a person has to know. */
const suspensionNow = sql<Suspension | null>`case
  when ${stateNow} <> 'suspended' then null
  when k.state = 'suspended' then k.suspension else 'holder_deactivated' end`;

/** The Mandate with which a Key ends. */
const endsWith = sql<string | null>`case when k.adopted_at is null then k.mandate_id end`.as('mandateId');

const stateColumns = [stateNow.as('state'), suspensionNow.as('suspension'), endsWith] as const;

function selectKeys(tx: Transaction, entityId: string) {
  return query(tx)
    .selectFrom('keys as k')
    .leftJoin('users as u', 'u.id', 'k.made_by')
    .leftJoin('credentials as r', (join) =>
      join
        .onRef('r.entity_id', '=', 'k.entity_id')
        .onRef('r.key_id', '=', 'k.id')
        .on('r.kind', '=', 'card')
        .on('r.sealed_secret', 'is not', null),
    )
    .where('k.entity_id', '=', entityId)
    .select((eb) => [
      'k.id',
      'k.type',
      ...stateColumns,
      'k.holder_name as holder',
      'k.email',
      'k.valid_from as from',
      'k.valid_until as until',
      'k.max_uses as maxUses',
      'r.id as cardId',
      'r.sealed_secret as sealedCard',
      'r.created_at as cardAt',
      'k.issue',
      'k.picture_issue as pictureIssue',
      'k.picture_at as pictureAt',
      'k.version',
      'k.created_at as createdAt',
      'u.name as createdBy',
      eb
        .exists(
          eb
            .selectFrom('credentials as c')
            .whereRef('c.entity_id', '=', 'k.entity_id')
            .whereRef('c.key_id', '=', 'k.id')
            .where('c.kind', '=', 'pin')
            .where('c.state', '<>', 'revoked')
            .select('c.id'),
        )
        .$castTo<boolean>()
        .as('hasPin'),
      eb
        .selectFrom('mails as m')
        .whereRef('m.entity_id', '=', 'k.entity_id')
        .whereRef('m.key_id', '=', 'k.id')
        .orderBy('m.id', 'desc')
        .limit(1)
        .select((mail) => mail.fn.coalesce('m.sent_at', 'm.kept_at').as('emailedAt'))
        .as('emailedAt'),
      eb
        .selectFrom('mails as m')
        .whereRef('m.entity_id', '=', 'k.entity_id')
        .whereRef('m.key_id', '=', 'k.id')
        .orderBy('m.id', 'desc')
        .limit(1)
        .select('m.failure')
        .as('emailFailure'),
    ]);
}

/** The SQL of a status at this instant; `statusOf` says the same of one Key. */
function hasStatus(status: KeyStatus, now: Instant): Expression<SqlBool> {
  const at = sqlInstant(now);
  switch (status) {
    case 'not_yet':
      return sql<boolean>`${stateNow} = 'active' and k.valid_from > ${at}`;
    case 'expired':
      return sql<boolean>`${stateNow} = 'active' and k.valid_until <= ${at}`;
    case 'active':
      return sql<boolean>`${stateNow} = 'active' and coalesce(k.valid_from <= ${at}, true)
        and coalesce(k.valid_until > ${at}, true)`;
    case 'available':
    case 'pending':
    case 'suspended':
    case 'revoked':
      return sql<boolean>`${stateNow} = ${status}`;
  }
}

/** A text to be found anywhere, or at the beginning: what means something to `like` means itself. */
function literally(text: string): string {
  return text.replaceAll(/[\\%_]/g, (sign) => `\\${sign}`);
}

/** Keys of the Entity that the filter matches, newest first, after one of them. */
export async function listKeys(
  tx: Transaction,
  entityId: string,
  wanted: {
    readonly filter: KeyFilter;
    readonly now: Instant;
    readonly after: string | undefined;
    readonly limit: number;
    /** Those alone that were made under this Mandate, and are not adopted. */
    readonly mandateId: string | undefined;
  },
): Promise<KeyRow[]> {
  const { filter, now, after, limit, mandateId } = wanted;
  let keys = selectKeys(tx, entityId);
  if (mandateId !== undefined)
    keys = keys.where('k.mandate_id', '=', mandateId).where('k.adopted_at', 'is', null);
  if (filter.type !== undefined) keys = keys.where('k.type', '=', filter.type);
  if (filter.status !== undefined) keys = keys.where(hasStatus(filter.status, now));
  if (filter.email) keys = keys.where('k.email', 'ilike', `%${literally(filter.email)}%`);
  if (filter.key) {
    keys = keys.where(sql<boolean>`starts_with(k.id::text, ${filter.key})`);
  }
  if (filter.lockId !== undefined) {
    const { lockId } = filter;
    keys = keys.where('k.id', 'in', (eb) =>
      eb
        .selectFrom('bindings')
        .where('entity_id', '=', entityId)
        .where('lock_id', '=', lockId)
        .select('key_id'),
    );
  }
  if (after !== undefined) keys = keys.where('k.id', '<', after);
  return keys.orderBy('k.id', 'desc').limit(limit).execute();
}

/** One Key, or undefined: missing and foreign are the same. */
export async function findKey(tx: Transaction, entityId: string, keyId: string): Promise<KeyRow | undefined> {
  return selectKeys(tx, entityId).where('k.id', '=', keyId).executeTakeFirst();
}

/** The Bindings of these Keys, by the name of the lock. */
export async function listBindings(
  tx: Transaction,
  entityId: string,
  keyIds: readonly string[],
): Promise<BindingRow[]> {
  if (keyIds.length === 0) return [];
  return query(tx)
    .selectFrom('bindings as b')
    .innerJoin('locks as l', (join) =>
      join.onRef('l.entity_id', '=', 'b.entity_id').onRef('l.id', '=', 'b.lock_id'),
    )
    .innerJoin('devices as d', 'd.id', 'l.device_id')
    .leftJoin('device_states as s', (join) =>
      join.onRef('s.entity_id', '=', 'l.entity_id').onRef('s.device_id', '=', 'l.device_id'),
    )
    .leftJoin('lock_lists as i', (join) =>
      join.onRef('i.entity_id', '=', 'b.entity_id').onRef('i.lock_id', '=', 'b.lock_id'),
    )
    .where('b.entity_id', '=', entityId)
    .where('b.key_id', 'in', [...keyIds])
    .orderBy('l.name')
    .orderBy('l.id')
    .select([
      'b.key_id as keyId',
      'b.lock_id as lockId',
      'l.name as lockName',
      'd.model',
      'l.minimum_assurance as minimumAssurance',
      'l.takes_static_qr as takesStaticQr',
      'l.takes_card_numbers as takesCardNumbers',
      'b.state',
      'b.since',
      'b.enforced_at as enforcedAt',
      'i.refused_at as refusedAt',
      'b.uses_spent as usesSpent',
      's.is_online as isOnline',
      's.offline_since as offlineSince',
      's.doubt_since as doubtSince',
      'b.counter_lost_at as counterLostAt',
      'b.is_count_unsure as isCountUnsure',
    ])
    .execute();
}

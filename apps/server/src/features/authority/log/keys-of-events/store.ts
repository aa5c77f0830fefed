import { beginsKeyDoubt, endsDoubt, endsKeyDoubt, type EventRecord } from '@claviger/authority';
import { tellsLoss } from '@claviger/domain';
import { sql } from 'kysely';
import { keyedQuery, sqlInstant } from '../../../../platform/database/query.ts';
import { ownedBy, type Conversation } from '../../conversation.ts';

/** A Key that events name, as it is known here. */
export interface NamedKey {
  readonly id: string;
  readonly holder: string;
}

const tagPrefix = 'tag:';

/** A Key that only its QR told of is named by the last 16 digits of its identifier. */
const tagOfId = sql<string>`right(replace(id::text, '-', ''), 16)`;

/** The Keys that these events name, by the names that the events use. */
export async function findNamedKeys(
  conversation: Conversation,
  events: readonly EventRecord[],
): Promise<Map<string, NamedKey>> {
  const names = [...new Set(events.flatMap(({ key }) => (key === undefined ? [] : [key])))];
  if (names.length === 0) return new Map();
  const ids = names.filter((name) => !name.startsWith(tagPrefix));
  const tags = names.filter((name) => name.startsWith(tagPrefix)).map((name) => name.slice(tagPrefix.length));
  const rows = await keyedQuery(conversation.tx)
    .selectFrom('keys')
    .where('entity_id', '=', ownedBy(conversation).entityId)
    .where((where) =>
      where.or([
        ...(ids.length > 0 ? [where('id', 'in', ids)] : []),
        ...(tags.length > 0 ? [where(tagOfId, 'in', tags)] : []),
      ]),
    )
    .select(['id', 'holder_name', tagOfId.as('tag')])
    .execute();
  return new Map(
    rows.flatMap(({ id, holder_name, tag }) => {
      const key = { id, holder: holder_name };
      return [
        [id, key],
        [`${tagPrefix}${tag}`, key],
      ] as const;
    }),
  );
}

/** The tag of a QR's Key that nobody here knows either. */
function unknownTag(key: string | undefined, isKnown: boolean): Buffer | null {
  if (isKnown || key?.startsWith(tagPrefix) !== true) return null;
  return Buffer.from(key.slice(tagPrefix.length), 'hex');
}

/** What a row says of the Key. */
function namedColumns({ key }: EventRecord, keys: ReadonlyMap<string, NamedKey>) {
  const known = key === undefined ? undefined : keys.get(key);
  return {
    key_id: known?.id ?? null,
    key_tag: unknownTag(key, known !== undefined),
  };
}

/** What a row says of the Key and of what decided. */
export function keyColumns(event: EventRecord, keys: ReadonlyMap<string, NamedKey>) {
  const { uses, list, path, isStatic, second } = event;
  return {
    ...namedColumns(event, keys),
    uses_spent: uses?.spent ?? null,
    uses_max: uses?.max ?? null,
    list_incarnation: list?.incarnation ?? null,
    list_version: list?.version ?? null,
    reader_path: path ?? null,
    is_static: isStatic ?? null,
    second_method: second ?? null,
  };
}

/**
 * Every grant is one use, whichever history of the door tells it, so that those of two histories add up; a
 * door may have counted more than it could tell (decision record 0019).
 */
const spentAfter = ({ type, uses }: EventRecord) => {
  const granted = type === 'key_accepted' ? 1 : 0;
  return sql<number>`greatest(uses_spent + ${granted}::integer, ${uses?.spent ?? 0}::integer)`;
};

/** A grant without a maximum is counted here as the door counts it there (SEMANTICS U1). */
function isCounted({ type, uses }: EventRecord): boolean {
  return uses !== undefined || type === 'key_accepted';
}

/** Whether an event says something of the uses of a Key: how many, or that nobody knows. */
function isOfCounter(event: EventRecord): boolean {
  return isCounted(event) || beginsKeyDoubt(event) || endsKeyDoubt(event);
}

/** A number from a memory that is in doubt itself does not make up for lost events. */
function isUnsureAfter({ deviceId }: Conversation) {
  const inDoubt = sql`select 1 from claviger.device_states
    where entity_id = bindings.entity_id and device_id = ${deviceId} and doubt_since is not null`;
  return sql<boolean>`is_count_unsure and exists (${inDoubt})`;
}

/** What a Binding knows after an event of its Key. */
function counterAfter(conversation: Conversation, event: EventRecord) {
  return {
    uses_spent: spentAfter(event),
    ...(event.uses && { is_count_unsure: isUnsureAfter(conversation) }),
    ...(beginsKeyDoubt(event) && {
      counter_lost_at: sql<Date>`coalesce(counter_lost_at, ${sqlInstant(event.at)})`,
    }),
    ...(endsKeyDoubt(event) && { counter_lost_at: null }),
  };
}

/** The Bindings at all locks of the device. */
function bindingsOf(conversation: Conversation) {
  const { tx, deviceId } = conversation;
  const { entityId } = ownedBy(conversation);
  return keyedQuery(tx)
    .updateTable('bindings')
    .where('entity_id', '=', entityId)
    .where('lock_id', 'in', (eb) =>
      eb.selectFrom('locks').where('entity_id', '=', entityId).where('device_id', '=', deviceId).select('id'),
    );
}

/** What only the lost events would tell, the door alone knows from now on, which is asked for it. */
async function loseCounts(conversation: Conversation): Promise<void> {
  const { tx, deviceId } = conversation;
  await keyedQuery(tx)
    .updateTable('lock_lists')
    .set({ uses_owed: true })
    .where('entity_id', '=', ownedBy(conversation).entityId)
    .where('device_id', '=', deviceId)
    .execute();
  await bindingsOf(conversation).set({ is_count_unsure: true }).execute();
}

/** The whole memory of a device has its counters back, but those that nobody knows. */
async function settleDoubts(conversation: Conversation): Promise<void> {
  await bindingsOf(conversation)
    .where('is_count_unsure', '=', false)
    .set({ counter_lost_at: null })
    .execute();
}

/** Keeps what the events tell beside the Activity: uses that were spent, a list that the door refused. */
export async function noteKeys(
  conversation: Conversation,
  events: readonly EventRecord[],
  keys: ReadonlyMap<string, NamedKey>,
): Promise<void> {
  const { tx, tell } = conversation;
  const { entityId } = ownedBy(conversation);
  // Lists before Bindings, as everywhere.
  for (const { type, at, lockId } of events) {
    if (type !== 'list_refused') continue;
    await keyedQuery(tx)
      .updateTable('lock_lists')
      .set({ refused_at: new Date(at) })
      .where('entity_id', '=', entityId)
      .where('lock_id', '=', lockId)
      .execute();
  }
  for (const event of events) {
    if (tellsLoss(event)) await loseCounts(conversation);
    if (endsDoubt(event)) await settleDoubts(conversation);
    const key = event.key === undefined ? undefined : keys.get(event.key);
    if (!key || !isOfCounter(event)) continue;
    await keyedQuery(tx)
      .updateTable('bindings')
      .set(counterAfter(conversation, event))
      .where('entity_id', '=', entityId)
      .where('key_id', '=', key.id)
      .where('lock_id', '=', event.lockId)
      .execute();
    if (beginsKeyDoubt(event) || endsKeyDoubt(event)) await tell({ topic: 'lock', id: event.lockId });
  }
}

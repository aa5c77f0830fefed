import type { ListSite } from './site.ts';

/** What has been planted, by which it is filtered for. */
export interface Grown {
  readonly lockIds: readonly string[];
  readonly keyId: string;
}

const locks = 50;

/** Rows as doors would have told them; nothing that they refer to is asked for while they are planted. */
const plantLocks = `with made as (
    insert into claviger.devices (id, serial, model, code_mac, owner_entity_id, ownership_epoch, identity_key)
    select gen_random_uuid(), 'BENCH' || lpad(n::text, 7, '0'), 'virtual-door',
      decode(repeat('00', 32), 'hex'), $1, 1, decode(repeat('00', 32), 'hex')
    from generate_series(1, $2::int) n returning id, serial)
  insert into claviger.locks (entity_id, id, device_id, name, status, location)
    select $1, gen_random_uuid(), id, 'Door ' || serial, 'active', 'Floor ' || right(serial, 1) from made`;

/**
 * One event each ten seconds, of one lock after another: nine of ten are openings by Keys in turn, the rest
 * refusals and commands of a User.
 */
const plantEvents = `insert into claviger.activity_events (entity_id, device_id, ownership_epoch, log_epoch,
    sequence, lock_id, type, at, uncertainty_ms, lock_name, hash, method, reason, key_id,
    user_id, person_name)
  select $1, l.device_id, 1, 1, n, l.id,
    (array['key_accepted','lock_unlocked','lock_relocked','door_opened','door_closed','lock_unlocked',
      'key_accepted','lock_relocked','door_opened','key_refused'])[1 + (n / 50) % 10],
    timestamptz '2024-01-01' + n * interval '10 seconds', 50, l.name, decode(repeat('00', 32), 'hex'), 'pin',
    case when (n / 50) % 10 = 9 then 'expired' else 'granted' end,
    ('00000000-0000-4000-8000-' || lpad(to_hex((n / 50) % 997), 12, '0'))::uuid,
    case when n % 500 = 7 then $4::uuid end, 'Grace'
  from generate_series($2::bigint, $3::bigint) n
  join (select id, device_id, name, row_number() over (order by name) as place from claviger.locks
    where entity_id = $1 and name like 'Door BENCH%') l on l.place = 1 + n % 50`;

/** Plants events up to so many, whatever refers to what. */
export async function growEvents(
  site: ListSite,
  { from, to }: { readonly from: number; readonly to: number },
): Promise<Grown> {
  await site.admin('set session_replication_role = replica');
  if (from === 0) await site.admin(plantLocks, [site.entityId, locks]);
  const [user] = await site.admin('select user_id from claviger.memberships where entity_id = $1', [
    site.entityId,
  ]);
  const step = 500_000;
  for (let at = from; at < to; at += step)
    await site.admin(plantEvents, [site.entityId, at + 1, Math.min(to, at + step), user?.['user_id']]);
  await site.admin('set session_replication_role = origin');
  const found = await site.admin(
    `select id from claviger.locks where entity_id = $1 and name like 'Door BENCH%' order by name`,
    [site.entityId],
  );
  const keyId = '00000000-0000-4000-8000-000000000011';
  return { lockIds: found.map(({ id }) => String(id)), keyId };
}

const plantKeys = `insert into claviger.keys (entity_id, id, type, state, holder_name, valid_from,
    valid_until, made_by, email)
  select $1, ('01900000-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid, 'guest', 'active', 'Grace',
    to_timestamp(1.7e9), to_timestamp(1.9e9), $1, 'guest' || n || '@example.com'
  from generate_series($2::bigint, $3::bigint) n`;

/** Plants Keys up to so many, each with a Binding at one of the locks. */
export async function growKeys(site: ListSite, from: number, to: number): Promise<void> {
  await site.admin(plantKeys, [site.entityId, from + 1, to]);
  await site.admin(
    `insert into claviger.bindings (entity_id, key_id, lock_id, since)
      select entity_id, id, $2, now() from claviger.keys where entity_id = $1 on conflict do nothing`,
    [site.entityId, site.lockId],
  );
}

/** The address of a page that 95 of 100 events come before. */
export async function deepEventPath({ admin, entityId }: ListSite): Promise<string> {
  const [place] = await admin(
    `select extract(epoch from e.at) * 1000 as at, e.device_id, e.log_epoch, e.sequence
      from claviger.activity_events e where e.entity_id = $1 and e.at <= (select min(at) +
        (max(at) - min(at)) * 0.05 from claviger.activity_events where entity_id = $1)
      order by e.at desc limit 1`,
    [entityId],
  );
  const cursor = [
    Math.round(Number(place?.['at'])),
    place?.['device_id'],
    Number(place?.['log_epoch']),
    Number(place?.['sequence']),
  ];
  return `/api/entities/${entityId}/activity?advanced=true&cursor=${cursorText(cursor)}`;
}

export async function deepKeyPath({ admin, entityId }: ListSite): Promise<string> {
  const [place] = await admin(
    `select id from claviger.keys where entity_id = $1 order by id
      offset (select count(*) / 20 from claviger.keys where entity_id = $1) limit 1`,
    [entityId],
  );
  return `/api/entities/${entityId}/keys?cursor=${String(place?.['id'])}`;
}

function cursorText(place: unknown): string {
  return Buffer.from(JSON.stringify(place)).toString('base64url');
}

/** Each filter of Activity: one value that many events have, and one that none has. */
function filtersOf({ lockIds, keyId }: Grown): readonly (readonly [name: string, query: string])[] {
  return [
    ['lock', `lockId=${lockIds[3] ?? ''}`],
    ['location', 'location=Floor%203'],
    ['type', 'type=lock_unlocked'],
    ['type of none', 'type=tampered'],
    ['Key', `key=${keyId}`],
    ['Key of none', 'key=00000000-0000-4000-8000-00000000ffff'],
    ['address', 'email=ada%40example'],
    ['address of none', 'email=zzz%40zzz'],
    ['days', `from=${String(Date.UTC(2024, 0, 3))}&until=${String(Date.UTC(2024, 0, 10))}`],
    ['days of none', `from=${String(Date.UTC(2031, 0, 3))}&until=${String(Date.UTC(2031, 0, 10))}`],
  ];
}

/** Each filter alone and each two that can be set at once. */
export function filterPairs(grown: Grown): readonly (readonly [name: string, query: string])[] {
  const all = filtersOf(grown);
  const kind = (name: string): string => name.split(' ')[0] ?? '';
  const pairs = all.flatMap(([name, query], place) =>
    all
      .slice(place + 1)
      .filter(([other]) => kind(other) !== kind(name))
      .map(([other, more]) => [`${name} and ${other}`, `${query}&${more}`] as const),
  );
  return [...all, ...pairs];
}

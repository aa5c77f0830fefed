import assert from 'node:assert/strict';
import type { MailLanguage, UserImportCheck, UserImportProblem } from '@claviger/protocol';
import type { Transaction } from '../../../platform/database/index.ts';
import { query, queryNamed } from '../../../platform/database/query.ts';
import type { ImportPlace } from '../../imports/index.ts';
import type { ReadUserLine } from './lines.ts';

/** A line that is there already is replaced. Scope, here and below: the Owner. */
export async function addLines(
  tx: Transaction,
  { entityId, importId }: ImportPlace,
  lines: readonly ReadUserLine[],
): Promise<void> {
  await query(tx)
    .insertInto('user_import_lines')
    .values(
      lines.map(({ userId, plates, entityCodes, isWelcome, isDeactivated, problems, ...fields }) => ({
        ...{ entity_id: entityId, import_id: importId, user_id: userId, ...fields },
        ...{ plates: [...plates], entity_codes: [...entityCodes], problems: [...problems] },
        ...{ is_welcome: isWelcome, is_deactivated: isDeactivated },
      })),
    )
    .onConflict((conflict) =>
      conflict.columns(['entity_id', 'import_id', 'line']).doUpdateSet((row) => ({
        ...{ user_id: row.ref('excluded.user_id'), name: row.ref('excluded.name') },
        ...{ email: row.ref('excluded.email'), phone: row.ref('excluded.phone') },
        ...{ mobile: row.ref('excluded.mobile'), plates: row.ref('excluded.plates') },
        ...{ entity_codes: row.ref('excluded.entity_codes'), problems: row.ref('excluded.problems') },
        is_welcome: row.ref('excluded.is_welcome'),
        is_deactivated: row.ref('excluded.is_deactivated'),
      })),
    )
    .execute();
}

/** How many lines the import has. */
export async function countLines(tx: Transaction, { entityId, importId }: ImportPlace): Promise<number> {
  const { count } = await query(tx)
    .selectFrom('user_import_lines')
    .where('entity_id', '=', entityId)
    .where('import_id', '=', importId)
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow();
  return count;
}

/** An import of who imports: the Entities into which this person may put Users. */
export interface JudgedImport extends ImportPlace {
  readonly managed: readonly string[];
}

/** What an import is found to be. */
export interface FoundUsers extends Omit<UserImportCheck, 'problems'> {
  readonly problems: readonly { readonly line: number; readonly problem: UserImportProblem }[];
}

/**
 * Lines with the User of the Owner who has their address. $1 Entity, $2 import, $3 managed Entities. A line
 * wants the Entities of its codes, or that of the import.
 */
const judged = `managed as (
    select e.id, e.code from claviger.entities e where e.id = any($3::uuid[]) and e.deleted_at is null),
  lines as (
    select l.*, row_number() over (partition by 'email' = any(l.problems), lower(l.email) order by l.line)
        as occurrence,
      exists (select from unnest(l.entity_codes) c where c not in (select g.code from managed g))
        as is_entity_unknown
    from claviger.user_import_lines l where l.entity_id = $1 and l.import_id = $2),
  judged as (
    select l.line, l.is_welcome, u.id as known_id, u.status, u.account_id,
      l.problems || array_remove(array[
        case when l.occurrence > 1 and 'email' <> all(l.problems) then 'twice' end,
        case when l.is_entity_unknown then 'entity_unknown' end,
        case when l.problems = '{}' and not l.is_entity_unknown and u.id is not null and not (
          (u.name, u.phone, u.mobile, u.plates) = (l.name, l.phone, l.mobile, l.plates)
            and not exists (select from managed g
              where (g.code = any(l.entity_codes) or (cardinality(l.entity_codes) = 0 and g.id = $1))
                and not exists (select from claviger.memberships m where m.entity_id = g.id
                  and m.user_id = u.id and (m.until is null or m.until > now()))))
          then 'user_exists' end,
        case when u.id is null and l.is_deactivated then 'deactivated' end], null) as problems
    from lines l left join claviger.users u on lower(u.email) = lower(l.email))`;

/** Sets what the planner of this transaction may choose. */
async function choose(tx: Transaction, setting: 'enable_nestloop' | 'enable_seqscan', value: 'on' | 'off') {
  const text = 'select set_config($1, $2, true)';
  await queryNamed(tx, { name: 'choose_setting', text, values: [setting, value] });
}

/**
 * Does work that looks for the addresses of lines among those of Users. Nothing is known of lines that were
 * just added, so they are planned as if they were few, and each would be held against every User.
 */
async function withoutLoops<Result>(tx: Transaction, work: () => Promise<Result>): Promise<Result> {
  await choose(tx, 'enable_nestloop', 'off');
  const result = await work();
  await choose(tx, 'enable_nestloop', 'on');
  return result;
}

/**
 * Does work that adds very many Users. How a reference to one is checked was planned when there were few: it
 * would go through all of them, for each of them.
 */
async function byIndex<Result>(tx: Transaction, work: () => Promise<Result>): Promise<Result> {
  await choose(tx, 'enable_seqscan', 'off');
  await queryNamed(tx, { name: 'plan_afresh', text: 'discard plans', values: [] });
  const result = await work();
  await choose(tx, 'enable_seqscan', 'on');
  return result;
}

/** Whom an import would make, and the lines that are wrong, the first of them with their problems. */
export async function checkLines(
  tx: Transaction,
  { entityId, importId, managed }: JudgedImport,
  problemsLimit: number,
): Promise<FoundUsers> {
  const statement = {
    name: 'check_user_import',
    text: `with ${judged}
      select count(*)::int as lines,
        (count(*) filter (where problems <> '{}'))::int as "problemCount",
        (count(*) filter (where problems = '{}' and known_id is null))::int as "newUsers",
        (count(*) filter (where problems = '{}' and known_id is not null))::int as "knownUsers",
        (count(*) filter (where problems = '{}' and is_welcome
          and (known_id is null or (status = 'active' and account_id is null))))::int as welcomes,
        coalesce((select json_agg(json_build_object('line', w.line, 'problem', p.problem)
            order by w.line, p.place)
          from (select line, problems from judged where problems <> '{}' order by line limit $4) w
            cross join lateral unnest(w.problems) with ordinality p(problem, place)), '[]') as problems
      from judged`,
    values: [entityId, importId, managed, problemsLimit],
  };
  const [check] = await withoutLoops(tx, () => queryNamed<FoundUsers>(tx, statement));
  assert(check, 'counting gives a row');
  return check;
}

/** Lines of one statement: a statement may take 30 seconds, on whatever machine. */
const pieceSize = 5_000;

/** Makes the Users of an import in which nothing is wrong; how many they are. */
export function makeUsers(tx: Transaction, judged: JudgedImport, ownerId: string): Promise<number> {
  const makeAll = async (): Promise<number> => {
    let [made, last] = [0, 0];
    for (;;) {
      const piece = await makePiece(tx, judged, { ownerId, after: last });
      if (piece.last === null) return made;
      [made, last] = [made + piece.made, piece.last];
    }
  };
  return withoutLoops(tx, () => byIndex(tx, makeAll));
}

/** Makes those of the next lines; `last` is the last of these lines, null where there was none. */
async function makePiece(
  tx: Transaction,
  { entityId, importId, managed }: JudgedImport,
  { ownerId, after }: { readonly ownerId: string; readonly after: number },
): Promise<{ readonly made: number; readonly last: number | null }> {
  const [piece] = await queryNamed<{ made: number; last: number | null }>(tx, {
    name: 'import_users',
    text: `with piece as (
        select * from claviger.user_import_lines l
        where l.entity_id = $1 and l.import_id = $2 and l.line > $5 order by l.line limit $6),
      added as (
        insert into claviger.users (owner_id, id, name, email, phone, mobile, plates)
        select $4, l.user_id, l.name, l.email, l.phone, l.mobile, l.plates from piece l
        on conflict do nothing returning id),
      placed as (
        insert into claviger.memberships (entity_id, user_id, owner_id, role)
        select g.id, a.id, $4, 'resident'
        from piece l join added a on a.id = l.user_id
          join claviger.entities g on g.id = any($3::uuid[]) and g.deleted_at is null
            and (g.code = any(l.entity_codes) or (cardinality(l.entity_codes) = 0 and g.id = $1)))
      select (select count(*)::int from added) as made, (select max(line) from piece) as last`,
    values: [entityId, importId, managed, ownerId, after, pieceSize],
  });
  assert(piece, 'counting gives a row');
  return piece;
}

/**
 * Notes who is to be welcomed, each once, in one of the Entities of the line: who has no Account and is not
 * deactivated. In which Entities somebody is.
 */
export async function wantWelcomes(
  tx: Transaction,
  { entityId, importId, managed }: JudgedImport,
  { invitedBy, language }: { readonly invitedBy: string; readonly language: MailLanguage },
): Promise<string[]> {
  const statement = {
    name: 'want_welcomes',
    text: `with added as (
        insert into claviger.wanted_welcomes (entity_id, user_id, invited_by, language)
        select distinct on (u.id) g.id, u.id, $4::uuid, $5
        from claviger.user_import_lines l join claviger.users u on lower(u.email) = lower(l.email)
          join claviger.entities g on g.id = any($3::uuid[]) and g.deleted_at is null
            and (g.code = any(l.entity_codes) or (cardinality(l.entity_codes) = 0 and g.id = $1))
        where l.entity_id = $1 and l.import_id = $2 and l.is_welcome
          and u.status = 'active' and u.account_id is null
        order by u.id, g.id <> $1, g.id
        on conflict do nothing returning entity_id)
      select distinct entity_id as "entityId" from added`,
    values: [entityId, importId, managed, invitedBy, language],
  };
  const rows = await withoutLoops(tx, () => queryNamed<{ entityId: string }>(tx, statement));
  return rows.map((row) => row.entityId);
}

import type { Instant } from '@claviger/domain';
import type { Transaction } from '../../platform/database/index.ts';
import { query, queryNamed } from '../../platform/database/query.ts';

/** What is imported. Units are of their Entity, Users of its Owner: so is the scope of their imports. */
export type ImportKind = 'units' | 'users';

export interface ImportPlace {
  readonly entityId: string;
  readonly importId: string;
}

interface Whose {
  readonly kind: ImportKind;
  readonly madeBy: string;
}

/** Adds an import, and forgets the last one of the same person and kind. */
export async function addImport(
  tx: Transaction,
  { entityId, importId }: ImportPlace,
  { kind, madeBy, at }: Whose & { readonly at: Instant },
): Promise<void> {
  await query(tx)
    .deleteFrom('imports')
    .where('entity_id', '=', entityId)
    .where('made_by', '=', madeBy)
    .where('kind', '=', kind)
    .execute();
  await query(tx)
    .insertInto('imports')
    .values({ entity_id: entityId, id: importId, kind, made_by: madeBy, created_at: new Date(at) })
    .execute();
}

/** Whether this person is at this import, which is held until the transaction ends. */
export async function holdImport(
  tx: Transaction,
  { entityId, importId }: ImportPlace,
  { kind, madeBy }: Whose,
): Promise<boolean> {
  const row = await query(tx)
    .selectFrom('imports')
    .where('entity_id', '=', entityId)
    .where('id', '=', importId)
    .where('kind', '=', kind)
    .where('made_by', '=', madeBy)
    .select('id')
    .forUpdate()
    .executeTakeFirst();
  return row !== undefined;
}

/** Removes an import with its lines. */
export async function removeImport(tx: Transaction, { entityId, importId }: ImportPlace): Promise<void> {
  await query(tx)
    .deleteFrom('imports')
    .where('entity_id', '=', entityId)
    .where('id', '=', importId)
    .execute();
}

/** Forgets, with all their lines, imports that nobody applied in a day. Scope: the installation. */
export async function forgetImports(tx: Transaction): Promise<void> {
  await queryNamed(tx, {
    name: 'forget_imports',
    text: "delete from claviger.imports where created_at < now() - interval '1 day'",
    values: [],
  });
}

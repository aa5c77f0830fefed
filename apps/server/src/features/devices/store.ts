import type { DeviceId } from '@claviger/domain';
import type { Transaction } from '../../platform/database/index.ts';
import { query } from '../../platform/database/query.ts';

export interface StockRow {
  readonly id: DeviceId;
  readonly serial: string;
  readonly model: string;
  readonly codeMac: Uint8Array;
}

/** Adds devices that are not there yet; returns the serial numbers that were added. Scope: installation. */
export async function addDevices(tx: Transaction, rows: readonly StockRow[]): Promise<string[]> {
  if (rows.length === 0) return [];
  const added = await query(tx)
    .insertInto('devices')
    .values(
      rows.map(({ id, serial, model, codeMac }) => ({ id, serial, model, code_mac: Buffer.from(codeMac) })),
    )
    .onConflict((conflict) => conflict.column('serial').doNothing())
    .returning('serial')
    .execute();
  return added.map(({ serial }) => serial);
}

/** The HMACs of the codes of those of these devices that are known, by serial number. Scope: installation. */
export async function findCodes(
  tx: Transaction,
  serials: readonly string[],
): Promise<ReadonlyMap<string, Uint8Array>> {
  if (serials.length === 0) return new Map();
  const rows = await query(tx)
    .selectFrom('devices')
    .where('serial', 'in', serials)
    .select(['serial', 'code_mac'])
    .execute();
  return new Map(rows.map((row) => [row.serial, row.code_mac]));
}

/** The device is claimed with another code from now on; who owns it keeps it. Scope: installation. */
export async function replaceCode(
  tx: Transaction,
  { serial, codeMac }: Pick<StockRow, 'serial' | 'codeMac'>,
): Promise<void> {
  await query(tx)
    .updateTable('devices')
    .set({ code_mac: Buffer.from(codeMac) })
    .where('serial', '=', serial)
    .execute();
}

/** A device by its serial number, with whether somebody owns it. Scope: installation. */
export async function findBySerial(
  tx: Transaction,
  serial: string,
): Promise<(StockRow & { readonly isOwned: boolean }) | undefined> {
  const row = await query(tx)
    .selectFrom('devices')
    .where('serial', '=', serial)
    .select(['id', 'serial', 'model', 'code_mac', 'owner_entity_id'])
    .executeTakeFirst();
  if (!row) return undefined;
  const { id, model, code_mac, owner_entity_id } = row;
  return {
    id: id as DeviceId,
    serial: row.serial,
    model,
    codeMac: code_mac,
    isOwned: owner_entity_id !== null,
  };
}

/** The identifier of a device by its serial number, or undefined. Scope: installation. */
export async function findDevice(tx: Transaction, serial: string): Promise<DeviceId | undefined> {
  const row = await query(tx)
    .selectFrom('devices')
    .where('serial', '=', serial)
    .select('id')
    .executeTakeFirst();
  return row?.id as DeviceId | undefined;
}

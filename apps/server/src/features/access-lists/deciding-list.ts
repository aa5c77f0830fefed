import type { AccessList } from '@claviger/domain';
import { decodeCbor, decodeChangedList, listDeltaMessage } from '@claviger/protocol';
import type { Transaction } from '../../platform/database/index.ts';
import { findDecidingParts } from './store.ts';

/** The list of this name, by which the door decided; undefined where it was forgotten. Scope: entity. */
export async function findDecidingList(
  tx: Transaction,
  lock: { readonly entityId: string; readonly lockId: string },
  list: { readonly incarnation: number; readonly version: number },
): Promise<AccessList | undefined> {
  const parts = await findDecidingParts(tx, lock, list);
  const deltas = parts?.deltas.map((delta) => listDeltaMessage.body.read(decodeCbor(Uint8Array.from(delta))));
  return parts && decodeChangedList(parts.whole, deltas ?? []);
}

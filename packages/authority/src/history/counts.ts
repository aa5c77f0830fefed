import { readDetail, type ActivityType, type PlainDetail } from '@claviger/domain';
import { countsKeysLimit, countsMessage, sealMessage, uuidBytes } from '@claviger/protocol';
import type { AuthorityPorts, Reply } from '../authority.ts';
import type { AuthorityTransaction, EventRecord, OwnedDevice } from '../store.ts';

/** An event, as far as it says what is known of the uses of Keys. */
interface Telling {
  readonly type: ActivityType;
  readonly detail?: string | undefined;
}

/**
 * The events with which a door says that it does not know any more what a Key has spent: when it finds that,
 * and with each refusal for it, should the first be lost.
 */
export function beginsKeyDoubt({ type, detail }: Telling): boolean {
  if (type === 'memory_damaged') return detail === 'damaged_key';
  return type === 'key_refused' && detail === ('suspended_counter' satisfies PlainDetail);
}

/** The event with which a door says that it knows again; without a Key it is of an older disk. */
export function endsKeyDoubt({ type, key }: Pick<EventRecord, 'type' | 'key'>): boolean {
  return type === 'counters_returned' && key !== undefined;
}

/** Whether grants may be among what nobody will ever tell: then the door alone knew what is spent. */
export function tellsLoss({ type, detail = '' }: Telling): boolean {
  return type === 'events_lost' || readDetail(detail)?.code === 'not_kept';
}

/**
 * The counters of the Keys whose records a device has found damaged, as its log tells them up to `through`.
 * Nothing while a part of that log is lost with a server, or while the uses that its door knows of are asked
 * for: the count would be too small. `device` is as its present hello told it.
 */
export async function countsLetters(
  transaction: AuthorityTransaction,
  told: { readonly deviceId: string; readonly device: OwnedDevice; readonly through: number },
  { signer }: Pick<AuthorityPorts, 'signer'>,
): Promise<Reply[]> {
  const { deviceId, device, through } = told;
  const { bootNonce, ownershipEpoch, logEpoch } = device;
  if (device.doubt || device.logBrokenSince !== undefined || bootNonce === undefined) return [];
  const doubted = await transaction.getDoubted();
  if (doubted.length === 0) return [];
  const states = await transaction.getListStates();
  const owing = new Set(states.flatMap(({ lockId, areUsesOwed }) => (areUsesOwed === true ? [lockId] : [])));
  const locks = new Map((await transaction.getLocks()).map(({ id, number }) => [id, number]));
  const keys = doubted.slice(0, countsKeysLimit).flatMap(({ lockId, keyId, spent }) => {
    const lock = locks.get(lockId);
    return lock === undefined || owing.has(lockId) ? [] : [{ lock, key: uuidBytes(keyId), spent }];
  });
  if (keys.length === 0) return [];
  const body = { device: uuidBytes(deviceId), ownershipEpoch, bootNonce, logEpoch, through, keys };
  return [{ channel: 'sync', message: sealMessage(countsMessage, body, signer) }];
}

import {
  areEqual,
  helloMessage,
  lastWill,
  openMessage,
  sealMessage,
  timeMessage,
  uuidBytes,
  type HelloMessage,
} from '@claviger/protocol';
import { receiveFrom, refused, taken, type AuthorityPorts, type Receipt, type Reply } from './authority.ts';
import { compareLists, type CurrentLists } from './access-list/conversation.ts';
import { endAllBoots } from './ladder.ts';
import type { AuthorityTransaction, OwnedDevice } from './store.ts';

/** A device that was not heard for this long (two and a half hellos) is offline. */
export const silentAfterMs = 75_000;

function timeReply(
  { device, ownershipEpoch, timeNonce }: HelloMessage,
  lists: CurrentLists['current'],
  ports: AuthorityPorts,
): Reply {
  const body = { device, ownershipEpoch, nonce: timeNonce, at: ports.now(), lists };
  return { channel: 'sync', message: sealMessage(timeMessage, body, ports.signer) };
}

/** An earlier hello of this or an earlier boot, played again, would show a state that is past. */
function isNews(
  device: OwnedDevice,
  hello: { readonly bootNumber: number; readonly helloNumber: number },
): boolean {
  if (hello.bootNumber !== device.bootNumber) return hello.bootNumber > device.bootNumber;
  return hello.helloNumber > device.helloNumber;
}

async function saveDoors(
  transaction: AuthorityTransaction,
  doors: readonly {
    lock: number;
    state: Parameters<AuthorityTransaction['saveDoor']>[1]['state'];
    isTampered: boolean;
  }[],
  at: number,
): Promise<void> {
  const locks = await transaction.getLocks();
  for (const door of doors) {
    const lock = locks.find(({ number }) => number === door.lock);
    if (lock) await transaction.saveDoor(lock.id, { state: door.state, isTampered: door.isTampered, at });
  }
}

/**
 * What came on a device's state topic: its hello, answered with the time, the names of the current access
 * lists and every list that the door lacks; or its last will, which is no more than a hint of the broker that
 * the connection is gone.
 */
export function receiveState(deviceId: string, message: Uint8Array, ports: AuthorityPorts): Promise<Receipt> {
  return receiveFrom(deviceId, ports, async (transaction, device) => {
    if (areEqual(message, lastWill)) {
      if (device.isOnline) await transaction.saveOffline(ports.now());
      return taken();
    }
    const opened = openMessage(helloMessage, message, ports.verifierOf(device.identityKey));
    if (!opened.ok) return refused(`hello ${opened.fault}`);
    const hello = opened.body;
    const isOurs =
      areEqual(hello.device, uuidBytes(deviceId)) && hello.ownershipEpoch === device.ownershipEpoch;
    if (!isOurs) return refused('hello foreign');
    if (!isNews(device, hello)) return refused('hello replayed');
    const isNewBoot = !device.bootNonce || !areEqual(device.bootNonce, hello.bootNonce);
    if (isNewBoot) await endAllBoots(transaction, ports.now());
    await transaction.savePresence({ ...hello, heardAt: ports.now() });
    await saveDoors(transaction, hello.doors, ports.now());
    const { current, letters } = await compareLists(transaction, { deviceId, device, hello }, ports);
    return taken(timeReply(hello, current, ports), ...letters);
  });
}

/** The device was silent for too long: it is offline since it was last heard. */
export async function giveUpOn(deviceId: string, lastHeardAt: number, ports: AuthorityPorts): Promise<void> {
  await ports.store.transact(deviceId, async (transaction) => {
    const device = await transaction.getDevice();
    if (device?.isOnline) await transaction.saveOffline(lastHeardAt);
  });
}

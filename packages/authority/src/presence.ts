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
import { findNewestLog, nameNextLog, raiseDoubt } from './history/logs.ts';
import { recoveryLetters } from './history/recovery.ts';
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

function isOfKnownBoot({ bootNonce }: OwnedDevice, hello: HelloMessage): boolean {
  return bootNonce !== undefined && areEqual(bootNonce, hello.bootNonce);
}

/**
 * An earlier hello, played again, would show a state that is past. A boot of an older disk has a number that
 * was used before; that its hello is new is shown by the time that it was told since.
 */
function isNews(device: OwnedDevice, hello: HelloMessage): boolean {
  if (isOfKnownBoot(device, hello)) return hello.helloNumber > device.helloNumber;
  if (hello.bootNumber > device.bootNumber) return true;
  const { lastHeardAt = Infinity } = device;
  return hello.heardAt !== undefined && hello.heardAt > lastHeardAt;
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

interface Heard {
  readonly deviceId: string;
  readonly device: OwnedDevice;
  readonly hello: HelloMessage;
}

/** Keeps what a hello says; the device as it is known then. */
async function hear(
  transaction: AuthorityTransaction,
  { device, hello }: Heard,
  ports: AuthorityPorts,
): Promise<OwnedDevice> {
  const isNewBoot = !isOfKnownBoot(device, hello);
  if (isNewBoot) await endAllBoots(transaction, ports.now());
  const bootNumber = Math.max(device.bootNumber, hello.bootNumber);
  // A hello that was overtaken by events of a later log does not take the device back.
  const toldLogEpoch = isNewBoot ? hello.logEpoch : Math.max(device.toldLogEpoch ?? 0, hello.logEpoch);
  const heardAt = ports.now();
  await transaction.savePresence({ ...hello, bootNumber, logEpoch: toldLogEpoch, heardAt });
  await saveDoors(transaction, hello.doors, heardAt);
  const isEarlierBoot = isNewBoot && hello.bootNumber <= device.bootNumber;
  const doubt =
    isEarlierBoot && !device.doubt ? await raiseDoubt(transaction, 'earlier_boot', ports) : device.doubt;
  return { ...device, bootNonce: hello.bootNonce, bootNumber, toldLogEpoch, doubt };
}

/**
 * What a device in doubt is told: the log in which it goes on, where the server has all of the one it is in;
 * and once it has all of that too, what is spent. Repeated with each hello until the device has taken it.
 */
async function lettersInDoubt(
  transaction: AuthorityTransaction,
  { deviceId, device, hello }: Heard,
  ports: AuthorityPorts,
): Promise<Reply[]> {
  const { logEpoch, lastSequence } = hello;
  if (!device.doubt || logEpoch > device.logEpoch) return [];
  const place = await transaction.getLog(logEpoch);
  if (device.doubt.isLogBegun && logEpoch === device.logEpoch) {
    if (lastSequence > place.storedThrough) return [];
    return recoveryLetters(transaction, { deviceId, device, through: place.storedThrough }, ports);
  }
  if (lastSequence !== place.storedThrough) return [];
  const parted = { deviceId, device, logEpoch, place };
  const newest = await findNewestLog(transaction, parted);
  return newest === 'owed' || newest === 'begun here' ? [await nameNextLog(transaction, parted, ports)] : [];
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
    // Only who has just asked can use the answer; with it a boot of an older disk shows that it is there.
    if (!isNews(device, hello)) return refused('hello replayed', timeReply(hello, [], ports));
    const heard = { deviceId, device: await hear(transaction, { deviceId, device, hello }, ports), hello };
    const { current, letters } = await compareLists(transaction, heard, ports);
    const inDoubt = await lettersInDoubt(transaction, heard, ports);
    return taken(timeReply(hello, current, ports), ...letters, ...inDoubt);
  });
}

/** The device was silent for too long: it is offline since it was last heard. */
export async function giveUpOn(deviceId: string, lastHeardAt: number, ports: AuthorityPorts): Promise<void> {
  await ports.store.transact(deviceId, async (transaction) => {
    const device = await transaction.getDevice();
    if (device?.isOnline) await transaction.saveOffline(lastHeardAt);
  });
}

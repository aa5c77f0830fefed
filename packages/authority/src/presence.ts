import type { DoubtCause } from '@claviger/domain';
import {
  areEqual,
  helloMessage,
  kindNumberOf,
  lastWill,
  openMessage,
  reportMessage,
  sealMessage,
  timeMessage,
  usesMessage,
  uuidBytes,
  type HelloMessage,
} from '@claviger/protocol';
import { receiveFrom, refused, taken, type AuthorityPorts, type Receipt, type Reply } from './authority.ts';
import { compareLists, type CurrentLists } from './access-list/conversation.ts';
import { countsLetters } from './history/counts.ts';
import { findNewestLog, nameNextLog, raiseDoubt } from './history/logs.ts';
import { recoveryLetters } from './history/recovery.ts';
import { endAllBoots } from './ladder.ts';
import { askForUses, receiveReport, receiveUses } from './restored/reports.ts';
import type { AuthorityTransaction, OwnedDevice } from './store.ts';

/** A device that was not heard for this long (two and a half hellos) is offline. */
export const silentAfterMs = 75_000;

function timeReply(
  { device, ownershipEpoch, timeNonce }: HelloMessage,
  { at, lists }: { readonly at: number; readonly lists: CurrentLists['current'] },
  ports: AuthorityPorts,
): Reply {
  const body = { device, ownershipEpoch, nonce: timeNonce, at, lists };
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

/**
 * Why a hello shows that its device has an older disk, or a damaged memory: its boot was there before, or it
 * says so itself. What it says is believed when it was written after the last doubt had ended.
 */
function doubtOf(device: OwnedDevice, hello: HelloMessage): DoubtCause | undefined {
  if (!isOfKnownBoot(device, hello) && hello.bootNumber <= device.bootNumber) return 'earlier_boot';
  const { doubtEndedAt = -Infinity } = device;
  if (hello.isInDoubt !== true || (hello.heardAt ?? 0) <= doubtEndedAt) return undefined;
  return hello.isDoubtOwn === true ? 'damaged_memory' : 'other_history';
}

/** Whether a doubt begins with this cause, or is graver than it was known to be. */
function isNewDoubt(device: OwnedDevice, cause: DoubtCause): boolean {
  return !device.doubt || (device.doubt.cause === 'damaged_memory' && cause !== 'damaged_memory');
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
  const commandSequence = Math.max(device.commandSequence, hello.commandSequence);
  if (commandSequence > device.commandSequence) await transaction.saveCommandSequence(commandSequence);
  const cause = doubtOf(device, hello);
  const isRaised = cause !== undefined && isNewDoubt(device, cause);
  const doubt = isRaised ? await raiseDoubt(transaction, cause, ports) : device.doubt;
  return { ...device, bootNonce: hello.bootNonce, bootNumber, toldLogEpoch, commandSequence, doubt };
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

/** What Keys have spent whose records were damaged: told with each hello until the device has taken it. */
async function lettersAboutKeys(
  transaction: AuthorityTransaction,
  { deviceId, device, hello }: Heard,
  ports: AuthorityPorts,
): Promise<Reply[]> {
  if (hello.logEpoch !== device.logEpoch) return [];
  const { storedThrough: through } = await transaction.getLog(device.logEpoch);
  return hello.lastSequence > through ? [] : countsLetters(transaction, { deviceId, device, through }, ports);
}

/**
 * After a restore, or where events are lost: a device that has told its whole log is asked for the uses that
 * it knows of, unless it is in doubt of them itself; and its log goes on without a gap from then on. An older
 * hello that is played again shows neither.
 */
async function settleLog(
  transaction: AuthorityTransaction,
  { deviceId, device, hello }: Heard,
  ports: AuthorityPorts,
): Promise<Reply[]> {
  const { logEpoch, lastSequence, heardAt = 0 } = hello;
  const { storedThrough } = await transaction.getLog(device.logEpoch);
  if (logEpoch !== device.logEpoch || lastSequence !== storedThrough) return [];
  const since = device.logBrokenSince;
  if (since !== undefined && heardAt >= since) await transaction.saveLogWhole();
  if (device.doubt) return [];
  const states = new Map((await transaction.getListStates()).map((state) => [state.lockId, state]));
  const owing = (await transaction.getLocks()).filter(({ id }) => states.get(id)?.areUsesOwed);
  return owing.map((lock) => askForUses({ deviceId, device, lock }, new Uint8Array(), ports));
}

/**
 * What came on a device's state topic: its hello, answered with the time, the names of the current access
 * lists and every list that the door lacks; or its last will, which is no more than a hint of the broker that
 * the connection is gone. Or what it gives back to a server that was restored.
 */
export function receiveState(deviceId: string, message: Uint8Array, ports: AuthorityPorts): Promise<Receipt> {
  const kind = kindNumberOf(message);
  if (kind === reportMessage.number) return receiveReport(deviceId, message, ports);
  if (kind === usesMessage.number) return receiveUses(deviceId, message, ports);
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
    // Before any letter of this answer is noted as sent: those come after the time, and are not lost by then.
    const at = ports.now();
    // Only who has just asked can use the answer; with it a boot of an older disk shows that it is there.
    if (!isNews(device, hello)) return refused('hello replayed', timeReply(hello, { at, lists: [] }, ports));
    const heard = { deviceId, device: await hear(transaction, { deviceId, device, hello }, ports), hello };
    const { current, letters } = await compareLists(transaction, heard, ports);
    const inDoubt = await lettersInDoubt(transaction, heard, ports);
    const counts = await lettersAboutKeys(transaction, heard, ports);
    const asked = await settleLog(transaction, heard, ports);
    return taken(
      timeReply(hello, { at, lists: current }, ports),
      ...letters,
      ...inDoubt,
      ...counts,
      ...asked,
    );
  });
}

/** The device was silent for too long: it is offline since it was last heard. */
export async function giveUpOn(deviceId: string, lastHeardAt: number, ports: AuthorityPorts): Promise<void> {
  await ports.store.transact(deviceId, async (transaction) => {
    const device = await transaction.getDevice();
    if (device?.isOnline) await transaction.saveOffline(lastHeardAt);
  });
}

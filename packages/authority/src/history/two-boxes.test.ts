import { keyIdOf, verifierOf } from '@claviger/agent';
import { helloMessage, openMessage, sealMessage } from '@claviger/protocol';
import {
  createVirtualBox,
  createVirtualClock,
  listLetters,
  listWithKey,
  seededCrypto,
  seededKey,
  theDevice,
  theLock,
  worldStartsAt,
  type VirtualBox,
  type VirtualClock,
  type VirtualDisk,
} from '@claviger/sim';
import { describe, expect, it } from 'vitest';
import type { AuthorityPorts, Receipt } from '../authority.ts';
import { receiveEvents } from '../events.ts';
import { createMemoryStore, memoryDevice, type MemoryDevice } from '../memory-store.ts';
import { receiveState } from '../presence.ts';

const serverKey = seededKey('server');
const doorKey = seededKey('door');
const maxUses = 6;

interface Street {
  readonly clock: VirtualClock;
  readonly server: () => MemoryDevice;
  readonly ports: AuthorityPorts;
  readonly open: (disk?: VirtualDisk) => VirtualBox;
  /** The broker lets one connection of a device live: this box has it now. */
  readonly connect: (box: VirtualBox) => Promise<void>;
  readonly pass: (box: VirtualBox, ms: number) => Promise<void>;
}

function ownedDevice(): MemoryDevice {
  const device = {
    ...{
      entityId: '0193a6c0-4444-7000-8000-000000000004',
      ownershipEpoch: 1,
      identityKey: doorKey.publicKey,
    },
    ...{ commandSequence: 0, bootNonce: undefined, bootNumber: 0, helloNumber: 0, isOnline: false },
    ...{ lastHeardAt: undefined, logEpoch: 1, toldLogEpoch: undefined, doubt: undefined },
  };
  return memoryDevice(device, [{ id: theLock, number: 1, status: 'active', openableAt: 0 }]);
}

function portsOn(devices: Map<string, MemoryDevice>, clock: VirtualClock): AuthorityPorts {
  const crypto = seededCrypto(serverKey, 'server');
  return {
    store: createMemoryStore(devices),
    signer: { keyId: keyIdOf(serverKey.publicKey, crypto.sha256), sign: serverKey.sign },
    verifierOf: (publicKey) => verifierOf([publicKey], crypto),
    verifyOwn: verifierOf([serverKey.publicKey], crypto),
    sha256: crypto.sha256,
    now: () => worldStartsAt + clock.mono(),
  };
}

/** A server and as many boxes of one device as somebody has made of its disk, all of them running. */
function createStreet(): Street {
  const clock = createVirtualClock(worldStartsAt);
  const devices = new Map([[theDevice, ownedDevice()]]);
  const ports = portsOn(devices, clock);
  const waiting: (() => Promise<Receipt>)[] = [];
  let connected: VirtualBox | undefined;
  const settle = async (): Promise<void> => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      const { replies } = await next();
      for (const { channel, message } of replies) connected?.agent.receive(channel, message);
    }
  };
  const open = (disk?: VirtualDisk): VirtualBox => {
    const box = createVirtualBox({
      ...{
        seed: 'door',
        deviceId: theDevice,
        ownershipEpoch: 1,
        serverKeys: [serverKey.publicKey],
        clock,
        disk,
      },
      publish: (channel, message) => {
        if (connected !== box || channel === 'ack') return;
        const receive = channel === 'state' ? receiveState : receiveEvents;
        waiting.push(() => receive(theDevice, message, ports));
      },
    });
    return box;
  };
  return {
    ...{ clock, ports, open },
    server: () => devices.get(theDevice) ?? ownedDevice(),
    connect: async (box) => {
      connected?.agent.linkDown();
      connected = box;
      box.agent.linkUp();
      await settle();
    },
    pass: async (box, ms) => {
      for (let passed = 0; passed < ms; passed += 1_000) {
        clock.advance(1_000);
        box.agent.wake();
        await settle();
      }
    },
  };
}

/** Shows the PIN; whether the lock opened. */
function opens(box: VirtualBox): boolean {
  const before = box.hardware.moves.length;
  box.agent.present(1, { reader: 'keypad', text: '482913' });
  return box.hardware.moves.length > before;
}

async function streetWithTwo(): Promise<Street & { readonly boxes: readonly [VirtualBox, VirtualBox] }> {
  const street = createStreet();
  const first = street.open();
  await street.connect(first);
  for (const { message } of listLetters(listWithKey({ maxUses }))) first.agent.receive('sync', message);
  await street.pass(first, 10_000);
  const second = street.open(first.disk.image());
  // Chance is drawn from the seed and the number of starts: the copy is not to have the same nonce.
  second.reboot();
  return { ...street, boxes: [first, second] };
}

describe('two boxes with one identity', () => {
  it('that are online in turn give the alarm each time, and spend together what one may', async () => {
    const { boxes, server, connect, pass } = await streetWithTwo();
    const [first, second] = boxes;
    let openings = 0;
    let alarms = -1;
    for (const box of [first, second, first, second, first, second, first, second]) {
      await connect(box);
      await pass(box, 30_000);
      alarms += 1;
      expect(server().events.filter(({ type }) => type === 'older_disk')).toHaveLength(alarms);
      expect(server().device.doubt).toBeUndefined();
      if (opens(box)) openings += 1;
      await pass(box, 10_000);
    }
    expect(openings).toBe(maxUses);
    expect(server().events.filter(({ type }) => type === 'key_accepted')).toHaveLength(maxUses);
  });

  it('that open while they are away are told of, and what they have spent counts for both', async () => {
    const { boxes, connect, pass } = await streetWithTwo();
    const [first, second] = boxes;
    await connect(second);
    await pass(second, 30_000);
    for (const box of [first, second]) for (let time = 0; time < 2; time += 1) expect(opens(box)).toBe(true);
    await pass(second, 30_000);
    await connect(first);
    await pass(first, 30_000);

    const left = [1, 2, 3].map(() => opens(first));

    expect(left).toEqual([true, true, false]);
  });

  it('change nothing by a hello that was overtaken by events of a later log', async () => {
    const { boxes, server, ports, connect, pass } = await streetWithTwo();
    for (const box of boxes) {
      await connect(box);
      await pass(box, 30_000);
    }
    expect(server().device.toldLogEpoch).toBe(2);
    const { bootNonce = new Uint8Array(16), bootNumber, helloNumber } = server().device;
    const crypto = seededCrypto(doorKey, 'hello');
    const signer = { keyId: keyIdOf(doorKey.publicKey, crypto.sha256), sign: doorKey.sign };
    let late = new Uint8Array();
    const box = createVirtualBox({
      ...{
        seed: 'door',
        deviceId: theDevice,
        ownershipEpoch: 1,
        serverKeys: [],
        clock: createVirtualClock(0),
      },
      publish: (channel, message) => {
        if (channel === 'state') late = message.slice();
      },
    });
    box.agent.linkUp();
    const opened = openMessage(helloMessage, late, () => true);
    if (!opened.ok) throw new Error(opened.fault);
    const body = { ...opened.body, bootNonce, bootNumber, helloNumber: helloNumber + 1, logEpoch: 1 };

    await receiveState(theDevice, sealMessage(helloMessage, body, signer), ports);

    expect(server().device).toMatchObject({ toldLogEpoch: 2, helloNumber: helloNumber + 1 });
  });
});

import { bring, createVirtualDisk, createWorld, listWithKey, theKey } from '@claviger/sim';
import { decodeCbor, encodeCbor } from '@claviger/protocol';
import { describe, expect, it } from 'vitest';
import { checkedStore } from './checked-store.ts';

const value = encodeCbor(new Map([[1, 2]]));
const nothingHashed = (): boolean => false;

describe('a store with checksums', () => {
  it('gives back what was put, also after a start', () => {
    const disk = createVirtualDisk();
    checkedStore(disk, nothingHashed).transact((transaction) => {
      transaction.put('a', value);
      expect(transaction.get('a')).toEqual(value);
    });
    const again = checkedStore(disk.image(), nothingHashed);
    expect(again.transact((transaction) => transaction.get('a'))).toEqual(value);
  });

  it('reads a record in which any bit turned as one that cannot be decoded', () => {
    const disk = createVirtualDisk();
    checkedStore(disk, nothingHashed).transact((transaction) => {
      transaction.put('a', value);
    });
    for (let bit = 0; bit < (value.length + 4) * 8; bit += 1) {
      const image = disk.image();
      image.turnBit('a', bit);
      const read = checkedStore(image, nothingHashed).transact((transaction) => transaction.get('a'));
      expect(() => decodeCbor(read ?? value), `bit ${bit}`).toThrow();
    }
  });

  it('does not take the record of another name, nor one without a checksum', () => {
    const disk = createVirtualDisk();
    const store = checkedStore(disk, nothingHashed);
    store.transact((transaction) => {
      transaction.put('a', value);
    });
    disk.transact((transaction) => {
      transaction.put('b', transaction.get('a') ?? value);
      transaction.put('c', Uint8Array.of());
    });
    const read = (name: string) => store.transact((transaction) => transaction.get(name));
    expect([read('b'), read('c')]).toEqual([Uint8Array.of(0xff), Uint8Array.of(0xff)]);
  });

  it('leaves what has a hash of its own as it is', () => {
    const disk = createVirtualDisk();
    checkedStore(disk, (name) => name === 'body').transact((transaction) => {
      transaction.put('body', value);
    });
    expect(disk.transact((transaction) => transaction.get('body'))).toEqual(value);
  });

  it('gives checksums to the records of an agent that wrote none, once', () => {
    const disk = createVirtualDisk();
    const names = Array.from({ length: 2_500 }, (_, index) => `key/1/${index}`);
    disk.transact((transaction) => {
      for (const name of names) transaction.put(name, value);
    });
    for (let start = 0; start < 2; start += 1) {
      const read = checkedStore(disk, nothingHashed).transact((transaction) =>
        names.filter((name) => String(transaction.get(name)) !== String(value)),
      );
      expect(read).toEqual([]);
    }
  });
});

it('a bit turned in a counter gives no use back: its Key is suspended, and that is told', async () => {
  for (const bit of [16, 17, 18, 19]) {
    const world = createWorld();
    await world.connect();
    await bring(world, listWithKey({ maxUses: 2 }));
    const press = () => world.agent.present(1, { reader: 'keypad', text: '482913' });
    for (let time = 0; time < 2; time += 1) press();
    world.disk.turnBit(`key/1/${theKey}`, bit);
    world.reboot();
    press();
    await world.connect();
    await world.settle();
    const told = world
      .server()
      .events.filter(({ type }) => type.startsWith('key_') || type === 'memory_damaged');
    expect(told.slice(-2).map(({ type, reason }) => reason ?? type)).toEqual([
      'memory_damaged',
      'holder_suspended',
    ]);
  }
});

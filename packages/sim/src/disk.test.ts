import { describe, expect, it } from 'vitest';
import { createVirtualDisk, DiskFull, type Commit } from './disk.ts';

const one = Uint8Array.of(1);
const event = (sequence: number) => ({ sequence, encoded: one, hash: one });

describe('a virtual disk', () => {
  it('has nothing of a transaction that failed, and all of one that did not', () => {
    const disk = createVirtualDisk();
    disk.transact((transaction) => {
      transaction.put('kept', one);
      transaction.appendEvent(event(1));
    });
    const failing = (): void =>
      disk.transact((transaction) => {
        transaction.put('kept', Uint8Array.of(2));
        transaction.put('new', one);
        transaction.dropEvents(1, 1);
        throw new Error('in the middle');
      });
    expect(failing).toThrow('in the middle');

    disk.transact((transaction) => {
      expect(transaction.get('kept')).toEqual(one);
      expect(transaction.get('new')).toBeUndefined();
      expect(transaction.readEvents(0, 10)).toEqual([event(1)]);
    });
  });

  it('tells what each transaction has left, and nothing of one that a full disk refused', () => {
    const disk = createVirtualDisk();
    const commits: Commit[] = [];
    disk.watch((commit) => void commits.push(commit));
    const write = (): void => {
      disk.transact((transaction) => {
        transaction.put('a', one);
        transaction.appendEvent(event(3));
      });
    };
    disk.setFull(true);
    expect(write).toThrow(DiskFull);
    disk.setFull(false);
    write();
    disk.transact((transaction) => {
      transaction.dropEvents(0, 3);
    });

    expect(commits.map(({ puts, appended, dropped }) => [[...puts.keys()], appended, dropped])).toEqual([
      [['a'], [event(3)], []],
      [[], [], [event(3)]],
    ]);
  });

  it('keeps events in their order, whatever the order in which they came', () => {
    const disk = createVirtualDisk();
    disk.transact((transaction) => {
      for (const sequence of [5, 2, 9]) transaction.appendEvent(event(sequence));
    });

    const read = disk.transact((transaction) => transaction.readEvents(3, 10));
    expect(read.map(({ sequence }) => sequence)).toEqual([5, 9]);
  });

  it('turns one bit of what lies there, and leaves its image as it was', () => {
    const disk = createVirtualDisk();
    disk.transact((transaction) => {
      transaction.put('list', Uint8Array.of(0, 0));
    });
    const image = disk.image();
    expect(disk.turnBit('list', 9)).toBe(true);
    expect(disk.turnBit('nothing', 9)).toBe(false);

    expect(disk.transact((transaction) => transaction.get('list'))).toEqual(Uint8Array.of(0, 2));
    expect(image.transact((transaction) => transaction.get('list'))).toEqual(Uint8Array.of(0, 0));
  });
});

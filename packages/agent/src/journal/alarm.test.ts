import { decodeEvent } from '@claviger/protocol';
import { createVirtualDisk, seededCrypto, seededKey } from '@claviger/sim';
import { expect, it } from 'vitest';
import { createTimeKeeper } from '../time/time-keeper.ts';
import { createJournal } from './journal.ts';

const capacity = 100;

/** A journal on a disk of its own, with the sequences of the alarms that it holds. */
function openJournal() {
  const disk = createVirtualDisk();
  const clock = { mono: () => 0, wall: () => Date.UTC(2026, 10, 25) };
  const journal = createJournal({
    store: disk,
    crypto: seededCrypto(seededKey('journal'), 'journal'),
    time: createTimeKeeper(clock, disk, { note: () => undefined }),
    mono: clock.mono,
    ownershipEpoch: 1,
    bootNumber: 1,
    firstLock: 1,
    capacity,
  });
  return {
    journal,
    append: (times: number): void => {
      for (let time = 0; time < times; time += 1)
        disk.transact((transaction) => {
          journal.append(transaction, { lock: 1, type: 'tampered' });
        });
    },
    hasGrantAfter: (sequence: number): boolean =>
      disk.transact((transaction) => journal.hasGrantAfter(transaction, sequence)),
    alarms: (): number[] =>
      disk.transact((transaction) =>
        transaction
          .readEvents(1, capacity)
          .filter(({ encoded }) => decodeEvent(encoded).type === 'log_nearly_full')
          .map(({ sequence }) => sequence),
      ),
  };
}

it('a log gives the alarm behind the entry that takes it above 80 %', () => {
  const { append, alarms } = openJournal();

  append(80);
  expect(alarms()).toEqual([]);
  append(1);

  expect(alarms()).toEqual([82]);
});

it('a log that was emptied, but not to 70 %, and fills up again gives no second alarm', () => {
  const { append, alarms, journal } = openJournal();
  append(81);

  expect(journal.forget(11)).toBe(true);
  append(15);

  expect(alarms()).toEqual([82]);
});

it('a log that was emptied to 70 % and fills up again gives the alarm again', () => {
  const { append, alarms, journal } = openJournal();
  append(81);

  expect(journal.forget(12)).toBe(true);
  append(11);

  expect(alarms()).toEqual([82, 94]);
});

it('a log does not say that nobody was let in while it has forgotten what happened', () => {
  const { append, hasGrantAfter, journal } = openJournal();
  append(3);
  expect(hasGrantAfter(1)).toBe(false);

  expect(journal.forget(2)).toBe(true);

  expect([1, 2, 3].map(hasGrantAfter)).toEqual([true, false, false]);
});

it('a log that has lost events does not say that nobody was let in', () => {
  const { append, hasGrantAfter } = openJournal();
  append(3);
  expect(hasGrantAfter(2)).toBe(false);
  append(150);
  expect(hasGrantAfter(2)).toBe(true);
});

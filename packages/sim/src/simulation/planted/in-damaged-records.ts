import { changeRecord, recordIn, shelves } from '@claviger/agent';
import { decodeCbor, encodeCbor } from '@claviger/protocol';
import type { AuthorityStore } from '@claviger/authority';
import { faultNames, type FaultName } from '../options.ts';
import { throughNames, throughStore, type Bug } from './planted.ts';

function withoutDoubt(value: Uint8Array): Uint8Array {
  const record = decodeCbor(value);
  return record instanceof Map ? encodeCbor(new Map(record).set(2, false)) : value;
}

function isDamaged(name: string, stored: Uint8Array | undefined): boolean {
  return stored !== undefined && recordIn(name, stored)[0] === 0xff;
}

/** What a Key has spent whose record is damaged, without its last use. */
function givingOneLess(store: AuthorityStore): AuthorityStore {
  return {
    transact: (deviceId, work) =>
      store.transact(deviceId, (transaction) =>
        work({
          ...transaction,
          getDoubted: async () => {
            const doubted = await transaction.getDoubted();
            return doubted.map((uses) => ({ ...uses, spent: Math.max(0, uses.spent - 1) }));
          },
        }),
      ),
  };
}

/** What damages the record of a doubt and what brings a doubt about; others end it before anybody comes. */
const ofTheDisk: ReadonlySet<FaultName> = new Set(['network', 'power', 'image', 'bits']);

/** Bugs in what a box makes of a record that the disk has damaged. */
export const damageBugs: readonly Bug[] = [
  {
    name: 'turned_bit_believed',
    what: 'a record of a Key in which a bit has turned is taken as it is',
    breaks: ['I4'],
    plant: () => ({
      ports: (ports) =>
        throughStore(ports, (transaction) => ({
          ...transaction,
          get: (name) => {
            const stored = transaction.get(name);
            const isOfKey = stored !== undefined && name.startsWith('key/');
            return isOfKey ? changeRecord(name, stored, (value) => value) : stored;
          },
        })),
    }),
  },
  {
    name: 'absent_counts_as_new',
    what: 'a record that is gone is taken for one that never was',
    breaks: ['I4', 'decision'],
    plant: () => ({ ports: (ports) => throughNames(ports, shelves, (transaction) => transaction) }),
  },
  {
    name: 'mended_without_doubt',
    what: 'a damaged record of whether the disk is an older one is mended as that it is none',
    breaks: ['I2', 'decision'],
    worlds: { doors: 2, without: faultNames.filter((name) => !ofTheDisk.has(name)) },
    plant: () => ({
      ports: (ports) =>
        throughStore(ports, (transaction) => ({
          ...transaction,
          put: (name, value) => {
            const isMended = name === 'doubt' && isDamaged(name, transaction.get(name));
            transaction.put(name, isMended ? changeRecord(name, value, withoutDoubt) : value);
          },
        })),
    }),
  },
  {
    name: 'count_given_too_small',
    what: 'a Key whose record was damaged is given back one use less than it has spent',
    breaks: ['I4'],
    plant: () => ({ store: givingOneLess }),
  },
];

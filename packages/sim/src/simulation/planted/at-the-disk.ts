import { changeRecord, type Ports } from '@claviger/agent';
import { decodeCbor, encodeCbor, decodeEvent } from '@claviger/protocol';
import { commitsLater } from './late-commits.ts';
import { throughNames, throughStore, type Bug } from './planted.ts';

/** Keeps what is counted back for so many transactions, as a program does that writes when there is time. */
function lateCounts(transactions: number) {
  return (ports: Ports): Ports => {
    const waiting = new Map<string, { readonly value: Uint8Array; age: number }>();
    return throughNames(ports, ['key'], (transaction) => {
      for (const [name, record] of waiting) {
        record.age += 1;
        if (record.age <= transactions) continue;
        transaction.put(name, record.value);
        waiting.delete(name);
      }
      return {
        ...transaction,
        get: (name) => waiting.get(name)?.value ?? transaction.get(name),
        put: (name, value) => {
          if (name.startsWith('key/')) waiting.set(name, { value, age: 0 });
          else transaction.put(name, value);
        },
      };
    });
  };
}

/** Never writes this record of the box itself. */
function without(name: string) {
  return (ports: Ports): Ports =>
    throughNames(ports, ['box'], (transaction) => ({
      ...transaction,
      put: (put, value) => {
        if (put !== name) transaction.put(put, value);
      },
    }));
}

/** Moves a relay whenever an event of this type is kept. */
function opensAt(type: string) {
  return (ports: Ports): Ports =>
    throughStore(ports, (transaction) => ({
      ...transaction,
      appendEvent: (event) => {
        transaction.appendEvent(event);
        if (decodeEvent(event.encoded).type === type) ports.hardware.setRelay(1, true);
      },
    }));
}

function withoutSteps(value: Uint8Array): Uint8Array {
  const record = decodeCbor(value);
  return record instanceof Map ? encodeCbor(new Map(record).set(3, [])) : value;
}

/** The older pair of head and body that lay there before, by box and name. */
function createOlderLists() {
  const newest = new Map<string, Uint8Array>();
  const older = new Map<string, Uint8Array>();
  return {
    put: (place: string, value: Uint8Array): void => {
      const before = newest.get(place);
      if (before) older.set(place, before);
      newest.set(place, value);
    },
    get: (place: string): Uint8Array | undefined => older.get(place),
  };
}

const isList = (name: string): boolean => /^list\/\d+\/(head|body)$/.test(name);

/** Bugs in how a box keeps what it has to remember. */
export const diskBugs: readonly Bug[] = [
  {
    name: 'counter_after_relay',
    what: 'a use is written when there is time, after the door has opened',
    breaks: ['I4'],
    plant: () => ({ ports: lateCounts(40) }),
  },
  {
    name: 'commit_after_relay',
    what: 'a transaction says that it is on the disk before it is',
    breaks: ['I1'],
    plant: () => ({ ports: commitsLater }),
  },
  {
    name: 'count_in_two_places',
    what: 'each reader counts the uses of a Key for itself',
    breaks: ['I4'],
    plant: () => ({
      ports: (ports) => {
        let path = '';
        const named = (name: string): string => (name.startsWith('key/') ? `${name}${path}` : name);
        return throughNames(ports, ['key'], (transaction) => ({
          ...transaction,
          get: (name) => {
            if (name.startsWith('path/')) path = name.replace(/^path\/\d+\//, '@');
            return transaction.get(named(name));
          },
          put: (name, value) => {
            transaction.put(named(name), value);
          },
        }));
      },
    }),
  },
  {
    name: 'uses_reset_by_list',
    what: 'a new access list begins to count anew',
    breaks: ['I4'],
    plant: () => ({
      ports: (ports) =>
        throughNames(ports, ['key'], (transaction) => ({
          ...transaction,
          put: (name, value) => {
            transaction.put(name, value);
            const [, lock] = /^list\/(\d+)\/head$/.exec(name) ?? [];
            if (lock === undefined) return;
            for (const key of transaction.names(`key/${lock}/`, '', 1_000)) transaction.remove(key);
          },
        })),
    }),
  },
  {
    name: 'screenshot_again',
    what: 'the steps of moving QRs that were accepted are not remembered',
    breaks: ['I2'],
    plant: () => ({
      ports: (ports) =>
        throughStore(ports, (transaction) => ({
          ...transaction,
          put: (name, value) => {
            transaction.put(name, name.startsWith('key/') ? changeRecord(name, value, withoutSteps) : value);
          },
        })),
    }),
  },
  {
    name: 'throttle_reset_by_neighbour',
    what: 'whoever is let in ends the pause of the keypad',
    breaks: ['I14'],
    plant: () => ({
      ports: (ports) =>
        throughNames(ports, ['path'], (transaction) => ({
          ...transaction,
          put: (name, value) => {
            transaction.put(name, value);
            const [, lock] = /^key\/(\d+)\//.exec(name) ?? [];
            if (lock !== undefined) transaction.remove(`path/${lock}/keypad`);
          },
        })),
    }),
  },
  {
    name: 'throttle_forgotten',
    what: 'wrong tries are forgotten at a start',
    breaks: ['I14'],
    plant: () => ({
      ports: (ports) => {
        const written = new Set<string>();
        return throughNames(ports, ['path'], (transaction) => ({
          ...transaction,
          get: (name) => (name.startsWith('path/') && !written.has(name) ? undefined : transaction.get(name)),
          put: (name, value) => {
            written.add(name);
            transaction.put(name, value);
          },
        }));
      },
    }),
  },
  {
    name: 'gathered_in_memory',
    what: 'the refusals that a reader gathers are counted in memory alone',
    breaks: ['I19'],
    plant: () => ({ ports: without('gathered') }),
  },
  {
    name: 'duplicate_command',
    what: 'the number of the last command is not remembered',
    breaks: ['I6'],
    plant: () => ({
      ports: (ports) =>
        throughNames(ports, ['box'], (transaction) => ({
          ...transaction,
          get: (name) => (name === 'command' ? undefined : transaction.get(name)),
        })),
    }),
  },
  {
    name: 'clock_set_back',
    what: 'at a start the signed times that were heard are forgotten',
    breaks: ['I10'],
    plant: () => ({
      ports: (ports) =>
        throughNames(ports, ['box'], (transaction) => ({
          ...transaction,
          get: (name) => (name === 'evidence' ? undefined : transaction.get(name)),
        })),
    }),
  },
  {
    name: 'stale_list_after_restart',
    what: 'a box starts with the list before its last one',
    breaks: ['I5'],
    plant: () => {
      const lists = createOlderLists();
      return {
        ports: (ports, box) => {
          const place = (name: string): string => `${box.name} ${box.epoch()} ${name}`;
          return throughStore(ports, (transaction) => ({
            ...transaction,
            get: (name) =>
              isList(name) ? (lists.get(place(name)) ?? transaction.get(name)) : transaction.get(name),
            put: (name, value) => {
              if (isList(name)) lists.put(place(name), value);
              transaction.put(name, value);
            },
          }));
        },
      };
    },
  },
  {
    name: 'outbox_trimmed_early',
    what: 'more events are forgotten than the server has stored',
    breaks: ['I7'],
    plant: () => ({
      ports: (ports) =>
        throughStore(ports, (transaction) => ({
          ...transaction,
          dropEvents: (from, through) => {
            transaction.dropEvents(from, from === 0 ? through + 2 : through);
          },
        })),
    }),
  },
  {
    name: 'start_opens',
    what: 'a start moves the relay',
    breaks: ['I9'],
    plant: () => ({ ports: opensAt('device_started') }),
  },
  {
    name: 'line_opens',
    what: 'a line that comes back moves the relay',
    breaks: ['I9'],
    plant: () => ({ ports: opensAt('link_restored') }),
  },
];

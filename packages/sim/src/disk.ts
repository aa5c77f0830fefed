import type { Store, StoredEvent, StoreTransaction } from '@claviger/agent';

interface Content {
  readonly memory: Map<string, Uint8Array>;
  readonly events: Map<number, StoredEvent>;
}

/** The disk of a door: what was committed is there, whatever happens then. */
export interface VirtualDisk extends Store {
  /** From now on (or no more) every transaction fails as on a full disk. */
  setFull(isFull: boolean): void;
  /** The power fails after so many more writes: that transaction and all later ones leave nothing. */
  cutAfter(writes: number): void;
  /** An image to start another box from, or to go back to. */
  image(): VirtualDisk;
}

/** A transaction failed because the disk is full. */
export class DiskFull extends Error {
  override readonly name = 'DiskFull';
}

function transactionOn(draft: Content): StoreTransaction {
  return {
    get: (name) => draft.memory.get(name),
    put: (name, value) => void draft.memory.set(name, value),
    remove: (name) => void draft.memory.delete(name),
    names: (prefix, after, limit) =>
      [...draft.memory.keys()]
        .filter((name) => name.startsWith(prefix) && name > after)
        .sort()
        .slice(0, limit),
    appendEvent: (event) => {
      if (draft.events.has(event.sequence)) throw new Error(`event ${event.sequence} is there already`);
      draft.events.set(event.sequence, event);
    },
    readEvents: (from, limit) =>
      [...draft.events.values()]
        .filter(({ sequence }) => sequence >= from)
        .sort((one, other) => one.sequence - other.sequence)
        .slice(0, limit),
    countEvents: () => draft.events.size,
    dropEvents: (from, through) => {
      for (const sequence of draft.events.keys())
        if (sequence >= from && sequence <= through) draft.events.delete(sequence);
    },
  };
}

/** A transaction failed because the power did. */
export class PowerCut extends Error {
  override readonly name = 'PowerCut';
}

export function createVirtualDisk(start: Content = { memory: new Map(), events: new Map() }): VirtualDisk {
  let content = start;
  let isFull = false;
  let writesLeft = Infinity;
  const countWrite = (writes: { count: number }): void => {
    writes.count += 1;
    writesLeft -= 1;
    if (writesLeft < 0) throw new PowerCut('the power fails');
  };
  return {
    transact: (work) => {
      const draft = { memory: new Map(content.memory), events: new Map(content.events) };
      const writes = { count: 0 };
      const transaction = transactionOn(draft);
      const counted: StoreTransaction = {
        ...transaction,
        put: (name, value) => {
          countWrite(writes);
          transaction.put(name, value);
        },
        appendEvent: (event) => {
          countWrite(writes);
          transaction.appendEvent(event);
        },
        remove: (name) => {
          countWrite(writes);
          transaction.remove(name);
        },
      };
      const result = work(counted);
      if (isFull && writes.count > 0) throw new DiskFull('no space left on the disk');
      content = draft;
      return result;
    },
    setFull: (full) => {
      isFull = full;
    },
    cutAfter: (count) => {
      writesLeft = count;
    },
    image: () => createVirtualDisk({ memory: new Map(content.memory), events: new Map(content.events) }),
  };
}

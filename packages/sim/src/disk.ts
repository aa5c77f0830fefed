import type { Store, StoredEvent, StoreTransaction } from '@claviger/agent';

/** What one transaction has left on the disk. */
export interface Commit {
  readonly puts: ReadonlyMap<string, Uint8Array>;
  readonly appended: readonly StoredEvent[];
  readonly dropped: readonly StoredEvent[];
}

/** The disk of a door: what was committed is there, whatever happens then. */
export interface VirtualDisk extends Store {
  /** From now on (or no more) every transaction fails as on a full disk. */
  setFull(isFull: boolean): void;
  /** The power fails after so many more writes: that transaction and all later ones leave nothing. */
  cutAfter(writes: number): void;
  /** An image to start another box from, or to go back to. */
  image(): VirtualDisk;
  /** Turns one bit of what lies under this name; false if nothing does. */
  turnBit(name: string, bit: number): boolean;
  /** Turns one bit of this name: what lay under it lies under another one, which is returned if it did. */
  turnNameBit(name: string, bit: number): string | undefined;
  /** What lay under this name is gone; false if nothing did. */
  lose(name: string): boolean;
  /** Told of every transaction that has written something, once it is on the disk; one listener. */
  watch(listener: (commit: Commit) => void): void;
}

/** A transaction failed because the disk is full. */
export class DiskFull extends Error {
  override readonly name = 'DiskFull';
}

/** A transaction failed because the power did. */
export class PowerCut extends Error {
  override readonly name = 'PowerCut';
}

/** What lies on a disk; events ascend by their sequence. */
interface Content {
  readonly memory: Map<string, Uint8Array>;
  events: readonly StoredEvent[];
}

interface Draft {
  /** What was there before, by name; undefined for nothing. */
  readonly before: Map<string, Uint8Array | undefined>;
  readonly puts: Map<string, Uint8Array>;
  readonly appended: StoredEvent[];
  readonly dropped: StoredEvent[];
  events: StoredEvent[] | undefined;
}

/** Where this sequence is or would be among events. */
function placeOf(events: readonly StoredEvent[], sequence: number): number {
  let [low, high] = [0, events.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((events[middle]?.sequence ?? Infinity) < sequence) low = middle + 1;
    else high = middle;
  }
  return low;
}

function writesOf(content: Content, draft: Draft) {
  const keepBefore = (name: string): void => {
    if (!draft.before.has(name)) draft.before.set(name, content.memory.get(name));
  };
  const drafted = (): StoredEvent[] => (draft.events ??= [...content.events]);
  return {
    put: (name: string, value: Uint8Array) => {
      keepBefore(name);
      content.memory.set(name, value);
      draft.puts.set(name, value);
    },
    remove: (name: string) => {
      keepBefore(name);
      content.memory.delete(name);
      draft.puts.delete(name);
    },
    appendEvent: (event: StoredEvent) => {
      const events = drafted();
      const place = placeOf(events, event.sequence);
      if (events[place]?.sequence === event.sequence)
        throw new Error(`event ${event.sequence} is there already`);
      events.splice(place, 0, event);
      draft.appended.push(event);
    },
    dropEvents: (from: number, through: number) => {
      const events = drafted();
      const first = placeOf(events, from);
      draft.dropped.push(...events.splice(first, placeOf(events, through + 1) - first));
    },
  };
}

function transactionOn(content: Content, draft: Draft, count: () => void): StoreTransaction {
  const writes = writesOf(content, draft);
  const present = (): readonly StoredEvent[] => draft.events ?? content.events;
  return {
    get: (name) => content.memory.get(name),
    names: (prefix, after, limit) =>
      [...content.memory.keys()]
        .filter((name) => name.startsWith(prefix) && name > after)
        .sort()
        .slice(0, limit),
    readEvents: (from, limit) => {
      const place = placeOf(present(), from);
      return present().slice(place, place + limit);
    },
    countEvents: () => present().length,
    dropEvents: writes.dropEvents,
    put: (name, value) => {
      count();
      writes.put(name, value);
    },
    remove: (name) => {
      count();
      writes.remove(name);
    },
    appendEvent: (event) => {
      count();
      writes.appendEvent(event);
    },
  };
}

function takeBack(content: Content, draft: Draft): void {
  for (const [name, value] of draft.before) {
    if (value === undefined) content.memory.delete(name);
    else content.memory.set(name, value);
  }
}

/** Names are ASCII. */
const bitsOfLetter = 7;

const emptyContent = (): Content => ({ memory: new Map(), events: [] });
const emptyDraft = (): Draft => ({
  before: new Map(),
  puts: new Map(),
  appended: [],
  dropped: [],
  events: undefined,
});

export function createVirtualDisk(content: Content = emptyContent()): VirtualDisk {
  let isFull = false;
  let writesLeft = Infinity;
  let listener: ((commit: Commit) => void) | undefined;
  return {
    transact: (work) => {
      const draft = emptyDraft();
      let writes = 0;
      const count = (): void => {
        writes += 1;
        writesLeft -= 1;
        if (writesLeft < 0) throw new PowerCut('the power fails');
      };
      try {
        const result = work(transactionOn(content, draft, count));
        if (isFull && writes > 0) throw new DiskFull('no space left on the disk');
        content.events = draft.events ?? content.events;
        if (writes > 0 || draft.dropped.length > 0) listener?.(draft);
        return result;
      } catch (error) {
        takeBack(content, draft);
        throw error;
      }
    },
    setFull: (full) => {
      isFull = full;
    },
    cutAfter: (count) => {
      writesLeft = count;
    },
    image: () => createVirtualDisk({ memory: new Map(content.memory), events: content.events }),
    turnBit: (name, bit) => {
      const value = content.memory.get(name);
      if (value === undefined || value.length === 0) return false;
      const place = Math.floor(bit / 8) % value.length;
      content.memory.set(
        name,
        value.map((byte, index) => (index === place ? byte ^ (1 << (bit % 8)) : byte)),
      );
      return true;
    },
    turnNameBit: (name, bit) => {
      const value = content.memory.get(name);
      const place = Math.floor(bit / bitsOfLetter) % name.length;
      const turned = name.charCodeAt(place) ^ (1 << (bit % bitsOfLetter));
      const other = name.slice(0, place) + String.fromCharCode(turned) + name.slice(place + 1);
      // Two records of one name cannot lie on a disk.
      if (value === undefined || content.memory.has(other)) return undefined;
      content.memory.delete(name);
      content.memory.set(other, value);
      return other;
    },
    lose: (name) => content.memory.delete(name),
    watch: (told) => {
      listener = told;
    },
  };
}

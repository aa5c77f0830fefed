import type { EventRecord } from '@claviger/authority';
import { emptyLogHash } from '@claviger/protocol';
import { nameOf } from '../verdict.ts';

/** An event as some disk kept it: for how many it stands, and the hash before it there. */
interface Kept {
  readonly steps: number;
  readonly previous: string;
}

/** A place in a history. */
export interface Place {
  readonly sequence: number;
  readonly hash: string;
}

/** A record of lost events that is stored: it stands for all from there on. */
export interface Gap extends Place {
  readonly from: number;
}

/** What is stored of one box under one owner. */
interface StoredBook {
  readonly records: EventRecord[];
  /** By sequence and hash, in whichever log. */
  readonly names: Set<string>;
  readonly gaps: Gap[];
  /** The last place in each log of the box, by log epoch. */
  readonly ends: Map<number, Place>;
  /** Where a log begins that is not the first, as the server has signed it. */
  readonly begins: Map<number, Place>;
  /** Logs that a server has named which is lost: the one that was restored may name them anew. */
  readonly lostBegins: Set<number>;
  /** The last of the server's own notices. */
  notices: number;
  /** Stored at servers that are lost: no other events may be missing, and that is told. */
  readonly lost: Set<string>;
  readonly lostGaps: Gap[];
  /** Gaps that a restore has left, and how many of them were told. */
  missing: number;
  told: number;
}

/** The log of one box under one owner. */
export interface LogBook {
  /** The chain as the present disk has it. */
  chain: Map<number, string>;
  /** That of the image, or of the disk that an image has taken the place of. */
  image: Map<number, string>;
  /** All events that any disk of this box ever kept, by sequence and hash. */
  readonly ever: Map<string, Kept>;
  readonly stored: StoredBook;
  /** Its log was full once: the end of an opening may be among what is lost. */
  hasGivenUp: boolean;
}

/** Of a box of which nothing is known yet. */
export const emptyBook = (): LogBook => ({
  ...{ chain: new Map(), image: new Map(), ever: new Map(), hasGivenUp: false },
  stored: {
    ...{ records: [], names: new Set(), gaps: [], ends: new Map(), begins: new Map(), notices: 0 },
    lostBegins: new Set(),
    ...{ lost: new Set(), lostGaps: [], missing: 0, told: 0 },
  },
});

export const emptyHash = nameOf(emptyLogHash);
export const nameOfPlace = ({ sequence, hash }: Place): string => `${sequence} ${hash}`;
export const firstLog = 1;

/**
 * Whether everything between these places was stored at a server that is lost, or stood in a record there.
 */
export function wasStored({ stored, chain }: LogBook, after: number, before: number): boolean {
  for (let sequence = after + 1; sequence < before; sequence += 1) {
    const hash = chain.get(sequence) ?? '';
    const isInGap = stored.lostGaps.some((gap) => gap.from <= sequence && sequence <= gap.sequence);
    if (!isInGap && !stored.lost.has(nameOfPlace({ sequence, hash }))) return false;
  }
  return true;
}

/** The books of a server that was restored: what its image has. */
export function takeBack(book: LogBook, events: readonly EventRecord[]): void {
  const { stored } = book;
  for (const name of stored.names) stored.lost.add(name);
  for (const all of [stored.names, stored.ends]) all.clear();
  stored.lostGaps.push(...stored.gaps.splice(0));
  for (const logEpoch of stored.begins.keys()) stored.lostBegins.add(logEpoch);
  stored.records.length = 0;
  stored.notices = 0;
  for (const record of events) {
    stored.records.push(record);
    const { logEpoch, sequence, hash, type } = record;
    if (logEpoch === 0) stored.notices = sequence;
    else {
      const place: Place = { sequence, hash: nameOf(hash) };
      const steps = book.ever.get(nameOfPlace(place))?.steps ?? 1;
      if (type === 'events_lost') stored.gaps.push({ ...place, from: sequence - steps + 1 });
      stored.names.add(nameOfPlace(place));
      stored.ends.set(logEpoch, place);
    }
  }
}

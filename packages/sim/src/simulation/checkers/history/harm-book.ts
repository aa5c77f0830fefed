import type { BoxDamage } from '@claviger/domain';
import { uuidText, type RecoveryMessage } from '@claviger/protocol';
import type { KeptEvent } from '../../street/observation.ts';
import type { Sometimes } from '../../sometimes.ts';
import { nameOfKey, type Harmed } from './memory-book.ts';

/** What a box remembers of itself, written down here once more. */
const ownRecords: readonly BoxDamage[] = [
  ...(['boot', 'command', 'evidence', 'alarm', 'doubt', 'log', 'log_start', 'clock'] as const),
  ...(['untold', 'checksums', 'ledger'] as const),
];

/** The record of itself that a box has mended, as it tells. */
export function ownDamageOf({ type, detail }: Pick<KeptEvent, 'type' | 'detail'>): BoxDamage | undefined {
  return type === 'memory_damaged' ? ownRecords.find((name) => detail === `damaged_${name}`) : undefined;
}

/** A record of a Key or a path that was found damaged, at a lock. */
interface Found {
  readonly lock: number;
  readonly trace: Harmed;
}

/** A damage of which a door tells, and what the record is from then on where a lock had it. */
interface Met {
  readonly what: Sometimes;
  readonly lock: number;
  readonly trace?: Harmed | undefined;
}

/** The records of one box in which a bit has turned, and that it has not met yet. */
export interface HarmBook {
  readonly turn: (name: string) => void;
  /** A record is gone, or has another name: the box has to say that it misses something. */
  readonly vanish: (name: string) => void;
  /** One of a Key or a path is written over untold if the disk has no room when it is met. */
  readonly isAny: () => boolean;
  /** What the door says that it has found, a record of its own too; undefined where nothing had turned. */
  readonly meet: (event: KeptEvent) => Met | undefined;
  /** What is met as it is given back, which is told of by nobody. */
  readonly meetGiven: (given: Pick<RecoveryMessage, 'keys' | 'paths'>, at: number) => Found[];
  readonly image: () => void;
  readonly restore: () => void;
}

const keyName = (lock: number, key: Uint8Array): string => `key/${lock}/${uuidText(key)}`;
const pathName = (lock: number, path: string): string => `path/${lock}/${path}`;

const foundKey = (lock: number, key: Uint8Array, at: number): Found => ({
  lock,
  trace: { harmed: { key: nameOfKey(key) ?? '' }, at },
});
const foundPath = (lock: number, path: string, at: number): Found => ({
  lock,
  trace: { harmed: { path }, at },
});

export function createHarmBook(): HarmBook {
  let names = new Set<string>();
  let imaged = new Set<string>();
  return {
    turn: (name) => void names.add(name),
    vanish: (name) => {
      names.delete(name);
      names.add('ledger');
      if (name === 'checksums') names.add(name);
    },
    isAny: () => [...names].some((name) => name.includes('/')),
    meet: (event) => {
      const { lock, key, path, at } = event;
      const own = ownDamageOf(event);
      if (own !== undefined && names.delete(own)) {
        const isMissed = own === 'ledger';
        const what = isMissed ? 'a vanished record was missed' : 'a box mended a record of its own';
        return { what, lock };
      }
      if (key !== undefined && names.delete(keyName(lock, key)))
        return { what: 'a harmed Key was suspended', ...foundKey(lock, key, at) };
      if (path !== undefined && names.delete(pathName(lock, path)))
        return { what: 'a harmed reader was paused', ...foundPath(lock, path, at) };
      return undefined;
    },
    meetGiven: ({ keys, paths }, at) => [
      ...keys
        .filter(({ lock, key }) => names.delete(keyName(lock, key)))
        .map(({ lock, key }) => foundKey(lock, key, at)),
      ...paths
        .filter(({ lock, path }) => names.delete(pathName(lock, path)))
        .map(({ lock, path }) => foundPath(lock, path, at)),
    ],
    image: () => {
      imaged = new Set(names);
    },
    restore: () => {
      [names, imaged] = [imaged, names];
    },
  };
}

import { uuidText, type RecoveryMessage } from '@claviger/protocol';
import type { KeptEvent } from '../../street/observation.ts';
import { nameOfKey, type Harmed } from './memory-book.ts';

/** A record that was found damaged, at a lock. */
export interface Found {
  readonly lock: number;
  readonly trace: Harmed;
}

/** The records of one box in which a bit has turned, and that it has not met yet. */
export interface HarmBook {
  readonly turn: (name: string) => void;
  /** Such a record is written over untold if the disk has no room when it is met. */
  readonly isAny: () => boolean;
  /** What the door says that it has found; undefined where nothing had turned. */
  readonly meet: (event: KeptEvent) => Found | undefined;
  /** What is met as it is given back, which is told of by nobody. */
  readonly meetGiven: (given: RecoveryMessage, at: number) => Found[];
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
    isAny: () => names.size > 0,
    meet: ({ lock, key, path, at }) => {
      if (key !== undefined && names.delete(keyName(lock, key))) return foundKey(lock, key, at);
      if (path !== undefined && names.delete(pathName(lock, path))) return foundPath(lock, path, at);
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

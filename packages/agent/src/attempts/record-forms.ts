import { sides } from '@claviger/domain';
import {
  at,
  CborFault,
  decodeCbor,
  flag,
  integer,
  list,
  maybe,
  oneOf,
  record,
  type Field,
} from '@claviger/protocol';

/** More steps of one Key than a lock remembers. */
export const stepsLimit = 64;

export const keyForm = record({
  spent: at(1, integer()),
  lastGrant: maybe(2, record({ side: maybe(1, oneOf(sides)), at: at(2, integer()) })),
  shownSteps: at(3, list(integer(), stepsLimit)),
  keptAt: at(4, integer()),
  isInDoubt: maybe(5, flag),
});
export const pathForm = record({
  wrongTries: at(1, integer()),
  forgivenAt: at(2, integer()),
  pausedUntil: maybe(3, integer()),
});
export const buttonForm = record({ counter: at(1, integer()) });
export const lockForm = record({ firstPersonAt: maybe(1, integer()), commandOpenedAt: maybe(2, integer()) });
export const closedForm = record({ at: at(1, integer()) });

/** Under these names the records of Keys lie, each with the Key's name after it. */
export function keyRecordsPrefix(lock: number): string {
  return `key/${lock}/`;
}

/** Under these names the records of reader paths lie, and of the path that each link has for itself. */
export function pathRecordsPrefix(lock: number): string {
  return `path/${lock}/`;
}

export const names = {
  key: (lock: number, key: string) => `${keyRecordsPrefix(lock)}${key}`,
  path: (lock: number, path: string) => `${pathRecordsPrefix(lock)}${path}`,
  button: (lock: number, lookup: string) => `button/${lock}/${lookup}`,
  lock: (lock: number) => `lock/${lock}`,
  closed: (lock: number) => `closed/${lock}`,
};

/** What a stored record says; undefined for one that is damaged. */
export function readWhole<Value>(stored: Uint8Array, form: Pick<Field<Value>, 'read'>): Value | undefined {
  try {
    return form.read(decodeCbor(stored));
  } catch (error) {
    if (error instanceof CborFault) return undefined;
    throw error;
  }
}

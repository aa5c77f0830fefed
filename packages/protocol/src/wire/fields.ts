import { at, bytes, integer, list, record } from './record.ts';

/** Fields that several messages have. A UUID as its 16 bytes. */
export const id = bytes(16);

/** Random words of one boot of a device. */
export const bootNonce = bytes(16);

export const lockNumber = integer(1, 64);

/** An ownership epoch. */
export const epoch = integer(1, 0x7fff_ffff);

/** Most locks of one device. */
export const locksLimit = 64;

/** What names one access list among all that a lock ever had: no door goes back to a lower one. */
export const listVersion = { incarnation: at(1, integer(1)), version: at(2, integer(1)) };

/** The access list of each lock that has one. */
export const listVersions = list(
  record({ lock: at(1, lockNumber), list: at(2, record(listVersion)) }),
  locksLimit,
);

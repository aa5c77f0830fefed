import { messageSizeLimit, type BodyOf, type MessageKind } from './envelope.ts';
import { bootNonce, epoch, id, listVersion, listVersions, lockNumber } from './fields.ts';
import { at, bytes, flag, integer, list, maybe, record, text } from './record.ts';

/** Most Keys in one part of a recovery: of each some 40 bytes. */
export const recoveryKeysLimit = 1_000;

/** Parts enough for a million Keys. */
export const recoveryPartsLimit = 1_000;

/** Most reader paths in a recovery; of more, those that are paused for longest. */
export const recoveryPathsLimit = 100;

/**
 * Server to device whose older disk came back: what the server knows from all histories of this device, up to
 * `through` in the log that it goes on in. For the boot that is named and nobody else. Each part raises what
 * the device remembers and lowers nothing; with all of them it is no longer in doubt (decision record 0019).
 */
export const recoveryMessage = {
  number: 6,
  label: 'claviger/1/recovery',
  sizeLimit: messageSizeLimit,
  body: record({
    device: at(1, id),
    ownershipEpoch: at(2, epoch),
    bootNonce: at(3, bootNonce),
    logEpoch: at(4, integer(2)),
    through: at(5, integer()),
    part: at(6, integer(0, recoveryPartsLimit - 1)),
    parts: at(7, integer(1, recoveryPartsLimit)),
    /** No boot had a higher number, and no command a higher sequence. */
    bootNumber: at(8, integer()),
    commandSequence: at(9, integer()),
    /** The device decides by these lists, or newer ones, before it takes this. */
    lists: at(10, listVersions),
    /** Uses that are spent; the instant of the last grant to its QR where that may still be moving. */
    keys: at(
      11,
      list(
        record({
          lock: at(1, lockNumber),
          key: at(2, id),
          spent: at(3, integer()),
          qrAt: maybe(4, integer()),
          /** Grants may be among events that are lost: nobody but the door that knew them counts them. */
          isUnsure: maybe(5, flag),
        }),
        recoveryKeysLimit,
      ),
    ),
    /** Wrong tries that are not forgiven (SEMANTICS C10). */
    paths: at(
      12,
      list(
        record({
          lock: at(1, lockNumber),
          path: at(2, text(32)),
          wrongTries: at(3, integer(1)),
          forgivenAt: at(4, integer()),
          pausedUntil: maybe(5, integer()),
        }),
        recoveryPathsLimit,
      ),
    ),
    /** The server knows of one history alone: a record of a Key that is whole there may be right. */
    isOneHistory: maybe(13, flag),
  }),
} as const satisfies MessageKind<unknown>;

export type RecoveryMessage = BodyOf<typeof recoveryMessage>;

/** Most Keys whose counts are given back at once; of more, the rest follows at later hellos. */
export const countsKeysLimit = 1_000;

/**
 * Server to device that has found the records of these Keys damaged: how often each was let in at a lock, as
 * the device's log tells up to `through`. For the boot that is named and nobody else; it raises what the
 * device remembers and lowers nothing (decision record 0045).
 */
export const countsMessage = {
  number: 9,
  label: 'claviger/1/counts',
  sizeLimit: messageSizeLimit,
  body: record({
    device: at(1, id),
    ownershipEpoch: at(2, epoch),
    bootNonce: at(3, bootNonce),
    logEpoch: at(4, integer(1)),
    through: at(5, integer()),
    keys: at(
      6,
      list(record({ lock: at(1, lockNumber), key: at(2, id), spent: at(3, integer()) }), countsKeysLimit),
    ),
  }),
} as const satisfies MessageKind<unknown>;

export type CountsMessage = BodyOf<typeof countsMessage>;

/** Bytes of a list in one report; with what else it says it fits into a message. */
export const reportedPieceLimit = 32 * 1024;

/** More pieces than the longest access list has. */
const reportedPiecesLimit = 3_000;

/** The letter with which a list was signed, as it came. */
const headLetterLimit = 512;

/** Most Keys in one report of uses. */
export const reportedUsesLimit = 500;

const ofBoot = { device: at(1, id), ownershipEpoch: at(2, epoch), bootNonce: at(3, bootNonce) };

/**
 * Server to device, after a restore: which list of this lock is it that I do not know? A piece of it is asked
 * for, or with `after` the uses of Keys whose identifiers come after this one (decision record 0028).
 */
export const reportAskMessage = {
  number: 7,
  label: 'claviger/1/report-ask',
  sizeLimit: 256,
  body: record({
    ...ofBoot,
    lock: at(4, lockNumber),
    list: maybe(5, record(listVersion)),
    index: maybe(6, integer(0, reportedPiecesLimit - 1)),
    after: maybe(7, bytes(0, 16)),
  }),
} as const satisfies MessageKind<unknown>;

/**
 * Device to server: a piece of the list by which a lock decides, with the letter that had signed it; without
 * the letter for one that was kept before letters were.
 */
export const reportMessage = {
  number: 19,
  label: 'claviger/1/report',
  sizeLimit: messageSizeLimit,
  body: record({
    ...ofBoot,
    lock: at(4, lockNumber),
    list: at(5, record(listVersion)),
    head: maybe(6, bytes(1, headLetterLimit)),
    index: at(7, integer(0, reportedPiecesLimit - 1)),
    pieces: at(8, integer(1, reportedPiecesLimit)),
    piece: at(9, bytes(1, reportedPieceLimit)),
  }),
} as const satisfies MessageKind<unknown>;

/**
 * Device to server: how often Keys were let in at a lock, as far as its log goes up to `through`; with
 * `namesDoubted`, one of which it says nothing was never let in. Keys in the order of their identifiers,
 * after the one that was named.
 */
export const usesMessage = {
  number: 20,
  label: 'claviger/1/uses',
  sizeLimit: messageSizeLimit,
  body: record({
    ...ofBoot,
    lock: at(4, lockNumber),
    logEpoch: at(5, integer(1)),
    through: at(6, integer()),
    /** In doubt: the record of this Key was found damaged, and it was let in so often at least. */
    keys: at(
      7,
      list(record({ key: at(1, id), spent: at(2, integer()), isInDoubt: maybe(3, flag) }), reportedUsesLimit),
    ),
    isLast: at(8, flag),
    /** Set by an agent that names each Key whose record is damaged; an older one leaves such a Key out. */
    namesDoubted: maybe(9, flag),
    /** The Key that was named: those here come after it. */
    after: maybe(10, id),
  }),
} as const satisfies MessageKind<unknown>;

export type ReportAskMessage = BodyOf<typeof reportAskMessage>;
export type ReportMessage = BodyOf<typeof reportMessage>;
export type UsesMessage = BodyOf<typeof usesMessage>;

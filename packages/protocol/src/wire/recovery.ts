import { messageSizeLimit, type BodyOf, type MessageKind } from './envelope.ts';
import { bootNonce, epoch, id, listVersions, lockNumber } from './fields.ts';
import { at, integer, list, maybe, record, text } from './record.ts';

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
  }),
} as const satisfies MessageKind<unknown>;

export type RecoveryMessage = BodyOf<typeof recoveryMessage>;

import { reasons, type Reason } from '@claviger/domain';
import { z } from 'zod';
import { keyStatuses, proofUse } from './keys.ts';
import { command } from './locks.ts';
import { instant, uuid } from './shapes.ts';

/**
 * The token of a Key's page: 128 bits, base64url. It travels in the fragment and in bodies, never in a
 * path.
 */
export const keyToken = z.string().regex(/^[A-Za-z0-9_-]{22}$/);

export const keyPageInput = z.object({ token: keyToken }).strict();

/** What a door has not got of a Key: the Key, its newest change, or the counters that it lost. */
export const doorWaits = ['key', 'change', 'counters', 'another_key'] as const;

/**
 * What the holder of a link sees of its Key. `qr` is the signed body; with `stepSecret` the page goes on
 * making its 30-second steps by itself, also without a network.
 */
export const shownKey = z
  .object({
    place: z.string(),
    address: z.string(),
    zone: z.string(),
    status: z.enum(keyStatuses),
    validFrom: instant.optional(),
    validUntil: instant.optional(),
    maxUses: z.int().optional(),
    serverAt: instant,
    pin: z.string().optional().meta({ description: 'While it is valid, where a lock takes it' }),
    qr: z
      .object({ body: z.string(), signature: z.string(), stepSecret: z.string() })
      .optional()
      .meta({ description: 'base64url; where a lock takes it' }),
    hasPicture: z.boolean().meta({ description: 'Whether a static picture was shared that still opens' }),
    locks: z.array(
      z.object({
        id: uuid,
        name: z.string(),
        location: z.string(),
        proofs: z.array(proofUse).readonly().meta({ description: 'Of those that the Key has' }),
        waiting: z
          .object({
            for: z.enum(doorWaits),
            since: instant,
            takesQr: z.boolean().meta({ description: 'Whether its QR opens meanwhile (SEMANTICS C3)' }),
          })
          .optional()
          .meta({ description: 'What the door does not have yet; while it is offline, since then' }),
        isOnline: z.boolean(),
        offlineSince: instant.optional(),
        unlockForMs: z.int().meta({ description: 'How long an opening leaves it unlocked, in milliseconds' }),
        openableAt: instant.optional(),
        usesLeft: z.int().nonnegative().optional(),
      }),
    ),
  })
  .meta({ id: 'ShownKey' });

export const openByKeyInput = z.object({ token: keyToken, lockId: uuid }).strict();
export const keyCommandInput = z.object({ token: keyToken, commandId: uuid }).strict();

/** How far an Open of the page has come; a refusal carries the reason for people. */
export const keyCommand = command
  .pick({ id: true, lockId: true, stage: true, issuedAt: true, notAfter: true, stages: true })
  .extend({
    reason: z.enum(reasons as [Reason, ...Reason[]]).optional(),
    uses: z
      .object({ left: z.int().nonnegative(), max: z.int() })
      .optional()
      .meta({ description: 'What the Key has left at this lock now; absent where it has no maximum' }),
  })
  .meta({ id: 'KeyCommand' });

export type ShownKey = z.infer<typeof shownKey>;
export type KeyCommand = z.infer<typeof keyCommand>;

import { readers } from '@claviger/domain';
import { z } from 'zod';

/** Longest text that a reader hands over; the longest picture has 224 characters. */
export const shownTextLimit = 1_000;

/**
 * What a virtual door and the virtual hardware driver of the door agent tell each other: one JSON object a
 * line over a local socket that the driver listens on. The simulator is the physical world: it holds the
 * leaf, the bolt, the tamper switch and the exit button, and says how they are; the driver says what the
 * relay does. Whatever a reader reads goes to the driver as it was read.
 */
export const virtualInput = z.discriminatedUnion('type', [
  z.object({ type: z.literal('inputs'), isOpen: z.boolean(), isTampered: z.boolean() }).strict(),
  z.object({ type: z.literal('exit') }).strict(),
  z
    .object({
      type: z.literal('shown'),
      reader: z.enum(readers),
      text: z.string().max(shownTextLimit),
    })
    .strict(),
]);

/**
 * `signal` is what every reader shows to who stands there: nothing but yes or no, the same for every reason.
 */
export const virtualOutput = z.discriminatedUnion('type', [
  z.object({ type: z.literal('relay'), isUnlocked: z.boolean() }).strict(),
  z.object({ type: z.literal('signal'), reader: z.enum(readers), isGranted: z.boolean() }).strict(),
  z.object({
    type: z.literal('log'),
    at: z.number(),
    level: z.enum(['info', 'warn', 'error']),
    text: z.string(),
  }),
]);

/** Longest line that either side accepts, in characters. */
export const virtualLineLimit = 4_096;

export type VirtualInput = z.infer<typeof virtualInput>;
export type VirtualOutput = z.infer<typeof virtualOutput>;

import { z } from 'zod';

/**
 * What a virtual door and the virtual hardware driver of the door agent tell each other: one JSON object a
 * line over a local socket that the driver listens on. The simulator is the physical world: it holds the
 * leaf, the bolt, the tamper switch and the exit button, and says how they are; the driver says what the
 * relay does.
 */
export const virtualInput = z.discriminatedUnion('type', [
  z.object({ type: z.literal('inputs'), isOpen: z.boolean(), isTampered: z.boolean() }).strict(),
  z.object({ type: z.literal('exit') }).strict(),
]);

export const virtualOutput = z.discriminatedUnion('type', [
  z.object({ type: z.literal('relay'), isUnlocked: z.boolean() }).strict(),
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

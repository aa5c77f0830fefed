import { findModel, models, parsePairingCode, parseSerial, readers, type Reader } from '@claviger/domain';
import { shownTextLimit } from '@claviger/protocol';
import { z } from 'zod';

/** Most doors on one street: each is a process of its own. */
export const streetLimit = 12;
/** Lines of its agent's log that the street keeps of each door. */
export const keptLogLines = 200;

export const doorName = z
  .string()
  .trim()
  .min(1)
  .max(40)
  .regex(/^\P{Cc}*$/u, 'name_has_control_characters');

export const virtualModel = z
  .string()
  .refine((code) => models.some((model) => model.isVirtual && model.code === code), 'not_a_virtual_model');

export const serialInFull = z.string().refine((text) => parseSerial(text) === text, 'not_a_serial_number');
export const pairingCodeInFull = z
  .string()
  .refine((text) => parsePairingCode(text) === text, 'not_a_pairing_code');

/** The readers beside a door of this model; an unknown model has none. */
export function readersOf(model: string): readonly Reader[] {
  const has = findModel(model)?.capabilities ?? [];
  return readers.filter((reader) => has.includes(reader));
}

/** `off`: connections break and new ones are refused; `silent`: packets vanish and connections hang. */
export const networkModes = ['on', 'off', 'silent'] as const;
export type NetworkMode = (typeof networkModes)[number];

/** What a person on the street can do to a door, its wires and its mains. */
export const doorAction = z.discriminatedUnion('type', [
  z.object({ type: z.enum(['push', 'force', 'close', 'exit']) }).strict(),
  z.object({ type: z.literal('tamper'), isTampered: z.boolean() }).strict(),
  z.object({ type: z.literal('walk_through'), isOn: z.boolean() }).strict(),
  z.object({ type: z.literal('power'), isOn: z.boolean() }).strict(),
  z.object({ type: z.literal('network'), mode: z.enum(networkModes) }).strict(),
  /** Digits at the keypad, the text of a QR, the number of a card (pairs of hexadecimal digits). */
  z
    .object({
      type: z.literal('show'),
      reader: z.enum(readers),
      text: z.string().min(1).max(shownTextLimit),
    })
    .strict(),
]);
export type DoorAction = z.infer<typeof doorAction>;

export const newDoor = z.object({ name: doorName, model: virtualModel }).strict();
export type NewDoor = z.infer<typeof newDoor>;

/** The program at the door: without power, not yet heard of, at work, or ended by itself and soon started. */
export const agentState = z.discriminatedUnion('state', [
  z.object({ state: z.literal('off') }),
  z.object({ state: z.literal('starting') }),
  z.object({ state: z.literal('running'), sinceAt: z.number() }),
  z.object({ state: z.literal('ended'), how: z.string(), restartsAt: z.number() }),
]);
export type AgentState = z.infer<typeof agentState>;

export const doorView = z.object({
  serial: z.string(),
  pairingCode: z.string(),
  name: z.string(),
  model: z.string(),
  isOpen: z.boolean(),
  /** What holds the bolt back just now; the exit hardware does so without any agent. */
  bolt: z.enum(['thrown', 'freed_by_relay', 'freed_by_exit']),
  isTampered: z.boolean(),
  isWalkThroughOn: z.boolean(),
  /** Whether somebody is on the way to the door, or in it. */
  person: z.enum(['none', 'coming', 'passing']),
  network: z.enum(networkModes),
  isPowerOn: z.boolean(),
  agent: agentState,
  /** Whether the door came after the first start, so that somebody has to import it. */
  isAddedLater: z.boolean(),
});
export type DoorView = z.infer<typeof doorView>;

export const logLine = z.object({
  number: z.int(),
  at: z.number(),
  level: z.enum(['info', 'warn', 'error']),
  text: z.string(),
});
export type LogLine = z.infer<typeof logLine>;

/** What the page hears: all of it once when it connects, then each change. */
export const streetMessage = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('street'),
    doors: z.array(z.object({ door: doorView, log: z.array(logLine) })),
    /** What a person types to make the labels of the street known to the server. */
    importCommand: z.string(),
  }),
  z.object({ type: z.literal('door'), door: doorView }),
  z.object({ type: z.literal('removed'), serial: z.string() }),
  z.object({ type: z.literal('log'), serial: z.string(), line: logLine }),
  z.object({ type: z.literal('rattled'), serial: z.string() }),
  /** A reader lets whoever stands there see yes or no. */
  z.object({
    type: z.literal('signal'),
    serial: z.string(),
    reader: z.enum(readers),
    isGranted: z.boolean(),
  }),
]);
export type StreetMessage = z.infer<typeof streetMessage>;

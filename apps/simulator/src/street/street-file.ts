import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { pairingCodeFromValues, provisionalName, serialFromValues } from '@claviger/domain';
import { z } from 'zod';
import { doorName, pairingCodeInFull, serialInFull, streetLimit, virtualModel } from '../contract.ts';
import { makePrivateFolder, readFileIfThere, writePrivateFile } from './private-file.ts';

const streetDoor = z
  .object({
    serial: serialInFull,
    pairingCode: pairingCodeInFull,
    model: virtualModel,
    name: doorName,
    isAddedLater: z.boolean(),
  })
  .strict();

/** A door as the street file keeps it: what its label says, and what people on the street call it. */
export type StreetDoor = z.infer<typeof streetDoor>;

function haveOwnSerials(doors: readonly StreetDoor[]): boolean {
  return new Set(doors.map((door) => door.serial)).size === doors.length;
}

const streetFile = z
  .object({
    format: z.literal(1),
    doors: z.array(streetDoor).max(streetLimit).refine(haveOwnSerials, 'two doors have one serial number'),
  })
  .strict();

/** The street file is not what this program has written. The message says where, and what to do. */
export class StreetFault extends Error {
  override readonly name = 'StreetFault';
}

const firstModels = ['virtual-door', 'virtual-gate', 'virtual-lock'];

/** Where the files of a street are. */
export function streetPaths(folder: string): { street: string; stock: string; doors: string } {
  return {
    street: join(folder, 'street.json'),
    stock: join(folder, 'stock.csv'),
    doors: join(folder, 'doors'),
  };
}

/** Numbers from 0 to 31, each as likely as the other. */
function drawValues(count: number): number[] {
  return [...randomBytes(count)].map((byte) => byte % 32);
}

/**
 * Makes a door with a serial number (55 bits) and a pairing code (80 bits) of its own. Without a name it is
 * called as its lock is in the Portal.
 */
export function drawDoor(door: { name?: string; model: string; isAddedLater: boolean }): StreetDoor {
  const serial = serialFromValues(drawValues(11));
  return {
    serial,
    pairingCode: pairingCodeFromValues(drawValues(16)),
    name: provisionalName(door.model, serial),
    ...door,
  };
}

function writeIfChanged(path: string, text: string): void {
  if (readFileIfThere(path) !== text) writePrivateFile(path, text);
}

/**
 * Writes `street.json` and `stock.csv`, in this order: the second follows from the first and is looked at
 * again at each start, so a power cut between the two repairs itself.
 */
export function writeStreet(folder: string, doors: readonly StreetDoor[]): void {
  const paths = streetPaths(folder);
  makePrivateFolder(folder);
  writeIfChanged(paths.street, `${JSON.stringify({ format: 1, doors }, undefined, 2)}\n`);
  const rows = doors.map((door) => `${door.serial},${door.pairingCode},${door.model}\n`);
  writeIfChanged(paths.stock, `serial,code,model\n${rows.join('')}`);
}

function parseStreet(path: string, text: string): StreetDoor[] {
  const advice = `Move ${path} away to begin with three new doors, or put a good copy in its place.`;
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch (error) {
    throw new StreetFault(`The street file is torn: it is not JSON. ${advice}`, { cause: error });
  }
  const result = streetFile.safeParse(content);
  if (result.success) return result.data.doors;
  throw new StreetFault(`The street file is wrong:\n${z.prettifyError(result.error)}\n${advice}`);
}

/** The doors of the street in this folder; makes the first three if there is none yet. Throws StreetFault. */
export function readOrMakeStreet(folder: string): StreetDoor[] {
  const { street } = streetPaths(folder);
  const text = readFileIfThere(street);
  const doors =
    text === undefined
      ? firstModels.map((model) => drawDoor({ model, isAddedLater: false }))
      : parseStreet(street, text);
  writeStreet(folder, doors);
  return doors;
}

import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parsePairingCode, parseSerial } from '@claviger/domain';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { streetLimit } from '../contract.ts';
import { drawDoor, readOrMakeStreet, StreetFault, streetPaths, writeStreet } from './street-file.ts';

let folder: string;
let paths: ReturnType<typeof streetPaths>;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'claviger-'));
  paths = streetPaths(folder);
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

const garden = { name: 'Garden door', model: 'virtual-lock', isAddedLater: true };

describe('a street file', () => {
  test('is made with three doors whose labels are genuine and all different', () => {
    const doors = readOrMakeStreet(folder);
    expect(doors.map((door) => door.model)).toEqual(['virtual-door', 'virtual-gate', 'virtual-lock']);
    expect(doors.map((door) => door.name)).toEqual(
      ['Virtual door', 'Virtual gate', 'Virtual lock'].map(
        (model, index) => `${model} ${doors[index]?.serial.slice(-4) ?? ''}`,
      ),
    );
    expect(doors.every((door) => parseSerial(door.serial) === door.serial)).toBe(true);
    expect(doors.every((door) => parsePairingCode(door.pairingCode) === door.pairingCode)).toBe(true);
    expect(new Set(doors.flatMap((door) => [door.serial, door.pairingCode])).size).toBe(6);
  });

  test('is the same at the second start', () => {
    expect(readOrMakeStreet(folder)).toEqual(readOrMakeStreet(folder));
  });

  test('goes with a stock list for the import', () => {
    const [front, gate, lock] = readOrMakeStreet(folder);
    expect(readFileSync(paths.stock, 'utf8')).toBe(
      'serial,code,model\n' +
        [front, gate, lock].map((door) => `${door?.serial},${door?.pairingCode},${door?.model}\n`).join(''),
    );
  });

  test.skipIf(process.platform === 'win32')('is readable for its user alone, as is the stock list', () => {
    readOrMakeStreet(folder);
    expect(statSync(paths.street).mode & 0o777).toBe(0o600);
    expect(statSync(paths.stock).mode & 0o777).toBe(0o600);
  });

  test('survives a write that was cut short: the draft is left aside', () => {
    const doors = readOrMakeStreet(folder);
    writeFileSync(`${paths.street}.new`, '{"format":1,"doo');
    expect(readOrMakeStreet(folder)).toEqual(doors);
    writeStreet(folder, [...doors, drawDoor(garden)]);
    expect(readOrMakeStreet(folder)).toHaveLength(4);
  });

  test('brings a stock list up to date that a power cut left behind', () => {
    const doors = readOrMakeStreet(folder);
    writeFileSync(paths.stock, 'serial,code,model\n');
    readOrMakeStreet(folder);
    expect(readFileSync(paths.stock, 'utf8')).toContain(doors[2]?.serial);
  });

  const door = drawDoor(garden);
  test.each([
    ['is torn', '{"format":1,"doors":[{"ser', /torn.*Move .*street\.json away/s],
    ['is empty', '', /torn/],
    ['has another format', JSON.stringify({ format: 2, doors: [] }), /format/],
    ['has no doors', JSON.stringify({ format: 1 }), /doors/],
    ['has a wrong serial number', wrong({ serial: 'K7Q29XMD4T8B' }), /not_a_serial_number[^]*serial/],
    ['has a serial number as typed', wrong({ serial: door.serial.toLowerCase() }), /not_a_serial_number/],
    ['has a short pairing code', wrong({ pairingCode: '123' }), /not_a_pairing_code/],
    ['has a model that is not virtual', wrong({ model: 'door-box-1' }), /not_a_virtual_model/],
    ['says more than it may', wrong({ password: 'x' }), /password/],
    ['has one door twice', JSON.stringify({ format: 1, doors: [door, door] }), /one serial number/],
    ['has too many doors', JSON.stringify({ format: 1, doors: manyDoors() }), /12/],
  ])('that %s is refused with what to do, and stays as it is', (_title, text, message) => {
    mkdirSync(folder, { recursive: true });
    writeFileSync(paths.street, text);
    expect(() => readOrMakeStreet(folder)).toThrow(StreetFault);
    expect(() => readOrMakeStreet(folder)).toThrow(message);
    expect(readFileSync(paths.street, 'utf8')).toBe(text);
  });

  function wrong(change: object): string {
    return JSON.stringify({ format: 1, doors: [{ ...drawDoor(garden), ...change }] });
  }
  function manyDoors(): unknown[] {
    return Array.from({ length: streetLimit + 1 }, () => drawDoor(garden));
  }
});

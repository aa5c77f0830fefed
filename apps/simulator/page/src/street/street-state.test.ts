import type { Reader } from '@claviger/domain';
import { describe, expect, test } from 'vitest';
import { keptLogLines, type DoorView, type StreetMessage } from '../../../src/contract.ts';
import { nextStreet, type StreetState } from './street-state.ts';

const front: DoorView = {
  serial: 'K7Q29XMD4T8A',
  pairingCode: '0123456789ABCDEF',
  name: 'Front door',
  model: 'virtual-door',
  isOpen: false,
  bolt: 'thrown',
  isTampered: false,
  isWalkThroughOn: true,
  person: 'none',
  network: 'on',
  isPowerOn: true,
  agent: { state: 'starting' },
  isAddedLater: false,
};
const gate: DoorView = { ...front, serial: 'K7Q29XMD4T8B', name: 'Garage gate', model: 'virtual-gate' };

function after(...messages: StreetMessage[]): StreetState | undefined {
  return messages.reduce<StreetState | undefined>(nextStreet, undefined);
}

const overview: StreetMessage = {
  type: 'street',
  doors: [{ door: front, log: [] }],
  importCommand: 'import stock.csv',
};

function line(number: number) {
  return { number, at: number, level: 'info' as const, text: `line ${number}` };
}

describe('the street as the page knows it', () => {
  test('is nothing before the first overview', () => {
    expect(after({ type: 'door', door: front })).toBeUndefined();
  });

  test('begins anew with each overview', () => {
    const state = after(overview, { type: 'door', door: gate }, overview);
    expect(state?.doors.map(({ door }) => door.name)).toEqual(['Front door']);
  });

  test('takes changes of its doors in place, and new doors at the end', () => {
    const state = after(
      overview,
      { type: 'door', door: gate },
      { type: 'door', door: { ...front, isOpen: true } },
    );
    expect(state?.doors.map(({ door }) => [door.name, door.isOpen])).toEqual([
      ['Front door', true],
      ['Garage gate', false],
    ]);
  });

  test('forgets a door that was removed', () => {
    expect(after(overview, { type: 'removed', serial: front.serial })?.doors).toEqual([]);
  });

  test('keeps the newest lines of each log', () => {
    const lines = Array.from({ length: keptLogLines + 5 }, (_, index) => line(index + 1));
    const said = lines.map((each): StreetMessage => ({ type: 'log', serial: front.serial, line: each }));
    const log = after(overview, ...said)?.doors[0]?.log;
    expect(log).toHaveLength(keptLogLines);
    expect([log?.[0]?.number, log?.at(-1)?.number]).toEqual([6, keptLogLines + 5]);
  });

  test('keeps the last signal of a reader, and tells two alike apart', () => {
    const signal = (reader: Reader, isGranted: boolean): StreetMessage => ({
      type: 'signal',
      serial: front.serial,
      reader,
      isGranted,
    });
    const once = after(overview, signal('card_reader', true), signal('keypad', false));
    expect(once?.doors[0]?.signal).toEqual({ reader: 'keypad', isGranted: false });
    const twice = nextStreet(once, signal('keypad', false));
    expect(twice?.doors[0]?.signal).toEqual(once?.doors[0]?.signal);
    expect(twice?.doors[0]?.signal).not.toBe(once?.doors[0]?.signal);
  });

  test('shows no old signal again after a new overview', () => {
    const signal: StreetMessage = { type: 'signal', serial: front.serial, reader: 'keypad', isGranted: true };
    expect(after(overview, signal, overview)?.doors[0]?.signal).toBeUndefined();
  });

  test('counts how often a door has rattled', () => {
    const rattled: StreetMessage = { type: 'rattled', serial: front.serial };
    expect(after(overview, rattled, rattled)?.doors[0]?.rattles).toBe(2);
  });
});

import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { Reader } from '@claviger/domain';
import type { VirtualOutput } from '@claviger/protocol';
import { createDriverLink } from '../../apps/simulator/src/box/driver-link.ts';
import type { Presentation } from './audit/audit.ts';
import { saboteurImport } from './moments.ts';
import { keepUp, type SteadyProgram } from './steady-program.ts';

const program = join(import.meta.dirname, '../../apps/edge/src/main.ts');

/** Nobody stands at a reader for longer; a door that lives answers in a twentieth of a second. */
const answerLimitMs = 20_000;

export interface DoorPlace {
  readonly serial: string;
  readonly pairingCode: string;
  readonly folder: string;
  readonly enrolUrl: string;
  readonly brokerUrl: string;
  readonly authorityFile: string;
}

/** A real door agent with a hand at its readers and an eye on its bolt. */
export interface ChaosDoor {
  readonly serial: string;
  readonly folder: string;
  readonly presentations: readonly Presentation[];
  /** When the relay unlocked, epoch milliseconds. */
  readonly pulses: readonly number[];
  readonly program: SteadyProgram;
  readonly orderFile: string;
  readonly isUp: () => boolean;
  /** Shows something and waits for yes, no, or the end of the agent. */
  present(shown: { readonly reader: Reader; readonly text: string; readonly key: string }): Promise<void>;
  /** So many events of its log are not confirmed by the server. */
  readonly unconfirmed: () => number;
  /** Starts the agent anew with another broker. */
  stop(): Promise<void>;
}

function writeFactory({ folder, serial, pairingCode }: DoorPlace): string {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const file = join(folder, 'factory.json');
  writeFileSync(file, JSON.stringify({ serial, pairingCode, model: 'virtual-door' }));
  return file;
}

function commandOf(place: DoorPlace, orderFile: string, socket: string): string[] {
  const options = {
    ...{ data: place.folder, factory: writeFactory(place), 'enrol-url': place.enrolUrl },
    ...{ 'broker-url': place.brokerUrl, ca: place.authorityFile, driver: 'virtual', 'driver-socket': socket },
  };
  const words = Object.entries(options).flatMap(([name, value]) => [`--${name}`, value]);
  return [saboteurImport(orderFile), program, ...words];
}

function countEvents(folder: string): number {
  const database = new DatabaseSync(join(folder, 'agent-1.sqlite'), { readOnly: true });
  try {
    return (database.prepare('select count(*) as count from events').get() as { count: number }).count;
  } finally {
    database.close();
  }
}

/** What the door has been shown and has done, over all its starts. */
export interface DoorHistory {
  readonly presentations: Presentation[];
  readonly pulses: number[];
}

/** Starts the agent of a door, and again whenever it is killed. */
export function openDoor(place: DoorPlace, { presentations, pulses }: DoorHistory): ChaosDoor {
  const orderFile = join(place.folder, 'chaos-order');
  const socket = join(place.folder, 'driver.sock');
  let isUp = false;
  let waiting: ((outcome: Presentation['outcome']) => void) | undefined;
  const answer = (outcome: Presentation['outcome']): void => {
    waiting?.(outcome);
    waiting = undefined;
  };
  const hear = (output: VirtualOutput): void => {
    // Before that the readers are dark: a driver listens earlier than its agent.
    if (output.type === 'log' && output.text.startsWith('running as device')) isUp = true;
    if (output.type === 'signal') answer(output.isGranted ? 'granted' : 'denied');
    if (output.type === 'relay' && output.isUnlocked) pulses.push(Date.now());
  };
  const link = createDriverLink(socket, {
    onUp: () => {
      link.send({ type: 'inputs', isOpen: false, isTampered: false });
    },
    onDown: () => {
      isUp = false;
      answer('unknown');
    },
    onOutput: hear,
    onNonsense: (what) => {
      throw new Error(what);
    },
  });
  const running = keepUp(
    process.execPath,
    commandOf(place, orderFile, socket),
    join(place.folder, 'agent.log'),
  );
  link.open();
  return {
    ...{ serial: place.serial, folder: place.folder, presentations, pulses, program: running, orderFile },
    isUp: () => isUp,
    present: async ({ reader, text, key }) => {
      const { promise, resolve, reject } = Promise.withResolvers<Presentation['outcome']>();
      const timer = setTimeout(() => {
        reject(new Error(`door ${place.serial} does not answer`));
      }, answerLimitMs);
      const presentation: Presentation = { key, at: Date.now(), outcome: 'unknown' };
      presentations.push(presentation);
      waiting = resolve;
      link.send({ type: 'shown', reader, text });
      presentation.outcome = await promise.finally(() => {
        clearTimeout(timer);
      });
    },
    unconfirmed: () => countEvents(place.folder),
    stop: async () => {
      link.close();
      await running.stop();
    },
  };
}

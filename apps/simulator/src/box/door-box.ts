import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import type { Reader } from '@claviger/domain';
import type { VirtualInput, VirtualOutput } from '@claviger/protocol';
import { z } from 'zod';
import type { AgentState, LogLine, NetworkMode } from '../contract.ts';
import { makePrivateFolder, writePrivateFile } from '../street/private-file.ts';
import type { StreetDoor } from '../street/street-file.ts';
import { createAgentProcess } from './agent-process.ts';
import { createDriverLink } from './driver-link.ts';
import { openProxy, type Proxy } from './proxy.ts';

/** What all door boxes of a street have around them. */
export interface Surroundings {
  /** The door agent program, the file of the installation's authority: absolute paths. */
  readonly program: string;
  readonly caFile: string;
  readonly enrolUrl: URL;
  readonly brokerUrl: URL;
}

export interface BoxPlace {
  readonly record: StreetDoor;
  readonly folder: string;
  readonly socketPath: string;
  readonly surroundings: Surroundings;
}

export interface BoxListener {
  /** The agent can hear its inputs now and has to be told how they are. */
  onListening(): void;
  onRelay(isUnlocked: boolean): void;
  /** A reader says yes or no. */
  onSignal(reader: Reader, isGranted: boolean): void;
  onLine(line: Omit<LogLine, 'number'>): void;
  /** Power, network or program are not as they were. */
  onChange(): void;
}

/** The box at a door: its mains, its network cable, and the real door agent program in it. */
export interface DoorBox {
  status(): BoxStatus;
  setPower(isOn: boolean): void;
  setNetwork(mode: NetworkMode): void;
  /** Tells the hardware driver; without power this goes nowhere. */
  send(input: VirtualInput): void;
  end(): Promise<void>;
}

export interface BoxStatus {
  readonly isPowerOn: boolean;
  readonly network: NetworkMode;
  readonly agent: AgentState;
}

const diaryLine = z.object({ level: z.string(), text: z.string() });

/** The network cables of one box: to where it enrols, and to the broker. */
export interface Cables {
  readonly enrolment: Proxy;
  readonly broker: Proxy;
}

const portOfProtocol: Partial<Record<string, number>> = { 'https:': 443, 'mqtts:': 8883 };

function openCable(url: URL): Promise<Proxy> {
  const port = url.port === '' ? portOfProtocol[url.protocol] : Number(url.port);
  if (port === undefined) throw new Error(`${url.href} names no port`);
  return openProxy({ host: url.hostname.replace(/^\[|\]$/g, ''), port });
}

/** Lays the cables of one box, connected. */
export async function layCables({ enrolUrl, brokerUrl }: Surroundings): Promise<Cables> {
  return { enrolment: await openCable(enrolUrl), broker: await openCable(brokerUrl) };
}

/** The same address, reached through the cable. */
function addressThrough(url: URL, cable: Proxy): string {
  const path = url.pathname === '/' ? '' : url.pathname;
  return `${url.protocol}//127.0.0.1:${cable.port}${path}`;
}

/** Another text there after each power cut: the clocks of a virtual machine begin anew as well. */
function bootIdFileIn(folder: string): string {
  return join(folder, 'boot-id');
}

/** Writes what the maker puts into a box, and answers with the command line of its program. */
function furnish(place: BoxPlace, cables: Cables): string[] {
  const { folder, surroundings } = place;
  const { serial, pairingCode, model } = place.record;
  const factory = join(folder, 'factory.json');
  makePrivateFolder(folder);
  writePrivateFile(factory, `${JSON.stringify({ serial, pairingCode, model })}\n`);
  const options = {
    data: folder,
    factory,
    'enrol-url': addressThrough(surroundings.enrolUrl, cables.enrolment),
    'broker-url': addressThrough(surroundings.brokerUrl, cables.broker),
    ca: surroundings.caFile,
    driver: 'virtual',
    'driver-socket': place.socketPath,
    'boot-id': bootIdFileIn(folder),
  };
  return [surroundings.program, ...Object.entries(options).flatMap(([name, value]) => [`--${name}`, value])];
}

/**
 * The agent writes its diary to the driver and, as JSON, to its standard error: there only the rest is news.
 */
function isDiaryLine(line: string): boolean {
  try {
    return diaryLine.safeParse(JSON.parse(line)).success;
  } catch {
    return false;
  }
}

function hear(output: VirtualOutput, listener: BoxListener): void {
  switch (output.type) {
    case 'relay':
      listener.onRelay(output.isUnlocked);
      return;
    case 'signal':
      listener.onSignal(output.reader, output.isGranted);
      return;
    case 'log':
      listener.onLine({ at: output.at, level: output.level, text: output.text });
      return;
  }
}

interface Wiring {
  readonly command: readonly string[];
  readonly socketPath: string;
  readonly listener: BoxListener;
}

/** Program and driver of a box: the driver is looked for as long as the program runs. */
function wireProgram({ command, socketPath, listener }: Wiring) {
  let agent: AgentState = { state: 'off' };
  const become = (next: AgentState): void => {
    agent = next;
    listener.onChange();
  };
  const note = (level: LogLine['level'], text: string): void => {
    listener.onLine({ at: Date.now(), level, text });
  };
  const link = createDriverLink(socketPath, {
    onUp: () => {
      become({ state: 'running', sinceAt: Date.now() });
      listener.onListening();
    },
    // A relay that nobody drives falls back.
    onDown: () => {
      become({ state: 'starting' });
      listener.onRelay(false);
    },
    onOutput: (output) => {
      hear(output, listener);
    },
    onNonsense: (what) => {
      note('warn', what);
    },
  });
  const program = createAgentProcess(command, {
    onStarted: () => {
      become({ state: 'starting' });
      link.open();
    },
    onEnded: (how, restartsAt) => {
      link.close();
      if (restartsAt === undefined) {
        become({ state: 'off' });
        return;
      }
      become({ state: 'ended', how, restartsAt });
      note('error', `The program ended by itself: ${how}`);
    },
    onErrorLine: (line) => {
      if (!isDiaryLine(line)) note('error', line);
    },
  });
  return { program, link, agent: () => agent };
}

/** A box furnished for its door, still without power; its end takes the cables with it. */
export function createDoorBox(place: BoxPlace, cables: Cables, listener: BoxListener): DoorBox {
  const command = furnish(place, cables);
  const { program, link, agent } = wireProgram({ command, socketPath: place.socketPath, listener });
  let isPowerOn = false;
  let network: NetworkMode = 'on';

  return {
    status: () => ({ isPowerOn, network, agent: agent() }),
    setPower: (isOn) => {
      if (isOn && !isPowerOn) writePrivateFile(bootIdFileIn(place.folder), randomUUID());
      isPowerOn = isOn;
      if (isOn) program.switchOn();
      else program.switchOff();
      listener.onChange();
    },
    setNetwork: (mode) => {
      network = mode;
      cables.enrolment.setMode(mode);
      cables.broker.setMode(mode);
      listener.onChange();
    },
    send: (input) => {
      link.send(input);
    },
    end: async () => {
      await program.end();
      await Promise.all([cables.enrolment.close(), cables.broker.close()]);
    },
  };
}

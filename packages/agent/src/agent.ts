import type { DoorInput } from '@claviger/domain';
import { uuidBytes, type DownChannel, type HelloMessage } from '@claviger/protocol';
import { createCommandDesk } from './command-desk.ts';
import { createCore, type AgentIdentity, type Core } from './core.ts';
import { createDoorRunner, type DoorRunner } from './door-runner.ts';
import type { Ports } from './ports.ts';
import { createRefusalLog } from './refusal-log.ts';
import { createUplink, type Uplink } from './uplink.ts';

/** What the hardware can tell of a lock. */
export type HardwareInput = Exclude<DoorInput, { type: 'unlock' | 'tick' }>;

/**
 * The mind of a door box. Its owner calls it for whatever happens and again at `nextWakeAt`; it never
 * waits.
 */
export interface Agent {
  linkUp(): void;
  linkDown(): void;
  receive(channel: DownChannel, message: Uint8Array): void;
  /** Something happened at a lock: its contact, its exit button, its tamper switch. */
  input(lock: number, input: HardwareInput): void;
  wake(): void;
  /** When to call `wake` at the latest, as a reading of `mono`; undefined for not at all. */
  nextWakeAt(): number | undefined;
}

function statesOf(doors: ReadonlyMap<number, DoorRunner>): HelloMessage['doors'] {
  return [...doors].map(([lock, door]) => ({ lock, ...door.state() }));
}

function startDoors(core: Core, doors: Map<number, DoorRunner>, uplink: Uplink): void {
  for (const lock of core.identity.locks) {
    const runner = createDoorRunner(lock, core, (stage, openings) => {
      for (const opening of openings) uplink.acknowledge(uuidBytes(opening), stage);
    });
    doors.set(lock.number, runner);
  }
}

function tickDoors(doors: ReadonlyMap<number, DoorRunner>, now: number): void {
  for (const door of doors.values()) if ((door.nextTickAt() ?? Infinity) <= now) door.input({ type: 'tick' });
}

function earliest(times: readonly (number | undefined)[]): number | undefined {
  const known = times.filter((at) => at !== undefined);
  return known.length > 0 ? Math.min(...known) : undefined;
}

/**
 * Starts the agent: reads its memory, counts the boot, moves no relay. Throws if the store does not answer.
 */
export function createAgent(identity: AgentIdentity, ports: Ports): Agent {
  const core = createCore(identity, ports);
  const doors = new Map<number, DoorRunner>();
  const uplink = createUplink(core, () => statesOf(doors));
  startDoors(core, doors, uplink);
  const ofTheBox = { lock: core.firstLock };
  const refusals = createRefusalLog(core.mono, (detail) =>
    core.keep([{ ...ofTheBox, type: 'message_refused', detail }]),
  );
  const desk = createCommandDesk({
    core,
    locks: new Set(doors.keys()),
    unlock: (lock, opening) => doors.get(lock)?.input({ type: 'unlock', opening }),
    acknowledge: uplink.acknowledge,
    noteRefusal: refusals.add,
  });

  /** Does the work, then tells the server what changed by it. */
  const act = (work: () => void): void => {
    const before = JSON.stringify(statesOf(doors));
    work();
    if (JSON.stringify(statesOf(doors)) !== before) uplink.hello();
    uplink.flush();
  };
  act(() => core.keep([{ ...ofTheBox, type: 'device_started', detail: identity.agentVersion }]));

  return {
    linkUp: () => {
      act(() => {
        uplink.linkUp();
        core.keep([{ ...ofTheBox, type: 'link_restored' }]);
      });
    },
    linkDown: () => {
      uplink.linkDown();
      core.keep([{ ...ofTheBox, type: 'link_lost' }]);
    },
    receive: (channel, message) => {
      act(() => {
        if (channel === 'command') desk.receive(message);
        else if (!uplink.receive(message)) refusals.add('sync message');
      });
    },
    input: (lock, input) => {
      act(() => doors.get(lock)?.input(input));
    },
    wake: () => {
      act(() => {
        tickDoors(doors, core.mono());
        uplink.tick();
        refusals.tick();
      });
    },
    nextWakeAt: () => {
      const ofDoors = [...doors.values()].map((door) => door.nextTickAt());
      return earliest([uplink.nextTickAt(), refusals.nextTickAt(), ...ofDoors]);
    },
  };
}

import {
  createAgent,
  type Agent,
  type AgentIdentity,
  type Crypto,
  type DoorKeys,
  type Ports,
} from '@claviger/agent';
import type { DoorSettings } from '@claviger/domain';
import type { UpChannel } from '@claviger/protocol';
import type { VirtualClock } from './clock.ts';
import { seededCrypto, seededKey } from './crypto.ts';
import { createVirtualDisk, type VirtualDisk } from './disk.ts';
import { createVirtualHardware, type VirtualHardware } from './hardware.ts';

export const doorSettings: DoorSettings = {
  unlockForMs: 5_000,
  heldOpenAfterMs: 30_000,
  exitShuntMs: 10_000,
};

/** The secrets of a virtual box that no server gave any. */
export const doorKeys: DoorKeys = {
  pepper: new Uint8Array(32).fill(1),
  pinSalt: new Uint8Array(16).fill(2),
  qrSecret: new Uint8Array(32).fill(3),
};

export interface BoxOptions {
  /** The same seed makes the same keys and the same chance. */
  readonly seed: string;
  readonly deviceId: string;
  readonly ownershipEpoch: number;
  readonly serverKeys: readonly Uint8Array[];
  readonly clock: VirtualClock;
  readonly publish: (channel: UpChannel, message: Uint8Array) => void;
  readonly secrets?: DoorKeys | undefined;
  readonly journalCapacity?: number | undefined;
  readonly listSliceBytes?: number | undefined;
  /** Left out: an empty one. */
  readonly disk?: VirtualDisk | undefined;
  /** The numbers of its locks; left out: one lock. */
  readonly locks?: readonly number[] | undefined;
  /** Its public key and its cryptography at each boot; left out: those that the seed makes. */
  readonly identityKey?: Uint8Array | undefined;
  readonly cryptoAt?: ((boot: number) => Crypto) | undefined;
  /** What stands between the agent and its ports, at each boot; left out: nothing. */
  readonly between?: ((ports: Ports) => Ports) | undefined;
}

/** A door box: the real agent on a virtual disk, relay and clock. */
export interface VirtualBox {
  readonly agent: Agent;
  readonly disk: VirtualDisk;
  readonly hardware: VirtualHardware;
  readonly diary: readonly string[];
  /** The power fails and comes back: the same disk, or an older image of it, with a new agent. */
  reboot(image?: VirtualDisk): void;
  /** The program ends and starts again, while the hardware goes on with what it was last told. */
  restart(): void;
}

function identityOf(options: BoxOptions): AgentIdentity {
  return {
    deviceId: options.deviceId,
    ownershipEpoch: options.ownershipEpoch,
    identityKey: options.identityKey ?? seededKey(options.seed).publicKey,
    serverKeys: options.serverKeys,
    agentVersion: 'virtual',
    secrets: options.secrets ?? doorKeys,
    locks: (options.locks ?? [1]).map((number) => ({ number, settings: doorSettings })),
    journalCapacity: options.journalCapacity,
    listSliceBytes: options.listSliceBytes,
  };
}

export function createVirtualBox(options: BoxOptions): VirtualBox {
  const { clock, seed, publish, between = (ports: Ports) => ports } = options;
  const { cryptoAt = (boot: number) => seededCrypto(seededKey(seed), `${seed} ${boot}`) } = options;
  const hardware = createVirtualHardware(clock.mono);
  const diary: string[] = [];
  let disk = options.disk ?? createVirtualDisk();
  let boots = 0;
  const boot = (): Agent => {
    boots += 1;
    const ports: Ports = {
      clock,
      hardware,
      store: disk,
      crypto: cryptoAt(boots),
      link: { publish },
      diary: { note: (level, text) => void diary.push(`${level} ${text}`) },
    };
    return createAgent(identityOf(options), between(ports));
  };
  let agent = boot();
  return {
    hardware,
    diary,
    get agent() {
      return agent;
    },
    get disk() {
      return disk;
    },
    reboot: (image) => {
      disk = image ?? disk;
      hardware.fallBack();
      agent = boot();
    },
    restart: () => {
      agent = boot();
    },
  };
}

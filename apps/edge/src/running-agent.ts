import { X509Certificate } from 'node:crypto';
import { join } from 'node:path';
import { createAgent, type Agent, type Diary, type DoorKeys } from '@claviger/agent';
import type { EdgeConfig } from './config.ts';
import { nodeCrypto } from './crypto-node.ts';
import { agentVersion, type OwnedBox } from './enrolment.ts';
import type { HardwareDriver } from './hardware/driver.ts';
import type { BoxIdentity } from './identity.ts';
import { openLink } from './link-mqtt.ts';
import { openStore } from './store-sqlite.ts';

/** After a request to exit the door may be opened for this long without an alarm. */
const exitShuntMs = 10_000;

export interface RunningParts {
  readonly config: EdgeConfig;
  readonly identity: BoxIdentity;
  readonly owned: OwnedBox;
  readonly driver: HardwareDriver;
  readonly diary: Diary;
  /** Called when the agent met what it cannot go on with: the process ends and is started anew. */
  readonly onFault: (error: unknown) => void;
}

export interface RunningAgent {
  close(): Promise<void>;
}

/** Whether the certificate is in the last third of its life or past it, or the secrets are missing. */
export function isRenewalDue(owned: OwnedBox, now: number): boolean {
  if (!owned.secrets) return true;
  const { validFromDate, validToDate } = new X509Certificate(owned.certificate);
  const life = validToDate.getTime() - validFromDate.getTime();
  return now > validFromDate.getTime() + (life * 2) / 3;
}

function bytesOf(text: string): Uint8Array {
  return Uint8Array.from(Buffer.from(text, 'base64url'));
}

function secretsOf({ secrets }: OwnedBox): DoorKeys | undefined {
  if (!secrets) return undefined;
  const { pepper, pinSalt, qrSecret } = secrets;
  return { pepper: bytesOf(pepper), pinSalt: bytesOf(pinSalt), qrSecret: bytesOf(qrSecret) };
}

function identityOf({ owned, identity }: RunningParts): Parameters<typeof createAgent>[0] {
  return {
    deviceId: owned.deviceId,
    ownershipEpoch: owned.ownershipEpoch,
    identityKey: identity.identityKey,
    serverKeys: owned.serverKeys.map(bytesOf),
    agentVersion,
    secrets: secretsOf(owned),
    locks: owned.locks.map(({ number, unlockForMs, heldOpenAfterMs }) => ({
      number,
      settings: { unlockForMs, heldOpenAfterMs, exitShuntMs },
    })),
  };
}

/** Calls the agent and sets the one timer to when it wants to be called again. */
function createPump(mono: () => number, onFault: (error: unknown) => void) {
  let agent: Agent | undefined;
  let timer: NodeJS.Timeout | undefined;
  const call = (work: (agent: Agent) => void): void => {
    if (!agent) return;
    try {
      work(agent);
    } catch (error) {
      onFault(error);
      return;
    }
    clearTimeout(timer);
    const dueAt = agent.nextWakeAt();
    if (dueAt === undefined) return;
    timer = setTimeout(
      () => {
        call((awake) => {
          awake.wake();
        });
      },
      Math.max(0, Math.ceil(dueAt - mono())),
    );
  };
  return {
    call,
    start: (started: Agent) => {
      agent = started;
    },
    stop: () => {
      agent = undefined;
      clearTimeout(timer);
    },
  };
}

/** Runs the agent of a claimed box on the real clock, disk, network and hardware. */
export function runAgent(parts: RunningParts): RunningAgent {
  const { config, identity, owned, driver, diary } = parts;
  const clock = { mono: () => performance.now(), wall: () => Date.now() };
  const store = openStore(join(config.dataFolder, `agent-${owned.ownershipEpoch}.sqlite`));
  const pump = createPump(clock.mono, parts.onFault);
  const link = openLink({
    owned,
    brokerUrl: config.brokerUrl ?? owned.brokerUrl,
    authority: config.authority,
    privateKey: identity.tlsPrivateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    onUp: () => {
      diary.note('info', 'connected');
      pump.call((agent) => {
        agent.linkUp();
      });
    },
    onDown: () => {
      diary.note('warn', 'not connected; deciding alone');
      pump.call((agent) => {
        agent.linkDown();
      });
    },
    onMessage: (channel, message) => {
      pump.call((agent) => {
        agent.receive(channel, message);
      });
    },
    note: diary.note,
  });
  const ports = { clock, crypto: nodeCrypto(identity), hardware: driver, link, store, diary };
  pump.start(createAgent(identityOf(parts), ports));
  driver.listen(
    (lock, input) => {
      pump.call((agent) => {
        agent.input(lock, input);
      });
    },
    (lock, shown) => {
      pump.call((agent) => {
        agent.present(lock, shown);
      });
    },
  );
  return {
    close: async () => {
      pump.stop();
      await link.close();
      store.close();
    },
  };
}

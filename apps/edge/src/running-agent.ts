import { X509Certificate } from 'node:crypto';
import { join } from 'node:path';
import { createAgent, type Agent, type Diary, type DoorKeys, type Link } from '@claviger/agent';
import type { EdgeConfig } from './config.ts';
import { nodeClock } from './clock-node.ts';
import { nodeCrypto } from './crypto-node.ts';
import { agentVersion, type OwnedBox } from './enrolment.ts';
import type { HardwareDriver } from './hardware/driver.ts';
import type { BoxIdentity } from './identity.ts';
import { openLink } from './link-mqtt.ts';
import { openStore } from './store/store-sqlite.ts';

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
  /** Connects with the certificate of this ownership from now on; the agent goes on meanwhile. */
  reconnect(owned: OwnedBox): Promise<void>;
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
    /** From here on the agent is called, also if nothing comes from outside: an open door may be held. */
    start: (started: Agent) => {
      agent = started;
      call(() => undefined);
    },
    stop: () => {
      agent = undefined;
      clearTimeout(timer);
    },
  };
}

type Pump = ReturnType<typeof createPump>;

function openLinkOf({ config, identity, diary }: RunningParts, owned: OwnedBox, pump: Pump) {
  return openLink({
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
}

/** Runs the agent of a claimed box on the real clock, disk, network and hardware. */
export function runAgent(parts: RunningParts): RunningAgent {
  const { config, identity, owned, driver, diary } = parts;
  const clock = nodeClock(config.batteryClock, config.bootId === undefined ? {} : { bootId: config.bootId });
  const store = openStore(join(config.dataFolder, `agent-${owned.ownershipEpoch}.sqlite`), () => {
    diary.note('error', 'the file of the memory is damaged; it is made anew of what can be read of it');
  });
  const pump = createPump(clock.mono, parts.onFault);
  let link = openLinkOf(parts, owned, pump);
  const publish: Link['publish'] = (channel, message) => {
    link.publish(channel, message);
  };
  const ports = { clock, crypto: nodeCrypto(identity), hardware: driver, link: { publish }, store, diary };
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
    reconnect: async (renewed) => {
      await link.close();
      link = openLinkOf(parts, renewed, pump);
    },
    close: async () => {
      pump.call((agent) => {
        agent.end();
      });
      pump.stop();
      await link.close();
      store.close();
    },
  };
}

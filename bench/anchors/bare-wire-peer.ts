/**
 * One end of the bare wire, as a process of its own: `server` runs a broker of our code and times messages
 * to the device and back, `device` sends back what it gets. What it needs comes over the channel.
 */
import { once } from 'node:events';
import { connectAsync, type IClientOptions, type MqttClient } from 'mqtt';
import { serverFilters, serverPeerName, topicOf } from '@claviger/protocol';
import { theDevice } from '@claviger/sim';
import { startBroker } from '../../apps/server/src/platform/messaging/index.ts';
import type { KeyAndCertificate } from '../../apps/server/src/platform/pki/index.ts';

export interface WirePlan {
  readonly authority: string;
  /** Who this end is at the broker. */
  readonly own: KeyAndCertificate;
  /** Of the server's end: what its broker shows. */
  readonly broker?: KeyAndCertificate;
  /** Of the device's end: where the broker listens. */
  readonly port?: number;
}

/** As long as a command of ours. */
const messageBytes = 256;

function open({ own, authority }: WirePlan, port: number, clientId: string): Promise<MqttClient> {
  const options: IClientOptions = {
    ...{ protocolVersion: 4, clientId, clean: true, ca: authority, cert: own.certificate, key: own.key },
  };
  return connectAsync(`mqtts://localhost:${port}`, options);
}

function tell(message: object): void {
  process.send?.(message);
}

async function beDevice(plan: WirePlan): Promise<void> {
  const client = await open(plan, plan.port ?? 0, theDevice);
  await client.subscribeAsync(topicOf(theDevice, 'command'), { qos: 1 });
  client.on('message', (_topic, payload) => {
    client.publish(topicOf(theDevice, 'ack'), payload, { qos: 0 });
  });
  tell({ ready: true });
}

async function beServer(plan: WirePlan): Promise<void> {
  if (!plan.broker) throw new Error('a broker without a certificate');
  const broker = await startBroker({
    ...{ host: '127.0.0.1', port: 0, identity: plan.broker, authority: plan.authority },
    ...{ clock: { now: () => Date.now() }, onRefused: (peer, cause) => console.error(peer, cause) },
  });
  const client = await open(plan, broker.port, serverPeerName(1));
  await client.subscribeAsync([...serverFilters], { qos: 1 });
  const call = async (): Promise<number> => {
    const answered = Promise.withResolvers<undefined>();
    client.once('message', () => {
      answered.resolve(undefined);
    });
    const before = performance.now();
    client.publish(topicOf(theDevice, 'command'), Buffer.alloc(messageBytes), { qos: 1 });
    await answered.promise;
    return performance.now() - before;
  };
  process.on('message', ({ calls }: { calls?: number }) => {
    if (calls === undefined) return;
    const all = async (): Promise<number[]> => {
      const times: number[] = [];
      for (let made = 0; made < calls; made += 1) times.push(await call());
      return times;
    };
    void all().then((times) => {
      tell({ times });
    });
  });
  tell({ ready: true, port: broker.port });
}

const [plan] = (await once(process, 'message')) as [WirePlan];
await (process.argv[2] === 'server' ? beServer(plan) : beDevice(plan));
process.once('disconnect', () => process.exit());

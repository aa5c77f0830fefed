import { expect, it, onTestFinished } from 'vitest';
import { listenTls, selfSigned } from '../test/tls-listener.ts';
import { openLink } from './link-mqtt.ts';

/** Connects as a claimed device; gives the first thing that it notes, and whether it was ever up. */
async function connectTo(port: number, authority: string) {
  const { key, certificate } = await selfSigned();
  const noted = Promise.withResolvers<string>();
  let isUp = false;
  const link = openLink({
    owned: {
      deviceId: '00000000-0000-4000-8000-000000000001',
      ownershipEpoch: 1,
      certificate,
      brokerUrl: '',
      serverKeys: [],
      serverAt: 1,
      locks: [],
    },
    brokerUrl: `mqtts://127.0.0.1:${port}`,
    authority,
    privateKey: key,
    onUp: () => {
      isUp = true;
    },
    onDown: () => undefined,
    onMessage: () => undefined,
    note: (_level, text) => {
      noted.resolve(text);
    },
  });
  onTestFinished(() => link.close());
  return { note: await noted.promise, isUp };
}

it('the link refuses a broker that has TLS 1.2 at most', async () => {
  const listener = await listenTls('TLSv1.2');

  expect(await connectTo(listener.port, listener.authority)).toEqual({
    note: expect.stringMatching(/protocol version/) as string,
    isUp: false,
  });
  expect(listener.agreed()).toBe(0);
});

it('the link refuses a broker of another authority', async () => {
  const listener = await listenTls('TLSv1.3');
  const other = await selfSigned();

  expect(await connectTo(listener.port, other.certificate)).toEqual({
    note: expect.stringMatching(/self-signed certificate/) as string,
    isUp: false,
  });
});

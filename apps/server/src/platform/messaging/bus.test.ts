import { once } from 'node:events';
import { createServer } from 'node:tls';
import { serverPeerName } from '@claviger/protocol';
import { expect, it, onTestFinished } from 'vitest';
import { createAuthority, issueClientCertificate, issueServerCertificate } from '../pki/index.ts';
import { openBus } from './index.ts';

const now = Date.now();

/** Listens as a broker of one authority, and lets the server of another or the same connect. */
async function connect(options: { readonly isTls12?: boolean; readonly isForeign?: boolean }) {
  const authority = await createAuthority('bus', now);
  const brokers = options.isForeign === true ? await createAuthority('other', now) : authority;
  const { key, certificate } = await issueServerCertificate(brokers, ['127.0.0.1'], now);
  let agreed = 0;
  const listener = createServer(
    { key, cert: certificate, ...(options.isTls12 === true && { maxVersion: 'TLSv1.2' }) },
    (socket) => {
      agreed += 1;
      socket.on('error', () => socket.destroy()).resume();
    },
  ).listen(0, '127.0.0.1');
  await once(listener, 'listening');
  onTestFinished(() => void listener.close());
  const address = listener.address();
  if (address === null || typeof address === 'string') throw new Error('a TLS server has a port');
  const noted = Promise.withResolvers<string>();
  const bus = openBus({
    brokerUrl: `mqtts://127.0.0.1:${address.port}`,
    authority: authority.certificate,
    identity: await issueClientCertificate(authority, serverPeerName(1), now),
    copy: 1,
    onNote: noted.resolve,
  });
  onTestFinished(() => bus.close());
  return { note: await noted.promise, isConnected: bus.isConnected(), agreed };
}

it('the bus refuses a broker that has TLS 1.2 at most', async () => {
  expect(await connect({ isTls12: true })).toEqual({
    note: expect.stringMatching(/protocol version/) as string,
    isConnected: false,
    agreed: 0,
  });
});

it('the bus refuses a broker of another authority', async () => {
  expect(await connect({ isForeign: true })).toMatchObject({
    note: expect.stringMatching(/certificate/) as string,
    isConnected: false,
  });
});

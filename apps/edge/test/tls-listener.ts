import 'reflect-metadata';
import { generateKeyPairSync } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type SecureVersion } from 'node:tls';
import {
  BasicConstraintsExtension,
  SubjectAlternativeNameExtension,
  X509CertificateGenerator,
} from '@peculiar/x509';
import { onTestFinished } from 'vitest';

const dayMs = 24 * 60 * 60_000;

/** A certificate that is its own authority, for 127.0.0.1, PEM. */
export async function selfSigned(): Promise<{ key: string; certificate: string }> {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const algorithm = { name: 'ECDSA', namedCurve: 'P-256' };
  const der = privateKey.export({ type: 'pkcs8', format: 'der' });
  const spki = publicKey.export({ type: 'spki', format: 'der' });
  const { subtle } = globalThis.crypto;
  const made = await X509CertificateGenerator.createSelfSigned({
    name: 'CN=listener',
    notBefore: new Date(Date.now() - dayMs),
    notAfter: new Date(Date.now() + dayMs),
    keys: {
      privateKey: await subtle.importKey('pkcs8', der, algorithm, false, ['sign']),
      publicKey: await subtle.importKey('spki', spki, algorithm, true, ['verify']),
    },
    signingAlgorithm: { ...algorithm, hash: 'SHA-256' },
    extensions: [
      new BasicConstraintsExtension(true),
      new SubjectAlternativeNameExtension([{ type: 'ip', value: '127.0.0.1' }]),
    ],
  });
  return {
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    certificate: made.toString('pem'),
  };
}

export interface TlsListener {
  readonly port: number;
  /** What the listener trusts itself by: whoever has this authority finds nothing wrong with it. */
  readonly authority: string;
  /** Connections on which encrypted words could be exchanged. */
  readonly agreed: () => number;
}

/** Listens until the test ends, speaks no newer TLS than this, and answers nothing. */
export async function listenTls(maxVersion: SecureVersion): Promise<TlsListener> {
  const { key, certificate } = await selfSigned();
  let agreed = 0;
  const server = createServer({ key, cert: certificate, maxVersion }, (socket) => {
    agreed += 1;
    socket.on('error', () => socket.destroy()).end();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('a TLS server has a port');
  return { port: address.port, authority: certificate, agreed: () => agreed };
}

import 'reflect-metadata';
import { createPrivateKey, createPublicKey, webcrypto, type KeyObject } from 'node:crypto';
import { Pkcs10CertificateRequestGenerator } from '@peculiar/x509';

const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const;

async function importForWebCrypto(privateKey: KeyObject): Promise<webcrypto.CryptoKeyPair> {
  const pkcs8 = privateKey.export({ type: 'pkcs8', format: 'der' });
  const spki = createPublicKey(createPrivateKey({ key: pkcs8, type: 'pkcs8', format: 'der' })).export({
    type: 'spki',
    format: 'der',
  });
  return {
    privateKey: await webcrypto.subtle.importKey('pkcs8', pkcs8, algorithm, false, ['sign']),
    publicKey: await webcrypto.subtle.importKey('spki', spki, algorithm, true, ['verify']),
  };
}

/**
 * A certificate request (PKCS #10, PEM) for the key; the name in it is decided by the server, not by the
 * box.
 */
export async function makeCertificateRequest(privateKey: KeyObject, serial: string): Promise<string> {
  const keys = await importForWebCrypto(privateKey);
  const request = await Pkcs10CertificateRequestGenerator.create({
    name: `CN=${serial}`,
    keys,
    signingAlgorithm: algorithm,
  });
  return request.toString('pem');
}

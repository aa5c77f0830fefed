import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AddressInfo } from 'node:net';
import { renewalBytes, type DoorSecrets, type RenewalRequest } from '@claviger/protocol';
import { seededCrypto, seededKey } from '@claviger/sim';
import { expect, it, onTestFinished } from 'vitest';
import { selfSigned } from '../test/tls-listener.ts';
import type { EdgeConfig } from './config.ts';
import { loadOwnership, renewCertificate, saveOwnership, type OwnedBox } from './enrolment.ts';
import { loadIdentity } from './identity.ts';
import { isRenewalDue } from './running-agent.ts';

const secrets: DoorSecrets = {
  pepper: Buffer.alloc(32, 1).toString('base64url'),
  pinSalt: Buffer.alloc(16, 2).toString('base64url'),
  qrSecret: Buffer.alloc(32, 3).toString('base64url'),
};

/** A box that was claimed before doors had secrets. */
function ownedBox(certificate: string): OwnedBox {
  return {
    deviceId: '0193a6c0-1111-7000-8000-000000000001',
    ownershipEpoch: 3,
    certificate,
    brokerUrl: 'mqtts://127.0.0.1:8883',
    serverKeys: [Buffer.alloc(32, 4).toString('base64url')],
    serverAt: 1_700_000_000_000,
    locks: [{ number: 1, unlockForMs: 5_000, heldOpenAfterMs: 30_000 }],
  };
}

/** A server of renewals: keeps what it was asked, and answers this. */
async function serveRenewals(answer: unknown) {
  const { key, certificate } = await selfSigned();
  const asked: RenewalRequest[] = [];
  const server = createServer({ key, cert: certificate }, (request, response) => {
    request.setEncoding('utf8');
    void request.toArray().then((parts) => {
      asked.push(JSON.parse(parts.join('')) as RenewalRequest);
      response.setHeader('content-type', 'application/json').end(JSON.stringify(answer));
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  const dataFolder = mkdtempSync(join(tmpdir(), 'claviger-box-'));
  onTestFinished(() => {
    rmSync(dataFolder, { recursive: true });
  });
  const config: EdgeConfig = {
    dataFolder,
    serial: 'CLV0TEST0001',
    pairingCode: 'not used',
    model: 'virtual',
    enrolUrl: new URL(`https://127.0.0.1:${(server.address() as AddressInfo).port}`),
    brokerUrl: undefined,
    authority: certificate,
    driverSocket: 'not used',
  };
  const identity = loadIdentity(dataFolder);
  const parts = { config, identity, note: () => undefined, signal: new AbortController().signal };
  return { asked, certificate, parts };
}

it('a box that was claimed before doors had secrets asks for them and keeps them', async () => {
  const { certificate: next } = await selfSigned();
  const { asked, certificate, parts } = await serveRenewals({ certificate: next, secrets });
  saveOwnership(parts.config, ownedBox(certificate));
  const loaded = loadOwnership(parts.config);
  expect(loaded?.secrets).toBeUndefined();
  expect(loaded && isRenewalDue(loaded, Date.now())).toBe(true);

  const renewed = await renewCertificate(ownedBox(certificate), parts);

  expect(renewed).toEqual({ ...ownedBox(next), secrets });
  expect(loadOwnership(parts.config)).toEqual(renewed);
  expect(isRenewalDue(renewed, Date.now())).toBe(false);
  const { signature, ...request } = asked[0] as RenewalRequest;
  const { verify } = seededCrypto(seededKey('any'), 'renewal');
  const signed = Uint8Array.from(Buffer.from(signature, 'base64url'));
  expect(verify(parts.identity.identityKey, renewalBytes(request), signed)).toBe(true);
});

it('an answer without secrets, or with one of another length, changes nothing', async () => {
  const { certificate } = await selfSigned();
  for (const answer of [{ certificate }, { certificate, secrets: { ...secrets, pepper: 'short' } }]) {
    const { parts } = await serveRenewals(answer);
    saveOwnership(parts.config, ownedBox(certificate));

    await expect(renewCertificate(ownedBox(certificate), parts)).rejects.toThrow();

    expect(loadOwnership(parts.config)).toEqual(ownedBox(certificate));
  }
});

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect, type PeerCertificate } from 'node:tls';
import { expect, it, onTestFinished } from 'vitest';
import { createManualClock } from '../../../test/manual-clock.ts';
import { createTestDatabase } from '../../../test/test-database.ts';
import { createTestHttp } from '../../../test/test-http.ts';
import { startBroker } from '../messaging/index.ts';
import { createAuthority, issueServerCertificate } from './index.ts';
import { issuedBy, keepRenewed, readFrom } from './renewal.ts';

const dayMs = 24 * 60 * 60_000;

/** An authority of eight months ago, and a clock that stands there. */
async function eightMonthsAgo() {
  const clock = createManualClock(Date.now() - 250 * dayMs);
  const authority = await createAuthority('test', clock.now());
  const issue = (now: number) => issueServerCertificate(authority, ['localhost', '127.0.0.1'], now);
  const told: string[] = [];
  const ports = {
    clock,
    onRenewed: () => void told.push('renewed'),
    onFault: (error: unknown) => void told.push(String(error)),
  };
  return { clock, authority, issue, told, ports };
}

/** The certificate that a listener shows whoever connects now. */
function shownBy(port: number, ca: string): Promise<PeerCertificate> {
  return new Promise((resolve, reject) => {
    const socket = connect({ port, host: '127.0.0.1', ca }, () => {
      resolve(socket.getPeerCertificate());
      socket.destroy();
    }).on('error', reject);
  });
}

it('is served by listeners that go on, in its last third and not before', async () => {
  const { clock, authority, issue, told, ports } = await eightMonthsAgo();
  const identity = await keepRenewed(issuedBy(issue), ports);
  const test = await createTestDatabase();
  const http = await createTestHttp(test, { entrance: 'devices', isEncrypted: true, tls: identity });
  await http.app.listen({ host: '127.0.0.1', port: 0 });
  const ca = authority.certificate;
  const onRefused = (): void => undefined;
  const broker = await startBroker({ host: '127.0.0.1', port: 0, identity, authority: ca, clock, onRefused });
  onTestFinished(async () => {
    await identity.stop();
    await Promise.all([http.app.close(), broker.close()]);
    await test.drop();
  });
  const address = http.app.server.address();
  const listening = [typeof address === 'object' ? (address?.port ?? 0) : 0, broker.port];
  const serials = async () =>
    (await Promise.all(listening.map((port) => shownBy(port, ca)))).map(({ serialNumber }) => serialNumber);
  const [first] = await serials();

  clock.advance(100 * dayMs);
  expect([await serials(), told]).toEqual([[first, first], []]);
  clock.advance(150 * dayMs);
  await expect.poll(() => told).toEqual(['renewed']);

  const [second, ofBroker] = await serials();
  expect(second).not.toBe(first);
  expect(ofBroker).toBe(second);
});

it('comes from its files when somebody replaced them; the old one stays while they do not fit', async () => {
  const { clock, issue, told, ports } = await eightMonthsAgo();
  const folder = mkdtempSync(join(tmpdir(), 'claviger-renewal-'));
  onTestFinished(() => {
    rmSync(folder, { recursive: true });
  });
  const files = { key: join(folder, 'key.pem'), certificate: join(folder, 'certificate.pem') };
  const [old, next] = [await issue(clock.now()), await issue(clock.now())];
  const put = (key: string, certificate: string): void => {
    writeFileSync(files.key, key);
    writeFileSync(files.certificate, certificate);
  };
  put(old.key, old.certificate);
  const identity = await keepRenewed(readFrom(files), ports);
  identity.follow(({ key }) => {
    if (key !== next.key) throw new Error('key and certificate do not fit');
  });

  put('half a file', next.certificate);
  clock.advance(60 * 60_000);
  await expect.poll(() => told).toEqual(['Error: key and certificate do not fit']);
  expect([identity.key, identity.certificate]).toEqual([old.key, old.certificate]);

  put(next.key, next.certificate);
  clock.advance(60 * 60_000);
  await expect.poll(() => told.at(-1)).toBe('renewed');
  expect([identity.key, identity.certificate]).toEqual([next.key, next.certificate]);
  await identity.stop();
});

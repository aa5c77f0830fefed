import { randomBytes, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openDoor, type ChaosDoor } from './door.ts';
import { openInstallation, until, untilOnline, type ClaimedDoor, type Installation } from './installation.ts';

/** Real processes, and a database made anew, on a machine that does other things too. */
const startLimitMs = 180_000;
/** Far above what it takes, and below the half minute after which the door says its next hello. */
const enforcedLimitMs = 25_000;
const port = 12_000 + (process.pid % 2_000) * 4;
const folder = mkdtempSync(join(tmpdir(), 'claviger-killed-'));
// As root, PostgreSQL's own user has to pass.
chmodSync(folder, 0o711);

let installation: Installation;
let claimed: ClaimedDoor;
let door: ChaosDoor;
beforeAll(async () => {
  const opened = await openInstallation(folder, { port, doorCount: 1 });
  const [only] = opened.doors;
  if (!only) throw new Error('one door was stocked');
  installation = opened.installation;
  claimed = only;
  const history = { presentations: [], pulses: [] };
  door = openDoor({ ...only.label, ...opened.addresses, folder: join(folder, 'door') }, history);
  await untilOnline(installation, 1);
}, startLimitMs);
afterAll(async () => {
  await door.stop();
  await installation.stop();
  rmSync(folder, { recursive: true });
}, startLimitMs);

async function outcomeOf(card: string): Promise<string | undefined> {
  await door.present({ reader: 'card_reader', text: card, key: card });
  return door.presentations.at(-1)?.outcome;
}

async function giveKey(card: string): Promise<string> {
  const { client, entityId } = installation;
  const span = { validFrom: '2026-01-01T00:00', validUntil: '2099-01-01T00:00' };
  const body = {
    lockId: claimed.lockId,
    name: card,
    card,
    withPicture: false,
    language: 'en' as const,
    ...span,
  };
  const { key } = await client.createGuestKey(entityId, body, randomUUID());
  const place = { entityId, keyId: key.id };
  // Before the door has confirmed it, the card of a stranger would pause the reader.
  const isEnforced = async () => (await client.getKey(place)).bindings[0]?.enforcement.state === 'enforced';
  await until('the Key', startLimitMs, isEnforced);
  expect(await outcomeOf(card)).toBe('granted');
  return key.id;
}

async function killServer(): Promise<void> {
  const server = installation.server();
  if (!server?.process.pid) throw new Error('no server');
  process.kill(server.process.pid, 'SIGKILL');
  await once(server.process, 'exit');
}

it(
  'a revocation that was answered is enforced at the door soon after the server was killed and is back',
  async () => {
    for (let time = 0; time < 3; time += 1) {
      const card = randomBytes(7).toString('hex');
      const keyId = await giveKey(card);
      await installation.client.deleteKey({ entityId: installation.entityId, keyId });
      await killServer();
      await until('the revocation', enforcedLimitMs, async () => (await outcomeOf(card)) === 'denied');
      await untilOnline(installation, 1);
    }
    expect(door.presentations.at(-1)?.outcome).toBe('denied');
  },
  startLimitMs * 2,
);

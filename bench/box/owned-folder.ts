/** The data folder of a claimed box whose lock has an access list: what a real program starts from. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pairingCodeFromValues, serialFromValues, type AccessList } from '@claviger/domain';
import { encodeAccessList, type Ownership } from '@claviger/protocol';
import { doorKeys, doorSettings, seededKey, theDevice } from '@claviger/sim';
import { makeCertificateRequest } from '../../apps/edge/src/certificate.ts';
import { loadIdentity } from '../../apps/edge/src/identity.ts';
import { openStore } from '../../apps/edge/src/store/store-sqlite.ts';
import { createAuthority, issueDeviceCertificate } from '../../apps/server/src/platform/pki/index.ts';
import { hashOf } from '../../packages/sim/src/crypto.ts';
import { checkedStore } from '../../packages/agent/src/memory/checked-store.ts';
import { keepList } from '../../packages/agent/src/lists/stored-list.ts';
import { isListBody } from '../../packages/agent/src/memory/memory.ts';

const label = {
  serial: serialFromValues(Array.from({ length: 11 }, (_, place) => place)),
  pairingCode: pairingCodeFromValues(Array.from({ length: 16 }, (_, place) => place)),
  model: 'virtual-door',
};

/** A folder that is gone when the work is done. */
export async function inFolder<Result>(work: (folder: string) => Promise<Result>): Promise<Result> {
  const folder = mkdtempSync(join(tmpdir(), 'claviger-bench-'));
  try {
    return await work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Where the agent of this folder keeps its memory. */
export function storeOf(folder: string): string {
  return join(folder, 'agent-1.sqlite');
}

/** Writes the lists of these locks as an agent does that has taken them. */
export function writeLists(folder: string, lists: ReadonlyMap<number, AccessList>): void {
  const store = openStore(storeOf(folder));
  for (const [lock, list] of lists) {
    const body = encodeAccessList(list);
    const { ownershipEpoch, incarnation, version } = list;
    const head = { ownershipEpoch, incarnation, version, hash: hashOf(body) };
    checkedStore(store, isListBody).transact((transaction) => {
      keepList(transaction, lock, { head, body });
    });
  }
  store.close();
}

/** A claimed box with this list; its broker is not there. Returns the arguments of its program. */
export async function writeOwnedBox(folder: string, list: AccessList): Promise<string[]> {
  const data = join(folder, 'data');
  mkdirSync(data, { recursive: true, mode: 0o700 });
  const authority = await createAuthority('bench', Date.now());
  const { tlsPrivateKey } = loadIdentity(data);
  const certificateRequest = await makeCertificateRequest(tlsPrivateKey, label.serial);
  const encoded = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64url');
  const { pepper, pinSalt, qrSecret } = doorKeys;
  const { unlockForMs, heldOpenAfterMs } = doorSettings;
  const owned: Ownership = {
    deviceId: theDevice,
    ownershipEpoch: 1,
    certificate: await issueDeviceCertificate(authority, { id: theDevice, certificateRequest }, Date.now()),
    brokerUrl: 'mqtts://127.0.0.1:9',
    serverKeys: [encoded(seededKey('server').publicKey)],
    serverAt: Date.now(),
    secrets: { pepper: encoded(pepper), pinSalt: encoded(pinSalt), qrSecret: encoded(qrSecret) },
    locks: [{ number: 1, unlockForMs, heldOpenAfterMs }],
  };
  const files = { factory: join(folder, 'factory.json'), ca: join(folder, 'authority.pem') };
  writeFileSync(join(data, 'ownership.json'), JSON.stringify(owned));
  writeFileSync(files.factory, JSON.stringify(label));
  writeFileSync(files.ca, authority.certificate);
  writeLists(data, new Map([[1, list]]));
  const options = {
    ...{ data, ...files, 'enrol-url': 'https://127.0.0.1:9', driver: 'virtual' },
    'driver-socket': join(folder, 'driver.sock'),
  };
  return Object.entries(options).flatMap(([name, value]) => [`--${name}`, value]);
}

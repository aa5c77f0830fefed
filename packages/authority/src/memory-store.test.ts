import { storeContract } from '@claviger/sim/store-contract';
import { describe } from 'vitest';
import { createMemoryStore, memoryDevice, type MemoryDevice } from './memory-store.ts';

const deviceId = '0193a6c0-1111-7000-8000-000000000001';
const lockId = '0193a6c0-2222-7000-8000-000000000002';

function ownedDevice(): MemoryDevice {
  const device = {
    entityId: '0193a6c0-4444-7000-8000-000000000004',
    ownershipEpoch: 1,
    identityKey: new Uint8Array(32),
    commandSequence: 0,
    bootNonce: undefined,
    bootNumber: 0,
    helloNumber: 0,
    isOnline: false,
    lastHeardAt: undefined,
    logEpoch: 1,
    toldLogEpoch: undefined,
    doubt: undefined,
  };
  return memoryDevice(device, [{ id: lockId, number: 1, status: 'active', openableAt: 0 }]);
}

describe('the store in memory', () => {
  storeContract(() => {
    const devices = new Map([[deviceId, ownedDevice()]]);
    const now = (): MemoryDevice => devices.get(deviceId) ?? ownedDevice();
    return Promise.resolve({
      store: createMemoryStore(devices),
      deviceId,
      lockId,
      userId: '0193a6c0-3333-7000-8000-000000000003',
      strangerId: '0193a6c0-9999-7000-8000-000000000009',
      newId: () => crypto.randomUUID(),
      addKey: () => {
        const keyId = crypto.randomUUID();
        const unused = { lockId, keyId, spent: 0, isUnsure: false, isLost: false };
        now().counters.set(`${lockId} ${keyId}`, unused);
        return Promise.resolve(keyId);
      },
      doors: () => Promise.resolve([...now().doors.values()]),
      stages: (id) => Promise.resolve(now().stages.get(id) ?? []),
      events: () => Promise.resolve(now().events),
      lastAttempt: () => {
        const { key, uses, list, path, isStatic, second } = now().events.at(-1) ?? {};
        return Promise.resolve({ key, uses, list, path, isStatic, second });
      },
      refusals: () => Promise.resolve(Object.fromEntries(now().refusals)),
      close: () => Promise.resolve(),
    });
  });
});

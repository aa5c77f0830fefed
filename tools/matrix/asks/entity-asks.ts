/** What the calls in an Entity are made with, where a true body and the plain identifiers are not enough. */
import { wallMinuteAt } from '../../../apps/server/test/guest-keys.ts';
import type { Ask } from './asked.ts';

const versionOf =
  (what: string): Ask =>
  ({ objects }) => ({ body: { version: objects.versions[what] ?? objects.versions['other'] } });

const userOf =
  (which: string): Ask =>
  ({ objects: { ids } }) => ({ params: { userId: ids[which] } });

/** Whoever is signed in has imports of their own; of the others the one that was planted. */
const ownImport: Ask = ({ actor, objects }) => ({
  params: { importId: objects.name === 'own' ? (actor.importId ?? objects.ids['importId']) : objects.ids['importId'] },
});

export const entityAsks: Readonly<Record<string, Ask>> = {
  addLock: ({ world: { stock } }) => ({ body: { serial: stock.serial, code: stock.pairingCode } }),
  updateLock: versionOf('lock'),
  claimLock: ({ objects: { ids } }) => ({ params: { lockId: ids['unclaimedLockId'] } }),
  createEntity: () => ({ body: { code: 'NEW_1' } }),
  updateEntity: versionOf('entity'),
  updateHoliday: versionOf('other'),
  updateBuilding: versionOf('other'),
  updateUnit: versionOf('other'),
  addUnit: () => ({ body: { name: 'Apartment 9' } }),
  addImportLines: ownImport,
  checkUnitImport: ownImport,
  applyUnitImport: ownImport,
  removeLocalAdmin: userOf('localAdminId'),
  updateUser: ({ objects: { ids, versions } }) => ({
    body: { email: undefined, entityIds: [ids['entityId'] ?? ''], version: versions['other'] },
  }),
  listPlateHolders: () => ({ query: { plates: 'B-AB 123' } }),
  deactivateUser: userOf('leavingId'),
  reactivateUser: userOf('deactivatedId'),
  welcomeUser: userOf('welcomedId'),
  createGuestKey: ({ objects: { ids }, now }) => ({
    body: { lockId: ids['lockId'], validFrom: wallMinuteAt(now, -1), validUntil: wallMinuteAt(now, 48) },
  }),
  updateKey: ({ objects: { versions }, now }) => ({
    body: { version: versions['key'], validFrom: wallMinuteAt(now, -1), validUntil: wallMinuteAt(now, 24) },
  }),
  whyKey: ({ objects: { ids } }) => ({ query: { lockId: ids['lockId'] ?? '', method: 'pin' } }),
  exportActivity: () => ({ query: { language: 'en' } }),
  exportAudit: () => ({ query: { language: 'en' } }),
};

/** What the calls in an Entity are made with, where a true body and the plain identifiers are not enough. */
import { wallMinuteAt } from '../../../apps/server/test/guest-keys.ts';
import { marks, photo } from '../world/place.ts';
import type { Ask, Asked } from './asked.ts';

const versionOf =
  (what: string): Ask =>
  ({ objects }) => ({ body: { version: objects.versions[what] ?? objects.versions['other'] } });

const userOf =
  (which: string): Ask =>
  ({ objects: { ids } }) => ({ params: { userId: ids[which] } });

/** Whoever is signed in has imports of their own; of the others the one that was planted. */
const ownImport =
  (kind: 'importId' | 'userImportId'): Ask =>
  ({ actor, objects: { name, ids } }) => ({
    params: { importId: name === 'own' ? (actor[kind] ?? ids[kind]) : ids[kind] },
  });

/** The caller has done something that the Audit tells of. */
async function actFirst({ caller, world: { places } }: Asked): Promise<void> {
  const { entityId = '', keyId = '' } = places.own.ids;
  await caller.ask(`/api/entities/${entityId}/keys/${keyId}/secrets`);
}

/** Whoever is a member has a view of their own; of the others the one that was planted. */
const ownView = ({ actor, objects: { name, ids } }: Asked) => ({
  viewId: name === 'own' ? (actor.viewId ?? ids['viewId']) : ids['viewId'],
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
  addImportLines: ownImport('importId'),
  checkUnitImport: ownImport('importId'),
  applyUnitImport: ownImport('importId'),
  addUserImportLines: ownImport('userImportId'),
  checkUserImport: ownImport('userImportId'),
  applyUserImport: ownImport('userImportId'),
  removeLocalAdmin: userOf('localAdminId'),
  updateUser: ({ objects: { ids, versions }, isWrong }) => ({
    params: { userId: isWrong ? ids['localAdminId'] : ids['userId'] },
    body: { email: undefined, entityIds: [ids['entityId'] ?? ''], version: versions['other'] },
  }),
  renameSavedView: (asked) => ({ params: ownView(asked), body: { version: 1 } }),
  removeSavedView: (asked) => ({ params: ownView(asked) }),
  listUsers: ({ objects }) => ({ query: { text: marks[objects.name] } }),
  listPlateHolders: ({ objects }) => ({ query: { plates: `${marks[objects.name]} person` } }),
  deactivateUser: ({ objects: { ids }, isWrong }) => ({
    params: { userId: isWrong ? ids['localAdminId'] : ids['leavingId'] },
  }),
  listSuspendedKeys: userOf('deactivatedId'),
  reactivateUser: ({ objects: { ids } }) => ({
    params: { userId: ids['deactivatedId'] },
    body: { restoreKeyIds: [ids['heldKeyId'] ?? ''] },
  }),
  setUserPhoto: ({ objects: { ids }, isWrong }) => ({
    params: { userId: isWrong ? ids['localAdminId'] : ids['userId'] },
    file: photo,
  }),
  updateOwnProfile: async ({ actor, asAdmin }) => {
    const text = 'select version from claviger.users where id = $1';
    const [user] = actor.userId === undefined ? [] : await asAdmin<{ version: number }>(text, [actor.userId]);
    return { body: { version: user?.version ?? 1 } };
  },
  welcomeUser: userOf('welcomedId'),
  createGuestKey: ({ objects: { ids }, now }) => ({
    body: { lockId: ids['lockId'], validFrom: wallMinuteAt(now, -1), validUntil: wallMinuteAt(now, 48) },
  }),
  updateKey: ({ objects: { versions }, now }) => ({
    body: { version: versions['key'], validFrom: wallMinuteAt(now, -1), validUntil: wallMinuteAt(now, 24) },
  }),
  whyKey: ({ objects: { ids } }) => ({ query: { lockId: ids['lockId'] ?? '', method: 'pin' } }),
  adoptKey: ({ objects: { ids } }) => ({ params: { keyId: ids['mandatedKeyId'] } }),
  exportActivity: () => ({ query: { language: 'en' } }),
  listAudit: async (asked) => {
    await actFirst(asked);
    return {};
  },
  listAuditPeople: async (asked) => {
    await actFirst(asked);
    return {};
  },
  exportAudit: async (asked) => {
    await actFirst(asked);
    return { query: { language: 'en' } };
  },
  deleteEntity: async ({ asAdmin, objects: { ids } }) => {
    // No lock is there any more; how one goes is not what this call is about.
    await asAdmin('set local session_replication_role = replica');
    await asAdmin('delete from claviger.locks where entity_id = $1', [ids['entityId']]);
    await asAdmin('set local session_replication_role = origin');
    return {};
  },
};

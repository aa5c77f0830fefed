import type { User } from '@claviger/protocol';
import type { Transaction } from '../../platform/database/index.ts';
import type { Member } from '../../platform/http/index.ts';
import { managingRoles } from './permissions.ts';
import { guardingRoles, reaches, type Standing } from './standing.ts';
import * as store from './store.ts';

/** The actor, with where they manage Users and as what. */
export interface Viewer {
  readonly userId: string;
  readonly entityId: string;
  readonly standing: Standing;
}

const endingCalls = ['deactivateUser', 'reactivateUser'] as const;

/** Scope: the Owner. */
export async function viewerOf(tx: Transaction, { userId, entityId }: Member): Promise<Viewer> {
  const roles = await store.listRoles(tx, [userId]);
  const managed = roles.filter(({ role }) => managingRoles.includes(role));
  return { userId, entityId, standing: new Map(managed.map(({ entityId: of, role }) => [of, role])) };
}

function signInOf({ accountId, isInvited }: store.UserRow): User['signIn'] {
  if (accountId !== null) return 'account';
  return isInvited ? 'invited' : 'none';
}

/** What the actor may do to a User: to oneself not what takes away one's own access. */
function callsOn(row: store.UserRow, roles: readonly store.PlacedRole[], viewer: Viewer): User['may'] {
  if (row.id === viewer.userId) return ['updateUser'];
  const guarding = guardingRoles({ entityId: viewer.entityId, role: row.role }, roles);
  const isNear = guarding.every((role) => reaches(viewer.standing, role));
  const isAllNear = roles.every((role) => reaches(viewer.standing, role));
  return [...(isNear ? ['updateUser' as const] : []), ...(isAllNear ? endingCalls : [])];
}

/** What the actor sees of a User. */
export function present(row: store.UserRow, roles: readonly store.PlacedRole[], viewer: Viewer): User {
  const { standing } = viewer;
  const { id, name, email, phone, mobile, plates, status, role, createdAt, version } = row;
  const { deactivatedAt, deactivationReason, photoId } = row;
  const seen = roles.filter(({ entityId }) => standing.has(entityId));
  return {
    ...{ id, name, email, phone, mobile, plates, status, role, createdAt, version },
    ...(deactivatedAt !== null && { deactivatedAt }),
    ...(deactivationReason !== null && { deactivationReason }),
    ...(photoId !== null && { photoId }),
    signIn: signInOf(row),
    entities: seen.map(({ entityId, code, name, role }) => ({ id: entityId, code, name, role })),
    may: callsOn(row, roles, viewer),
    isElsewhere: seen.length < roles.length,
  };
}

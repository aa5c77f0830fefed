import { Refusal, type MailLanguage, type User, type UserStatus } from '@claviger/protocol';
import { z } from 'zod';
import { newIdentifier, type Transaction } from '../../platform/database/index.ts';
import { cursorOf, placeIn, type Member } from '../../platform/http/index.ts';
import { tellRolesChanged } from '../../platform/live/index.ts';
import { endMandateOfRole } from '../access-requests/index.ts';
import { inviteUser, withdrawWelcome, type InvitingParts } from '../local-admins/index.ts';
import { candidates, patternsOf } from './finding/find.ts';
import { compactPlate, distinctPlates } from './plates.ts';
import { present, viewerOf } from './shown.ts';
import { assertReach, guardingRoles, reaches, type Standing } from './standing.ts';
import * as store from './store.ts';

const pageSize = 50;
const lastSeen = z.tuple([z.string().max(80), z.uuid()]);

function refuseField(field: string, problem: string): Refusal {
  return new Refusal('invalid_input', { issues: [{ path: `body.${field}`, problem }] });
}

/** A page of the Users of the actor's Entity. Scope, here and below: the Owner. */
export async function listUsers(
  tx: Transaction,
  actor: Member,
  query: {
    readonly text?: string | undefined;
    readonly status?: UserStatus | undefined;
    cursor?: string | undefined;
    /** Users of one page; left out, as a screen shows them. */
    readonly limit?: number;
  },
): Promise<{ items: User[]; next?: string }> {
  const { text = '', status, cursor, limit = pageSize } = query;
  const [name, id] = cursor === undefined ? [] : placeIn(cursor, lastSeen);
  const after = name === undefined || id === undefined ? undefined : { name, id };
  const wanted = { text, status, after, limit: limit + 1 };
  const among = await candidates(tx, actor, wanted);
  const patterns = among === undefined && text !== '' ? patternsOf(text) : [];
  const rows = await store.listUsers(tx, actor.entityId, { ...wanted, among, patterns });
  const shown = rows.slice(0, limit);
  const viewer = await viewerOf(tx, actor);
  const roles = await store.listRoles(
    tx,
    shown.map((row) => row.id),
  );
  const byUser = Map.groupBy(roles, (role) => role.userId);
  const last = shown.at(-1);
  return {
    items: shown.map((row) => present(row, byUser.get(row.id) ?? [], viewer)),
    ...(rows.length > limit && last && { next: cursorOf([last.sorted, last.id]) }),
  };
}

/** One User of the actor's Entity. Refuses not_found. */
export async function getUser(tx: Transaction, actor: Member, userId: string): Promise<User> {
  const row = await store.findUser(tx, { entityId: actor.entityId, userId });
  if (!row) throw new Refusal('not_found');
  return present(row, await store.listRoles(tx, [userId]), await viewerOf(tx, actor));
}

/** Who else has one of these plates. */
export async function listPlateHolders(
  tx: Transaction,
  { entityId }: Member,
  { plates, except }: { readonly plates: string; readonly except?: string | undefined },
): Promise<{ plate: string; name: string }[]> {
  const asked = plates
    .split(',')
    .map(compactPlate)
    .filter((plate) => plate !== '');
  const holders = await store.listPlateHolders(tx, entityId, { plates: asked, except });
  return holders.flatMap(({ name, plates: own }) =>
    own.filter((plate) => asked.includes(compactPlate(plate))).map((plate) => ({ plate, name })),
  );
}

export interface WantedUser {
  readonly name: string;
  readonly email: string;
  readonly phone?: string | undefined;
  readonly mobile?: string | undefined;
  readonly plates?: readonly string[] | undefined;
  readonly welcome?: { readonly language: MailLanguage } | undefined;
}

/**
 * Create User: a resident of the actor's Entity, invited to sign in where a welcome is wanted; whether the
 * address has an Account here makes no difference. Refuses invalid_input beside the address: user_exists.
 */
export async function createUser(
  tx: Transaction,
  actor: Member,
  { wanted, inviting }: { readonly wanted: WantedUser; readonly inviting: InvitingParts },
): Promise<User> {
  const { welcome, phone = '', mobile = '', plates = [], name, email } = wanted;
  const { ownerId, entityId } = actor;
  const userId = newIdentifier();
  const fields = { name, email, phone, mobile, plates: distinctPlates(plates) };
  if (!(await store.addUser(tx, { ...fields, id: userId, ownerId })))
    throw refuseField('email', 'user_exists');
  await store.addResident(tx, { entityId, userId }, { ownerId, accountId: null });
  if (welcome) {
    await inviteUser(tx, { entityId, invitedBy: actor.userId, email, ...welcome }, inviting);
  }
  return getUser(tx, actor, userId);
}

/** Sends the welcome once more. Refuses not_found, and in_use where the person can sign in already. */
export async function welcomeUser(
  tx: Transaction,
  actor: Member,
  given: { readonly userId: string; readonly language: MailLanguage; readonly inviting: InvitingParts },
): Promise<void> {
  const { userId, language, inviting } = given;
  const { entityId } = actor;
  const row = await store.findUser(tx, { entityId, userId });
  if (!row || row.status !== 'active') throw new Refusal('not_found');
  if (row.accountId !== null) throw new Refusal('in_use');
  await inviteUser(tx, { entityId, invitedBy: actor.userId, email: row.email, language }, inviting);
}

export interface UserChange {
  readonly name?: string | undefined;
  readonly email?: string | undefined;
  readonly phone?: string | undefined;
  readonly mobile?: string | undefined;
  readonly plates?: readonly string[] | undefined;
  readonly entityIds?: readonly string[] | undefined;
  readonly version: number;
}

/** The User whom a change is about, held. Refuses not_found and changed_meanwhile. */
export async function held(
  tx: Transaction,
  actor: Member,
  { userId, version }: { userId: string; version?: number },
) {
  await store.holdUser(tx, userId);
  const row = await store.findUser(tx, { entityId: actor.entityId, userId });
  if (!row) throw new Refusal('not_found');
  if (version !== undefined && row.version !== version) throw new Refusal('changed_meanwhile');
  const roles = await store.listRoles(tx, [userId]);
  const viewer = await viewerOf(tx, actor);
  return { row, roles, viewer, before: present(row, roles, viewer) };
}

/** A User whom the actor may change, held. Refuses not_found, and not_permitted for a role out of reach. */
export async function holdReached(tx: Transaction, actor: Member, userId: string): Promise<User> {
  const { row, roles, viewer, before } = await held(tx, actor, { userId });
  const here = { entityId: actor.entityId, role: row.role };
  if (userId !== actor.userId) assertReach(viewer.standing, guardingRoles(here, roles));
  return before;
}

/** Another manager of the Entity has to stay. Refuses last_manager beside `field`. */
export async function assertManaged(tx: Transaction, place: store.UserPlace): Promise<void> {
  if ((await store.countOtherManagers(tx, place)) === 0) throw refuseField('entityIds', 'last_manager');
}

interface MembershipChange {
  readonly row: store.UserRow;
  readonly roles: readonly store.PlacedRole[];
  readonly standing: Standing;
  readonly wanted: readonly string[];
}

/**
 * Gives and takes roles in Entities that the actor manages. Refuses invalid_input: entity_unknown,
 * entity_needed (a User without any), own_entity (to take oneself out), last_manager, and not_permitted.
 */
async function changeEntities(tx: Transaction, actor: Member, change: MembershipChange): Promise<void> {
  const { row, roles, standing, wanted } = change;
  if (!wanted.every((entityId) => standing.has(entityId))) throw refuseField('entityIds', 'entity_unknown');
  const taken = roles.filter(({ entityId }) => standing.has(entityId) && !wanted.includes(entityId));
  const given = wanted.filter((entityId) => roles.every((role) => role.entityId !== entityId));
  if (roles.length + given.length === taken.length) throw refuseField('entityIds', 'entity_needed');
  // Nobody takes away their own access by mistake.
  if (taken.length > 0 && row.id === actor.userId) throw refuseField('entityIds', 'own_entity');
  assertReach(standing, taken);
  for (const { entityId, role } of taken) {
    const place = { entityId, userId: row.id };
    if (role === 'community_manager') await assertManaged(tx, place);
    await endMandateOfRole(tx, { ...place, by: actor.userId });
    await store.endMembership(tx, place);
    await tellRolesChanged(tx, entityId);
  }
  for (const entityId of given) {
    await store.addResident(tx, { entityId, userId: row.id }, { ...actor, accountId: row.accountId });
    await tellRolesChanged(tx, entityId);
  }
}

/** What is new of these fields. */
function newOf(change: UserChange, row: store.UserRow): Partial<store.UserFields> {
  const { name, email, phone, mobile, plates } = change;
  const given = { name, email, phone, mobile, plates: plates && distinctPlates(plates) };
  return Object.fromEntries(
    Object.entries(given).filter(([field, value]) => {
      const old = row[field as keyof store.UserFields];
      return value !== undefined && JSON.stringify(old) !== JSON.stringify(value);
    }),
  );
}

/**
 * Whoever has the address can become the User wherever that is one, so it needs a reach to all of it. The
 * welcome that was sent there is void. Refuses invalid_input beside the address: address_fixed (the person
 * signs in with it) and address_elsewhere.
 */
async function giveUpAddress(
  tx: Transaction,
  { entityId }: Member,
  { row, roles, standing }: Omit<MembershipChange, 'wanted'>,
): Promise<void> {
  if (row.accountId !== null) throw refuseField('email', 'address_fixed');
  if (!roles.every((role) => reaches(standing, role))) throw refuseField('email', 'address_elsewhere');
  await withdrawWelcome(tx, entityId, row.email);
}

/**
 * Save Changes. Refuses not_found, changed_meanwhile, not_permitted for a role out of reach, and
 * invalid_input beside the field: user_exists, and as `giveUpAddress` and `changeEntities`.
 */
export async function changeUser(
  tx: Transaction,
  actor: Member,
  { userId, ...change }: UserChange & { readonly userId: string },
): Promise<{ readonly before: User; readonly after: User }> {
  const { row, roles, viewer, before } = await held(tx, actor, { userId, version: change.version });
  const { standing } = viewer;
  const fields = newOf(change, row);
  const here = { entityId: actor.entityId, role: row.role };
  if (userId !== actor.userId) assertReach(standing, guardingRoles(here, roles));
  if (fields.email !== undefined) await giveUpAddress(tx, actor, { row, roles, standing });
  if (!(await store.updateUser(tx, userId, fields))) throw refuseField('email', 'user_exists');
  if (change.entityIds) await changeEntities(tx, actor, { row, roles, standing, wanted: change.entityIds });
  const now = await store.findUser(tx, { entityId: actor.entityId, userId });
  const after = present(now ?? row, await store.listRoles(tx, [userId]), viewer);
  return { before, after };
}

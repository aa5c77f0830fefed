import { randomInt } from 'node:crypto';
import { firstCharacters, pairingCodeFromValues, type EntityId, type Instant } from '@claviger/domain';
import {
  Refusal,
  type Entity,
  type EntityKind,
  type InputIssue,
  type MailLanguage,
} from '@claviger/protocol';
import { newIdentifier, type Transaction } from '../../platform/database/index.ts';
import type { Member } from '../../platform/http/index.ts';
import { tellLive, tellRolesChanged } from '../../platform/live/index.ts';
import { wantListForEveryKey } from '../authority/index.ts';
import { endKeysOf } from '../keys/index.ts';
import { inviteLocalAdmin, type InvitingParts } from '../local-admins/index.ts';
import * as store from './store.ts';

export interface NewHome {
  readonly accountId: string;
  readonly email: string;
  readonly zone: string;
  readonly address: string;
}

/** Whether this machine knows the IANA time zone, so that it can tell its wall clock. */
export function isKnownZone(zone: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}

/** Letters, numbers and underscores; a person may choose another Entity's code freely, this one is drawn. */
function drawCode(): string {
  return `HOME_${pairingCodeFromValues(Array.from({ length: 6 }, () => randomInt(32)))}`;
}

/** Makes an Owner with one home Entity, managed by the Account. Scope of the transaction: installation. */
export async function createHome(
  tx: Transaction,
  home: NewHome,
): Promise<{ readonly entityId: string; readonly userId: string }> {
  const entityId = newIdentifier();
  const userId = newIdentifier();
  const [street] = home.address.split(',');
  const name = home.email.split('@')[0]?.slice(0, 80) ?? home.email;
  await store.addHome(tx, {
    ...home,
    entityId,
    ownerId: newIdentifier(),
    userId,
    personName: name,
    ownerName: name,
    entityName: firstCharacters(street?.trim() ?? '', 80) || 'Home',
    code: drawCode(),
  });
  return { entityId, userId };
}

function refuseField(field: string, problem: string): Refusal {
  const issues: InputIssue[] = [{ path: `body.${field}`, problem }];
  return new Refusal('invalid_input', { issues });
}

function assertZone(zone: string | undefined): void {
  if (zone !== undefined && !isKnownZone(zone)) throw refuseField('zone', 'zone_unknown');
}

async function getEntity(tx: Transaction, actor: Member, entityId: string = actor.entityId): Promise<Entity> {
  const found = await store.findEntity(tx, { ...actor, entityId });
  if (!found) throw new Refusal('not_found');
  return found;
}

export interface WantedEntity {
  readonly name: string;
  readonly code: string;
  readonly description?: string | undefined;
  readonly kind: EntityKind;
  readonly zone: string;
  readonly address?: string | undefined;
  /** Whom its first Local Admin is to be. */
  readonly localAdmin?: { readonly email: string; readonly language: MailLanguage } | undefined;
}

/** A problem with the address of the first Local Admin stands beside the field that has it here. */
async function inviteFirst(
  tx: Transaction,
  wanted: Parameters<typeof inviteLocalAdmin>[1],
  parts: InvitingParts,
): Promise<{ readonly invitationId: string }> {
  try {
    return await inviteLocalAdmin(tx, wanted, parts);
  } catch (error) {
    const [issue] = error instanceof Refusal ? error.issues : [];
    throw issue ? refuseField('localAdmin.email', issue.problem) : error;
  }
}

/**
 * Create Entity: another one of the actor's Owner, with the actor as its community_manager, and an invitation
 * for its first Local Admin where one is named. Refuses invalid_input beside the field: zone_unknown,
 * code_taken, already_manager. Scope: the Owner.
 */
export async function createEntity(
  tx: Transaction,
  actor: Member,
  { wanted, inviting }: { readonly wanted: WantedEntity; readonly inviting: InvitingParts },
): Promise<{ readonly made: Entity; readonly invitationId?: string }> {
  assertZone(wanted.zone);
  const { localAdmin, description = '', address = '', ...fields } = wanted;
  const { ownerId, userId, accountId } = actor;
  const id = newIdentifier();
  const isAdded = await store.addEntity(tx, { ...fields, description, address, id, ownerId });
  if (!isAdded) throw refuseField('code', 'code_taken');
  await store.addMembership(tx, { ownerId, userId, accountId, entityId: id, role: 'community_manager' });
  const made = await getEntity(tx, actor, id);
  if (!localAdmin) return { made };
  const invited = await inviteFirst(tx, { ...localAdmin, entityId: id, invitedBy: userId }, inviting);
  return { made, ...invited };
}

/**
 * Every lock of the Entity gets a new list, because something changes that all of them say. Whoever adds a
 * lock waits, so that its first list says it too.
 */
export async function wantListsOfAll(tx: Transaction, entityId: EntityId, at: Instant): Promise<void> {
  await store.holdEntity(tx, entityId);
  for (const place of await store.listLockPlaces(tx, entityId)) {
    await wantListForEveryKey(tx, { entityId, ...place }, at);
    await tellLive(tx, entityId, { topic: 'lock', id: place.lockId });
  }
}

/** Whether kind or code becomes another; refused where the Entity was not just drawn by a registration. */
function isChoiceMade(before: Entity, change: store.EntityChange): boolean {
  const chosen = (['code', 'kind'] as const).filter(
    (field) => change[field] !== undefined && change[field] !== before[field],
  );
  const [field] = chosen;
  if (field === undefined) return false;
  const isOpen = before.isProvisional && before.userCount <= 1 && before.lockCount <= 1;
  if (!isOpen) throw refuseField(field, 'fixed');
  return true;
}

/**
 * Save Changes. Another zone is told to every lock. Refuses changed_meanwhile, and invalid_input beside the
 * field: zone_unknown, code_taken, fixed (kind or code that cannot be chosen any more). Scope: the Entity.
 */
export async function changeEntity(
  tx: Transaction,
  actor: Member,
  { version, now, ...change }: store.EntityChange & { readonly version: number; readonly now: Instant },
): Promise<{ readonly before: Entity; readonly after: Entity }> {
  assertZone(change.zone);
  const { entityId } = actor;
  await store.holdEntity(tx, entityId);
  const before = await getEntity(tx, actor);
  if (before.version !== version) throw new Refusal('changed_meanwhile');
  const isChosen = isChoiceMade(before, change);
  if (change.zone !== undefined && change.zone !== before.zone) await wantListsOfAll(tx, entityId, now);
  const isFree = await store.updateEntity(tx, entityId, {
    ...change,
    ...(isChosen && { isProvisional: false }),
  });
  if (!isFree) throw refuseField('code', 'code_taken');
  return { before, after: await getEntity(tx, actor) };
}

/**
 * Delete entity: every role and Key there ends; the people stay Users of the Owner. Whoever adds a lock at
 * the same time is either seen here or has no role any more. Refuses in_use. Scope: the Entity.
 */
export async function deleteEntity(tx: Transaction, actor: Member, now: Instant): Promise<Entity> {
  const { entityId } = actor;
  const before = await getEntity(tx, actor);
  await store.endMemberships(tx, entityId);
  const locks = await store.listLockPlaces(tx, entityId);
  if (locks.length > 0) throw new Refusal('in_use');
  await endKeysOf(tx, entityId, now);
  await store.markDeleted(tx, entityId, now);
  await tellRolesChanged(tx, entityId);
  return before;
}

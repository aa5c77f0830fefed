import type { Instant } from '@claviger/domain';
import { contract, type User } from '@claviger/protocol';
import { defineRoute, type RouteDeclaration } from '../../platform/http/index.ts';
import { endSignIn, type AccountPorts } from '../accounts/index.ts';
import type { InvitingParts } from '../local-admins/index.ts';
import { userExportRoutes } from './export/routes.ts';
import { userImportRoutes } from './import/routes.ts';
import { ownProfileRoutes } from './own/routes.ts';
import { deactivateUser, listKeysToRestore, reactivateUser } from './ending.ts';
import { photoRoutes } from './photo/routes.ts';
import { changeUsers, seeUsers } from './permissions.ts';
import { changeUser, createUser, getUser, listPlateHolders, listUsers, welcomeUser } from './service.ts';

export interface UserParts extends AccountPorts {
  readonly inviting: InvitingParts;
  readonly now: () => Instant;
}

const ofEntity = { type: 'entity', param: 'entityId' } as const;
const ofUser = { type: 'user', param: 'userId' } as const;
const read = { none: 'reading changes nothing' } as const;

const personalFields = ['name', 'email', 'phone', 'mobile', 'plates'] as const;

/** What the Audit keeps of a User; what tells of the person is sealed under the person's own key. */
function audited({ name, email, phone, mobile, plates, status, entities }: User) {
  const of = entities.map(({ code }) => code).join(' ');
  return { name, email, phone, mobile, plates: plates.join(', '), status, entities: of };
}

function personalOf(userId: string) {
  return { subjectId: userId, fields: [...personalFields] };
}

/** A mail costs its receiver attention: so many at once from one Entity, then one every minute. */
const mailLimits = [
  {
    name: 'welcome-mail',
    burst: 100,
    refillS: 60,
    subject: ({ input }: { readonly input: { readonly params: { readonly entityId: string } } }) =>
      input.params.entityId,
  },
] as const;

function reading(): RouteDeclaration[] {
  return [
    defineRoute(contract.listUsers, {
      permission: seeUsers,
      resource: ofEntity,
      scope: 'owner',
      audit: read,
      handler: ({ actor, input, transact }) => transact((tx) => listUsers(tx, actor, input.query)),
    }),
    defineRoute(contract.listPlateHolders, {
      permission: seeUsers,
      resource: ofEntity,
      scope: 'owner',
      audit: read,
      handler: ({ actor, input, transact }) =>
        transact(async (tx) => ({ items: await listPlateHolders(tx, actor, input.query) })),
    }),
    defineRoute(contract.getUser, {
      permission: seeUsers,
      resource: ofUser,
      scope: 'owner',
      audit: read,
      handler: ({ actor, input, transact }) => transact((tx) => getUser(tx, actor, input.params.userId)),
    }),
  ];
}

function writing({ inviting }: UserParts): RouteDeclaration[] {
  return [
    defineRoute(contract.createUser, {
      permission: changeUsers,
      resource: ofEntity,
      scope: 'owner',
      audit: 'user.create',
      limits: mailLimits,
      handler: ({ actor, input, transact, note }) =>
        transact(async (tx) => {
          const made = await createUser(tx, actor, { wanted: input.body, inviting });
          const personal = personalOf(made.id);
          note({ objectType: 'user', objectId: made.id, after: audited(made), personal });
          return made;
        }),
    }),
    defineRoute(contract.updateUser, {
      permission: changeUsers,
      resource: ofUser,
      scope: 'owner',
      audit: 'user.update',
      handler: ({ actor, input, transact, note }) =>
        transact(async (tx) => {
          const { userId } = input.params;
          const { before, after } = await changeUser(tx, actor, { ...input.body, userId });
          note({ before: audited(before), after: audited(after), personal: personalOf(userId) });
          return after;
        }),
    }),
    defineRoute(contract.welcomeUser, {
      permission: changeUsers,
      resource: ofUser,
      scope: 'entity',
      audit: 'user.welcome',
      limits: mailLimits,
      handler: ({ actor, input, transact }) =>
        transact(async (tx) => {
          const { userId } = input.params;
          await welcomeUser(tx, actor, { userId, language: input.body.language, inviting });
          return undefined;
        }),
    }),
  ];
}

function ending(parts: UserParts): RouteDeclaration[] {
  return [
    defineRoute(contract.deactivateUser, {
      permission: changeUsers,
      resource: ofUser,
      scope: 'owner',
      audit: 'user.deactivate',
      handler: async ({ actor, input, transact, note }) => {
        const { userId } = input.params;
        const { reason } = input.body;
        const { after, accountId } = await transact(async (tx) => {
          const done = await deactivateUser(tx, actor, { userId, reason, now: parts.now() });
          const { before, after: left } = done;
          note({ before: { status: before.status }, after: { status: left.status } });
          if (reason !== undefined && reason !== '') note({ reason });
          return done;
        });
        // At once; a job does it where this process dies before.
        if (accountId !== null) await endSignIn(parts, accountId);
        return after;
      },
    }),
    defineRoute(contract.listSuspendedKeys, {
      permission: changeUsers,
      resource: ofUser,
      scope: 'owner',
      audit: read,
      handler: ({ actor, input, transact }) =>
        transact(async (tx) => ({
          items: await listKeysToRestore(tx, actor, { userId: input.params.userId, now: parts.now() }),
        })),
    }),
    defineRoute(contract.reactivateUser, {
      permission: changeUsers,
      resource: ofUser,
      scope: 'owner',
      audit: 'user.reactivate',
      handler: ({ actor, input, transact, note }) =>
        transact(async (tx) => {
          const given = { userId: input.params.userId, wanted: input.body.restoreKeyIds, now: parts.now() };
          const { before, after, keys } = await reactivateUser(tx, actor, given);
          const told = {
            ...(keys.restored.length > 0 && { restoredKeys: keys.restored.join(' ') }),
            ...(keys.keptSuspended.length > 0 && { suspendedKeys: keys.keptSuspended.join(' ') }),
          };
          note({ before: { status: before.status }, after: { status: after.status, ...told } });
          return after;
        }),
    }),
  ];
}

/** The calls of Users. */
export function userRoutes(parts: UserParts): RouteDeclaration[] {
  return [
    ...reading(),
    ...writing(parts),
    ...ending(parts),
    ...ownProfileRoutes(),
    ...photoRoutes(),
    ...userImportRoutes(parts),
    ...userExportRoutes(parts),
  ];
}

import { contract, type OwnProfile } from '@claviger/protocol';
import { defineRoute, type RouteDeclaration } from '../../../platform/http/index.ts';
import { changeOwnProfile, seeOwnProfile } from '../permissions.ts';
import { getOwnProfile, updateOwnProfile } from './service.ts';

const ofOneself = { type: 'user' } as const;

function audited({ name, phone, mobile }: OwnProfile) {
  return { name, phone, mobile };
}

/** What people see and change of themselves, in the Owner of one Entity. */
export function ownProfileRoutes(): RouteDeclaration[] {
  return [
    defineRoute(contract.getOwnProfile, {
      permission: seeOwnProfile,
      resource: ofOneself,
      scope: 'owner',
      audit: { none: 'reads what is known of oneself' },
      handler: ({ actor, transact }) => transact((tx) => getOwnProfile(tx, actor)),
    }),
    defineRoute(contract.updateOwnProfile, {
      permission: changeOwnProfile,
      resource: ofOneself,
      scope: 'owner',
      audit: 'profile.update',
      handler: ({ actor, input, transact, note }) =>
        transact(async (tx) => {
          const { before, after } = await updateOwnProfile(tx, actor, input.body);
          const personal = { subjectId: actor.userId, fields: ['name', 'phone', 'mobile'] };
          note({ objectId: actor.userId, before: audited(before), after: audited(after), personal });
          return after;
        }),
    }),
  ];
}

import { Readable } from 'node:stream';
import { contract, type User } from '@claviger/protocol';
import { defineRoute, type RouteDeclaration, type SignedIn } from '../../../platform/http/index.ts';
import { changeUsers, seeUsers } from '../permissions.ts';
import { drawPhoto } from './drawing.ts';
import { getPhoto, removePhoto, setPhoto } from './service.ts';

const ofUser = { type: 'user', param: 'userId' } as const;

/** Decoding costs more than any form: so many at once by one person, then one every five seconds. */
const limits = [
  {
    name: 'photo',
    burst: 60,
    refillS: 5,
    subject: ({ actor }: { readonly actor: SignedIn }) => actor.accountId,
  },
] as const;

function audited({ photoId }: User) {
  return { photo: photoId ?? null };
}

/** The photo of a User. */
export function photoRoutes(): RouteDeclaration[] {
  return [
    defineRoute(contract.setUserPhoto, {
      permission: changeUsers,
      resource: ofUser,
      scope: 'owner',
      audit: 'user.set_photo',
      limits,
      handler: async ({ actor, input, file, transact, note }) => {
        const picture = await drawPhoto(file);
        return transact(async (tx) => {
          const { userId } = input.params;
          const { before, after } = await setPhoto(tx, actor, { userId, picture });
          note({ before: audited(before), after: audited(after) });
          return after;
        });
      },
    }),
    defineRoute(contract.removeUserPhoto, {
      permission: changeUsers,
      resource: ofUser,
      scope: 'owner',
      audit: 'user.remove_photo',
      handler: ({ actor, input, transact, note }) =>
        transact(async (tx) => {
          const { before, after } = await removePhoto(tx, actor, input.params.userId);
          note({ before: audited(before), after: audited(after) });
          return after;
        }),
    }),
    defineRoute(contract.getUserPhoto, {
      permission: seeUsers,
      resource: ofUser,
      scope: 'owner',
      audit: { none: 'reading changes nothing' },
      handler: async ({ actor, input, transact }) => {
        const picture = await transact((tx) => getPhoto(tx, actor, input.params));
        const fileName = `photo-${input.params.photoId}.jpg`;
        return { contentType: 'image/jpeg', fileName, content: Readable.from([picture]), isKept: true };
      },
    }),
  ];
}

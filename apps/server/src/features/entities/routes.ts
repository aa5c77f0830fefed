import type { Instant } from '@claviger/domain';
import { contract, type Entity } from '@claviger/protocol';
import { defineRoute, type AuditNote, type RouteDeclaration } from '../../platform/http/index.ts';
import type { InvitingParts } from '../local-admins/index.ts';
import { holidayRoutes } from './holidays/routes.ts';
import { changeEntities, rolesInList, seeEntities } from './permissions.ts';
import { changeEntity, createEntity, deleteEntity } from './service.ts';
import { listEntities } from './store.ts';

export interface EntityParts {
  readonly inviting: InvitingParts;
  readonly now: () => Instant;
}

const resource = { type: 'entity', param: 'entityId' } as const;

/** What the Audit keeps of an Entity. */
function audited({ code, name, description, kind, zone, address }: Entity) {
  return { code, name, description, kind, zone, address };
}

/** The address tells of whoever was invited, whose key in the Audit is that of the invitation. */
function noteOfMade(made: Entity, email: string | undefined, invitationId: string | undefined): AuditNote {
  const note = { objectType: 'entity', objectId: made.id, after: { ...audited(made), localAdmin: email } };
  if (invitationId === undefined) return note;
  return { ...note, personal: { subjectId: invitationId, fields: ['localAdmin'] } };
}

function ofOwner({ inviting }: EntityParts): RouteDeclaration[] {
  return [
    defineRoute(contract.listEntities, {
      permission: seeEntities,
      resource,
      scope: 'owner',
      audit: { none: 'reading changes nothing' },
      handler: ({ actor, transact }) =>
        transact(async (tx) => ({ items: await listEntities(tx, actor, rolesInList) })),
    }),
    defineRoute(contract.createEntity, {
      permission: changeEntities,
      resource,
      scope: 'owner',
      audit: 'entity.create',
      handler: ({ actor, input, transact, note }) =>
        transact(async (tx) => {
          const wanted = input.body;
          const { made, invitationId } = await createEntity(tx, actor, { wanted, inviting });
          note(noteOfMade(made, wanted.localAdmin?.email, invitationId));
          return made;
        }),
    }),
  ];
}

function ofEntity({ now }: EntityParts): RouteDeclaration[] {
  return [
    defineRoute(contract.updateEntity, {
      permission: changeEntities,
      resource,
      scope: 'entity',
      audit: 'entity.update',
      handler: ({ actor, input, transact, note }) =>
        transact(async (tx) => {
          const { before, after } = await changeEntity(tx, actor, { ...input.body, now: now() });
          note({ before: audited(before), after: audited(after) });
          return after;
        }),
    }),
    defineRoute(contract.deleteEntity, {
      permission: changeEntities,
      resource,
      scope: 'entity',
      audit: 'entity.delete',
      isStepUpNeeded: true,
      handler: async ({ actor, transact, note }) => {
        await transact(async (tx) => {
          note({ before: audited(await deleteEntity(tx, actor, now())) });
        });
        return undefined;
      },
    }),
  ];
}

/** The calls of Entities, and of their holidays. */
export function entityRoutes(parts: EntityParts): RouteDeclaration[] {
  return [...ofOwner(parts), ...ofEntity(parts), ...holidayRoutes(parts)];
}

import { contract } from '@claviger/protocol';
import { defineRoute, type RouteDeclaration } from '../../platform/http/index.ts';
import { changeLocalAdmins } from './permissions.ts';
import {
  addLocalAdmin,
  listCandidates,
  listLocalAdmins,
  removeLocalAdmin,
  resendInvitation,
  withdrawInvitation,
  type Added,
  type InvitingParts,
} from './service.ts';

const entity = { type: 'entity', param: 'entityId' } as const;
const ofInvitation = { type: 'invitation', param: 'invitationId' } as const;
const read = { none: 'reading changes nothing' } as const;

/** A mail costs its receiver attention: so many at once from one Entity, then one every ten minutes. */
const mailLimits = [
  {
    name: 'invitation-mail',
    burst: 30,
    refillS: 600,
    subject: ({ input }: { readonly input: { readonly params: { readonly entityId: string } } }) =>
      input.params.entityId,
  },
] as const;

/** The address tells of whoever was invited, whose key in the Audit is that of the invitation. */
function ofInvited(invitationId: string) {
  return { subjectId: invitationId, fields: ['email'] } as const;
}

/** What the Audit keeps of Add Local Admin: a role that changed, or whom somebody asked. */
function noteOf(added: Added, email: string) {
  if (added.outcome === 'added') {
    const { userId, role } = added.member;
    return { objectType: 'user', objectId: userId, before: { role }, after: { role: 'local_admin' } };
  }
  const { invitationId } = added;
  const personal = ofInvited(invitationId);
  return { objectType: 'invitation', objectId: invitationId, after: { email }, personal };
}

function reading(): RouteDeclaration[] {
  return [
    defineRoute(contract.listLocalAdmins, {
      permission: changeLocalAdmins,
      resource: entity,
      scope: 'entity',
      audit: read,
      handler: ({ actor, transact }) => transact((tx) => listLocalAdmins(tx, actor.entityId)),
    }),
    defineRoute(contract.listLocalAdminCandidates, {
      permission: changeLocalAdmins,
      resource: entity,
      scope: 'entity',
      audit: read,
      handler: ({ actor, input, transact }) =>
        transact(async (tx) => ({
          items: await listCandidates(tx, actor.entityId, input.query.text ?? ''),
        })),
    }),
  ];
}

function ofAdmins(parts: InvitingParts): RouteDeclaration[] {
  return [
    defineRoute(contract.addLocalAdmin, {
      permission: changeLocalAdmins,
      resource: entity,
      scope: 'entity',
      audit: 'local_admin.add',
      isStepUpNeeded: true,
      limits: mailLimits,
      handler: ({ actor, input, transact, note }) =>
        transact(async (tx) => {
          const added = await addLocalAdmin(tx, actor, { ...input.body, parts });
          note(noteOf(added, input.body.email));
          return { outcome: added.outcome };
        }),
    }),
    defineRoute(contract.removeLocalAdmin, {
      permission: changeLocalAdmins,
      resource: { type: 'user', param: 'userId' },
      scope: 'entity',
      audit: 'local_admin.remove',
      handler: async ({ actor, input, transact, note }) => {
        await transact(async (tx) => {
          await removeLocalAdmin(tx, { entityId: actor.entityId, userId: input.params.userId });
          note({ before: { role: 'local_admin' }, after: { role: 'resident' } });
        });
        return undefined;
      },
    }),
  ];
}

function ofInvitations(parts: InvitingParts): RouteDeclaration[] {
  return [
    defineRoute(contract.resendInvitation, {
      permission: changeLocalAdmins,
      resource: ofInvitation,
      scope: 'entity',
      audit: 'invitation.resend',
      limits: mailLimits,
      handler: async ({ actor, input, transact, note }) => {
        await transact(async (tx) => {
          const { entityId, userId: invitedBy } = actor;
          const { invitationId } = input.params;
          const wanted = { entityId, invitationId, invitedBy, language: input.body.language };
          note({ after: await resendInvitation(tx, wanted, parts), personal: ofInvited(invitationId) });
        });
        return undefined;
      },
    }),
    defineRoute(contract.withdrawInvitation, {
      permission: changeLocalAdmins,
      resource: ofInvitation,
      scope: 'entity',
      audit: 'invitation.withdraw',
      handler: async ({ actor, input, transact, note }) => {
        await transact(async (tx) => {
          const { invitationId } = input.params;
          const before = await withdrawInvitation(tx, { entityId: actor.entityId, invitationId });
          note({ before, personal: ofInvited(invitationId) });
        });
        return undefined;
      },
    }),
  ];
}

/** Manage Local Admins. */
export function localAdminRoutes(parts: InvitingParts): RouteDeclaration[] {
  return [...reading(), ...ofAdmins(parts), ...ofInvitations(parts)];
}

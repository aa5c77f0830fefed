import { z } from 'zod';
import { mailLanguages } from '../keys.ts';
import { email, instant, line, password, uuid } from '../shapes.ts';

const language = z.enum(mailLanguages).default('en').meta({ description: 'Of the mail' });

/** A User who is a Local Admin of the Entity. */
export const localAdmin = z
  .object({ userId: uuid, name: z.string(), email: z.string() })
  .meta({ id: 'LocalAdmin' });

/** Somebody who was asked by mail to become a Local Admin, and has not answered. */
export const invitation = z
  .object({
    id: uuid,
    email: z.string(),
    invitedAt: instant,
    expiresAt: instant.meta({ description: 'From then on the link of its mail leads nowhere' }),
    failure: z
      .string()
      .optional()
      .meta({ description: 'Why its mail was not sent, in the words of the mail server' }),
  })
  .meta({ id: 'Invitation' });

export const localAdminList = z.object({
  items: z.array(localAdmin).meta({ description: 'By name' }),
  invitations: z.array(invitation).meta({ description: 'By address; also those that are over' }),
});

export const candidateQuery = z.object({ text: line.max(80).optional() });

/** Members of the Entity whom Add Local Admin proposes, by name. */
export const candidateList = z.object({ items: z.array(localAdmin) });

export const addLocalAdminInput = z.object({ email, language }).strict();

export const addLocalAdminAnswer = z
  .object({
    outcome: z
      .enum(['added', 'invited'])
      .meta({ description: 'A member becomes one at once; anybody else is invited, known or not' }),
  })
  .meta({ id: 'LocalAdminAdded' });

export const resendInvitationInput = z.object({ language }).strict();

const token = z
  .string()
  .max(64)
  .regex(/^[A-Za-z0-9_-]*$/);

export const showInvitationInput = z.object({ token }).strict();

/** What the page of an invitation shows to whoever has its link. */
export const shownInvitation = z
  .object({
    place: z.string(),
    email: z.string(),
    expiresAt: instant,
    role: z.enum(['local_admin', 'resident']).meta({ description: 'What accepting it makes of one there' }),
  })
  .meta({ id: 'ShownInvitation' });

export const acceptInvitationInput = z
  .object({
    token,
    password: password.optional().meta({
      description: 'Of the Account with the address, or of one to be made; without it the session counts',
    }),
  })
  .strict();

export const acceptedInvitation = z.object({ entityId: uuid }).meta({ id: 'AcceptedInvitation' });

export type LocalAdmin = z.infer<typeof localAdmin>;
export type Invitation = z.infer<typeof invitation>;
export type ShownInvitation = z.infer<typeof shownInvitation>;

import { z } from 'zod';
import type { RouteContract } from '../route-contract.ts';
import { line, nothing } from '../shapes.ts';
import { session } from './account.ts';

/** Where the invitation's link leads, its token comes along; otherwise somebody signs in. */
export const beginSignOnInput = z.object({ invitationToken: line.min(1).max(128).optional() }).strict();

/** What the provider sent the browser back with; bounds are those of an address. */
const brought = z.string().max(4_000);
export const finishSignOnInput = z
  .object({
    state: brought.min(1),
    code: brought.optional(),
    iss: brought.optional(),
    error: brought.optional(),
  })
  .strict();

export const signOnBegun = z
  .object({ url: z.string().meta({ description: 'Where the browser goes, at the provider' }) })
  .meta({ id: 'SignOnBegun' });

/** Single sign-on: at the provider that the operator configured. */
export const signOnContract = {
  beginSignOn: {
    method: 'POST',
    path: '/api/sign-in/provider',
    summary: 'Begins a sign-in at the provider; with the token of an invitation, for its address',
    body: beginSignOnInput,
    status: 200,
    answer: signOnBegun,
  },
  finishSignOn: {
    method: 'POST',
    path: '/api/sign-in/provider/finish',
    summary: 'Signs in by what the provider sent the browser back with',
    body: finishSignOnInput,
    status: 200,
    answer: session,
  },
  beginSignOnConfirmation: {
    method: 'POST',
    path: '/api/session/confirm-by-provider',
    summary: 'Begins a proof of presence: the provider asks the person to sign in again',
    body: nothing,
    status: 200,
    answer: signOnBegun,
  },
  beginSignOnConnection: {
    method: 'POST',
    path: '/api/account/provider',
    summary: 'Begins to connect the own Account with the provider',
    body: nothing,
    status: 200,
    answer: signOnBegun,
  },
  finishSignOnConfirmation: {
    method: 'POST',
    path: '/api/session/confirm-by-provider/finish',
    summary: 'Proves that it is still the same person, by what the provider sent the browser back with',
    body: finishSignOnInput,
    status: 200,
    answer: session,
  },
  finishSignOnConnection: {
    method: 'POST',
    path: '/api/account/provider/finish',
    summary: 'Connects the own Account, by what the provider sent the browser back with',
    body: finishSignOnInput,
    status: 200,
    answer: session,
  },
  removeSignOn: {
    method: 'DELETE',
    path: '/api/account/provider',
    summary: 'The provider signs in to the own Account no more',
    status: 204,
  },
} as const satisfies Record<string, RouteContract>;

import { contract } from '@claviger/protocol';
import { addressSubject, defineRoute, type RouteDeclaration } from '../../../platform/http/index.ts';
import { askForReset, resetPassword, type ResetParts } from './service.ts';

const askLimits = {
  address: { name: 'reset_by_address', burst: 10, refillS: 60 },
  email: { name: 'reset_by_email', burst: 3, refillS: 600 },
} as const;
/** Wrong tokens by address, for the log's sake: 192 bits are not guessed at any rate. */
const wrongLinks = { name: 'reset_wrong', burst: 60, refillS: 2, counts: 'not_found' } as const;

/** A forgotten password: a link by mail, a new one by the link. */
export function resetRoutes(parts: ResetParts): RouteDeclaration[] {
  return [
    defineRoute(contract.askForReset, {
      permission: 'public',
      resource: { type: 'account' },
      scope: 'installation',
      audit: 'account.ask_reset',
      limits: [
        { ...askLimits.address, subject: ({ visitor }) => addressSubject(visitor.address) },
        { ...askLimits.email, subject: ({ input }) => input.body.email.toLowerCase() },
      ],
      handler: async ({ input, transact }) => {
        await transact((tx) => askForReset(tx, input.body, parts));
        return undefined;
      },
    }),
    defineRoute(contract.resetPassword, {
      permission: 'public',
      resource: { type: 'account' },
      scope: 'installation',
      audit: 'account.reset_password',
      limits: [{ ...wrongLinks, subject: ({ visitor }) => addressSubject(visitor.address) }],
      handler: async ({ input, visitor, transact, note }) => {
        await resetPassword(parts, input.body, {
          transact: (work) => transact(work),
          onAccount: (objectId) => note({ objectId }),
          language: visitor.language,
        });
        return undefined;
      },
    }),
  ];
}

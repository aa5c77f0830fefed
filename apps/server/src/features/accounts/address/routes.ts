import { contract } from '@claviger/protocol';
import { addressSubject, defineRoute, type RouteDeclaration } from '../../../platform/http/index.ts';
import type { OwnPorts } from '../own/telling.ts';
import { askWhetherTheirs, confirmAddress } from './service.ts';

const askLimit = { name: 'address_of_account', burst: 5, refillS: 600 } as const;
/** Wrong tokens by address, for the log's sake: 192 bits are not guessed at any rate. */
const wrongLinks = { name: 'address_wrong', burst: 60, refillS: 2, counts: 'not_found' } as const;

/** The address of an Account: a link by mail, and the page that it leads to. */
export function addressRoutes(ports: OwnPorts): RouteDeclaration[] {
  return [
    defineRoute(contract.askForAddress, {
      permission: 'signed_in',
      resource: { type: 'account' },
      scope: 'account',
      audit: 'account.ask_address',
      isStepUpNeeded: true,
      limits: [{ ...askLimit, subject: ({ actor }) => actor.accountId }],
      handler: async ({ actor, input, visitor, transact, note }) => {
        note({ objectId: actor.accountId });
        const wanted = input.body.email;
        await transact((tx) => askWhetherTheirs(tx, actor.accountId, { visitor, ports, wanted }));
        return undefined;
      },
    }),
    defineRoute(contract.confirmAddress, {
      permission: 'public',
      resource: { type: 'account' },
      scope: 'installation',
      audit: 'account.confirm_address',
      limits: [{ ...wrongLinks, subject: ({ visitor }) => addressSubject(visitor.address) }],
      handler: async ({ input, visitor, transact, note }) => {
        await confirmAddress(ports, input.body.token, {
          visitor,
          transact: (work) => transact(work),
          onAccount: (objectId) => note({ objectId }),
        });
        return undefined;
      },
    }),
  ];
}

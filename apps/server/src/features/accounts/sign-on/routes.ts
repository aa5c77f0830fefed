import { contract, Refusal } from '@claviger/protocol';
import { addressSubject, defineRoute, type RouteDeclaration } from '../../../platform/http/index.ts';
import { tell, type OwnPorts } from '../own/telling.ts';
import { presentSession } from '../service.ts';
import { confirmByProvider, connectOwn, finishSignOn, type SignOnParts } from './service.ts';

export type SignOnPorts = OwnPorts & SignOnParts;

const account = { type: 'account' } as const;
const limits = [
  {
    ...{ name: 'sign_on_by_address', burst: 30, refillS: 5 },
    subject: ({ visitor }: { visitor: { address: string } }) => addressSubject(visitor.address),
  },
] as const;
const ownLimits = [
  {
    ...{ name: 'sign_on_of_account', burst: 10, refillS: 30 },
    subject: ({ actor }: { actor: { accountId: string } }) => actor.accountId,
  },
] as const;
const begins = { none: 'begins what lives ten minutes; its end has the entry' } as const;

function signingIn(ports: SignOnPorts): RouteDeclaration[] {
  const { authentication, invitedEmail } = ports;
  return [
    defineRoute(contract.beginSignOn, {
      permission: 'public',
      resource: account,
      scope: 'installation',
      audit: begins,
      limits,
      handler: async ({ input, setCookies }) => {
        const { invitationToken: token } = input.body;
        const begun = await authentication.beginSignOn(
          token === undefined
            ? { purpose: 'sign_in' }
            : { purpose: 'accept', email: (await invitedEmail(token)).toLowerCase() },
        );
        setCookies(begun.setCookies);
        return { url: begun.url };
      },
    }),
    defineRoute(contract.finishSignOn, {
      permission: 'public',
      resource: account,
      scope: 'installation',
      audit: 'sign_in.provider',
      limits,
      handler: async ({ input, visitor, setCookies, note }) => {
        const opened = await finishSignOn(ports, { answer: input.body, visitor, setCookies });
        note({ objectId: opened.accountId });
        return presentSession(ports, opened);
      },
    }),
  ];
}

function beginning(ports: SignOnPorts): RouteDeclaration[] {
  const { authentication } = ports;
  return [
    defineRoute(contract.beginSignOnConfirmation, {
      permission: 'signed_in',
      resource: { type: 'session' },
      scope: 'account',
      audit: begins,
      limits: ownLimits,
      handler: async ({ actor: { accountId, sessionId }, setCookies }) => {
        const begun = await authentication.beginSignOn({ purpose: 'confirm', accountId, sessionId });
        setCookies(begun.setCookies);
        return { url: begun.url };
      },
    }),
    defineRoute(contract.beginSignOnConnection, {
      permission: 'signed_in',
      resource: account,
      scope: 'account',
      audit: begins,
      isStepUpNeeded: true,
      limits: ownLimits,
      handler: async ({ actor: { accountId, sessionId }, setCookies }) => {
        const begun = await authentication.beginSignOn({ purpose: 'connect', accountId, sessionId });
        setCookies(begun.setCookies);
        return { url: begun.url };
      },
    }),
  ];
}

/** The person as the session shows them now; it was open when the call was let in. */
async function presentOwn(ports: SignOnPorts, cookie: string) {
  const { session } = await ports.authentication.findSession(cookie);
  if (!session) throw new Refusal('not_signed_in');
  return presentSession(ports, session);
}

function finishing(ports: SignOnPorts): RouteDeclaration[] {
  const { authentication } = ports;
  return [
    defineRoute(contract.finishSignOnConfirmation, {
      permission: 'signed_in',
      resource: { type: 'session' },
      scope: 'account',
      audit: 'session.confirm',
      limits: ownLimits,
      handler: async ({ actor, input, visitor, setCookies, note }) => {
        note({ objectId: actor.sessionId });
        setCookies([authentication.forgetSignOnCookie]);
        await confirmByProvider({ authentication, actor, answer: input.body, visitor });
        return presentOwn(ports, visitor.cookie);
      },
    }),
    defineRoute(contract.finishSignOnConnection, {
      permission: 'signed_in',
      resource: account,
      scope: 'account',
      audit: 'account.connect_provider',
      isStepUpNeeded: true,
      limits: ownLimits,
      handler: async ({ actor, input, visitor, transact, setCookies, note }) => {
        note({ objectId: actor.accountId });
        setCookies([authentication.forgetSignOnCookie]);
        await connectOwn({ authentication, actor, answer: input.body, visitor });
        const detail = authentication.signOnLabel ?? '';
        await transact((tx) => tell(tx, 'sign_on_connected', { actor, visitor, ports, detail }));
        return presentOwn(ports, visitor.cookie);
      },
    }),
  ];
}

function removing(ports: SignOnPorts): RouteDeclaration {
  const { authentication } = ports;
  return defineRoute(contract.removeSignOn, {
    permission: 'signed_in',
    resource: account,
    scope: 'account',
    audit: 'account.remove_provider',
    isStepUpNeeded: true,
    handler: async ({ actor, visitor, transact, note }) => {
      note({ objectId: actor.accountId });
      if (!(await authentication.removeSignOn(actor.accountId))) throw new Refusal('not_found');
      const detail = authentication.signOnLabel ?? '';
      await transact((tx) => tell(tx, 'sign_on_removed', { actor, visitor, ports, detail }));
      return undefined;
    },
  });
}

/** Single sign-on: signing in, connecting, proving to be there. */
export function signOnRoutes(ports: SignOnPorts): RouteDeclaration[] {
  return [...signingIn(ports), ...beginning(ports), ...finishing(ports), removing(ports)];
}

import { contract, Refusal } from '@claviger/protocol';
import { addressSubject, defineRoute, type RouteDeclaration } from '../../../platform/http/index.ts';
import { tell, type OwnPorts } from '../own/telling.ts';
import { admit, announceSessionEnd, presentSession, type SessionPorts } from '../service.ts';

const signInLimit = { name: 'passkey_by_address', burst: 30, refillS: 5 } as const;
const passkeyLimit = { name: 'passkeys_of_account', burst: 10, refillS: 30 } as const;
const account = { type: 'account' } as const;

function signingIn(ports: SessionPorts): RouteDeclaration[] {
  const { authentication } = ports;
  const limits = [
    {
      ...signInLimit,
      subject: ({ visitor }: { visitor: { address: string } }) => addressSubject(visitor.address),
    },
  ];
  return [
    defineRoute(contract.beginPasskeySignIn, {
      permission: 'public',
      resource: account,
      scope: 'installation',
      audit: { none: 'asks a question that lives five minutes' },
      limits,
      handler: async ({ visitor, setCookies }) => {
        const { options, setCookies: cookies } = await authentication.beginPasskeySignIn(visitor.cookie);
        setCookies(cookies);
        return { options };
      },
    }),
    defineRoute(contract.finishPasskeySignIn, {
      permission: 'public',
      resource: account,
      scope: 'installation',
      audit: 'sign_in.passkey',
      limits,
      handler: async ({ input, visitor, setCookies, note }) => {
        const { passkey } = input.body;
        const found = await authentication.finishPasskeySignIn(visitor.cookie, passkey, visitor);
        if (!found?.session) throw new Refusal('wrong_passkey');
        await admit(ports, found.session);
        note({ objectId: found.session.accountId });
        setCookies(found.setCookies);
        return presentSession(ports, found.session);
      },
    }),
  ];
}

/** The library answers a passkey with a new session; it takes the place of the one that asked. */
function confirming(ports: SessionPorts): RouteDeclaration {
  const { authentication } = ports;
  return defineRoute(contract.confirmSessionByPasskey, {
    permission: 'signed_in',
    resource: { type: 'session' },
    scope: 'account',
    audit: 'session.confirm',
    limits: [{ ...passkeyLimit, subject: ({ actor }) => actor.accountId }],
    handler: async ({ actor, input, visitor, transact, setCookies, note }) => {
      note({ objectId: actor.sessionId });
      const { passkey } = input.body;
      const found = await authentication.finishPasskeySignIn(visitor.cookie, passkey, visitor);
      if (!found?.session) throw new Refusal('wrong_passkey');
      const { session } = found;
      if (session.accountId !== actor.accountId) {
        await authentication.endSession(session.accountId, session.sessionId);
        throw new Refusal('wrong_passkey');
      }
      await authentication.endSession(actor.accountId, actor.sessionId);
      await transact((tx) => announceSessionEnd(tx, actor.sessionId));
      setCookies(found.setCookies);
      return presentSession(ports, session);
    },
  });
}

function keeping(ports: OwnPorts): RouteDeclaration[] {
  const { authentication } = ports;
  return [
    defineRoute(contract.listPasskeys, {
      permission: 'signed_in',
      resource: account,
      scope: 'account',
      audit: { none: 'reads the own passkeys' },
      handler: async ({ actor }) => ({ items: await authentication.listPasskeys(actor.accountId) }),
    }),
    defineRoute(contract.beginPasskey, {
      permission: 'signed_in',
      resource: account,
      scope: 'account',
      audit: { none: 'asks a question that lives five minutes' },
      isStepUpNeeded: true,
      handler: async ({ visitor, setCookies }) => {
        const { options, setCookies: cookies } = await authentication.beginPasskey(visitor.cookie);
        setCookies(cookies);
        return { options };
      },
    }),
    defineRoute(contract.addPasskey, {
      permission: 'signed_in',
      resource: account,
      scope: 'account',
      audit: 'account.add_passkey',
      isStepUpNeeded: true,
      limits: [{ ...passkeyLimit, subject: ({ actor }) => actor.accountId }],
      handler: async ({ actor, input, visitor, transact, note }) => {
        note({ objectId: actor.accountId });
        const { passkey, name } = input.body;
        if (!(await authentication.finishPasskey(visitor.cookie, passkey, name)))
          throw new Refusal('wrong_passkey');
        await transact((tx) => tell(tx, 'passkey_added', { actor, visitor, ports, detail: name }));
        return undefined;
      },
    }),
    defineRoute(contract.removePasskey, {
      permission: 'signed_in',
      resource: { type: 'passkey', param: 'passkeyId' },
      scope: 'account',
      audit: 'account.remove_passkey',
      isStepUpNeeded: true,
      handler: async ({ actor, input, visitor, transact }) => {
        if (!(await authentication.removePasskey(actor.accountId, input.params.passkeyId)))
          throw new Refusal('not_found');
        await transact((tx) => tell(tx, 'passkey_removed', { actor, visitor, ports }));
        return undefined;
      },
    }),
  ];
}

/** Passkeys: signing in by one, proving to be there, keeping them. */
export function passkeyRoutes(ports: OwnPorts): RouteDeclaration[] {
  return [...signingIn(ports), confirming(ports), ...keeping(ports)];
}

import { contract, Refusal } from '@claviger/protocol';
import { defineRoute, type RouteDeclaration, type SignedIn } from '../../../platform/http/index.ts';
import { tell, type OwnPorts } from './telling.ts';
import { announceSessionEnd, presentSession, type SessionPorts } from '../service.ts';
import { changePassword, confirm, isRecoveryCode } from './service.ts';

/** A person types a password or a code some times at once; nobody else can spend this allowance. */
function ownLimit(name: string) {
  return {
    name,
    burst: 10,
    refillS: 30,
    subject: ({ actor }: { readonly actor: SignedIn }) => actor.accountId,
  };
}

const account = { type: 'account' } as const;
const session = { type: 'session', param: 'sessionId' } as const;

function confirming(ports: OwnPorts): RouteDeclaration {
  return defineRoute(contract.confirmSession, {
    permission: 'signed_in',
    resource: { type: 'session' },
    scope: 'account',
    audit: 'session.confirm',
    limits: [ownLimit('session_confirm')],
    handler: async ({ actor, input, visitor, transact, note }) => {
      note({ objectId: actor.sessionId });
      await confirm(ports, actor, { ...input.body, cookie: visitor.cookie });
      if ('code' in input.body && isRecoveryCode(input.body.code)) {
        await transact((tx) => tell(tx, 'recovery_code_used', { actor, visitor, ports }));
      }
      const { session: found } = await ports.authentication.findSession(visitor.cookie);
      if (!found) throw new Refusal('not_signed_in');
      return presentSession(ports, found);
    },
  });
}

function ofSessions({ authentication }: SessionPorts): RouteDeclaration[] {
  return [
    defineRoute(contract.listSessions, {
      permission: 'signed_in',
      resource: account,
      scope: 'account',
      audit: { none: 'reads the own sessions' },
      handler: async ({ actor }) => {
        const stored = await authentication.listSessions(actor.accountId);
        return { items: stored.map((found) => ({ ...found, isThisOne: found.id === actor.sessionId })) };
      },
    }),
    defineRoute(contract.endSession, {
      permission: 'signed_in',
      resource: session,
      scope: 'account',
      audit: 'session.end',
      handler: async ({ actor, input, transact }) => {
        const { sessionId } = input.params;
        if (!(await authentication.endSession(actor.accountId, sessionId))) throw new Refusal('not_found');
        await transact((tx) => announceSessionEnd(tx, sessionId));
        return undefined;
      },
    }),
    defineRoute(contract.endOtherSessions, {
      permission: 'signed_in',
      resource: account,
      scope: 'account',
      audit: 'session.end_others',
      handler: async ({ actor, transact, note }) => {
        const ended = await authentication.endOtherSessions(actor.accountId, actor.sessionId);
        note({ objectId: actor.accountId, after: { ended: ended.length } });
        await transact(async (tx) => {
          for (const sessionId of ended) await announceSessionEnd(tx, sessionId);
        });
        return undefined;
      },
    }),
  ];
}

function ofPassword(ports: OwnPorts): RouteDeclaration {
  return defineRoute(contract.changePassword, {
    permission: 'signed_in',
    resource: account,
    scope: 'account',
    audit: 'account.change_password',
    limits: [ownLimit('change_password')],
    handler: async ({ actor, input, visitor, transact, note }) => {
      note({ objectId: actor.accountId });
      const ended = await changePassword(ports, actor, input.body);
      await transact(async (tx) => {
        for (const sessionId of ended) await announceSessionEnd(tx, sessionId);
        await tell(tx, 'password_changed', { actor, visitor, ports });
      });
      return undefined;
    },
  });
}

const wrongPassword = { issues: [{ path: 'body.password', problem: 'password_wrong' }] };

function settingUp(ports: OwnPorts): RouteDeclaration[] {
  const { authentication } = ports;
  return [
    defineRoute(contract.beginAuthenticator, {
      permission: 'signed_in',
      resource: account,
      scope: 'account',
      audit: 'account.begin_authenticator',
      limits: [ownLimit('begin_authenticator')],
      handler: async ({ actor, input, visitor, note }) => {
        note({ objectId: actor.accountId });
        const made = await authentication.beginAuthenticator(visitor.cookie, input.body.password);
        if (!made) throw new Refusal('invalid_input', wrongPassword);
        return made;
      },
    }),
    defineRoute(contract.finishAuthenticator, {
      permission: 'signed_in',
      resource: account,
      scope: 'account',
      audit: 'account.finish_authenticator',
      limits: [ownLimit('finish_authenticator')],
      handler: async ({ actor, input, visitor, transact, setCookies, note }) => {
        note({ objectId: actor.accountId });
        const found = await authentication.finishAuthenticator(visitor.cookie, input.body.code, visitor);
        if (!found?.session)
          throw new Refusal('invalid_input', { issues: [{ path: 'body.code', problem: 'code_wrong' }] });
        setCookies(found.setCookies);
        await transact((tx) => tell(tx, 'authenticator_on', { actor, visitor, ports }));
        return presentSession(ports, found.session);
      },
    }),
  ];
}

function ofAuthenticator(ports: OwnPorts): RouteDeclaration[] {
  const { authentication } = ports;
  return [
    defineRoute(contract.renewRecoveryCodes, {
      permission: 'signed_in',
      resource: account,
      scope: 'account',
      audit: 'account.renew_recovery_codes',
      limits: [ownLimit('renew_recovery_codes')],
      handler: async ({ actor, input, visitor, transact, note }) => {
        note({ objectId: actor.accountId });
        const made = await authentication.renewRecoveryCodes(visitor.cookie, input.body.password);
        if (!made) throw new Refusal('invalid_input', wrongPassword);
        await transact((tx) => tell(tx, 'recovery_codes_renewed', { actor, visitor, ports }));
        return { recoveryCodes: made };
      },
    }),
    defineRoute(contract.removeAuthenticator, {
      permission: 'signed_in',
      resource: account,
      scope: 'account',
      audit: 'account.remove_authenticator',
      isStepUpNeeded: true,
      handler: async ({ actor, visitor, transact, note }) => {
        note({ objectId: actor.accountId });
        if (!(await authentication.removeAuthenticator(actor.accountId))) throw new Refusal('not_found');
        await transact((tx) => tell(tx, 'authenticator_off', { actor, visitor, ports }));
        return undefined;
      },
    }),
  ];
}

/** What a person does with the own Account. */
export function ownAccountRoutes(ports: OwnPorts): RouteDeclaration[] {
  return [
    confirming(ports),
    ...ofSessions(ports),
    ofPassword(ports),
    ...settingUp(ports),
    ...ofAuthenticator(ports),
  ];
}

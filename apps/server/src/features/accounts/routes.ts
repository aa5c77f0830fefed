import { contract, Refusal } from '@claviger/protocol';
import {
  addressSubject,
  defineRoute,
  hasOperator,
  type RouteDeclaration,
} from '../../platform/http/index.ts';
import { addressRoutes } from './address/routes.ts';
import { askWhetherTheirs } from './address/service.ts';
import { ownAccountRoutes } from './own/routes.ts';
import { isRecoveryCode } from './own/service.ts';
import { tell } from './own/telling.ts';
import { resetRoutes } from './reset/routes.ts';
import type { ResetParts } from './reset/service.ts';
import { signOnRoutes } from './sign-on/routes.ts';
import type { SignOnParts } from './sign-on/service.ts';
import { passkeyRoutes } from './passkeys/routes.ts';
import {
  admit,
  announceSessionEnd,
  bootstrap,
  presentSession,
  signIn,
  type SessionPorts,
} from './service.ts';

export interface AccountRoutePorts extends SessionPorts, ResetParts, SignOnParts {
  readonly mode: 'demo' | 'real';
  readonly version: string;
}

/**
 * A household signs in from one address; ten tries in a row for one person there, a hundred from everywhere.
 */
const signInLimits = {
  address: { name: 'sign_in_by_address', burst: 30, refillS: 5 },
  pair: { name: 'sign_in_by_address_and_email', burst: 10, refillS: 30 },
  email: { name: 'sign_in_by_email', burst: 100, refillS: 10 },
} as const;
const bootstrapLimit = { name: 'bootstrap_by_address', burst: 5, refillS: 60 } as const;

function getInstallation(ports: AccountRoutePorts): RouteDeclaration {
  const { database, mode, version, mails } = ports;
  const signOn = ports.authentication.signOnLabel;
  return defineRoute(contract.getInstallation, {
    permission: 'public',
    resource: { type: 'installation' },
    scope: 'installation',
    audit: { none: 'reads what anybody may know' },
    isOpenBeforeBootstrap: true,
    handler: async () => ({
      mode,
      version,
      sendsMail: mails.server !== undefined,
      ...(signOn !== undefined && { signOn }),
      needsBootstrap: !(await database.transact({ kind: 'installation' }, hasOperator)),
    }),
  });
}

function bootstrapRoute(ports: AccountRoutePorts): RouteDeclaration {
  return defineRoute(contract.bootstrap, {
    permission: 'public',
    resource: { type: 'account' },
    scope: 'installation',
    audit: 'bootstrap',
    isOpenBeforeBootstrap: true,
    limits: [{ ...bootstrapLimit, subject: ({ visitor }) => addressSubject(visitor.address) }],
    handler: async ({ input: { body }, transact, visitor, setCookies, note }) => {
      await bootstrap(ports, body, (work) =>
        transact(async (tx) => {
          await askWhetherTheirs(tx, await work(tx), { visitor, ports });
        }),
      );
      const { email, password } = body;
      const opened = await signIn(ports, { email, password }, { visitor, setCookies });
      note({ objectId: opened.accountId });
      return presentSession(ports, opened);
    },
  });
}

function signInRoute(ports: AccountRoutePorts): RouteDeclaration {
  return defineRoute(contract.signIn, {
    permission: 'public',
    resource: { type: 'account' },
    scope: 'installation',
    audit: 'sign_in',
    limits: [
      { ...signInLimits.address, subject: ({ visitor }) => addressSubject(visitor.address) },
      {
        ...signInLimits.pair,
        subject: ({ visitor, input }) =>
          `${addressSubject(visitor.address)} ${input.body.email.toLowerCase()}`,
      },
      { ...signInLimits.email, subject: ({ input }) => input.body.email.toLowerCase() },
    ],
    handler: async ({ input: { body }, visitor, setCookies, note }) => {
      const opened = await signIn(ports, body, { visitor, setCookies });
      note({ objectId: opened.accountId });
      return presentSession(ports, opened);
    },
  });
}

/** The codes themselves are counted for each Account, where they are checked. */
function finishSignInRoute(ports: AccountRoutePorts): RouteDeclaration {
  return defineRoute(contract.finishSignIn, {
    permission: 'public',
    resource: { type: 'account' },
    scope: 'installation',
    audit: 'sign_in.finish',
    limits: [{ ...signInLimits.address, subject: ({ visitor }) => addressSubject(visitor.address) }],
    handler: async ({ input: { body }, visitor, transact, setCookies, note }) => {
      const found = await ports.authentication.finishSignIn(visitor.cookie, body.code, visitor);
      if (!found?.session) throw new Refusal('wrong_code');
      await admit(ports, found.session);
      const { accountId } = found.session;
      note({ objectId: accountId });
      if (isRecoveryCode(body.code)) {
        const actor = { accountId };
        await transact((tx) => tell(tx, 'recovery_code_used', { actor, visitor, ports }));
      }
      setCookies(found.setCookies);
      return presentSession(ports, found.session);
    },
  });
}

function signOutRoute({ authentication }: AccountRoutePorts): RouteDeclaration {
  return defineRoute(contract.signOut, {
    permission: 'signed_in',
    resource: { type: 'session' },
    scope: 'account',
    audit: 'sign_out',
    handler: async ({ actor, visitor, transact, setCookies, note }) => {
      const ended = await authentication.signOut(visitor.cookie);
      note({ objectId: actor.sessionId });
      await transact((tx) => announceSessionEnd(tx, actor.sessionId));
      setCookies(ended.setCookies);
      return undefined;
    },
  });
}

/** Asking whether somebody is signed in is no fault: to nobody the answer is null. */
function getSession(ports: AccountRoutePorts): RouteDeclaration {
  return defineRoute(contract.getSession, {
    permission: 'public',
    resource: { type: 'session' },
    scope: 'installation',
    audit: { none: "reads the visitor's own session" },
    handler: async ({ visitor, setCookies }) => {
      if (visitor.cookie === '') return null;
      const found = await ports.authentication.findSession(visitor.cookie);
      if (found.setCookies.length > 0) setCookies(found.setCookies);
      return found.session ? presentSession(ports, found.session) : null;
    },
  });
}

/** The calls of this feature. */
export function accountRoutes(ports: AccountRoutePorts): RouteDeclaration[] {
  return [
    getInstallation(ports),
    bootstrapRoute(ports),
    signInRoute(ports),
    finishSignInRoute(ports),
    signOutRoute(ports),
    getSession(ports),
    ...ownAccountRoutes(ports),
    ...addressRoutes(ports),
    ...passkeyRoutes(ports),
    ...signOnRoutes(ports),
    ...resetRoutes(ports),
  ];
}

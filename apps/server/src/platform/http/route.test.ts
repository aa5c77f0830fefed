import { contract } from '@claviger/protocol';
import { fastify } from 'fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../../test/test-database.ts';
import { createTestHttp, TestBrowser } from '../../../test/test-http.ts';
import { assertContractIsWhole, defineRoute, type RouteDeclaration } from './index.ts';
import { refuseUndeclaredRoutes, registerExceptions } from './pages/exceptions.ts';
import { nameOfContract } from './route.ts';

let test: TestDatabase;

beforeAll(async () => {
  test = await createTestDatabase();
});

afterAll(async () => {
  await test.drop();
});

const resource = { type: 'test' } as const;
const nothing = () => Promise.resolve(undefined);

function declareSignOut(entry: SignOut) {
  const audit = 'test';
  return defineRoute(entry, {
    permission: 'public',
    resource,
    scope: 'installation',
    audit,
    handler: nothing,
  });
}

type SignOut =
  typeof contract.signOut | (typeof contract.signOut & { readonly isIdempotencyKeyNeeded: true });

describe('the contract', () => {
  it('is whole when each of its entries is declared once', () => {
    const declared = declareSignOut(contract.signOut);
    const all = Object.values(contract).map((entry): RouteDeclaration => ({ ...declared, contract: entry }));
    expect(() => {
      assertContractIsWhole(all);
    }).not.toThrow();
    expect(() => {
      assertContractIsWhole(all.slice(1));
    }).toThrow('getInstallation is declared 0 times');
    expect(() => {
      assertContractIsWhole([...all, ...all.slice(-1)]);
    }).toThrow('followEntity is declared 2 times');
  });

  it('names its entries, and what is beyond it by method and path', () => {
    expect(nameOfContract(contract.openLock)).toBe('openLock');
    expect(nameOfContract({ method: 'GET', path: '/x', summary: '', status: 204 })).toBe('GET /x');
  });

  it('cannot be declared with a stored answer for an Account', () => {
    const wanted = { ...contract.signOut, isIdempotencyKeyNeeded: true } as const;
    const declare = () =>
      defineRoute(wanted, {
        permission: 'signed_in',
        resource,
        scope: 'account',
        audit: 'test',
        handler: nothing,
      });
    expect(declare).toThrow('stored answers belong to an Entity');
  });
});

describe('asking again for the person', () => {
  it('is nothing for a route that anybody may call', () => {
    const declare = () =>
      defineRoute(contract.signOut, {
        permission: 'public',
        resource,
        scope: 'installation',
        audit: 'test',
        isStepUpNeeded: true,
        handler: nothing,
      });
    expect(declare).toThrow('asks nobody in particular');
  });
});

describe('a declaration', () => {
  it('does not compile without permission, resource, scope and audit, or with two that do not fit', () => {
    const permission = 'public' as const;
    const scope = 'installation' as const;
    const audit = 'test' as const;
    const handler = nothing;
    const declare = () => [
      defineRoute(contract.signOut, { permission, resource, scope, audit, handler }),
      // @ts-expect-error a permission is missing
      defineRoute(contract.signOut, { resource, scope, audit, handler }),
      // @ts-expect-error a resource is missing
      defineRoute(contract.signOut, { permission, scope, audit, handler }),
      // @ts-expect-error a scope is missing
      defineRoute(contract.signOut, { permission, resource, audit, handler }),
      // @ts-expect-error an audit is missing
      defineRoute(contract.signOut, { permission, resource, scope, handler }),
      // @ts-expect-error somebody who has not signed in has no Account to act for
      defineRoute(contract.signOut, { permission, resource, scope: 'account', audit, handler }),
      // @ts-expect-error a call without audit says why
      defineRoute(contract.signOut, { permission, resource, scope, audit: {}, handler }),
      // @ts-expect-error the answer is another one
      defineRoute(contract.getInstallation, { permission, resource, scope, audit, handler }),
    ];
    expect(declare).toThrow('does not act in the scope of its permission');
  });
});

describe('a server', () => {
  it('does not start with a route that was neither declared nor excepted', async () => {
    const app = fastify();
    refuseUndeclaredRoutes(app);
    app.get('/declared', { config: { declaration: declareSignOut(contract.signOut) } }, () => 'ours');
    await registerExceptions(app, 'everybody may see it', (scope) => {
      scope.get('/excepted', () => 'ours too');
    });
    app.get('/backdoor', () => 'open');
    await expect(app.ready()).rejects.toThrow('the route /backdoor is not declared');
  });

  it('starts with declared and excepted routes, and shows each', async () => {
    const { app } = await createTestHttp(test);
    expect((await new TestBrowser(app).get('/api/installation')).statusCode).toBe(200);
    expect(app.printRoutes({ commonPrefix: false })).toMatchInlineSnapshot(`
      "├── /api/installation (GET, HEAD)
      ├── /api/bootstrap (POST)
      ├── /api/sign-in (POST)
      │   ├── /code (POST)
      │   ├── /passkey (POST)
      │   │   └── /finish (POST)
      │   └── /provider (POST)
      │       └── /finish (POST)
      ├── /api/sign-out (POST)
      ├── /api/session (GET, HEAD)
      │   └── /confirm (POST)
      │       ├── -by-passkey (POST)
      │       └── -by-provider (POST)
      │           └── /finish (POST)
      ├── /api/account/sessions (GET, HEAD)
      │   ├── /end-others (POST)
      │   └── /:sessionId (DELETE)
      ├── /api/account/password (POST)
      ├── /api/account/passkeys (GET, HEAD, POST)
      │   ├── /begin (POST)
      │   └── /:passkeyId (DELETE)
      ├── /api/account/provider (POST, DELETE)
      │   └── /finish (POST)
      ├── /api/account/authenticator (POST, DELETE)
      │   ├── /finish (POST)
      │   └── /recovery-codes (POST)
      ├── /api/account/address (POST)
      ├── /api/address/finish (POST)
      ├── /api/password-reset (POST)
      │   └── /finish (POST)
      ├── /api/openapi.json (GET, HEAD)
      ├── /api/docs (GET, HEAD)
      │   └── / (GET, HEAD)
      │       └── js/scalar.js (GET, HEAD)
      ├── /healthz (GET, HEAD)
      └── /metrics (GET, HEAD)
      "
    `);
    await app.close();
  });
});

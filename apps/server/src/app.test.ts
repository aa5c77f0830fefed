import { auditOperations, entityOperations, type Session } from '@claviger/protocol';
import { describe, expect, it } from 'vitest';
import { openHome } from '../test/guest-keys.ts';
import { serverOfThisFile } from '../test/test-app.ts';
import type { RouteDeclaration } from './platform/http/index.ts';

const site = serverOfThisFile();

/**
 * Calls that may leave no row in the Audit although their method could change something, each with what a
 * reviewer was told. Whoever adds one here explains it to a person who looks for what happened.
 */
const reviewed: Readonly<Record<string, string>> = {
  'POST /v1/enrolment/hello':
    'A waiting device asks every 25 seconds; it changes nothing, and rows would fill the disk.',
  'POST /api/key-page': 'The token of a Key travels in bodies, never in addresses; looking changes nothing.',
  'POST /api/key-page/open':
    'A Key that is presented stands in the Activity of its lock, by the word of the door.',
  'POST /api/key-page/command': 'The token travels in the body; looking changes nothing.',
  'POST /api/sign-in/passkey': 'A question that lives five minutes; the answer to it has its row.',
  'POST /api/sign-in/provider': 'Begins what lives ten minutes; its end has its row.',
  'POST /api/session/confirm-by-provider': 'Begins what lives ten minutes; its end has its row.',
  'POST /api/account/provider': 'Begins what lives ten minutes; its end has its row.',
  'POST /api/account/passkeys/begin': 'A question that lives five minutes; the answer to it has its row.',
  'POST /api/entities/{entityId}/unit-imports': 'Lines that wait for a check; applying them has its row.',
  'POST /api/entities/{entityId}/unit-imports/{importId}/lines':
    'Lines that wait for a check; applying them has its row.',
  'POST /api/entities/{entityId}/views': 'A person’s own view of a list: it opens and shows nothing.',
  'PATCH /api/entities/{entityId}/views/{viewId}': 'As saving it.',
  'DELETE /api/entities/{entityId}/views/{viewId}': 'As saving it.',
  'POST /api/entities/{entityId}/user-imports': 'Lines that wait for a check; applying them has its row.',
  'POST /api/entities/{entityId}/user-imports/{importId}/lines':
    'Lines that wait for a check; applying them has its row.',
  'POST /api/invitation': 'The token of an invitation travels in the body; looking changes nothing.',
  'POST /api/invitation/accept': 'The row is added to the chain of the Entity, with the acceptance.',
};

type Declared = Pick<RouteDeclaration, 'contract' | 'audit'>;

/** Unaudited routes that could change something and were not reviewed, and reviews that nobody needs. */
function auditFaults(routes: readonly Declared[], reviews: Readonly<Record<string, string>>): string[] {
  const unaudited = routes
    .filter(({ contract, audit }) => contract.method !== 'GET' && typeof audit !== 'string')
    .map(({ contract }) => `${contract.method} ${contract.path}`);
  const needless = Object.keys(reviews).filter((name) => !unaudited.includes(name));
  return [...unaudited.filter((name) => !Object.hasOwn(reviews, name)), ...needless];
}

describe('a call that could change something', () => {
  it('leaves a row in the Audit, or is on the reviewed list', () => {
    const { routes } = site.server.app;

    expect(routes.filter(({ contract }) => contract.method !== 'GET').length).toBeGreaterThan(8);
    expect(auditFaults(routes, reviewed)).toEqual([]);
  });

  it('is found without an audit, as is a review that nobody needs', () => {
    const contract = { method: 'DELETE', path: '/api/x', summary: '', status: 204 } as const;
    const silent = { contract, audit: { none: 'it is only a small change' } };

    expect(auditFaults([silent], {})).toEqual(['DELETE /api/x']);
    expect(auditFaults([silent], { 'DELETE /api/x': 'why' })).toEqual([]);
    expect(auditFaults([{ contract, audit: 'x.delete' }], { 'DELETE /api/x': 'why' })).toEqual([
      'DELETE /api/x',
    ]);
    expect(auditFaults([{ contract: { ...contract, method: 'GET' }, audit: { none: 'reads' } }], {})).toEqual(
      [],
    );
  });
});

describe('what a session says that a person may do', () => {
  const shownTo = ['addLock', 'updateLock', 'claimLock', 'openLock', 'createGuestKey', 'updateKey'] as const;

  it('is what the routes permit to the role, and nothing else', async () => {
    const home = await openHome(site.server);
    const mayAs = async (role: string) => {
      await site.test.asAdmin('update claviger.memberships set role = $1 where entity_id = $2', [
        role,
        home.entityId,
      ]);
      const { memberships } = (await home.browser.get('/api/session')).json<Session>();
      return shownTo.filter((call) => memberships[0]?.may.includes(call));
    };
    const rename = () => {
      const url = `/api/entities/${home.entityId}/locks/${home.lockId}`;
      return home.browser.request('PATCH', url, { name: 'Gate', version: 1_000 });
    };

    const managers = [await mayAs('community_manager'), (await rename()).statusCode];
    const admins = [await mayAs('local_admin'), (await rename()).statusCode];
    const installers = await mayAs('installer');

    expect(managers).toEqual([shownTo, 409]);
    expect(admins).toEqual([['openLock', 'createGuestKey', 'updateKey'], 403]);
    expect(installers).toEqual([]);
  });
});

describe('an operation of the Audit', () => {
  it('has a name that people read, in the closed list of the protocol', () => {
    const known: readonly string[] = auditOperations;
    const declared = site.server.app.routes.flatMap(({ audit }) =>
      typeof audit === 'string' ? [audit] : [],
    );

    expect(declared.length).toBeGreaterThan(12);
    expect(declared.filter((operation) => !known.includes(operation))).toEqual([]);
  });

  it('is offered where an Entity’s Audit is looked at if it can stand there, and else is not', () => {
    const known: readonly string[] = entityOperations;
    const declared = (isInEntity: boolean) =>
      site.server.app.routes.flatMap(({ audit, scope }) =>
        typeof audit === 'string' && ['entity', 'owner'].includes(scope) === isInEntity ? [audit] : [],
      );

    expect(declared(true).filter((operation) => !known.includes(operation))).toEqual([]);
    // A registration makes the Entity in whose Audit it stands first, and break-glass is seen there.
    expect(declared(false).filter((operation) => known.includes(operation))).toEqual([
      'access_request.break_glass',
      'registration.register',
    ]);
  });
});

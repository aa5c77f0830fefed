import { contract, deviceContract, type RouteContract } from '@claviger/protocol';
import { describe, expect, it } from 'vitest';
import { defineRoute, type RouteDeclaration } from '../../apps/server/src/platform/http/index.ts';
import { cellsOf, fileFindings, nameOf } from './cells.ts';
import { routesOf } from './registry.ts';
import type { Actor } from './world/people.ts';

/** Every route of the contract, declared as open to anybody: what the files say is not about that. */
const declarations: readonly RouteDeclaration[] = Object.values<RouteContract>({
  ...contract,
  ...deviceContract,
}).map((entry) =>
  defineRoute(entry, {
    permission: 'public',
    resource: { type: 'entity' },
    scope: 'installation',
    audit: { none: 'does nothing' },
    handler: () => Promise.reject(new Error('nobody calls it')),
  }),
);
const routes = routesOf(declarations);

function actor(role: Actor['role']): Actor {
  return { role, state: 'live', email: '', cookie: '' };
}

describe('the reviewed files of the matrix', () => {
  it('have rows for every route, and for no other', () => {
    expect(fileFindings(routes)).toEqual([]);
  });

  it('lack the rows of a route that is new', () => {
    const [first] = routes;
    if (!first) throw new Error('there are routes');
    expect(fileFindings([...routes, { ...first, name: 'openEverything' }])).toEqual([
      'openEverything has no expected rows',
    ]);
  });

  it('name a route that is there no more', () => {
    const findings = fileFindings(routes.filter(({ name }) => name !== 'openLock'));
    expect(findings).toContain('openLock is expected and is no route');
  });
});

describe('a cell', () => {
  const openLock = routes
    .filter(({ name }) => name === 'openLock')
    .map((route) => ({ ...route, kind: 'entity' as const }));

  it('is expected by the role, the Entity and whose rows are named', () => {
    const cells = cellsOf(openLock, [actor('community_manager'), actor('resident'), actor('nobody')]);
    expect(cells.map((cell) => [nameOf(cell), cell.expected])).toEqual([
      ['openLock: live community_manager, own', 'done'],
      ['openLock: live community_manager, sibling', 404],
      ['openLock: live community_manager, foreign', 404],
      ['openLock: live community_manager, own, rows of sibling', 404],
      ['openLock: live community_manager, own, rows of foreign', 404],
      ['openLock: live resident, own', 403],
      ['openLock: live resident, sibling', 404],
      ['openLock: live resident, foreign', 404],
      ['openLock: live resident, own, rows of sibling', 403],
      ['openLock: live resident, own, rows of foreign', 403],
      ['openLock: live nobody, own', 401],
      ['openLock: live nobody, sibling', 401],
      ['openLock: live nobody, foreign', 401],
    ]);
  });

  it('is none with the User who is deactivated, or whose Membership is over', () => {
    for (const state of ['deactivated', 'ended'] as const) {
      const cells = cellsOf(openLock, [{ ...actor('community_manager'), state }]);
      expect(cells.map(({ expected }) => expected)).toEqual([404, 404, 404]);
    }
  });
});

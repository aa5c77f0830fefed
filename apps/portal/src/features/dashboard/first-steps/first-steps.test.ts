import { expect, it } from 'vitest';
import { stepsDone } from './first-steps.ts';

it.each([
  ['nothing in an empty Entity', [], false, []],
  ['the first while a claim runs', [{ status: 'claiming' }], false, ['add']],
  ['two when a lock is active', [{ status: 'unclaimed' }, { status: 'active' }], false, ['add', 'claim']],
  ['all when a door has opened', [{ status: 'active' }], true, ['add', 'claim', 'open']],
] as const)('has done %s', (...[, locks, hasEvents, expected]) => {
  expect([...stepsDone(locks, hasEvents)]).toEqual(expected);
});

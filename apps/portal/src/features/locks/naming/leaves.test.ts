import { expect, it } from 'vitest';
import { changedLeaves, leavesFacts, leavesOf } from './leaves.ts';

const asItBegins = { minimumAssurance: 'low', takesStaticQr: false, takesCardNumbers: false } as const;

it('sends of the leaves of a lock what the person changed, and nothing else', () => {
  expect(changedLeaves(asItBegins, asItBegins)).toEqual({});
  expect(changedLeaves(asItBegins, { ...asItBegins, takesCardNumbers: true })).toEqual({
    takesCardNumbers: true,
  });
  const all = { minimumAssurance: 'high', takesStaticQr: true, takesCardNumbers: true } as const;
  expect(changedLeaves(all, asItBegins)).toEqual(asItBegins);
  expect(leavesOf({ ...all, ...{ name: 'Front door' } })).toEqual(all);
});

it('says of a lock what differs from one that nobody has edited', () => {
  expect(leavesFacts(asItBegins)).toEqual([]);
  expect(leavesFacts({ minimumAssurance: 'medium', takesStaticQr: true, takesCardNumbers: true })).toEqual([
    'Minimum assurance: medium',
    'Takes bare card numbers',
    'Takes static pictures of permanent keys',
  ]);
});

import { expect, it } from 'vitest';
import { leavesFacts } from './leaves.ts';

const asItBegins = { minimumAssurance: 'low', takesStaticQr: false, takesCardNumbers: false } as const;

it('says of a lock what differs from one that nobody has edited', () => {
  expect(leavesFacts(asItBegins)).toEqual([]);
  expect(leavesFacts({ minimumAssurance: 'medium', takesStaticQr: true, takesCardNumbers: true })).toEqual([
    'Minimum assurance: medium',
    'Takes bare card numbers',
    'Takes static pictures of permanent keys',
  ]);
});

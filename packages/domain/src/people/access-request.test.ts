import { describe, expect, it } from 'vitest';
import {
  endUnderMandate,
  isMandateLength,
  requestStateAt,
  submittedStateAt,
  type RequestState,
} from './access-request.ts';

describe('the length of a Mandate', () => {
  it.each([
    ['installer', 14, false],
    ['installer', 15, true],
    ['installer', 129_600, true],
    ['installer', 129_601, false],
    ['installer', 15.5, false],
    ['installer', NaN, false],
    ['entity_management', 59, false],
    ['entity_management', 43_200, true],
    ['entity_management', 525_600, true],
    ['entity_management', 525_601, false],
  ] as const)('of %s with %d minutes is taken: %s', (kind, minutes, isTaken) => {
    expect(isMandateLength(kind, minutes)).toBe(isTaken);
  });
});

describe('a request', () => {
  it('is over to the millisecond where nobody decided, and stays what was decided', () => {
    const at = (state: Exclude<RequestState, 'expired'>, now: number) =>
      requestStateAt({ state, expiresAt: 1_000 }, now);
    expect([at('pending', 999), at('pending', 1_000)]).toEqual(['pending', 'expired']);
    expect([at('approved', 2_000), at('rejected', 2_000), at('withdrawn', 2_000)]).toEqual([
      'approved',
      'rejected',
      'withdrawn',
    ]);
  });

  it.each<[readonly RequestState[], boolean, RequestState]>([
    [[], false, 'pending'],
    [['pending'], false, 'pending'],
    [['rejected', 'pending'], false, 'pending'],
    [['rejected', 'rejected'], false, 'rejected'],
    [['rejected', 'approved'], false, 'approved'],
    [[], true, 'withdrawn'],
    [['withdrawn', 'rejected'], true, 'withdrawn'],
    [['withdrawn', 'approved'], true, 'approved'],
  ])('that Entities received as %j, withdrawn: %s, is %s', (received, isWithdrawn, state) => {
    expect(submittedStateAt({ isWithdrawn, expiresAt: 1_000 }, received, 999)).toBe(state);
  });

  it('that nobody received is over like one that somebody did', () => {
    const request = { isWithdrawn: false, expiresAt: 1_000 };
    expect(submittedStateAt(request, [], 1_000)).toBe('expired');
    expect(submittedStateAt(request, ['expired'], 1_000)).toBe('expired');
  });
});

describe('a Key that is made under a Mandate', () => {
  it('ends with the Mandate, or before', () => {
    expect([endUnderMandate(500, 1_000), endUnderMandate(2_000, 1_000)]).toEqual([500, 1_000]);
  });
});

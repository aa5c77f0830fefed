import { Refusal } from '@claviger/protocol';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testSecret } from '../../../../test/database-server.ts';
import { createTestDatabase, type TestDatabase } from '../../../../test/test-database.ts';
import { openSharedLimiter, type SharedLimiter } from './shared-limit.ts';
import { forgetWholeAllowances } from './store.ts';
import { addressSubject, TokenBuckets } from './token-buckets.ts';

describe('a token bucket', () => {
  it('gives its burst at once, then what was filled in meanwhile', () => {
    const buckets = new TokenBuckets({ burst: 3, refillPerS: 2 });
    const takes = [0, 0, 0, 0, 499, 500, 500].map((at) => buckets.take('ada', at));
    expect(takes).toEqual([undefined, undefined, undefined, 1, 1, undefined, 1]);
  });

  it('is one for each subject, and never fuller than its burst', () => {
    const buckets = new TokenBuckets({ burst: 1, refillPerS: 1 });
    expect([buckets.take('ada', 0), buckets.take('bob', 0), buckets.take('ada', 0)]).toEqual([
      undefined,
      undefined,
      1,
    ]);
    expect([buckets.take('ada', 3_600_000), buckets.take('ada', 3_600_000)]).toEqual([undefined, 1]);
  });

  it('is not filled by a clock that goes back', () => {
    const buckets = new TokenBuckets({ burst: 1, refillPerS: 1 });
    buckets.take('ada', 10_000);
    expect(buckets.take('ada', 5_000)).toBe(1);
  });

  it('of the quietest is forgotten when there are too many, and no other', () => {
    const buckets = new TokenBuckets({ burst: 1, refillPerS: 0.001 });
    buckets.take('first', 0);
    buckets.take('second', 0);
    for (let index = 0; index < 19_999; index += 1) buckets.take(`stranger ${index}`, 1);
    expect(buckets.take('second', 2)).toBeGreaterThan(0);
    expect(buckets.take('first', 2)).toBeUndefined();
  });
});

describe('the subject of an address', () => {
  it.each([
    ['192.0.2.7', '192.0.2.7'],
    ['::ffff:192.0.2.7', '192.0.2.7'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['2001:0db8:0001:0002::1', '2001:db8:1:2::/64'],
    ['2001:db8::1', '2001:db8:0:0::/64'],
    ['fe80::1%eth0', 'fe80:0:0:0::/64'],
    ['::1', '0:0:0:0::/64'],
  ])('%s counts as %s', (address, subject) => {
    expect(addressSubject(address)).toBe(subject);
  });
});

describe('a limit in the database', () => {
  let test: TestDatabase;
  let limiter: SharedLimiter;

  beforeAll(async () => {
    test = await createTestDatabase();
    limiter = openSharedLimiter(test.database, testSecret);
  });

  afterAll(async () => {
    await test.drop();
  });

  const limited = { name: 'test', burst: 2, refillS: 60 };

  async function take(subject: string, from = limiter): Promise<'taken' | number | undefined> {
    try {
      await from.take([{ ...limited, subject }]);
      return 'taken';
    } catch (error) {
      if (error instanceof Refusal && error.code === 'too_many_requests') return error.retryAfterS;
      throw error;
    }
  }

  async function letPass(seconds: number): Promise<void> {
    await test.asAdmin("update claviger.rate_limits set full_at = full_at - $1 * interval '1 second'", [
      seconds,
    ]);
  }

  it('gives its burst, says how long to wait, and fills up again', async () => {
    expect([await take('a'), await take('a'), await take('a'), await take('a')]).toEqual([
      'taken',
      'taken',
      60,
      60,
    ]);
    await letPass(45);
    expect(await take('a')).toBe(15);
    await letPass(15);
    expect([await take('a'), await take('a')]).toEqual(['taken', 60]);
    await letPass(10_000);
    expect([await take('a'), await take('a'), await take('a')]).toEqual(['taken', 'taken', 60]);
  });

  it('counts what several copies of the server take at the same time', async () => {
    const copy = openSharedLimiter(test.database, testSecret);
    const results = await Promise.all(
      Array.from({ length: 10 }, (_, index) => take('b', index % 2 === 0 ? limiter : copy)),
    );
    expect(results.filter((result) => result === 'taken')).toHaveLength(2);
  });

  it('counts each subject and each limit for itself', async () => {
    await take('c');
    await take('c');
    expect(await take('d')).toBe('taken');
    await limiter.take([{ ...limited, name: 'other', subject: 'c' }]);
  });

  it('takes from all subjects of a call, and refuses with the longest wait', async () => {
    const short = { name: 'short', burst: 1, refillS: 5, subject: 'e' };
    const long = { name: 'long', burst: 1, refillS: 500, subject: 'e' };
    await limiter.take([short, long]);
    await expect(limiter.take([short, long])).rejects.toMatchObject({ retryAfterS: 500 });
  });

  it('forgets who has the whole allowance again', async () => {
    await take('f');
    await letPass(100_000);
    await take('g');
    expect(await test.database.transact({ kind: 'installation' }, forgetWholeAllowances)).toBeGreaterThan(0);
    expect(await test.asAdmin('select from claviger.rate_limits')).toHaveLength(1);
  });
});

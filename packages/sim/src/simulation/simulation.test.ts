import { describe, expect, it } from 'vitest';
import { bugs, faultNames, minimise, runWorld, type RunOptions } from './index.ts';

/** A short evening of two doors. */
const small = { days: 1, doors: 2 } as const;

/** Bugs that a small world shows early; `npm run sim -- --planted` seeks all of them. */
const shownEarly = [
  ['commit_after_relay', 'I1'],
  ['half_read_list', 'I5'],
  ['line_opens', 'I9'],
  ['outbox_trimmed_early', 'I7'],
  ['puback_believed', 'I7'],
  ['start_opens', 'I9'],
  ['stored_twice', 'I7'],
  ['answered_before_commit', 'I7'],
] as const;

/** Bugs in what a door makes of deltas, and a seed that shows each. */
const shownByDeltas = [
  ['delta_upon_another_list', 3],
  ['ending_in_the_shadow', 2],
  ['deltas_forgotten', 1],
] as const;

/** A day of two doors, in which older disks come back and have their counters back. */
const withOlderDisk = { seed: 4 } as const;

/** Bugs of a recovery, and a seed that shows each. */
const shownByOlderDisk = [
  ['counters_not_returned', 9],
  ['recovery_lowers', 1],
  ['maximum_for_sum', 11],
  ['older_disk_unnoticed', 9],
] as const;

const shownByTurnedBits = [
  ['turned_bit_believed', 'I4', 1],
  ['mended_without_doubt', 'decision', 2],
  ['count_given_too_small', 'I4', 1],
  ['absent_counts_as_new', 'I4', 32],
] as const;

/** Days in which a server is lost, and made again of what it knew some hours before. */
const withRestore = { seed: 17 } as const;

/** Bugs of a restore, and a seed that shows each. */
const shownByRestore = [
  ['incarnation_not_raised', 32],
  ['revocations_not_united', 17],
  ['report_not_awaited', 17],
] as const;

/** Worlds in which something was found once. */
const found: readonly (readonly [what: string, options: RunOptions])[] = [
  ['what has no form is malformed in a pause of its reader too', { seed: 2, ...small }],
  ['a grant in doubt counts besides what a late letter gives back, also once it is stored', { seed: 513 }],
];

describe('a simulated world', { timeout: 400_000 }, () => {
  it('is the same to the last bit for the same seed, and another one for another', async () => {
    const [first, again, other] = [
      await runWorld({ seed: 4, ...small }),
      await runWorld({ seed: 4, ...small }),
      await runWorld({ seed: 2, ...small }),
    ];

    expect(first.broken).toBeUndefined();
    expect(again).toEqual(first);
    expect(other.hash).not.toBe(first.hash);
  });

  it('has decisions, and nothing broken, also where nothing fails', async () => {
    const report = await runWorld({ seed: 3, ...small, without: faultNames });

    expect(report.faults).toEqual([]);
    expect(report.broken).toBeUndefined();
    expect(report.reasons.granted).toBeGreaterThan(0);
  });

  it('has an older disk back that is given its counters, told of and no longer in doubt', async () => {
    const { broken, sometimes } = await runWorld(withOlderDisk);

    expect(broken).toBeUndefined();
    expect(sometimes['a second older disk came back']).toBeGreaterThan(0);
    expect(sometimes['counters were given back']).toBeGreaterThan(0);
    expect(sometimes['a time of which nothing is known was told']).toBeGreaterThan(0);
  });

  it('has a restored server that ends again what its doors knew to be ended', async () => {
    const { broken, sometimes } = await runWorld(withRestore);

    expect(broken).toBeUndefined();
    expect(sometimes['a revocation came back from a door']).toBeGreaterThan(0);
    expect(sometimes['a log went on after what was lost']).toBeGreaterThan(0);
  });

  it.each(found)('once showed that %s', async (_, options) => {
    expect((await runWorld(options)).broken).toBeUndefined();
  });
});

describe('a planted bug', { timeout: 400_000 }, () => {
  it.each(shownEarly)('is found: %s breaks %s', async (planted, invariant) => {
    const report = await runWorld({ seed: 1, planted });

    expect(report.broken?.invariant).toBe(invariant);
  });

  it.each(shownByDeltas)('is found in a delta: %s breaks I5', async (planted, seed) => {
    const report = await runWorld({ seed, planted });

    expect(report.broken?.invariant).toBe('I5');
  });

  it.each(shownByOlderDisk)('is found by an older disk: %s breaks I4', async (planted, seed) => {
    const report = await runWorld({ seed, planted });

    expect(report.broken?.invariant).toBe('I4');
  });

  it.each(shownByTurnedBits)('is found by a turned bit: %s breaks %s', async (planted, invariant, seed) => {
    const report = await runWorld({ seed, planted, ...bugs.find(({ name }) => name === planted)?.worlds });

    expect(report.broken?.invariant).toBe(invariant);
  });

  it.each(shownByRestore)('is found after a restore: %s breaks I18', async (planted, seed) => {
    const report = await runWorld({ seed, planted });

    expect(report.broken?.invariant).toBe('I18');
  });

  it('is found at a reader that was flooded before the power failed: it breaks I19', async () => {
    const report = await runWorld({ seed: 7, planted: 'gathered_in_memory' });

    expect(report.broken?.invariant).toBe('I19');
  });

  it('has a name of its own, and there are at least fifteen', () => {
    expect(new Set(bugs.map(({ name }) => name)).size).toBe(bugs.length);
    expect(bugs.length).toBeGreaterThanOrEqual(15);
  });

  it('is shown in a world from which is taken what it does not need', async () => {
    const minimal = await minimise({ seed: 1, planted: 'line_opens' });

    expect(minimal?.broken.invariant).toBe('I9');
    expect(minimal?.options).toMatchObject({ doors: 1 });
  });
});

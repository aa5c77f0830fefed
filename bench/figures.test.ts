import { describe, expect, it } from 'vitest';
import { growthFigures } from './growth.ts';
import { countFigures } from './box/count.ts';
import { figureOf, glance, growthOf, interleave, median, type Figure, type Measured } from './harness.ts';
import { scheduleFigures } from './schedule.ts';
import { snapshotFigures } from './snapshot.ts';

const measured = (...rounds: number[]): Measured => ({ rate: median(rounds), rounds });
const all = new Map([
  ['ours', measured(50, 100, 40)],
  ['theirs', measured(100, 100, 100)],
]);

describe('a figure', () => {
  it('is the median of the ratios of its rounds, and met from its goal on', () => {
    const asked = { figure: 'speed', ours: 'ours', anchor: 'theirs' };

    expect(figureOf(all, { ...asked, atLeast: 0.5 })).toMatchObject({ ours: 50, ratio: 0.5, ok: true });
    expect(figureOf(all, { ...asked, atLeast: 0.51 })).toMatchObject({ goal: '≥ 0.51', ok: false });
  });

  it('of growth tells how much dearer something became, and is met up to its goal', () => {
    const asked = { figure: 'growth', ours: 'ours', anchor: 'theirs' };

    expect(growthOf(all, { ...asked, most: 2 })).toMatchObject({ ratio: 2, unit: 'µs', ok: true });
    expect(growthOf(all, { ...asked, most: 1.99 })).toMatchObject({ goal: '≤ 1.99', ok: false });
  });

  it('needs what it is about to have been measured', () => {
    expect(() => figureOf(all, { figure: 'speed', ours: 'ours', anchor: 'nobody', atLeast: 1 })).toThrow(
      'nobody was not measured',
    );
  });
});

describe('contenders', () => {
  it('all work in every round, and in the other order in every second one', async () => {
    const order: string[] = [];
    const contender = (name: string) => ({ name, run: () => void order.push(name) });
    let seconds = 0;
    const clock = (): number => (seconds += 1);

    await interleave([contender('one'), contender('other')], { clock, effort: { ...glance, rounds: 3 } });

    expect(order.slice(-6)).toEqual(['one', 'other', 'other', 'one', 'one', 'other']);
  });
});

/** Whether each figure says what it compared, with a ratio: how fast this machine is nobody asks here. */
function areTold(figures: readonly Figure[]): boolean {
  return figures.every(({ anchorName, ratio }) => anchorName !== '' && ratio >= 0 && ratio < Infinity);
}

describe('the figures, at a glance,', () => {
  it('tell how decisions grow dearer', async () => {
    const figures = await growthFigures({ counts: [100, 400], effort: glance });

    expect(figures.map(({ figure }) => figure)).toEqual([
      'P5 decide a QR at 400 Keys',
      'P5 decide a card at 400 Keys',
    ]);
    expect(areTold(figures)).toBe(true);
  });

  it('find no difference between the clocks of a zone', async () => {
    const zones = ['Europe/Berlin', 'Australia/Lord_Howe'];
    const figures = await scheduleFigures({ zones, years: [2026, 2027], effort: glance });

    expect(figures.at(-1)).toMatchObject({ figure: 'P6 differences', ours: 0, ok: true });
    expect(figures.at(-1)?.anchor).toBeGreaterThan(80);
    expect(areTold(figures)).toBe(true);
  });

  it('tell what a Key of a list takes', async () => {
    const figures = await snapshotFigures([20, 200, 400]);

    expect(figures.find(({ figure }) => figure === 'P9 a Key as sent at 200 Keys')).toMatchObject({
      anchorName: 'the same list as JSON',
      goal: '≤ 24 B',
      ok: false,
    });
    expect(figures.find(({ figure }) => figure === 'P9 a Key sent at 200 Keys')?.ratio).toBeLessThan(1);
    expect(areTold(figures)).toBe(true);
  });

  it('count uses on a disk', async () => {
    const figures = await countFigures({ keys: 20, doors: 2, effort: glance });

    expect(figures.map(({ figure }) => figure)).toEqual([
      'P7 count a use, one door',
      'P7 count uses, 2 doors',
    ]);
    expect(areTold(figures)).toBe(true);
  });
});

import { describe, expect, it } from 'vitest';
import { barsOf, busiestHour, chartSize } from './chart.ts';

const day = (hours: Record<number, number>) => Array.from({ length: 24 }, (_, hour) => hours[hour] ?? 0);

describe('the chart of a day', () => {
  it('scales to its busiest hour and stands on its floor', () => {
    const bars = barsOf(day({ 8: 31, 18: 10 }), 12);
    const heights = bars.map(({ height }) => height);
    expect(Math.max(...heights)).toBe(bars[8]?.height);
    expect(bars.every(({ y, height }) => y + height === chartSize.floor && y > 0)).toBe(true);
    expect(bars.every(({ x }) => x >= 0 && x + chartSize.barWidth <= chartSize.width)).toBe(true);
  });

  it('keeps a line where nobody came', () => {
    expect(barsOf(day({}), 0).every(({ height }) => height > 0)).toBe(true);
  });

  it('tells the hours that have begun from those to come', () => {
    const past = barsOf(day({}), 9).filter(({ isPast }) => isPast);
    expect(past.map(({ hour }) => hour)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  });

  it('knows the busiest hour, the first of equals', () => {
    expect(busiestHour(day({ 8: 3, 18: 3 }))).toEqual({ hour: 8, count: 3 });
    expect(busiestHour(day({}))).toBeUndefined();
  });
});

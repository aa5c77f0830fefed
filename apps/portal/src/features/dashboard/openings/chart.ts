/** One bar of the chart, in the units of its picture. */
export interface Bar {
  readonly hour: number;
  readonly count: number;
  readonly x: number;
  readonly y: number;
  readonly height: number;
  /** The hour has begun. */
  readonly isPast: boolean;
}

export const chartSize = { width: 288, height: 74, floor: 58, barWidth: 9 } as const;

const step = chartSize.width / 24;
const lowestBar = 1.5;
const highestBar = 52;

/** The bars of a day; the busiest hour reaches the top, an hour without openings keeps a line. */
export function barsOf(countsByHour: readonly number[], hourNow: number): Bar[] {
  const most = Math.max(1, ...countsByHour);
  return countsByHour.map((count, hour) => {
    const height = Math.max(lowestBar, (count / most) * highestBar);
    return {
      hour,
      count,
      x: hour * step + lowestBar,
      y: chartSize.floor - height,
      height,
      isPast: hour <= hourNow,
    };
  });
}

/** The busiest hour and how many openings it had, or undefined on a day without any. */
export function busiestHour(countsByHour: readonly number[]): { hour: number; count: number } | undefined {
  const count = Math.max(0, ...countsByHour);
  return count === 0 ? undefined : { hour: countsByHour.indexOf(count), count };
}

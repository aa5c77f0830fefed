/** A difference below this is the grain of the Date header and the way of the answer, not a wrong clock. */
const toleratedSkewMs = 2_000;

/** The Date header counts whole seconds; on average the server's clock is half a second further. */
const halfGrainMs = 500;

let skewMs = 0;

/** How far the server's clock is ahead of this one, by the Date header of an answer; 0 while they agree. */
export function skewOf(dateHeader: string | null, receivedAt: number): number {
  const servedAt = Date.parse(dateHeader ?? '') + halfGrainMs;
  const difference = servedAt - receivedAt;
  return Math.abs(difference) > toleratedSkewMs ? difference : 0;
}

/** Learns from an answer how far the clocks are apart. */
export function learnServerTime(dateHeader: string | null): void {
  if (dateHeader !== null) skewMs = skewOf(dateHeader, Date.now());
}

/** The server's time as far as this page knows it; countdowns to instants of the server use it. */
export function serverNow(): number {
  return Date.now() + skewMs;
}

/** Pauses between tries: the first, and the longest that doubling may lead to, in milliseconds. */
export interface Pauses {
  readonly firstMs: number;
  readonly longestMs: number;
}

/** How long to wait after so many failures in a row (1 for the first). */
export function pauseAfter(failures: number, pauses: Pauses): number {
  return Math.min(pauses.longestMs, pauses.firstMs * 2 ** (failures - 1));
}

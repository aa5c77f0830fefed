/** Waits, but no longer than until the signal. */
export async function pauseUntil(durationMs: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const wake = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', wake);
      resolve();
    };
    const timer = setTimeout(wake, durationMs);
    signal.addEventListener('abort', wake);
    if (signal.aborted) wake();
  });
}

/** The pause before the next attempt: doubled with every failure, up to the longest. */
export function growingPauseMs(failures: number, limits: { firstMs: number; longestMs: number }): number {
  return Math.min(limits.firstMs * 2 ** failures, limits.longestMs);
}

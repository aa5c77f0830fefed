/** Time as an argument: the server gets the system's, tests get one that they advance. */
export interface Clock {
  /** Milliseconds since 1970-01-01T00:00:00Z. */
  now(): number;
  /**
   * Runs the task every so many milliseconds until the returned function is called; keeps no process alive.
   */
  every(intervalMs: number, task: () => void): () => void;
}

export const systemClock: Clock = {
  now: () => Date.now(),
  every: (intervalMs, task) => {
    const timer = setInterval(task, intervalMs).unref();
    return () => {
      clearInterval(timer);
    };
  },
};

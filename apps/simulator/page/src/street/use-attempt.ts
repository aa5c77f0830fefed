import { useState } from 'react';

function errorOf(thrown: unknown): Error {
  return thrown instanceof Error ? thrown : new Error(String(thrown));
}

/** Does something that may fail: whether it is under way, and what came of the last try. */
export function useAttempt(): {
  readonly attempt: (work: () => Promise<void>) => void;
  readonly isBusy: boolean;
  readonly error: Error | null;
} {
  const [isBusy, setIsBusy] = useState(false);
  const [error, setError] = useState<Error | null>(null);

  const run = async (work: () => Promise<void>) => {
    setIsBusy(true);
    setError(null);
    try {
      await work();
    } catch (thrown) {
      setError(errorOf(thrown));
    }
    setIsBusy(false);
  };
  return { attempt: (work) => void run(work), isBusy, error };
}

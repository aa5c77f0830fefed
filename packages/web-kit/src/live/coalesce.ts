/** A burst of changes of one thing leads to one load at once and one after this long, not to a hundred. */
export const coalesceForMs = 250;

/**
 * Runs `load` for a query key at once, and at most once more per `coalesceForMs` while further calls for the
 * same key come in; the last call is never lost.
 */
export function coalesce(load: (key: readonly string[]) => void): (key: readonly string[]) => void {
  const resting = new Map<string, { isWanted: boolean }>();

  function loadAndRest(key: readonly string[], name: string): void {
    load(key);
    const rest = { isWanted: false };
    resting.set(name, rest);
    setTimeout(() => {
      resting.delete(name);
      if (rest.isWanted) loadAndRest(key, name);
    }, coalesceForMs);
  }

  return (key) => {
    const name = key.join('/');
    const rest = resting.get(name);
    if (rest) rest.isWanted = true;
    else loadAndRest(key, name);
  };
}

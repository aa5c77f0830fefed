import { afterAll } from 'vitest';

/** How long what is closing may take to close. */
const CLOSING_LIMIT_MS = 2_000;
const LOOK_AGAIN_AFTER_MS = 20;

/** What keeps this process from ending by itself (timers, servers, children): how many of each kind. */
function openHandles(): Map<string, number> {
  const found = new Map<string, number>();
  for (const kind of process.getActiveResourcesInfo()) found.set(kind, (found.get(kind) ?? 0) + 1);
  return found;
}

function leftOpen(before: ReadonlyMap<string, number>): string[] {
  return [...openHandles()].filter(([kind, count]) => count > (before.get(kind) ?? 0)).map(([kind]) => kind);
}

const before = openHandles();

afterAll(async () => {
  const until = performance.now() + CLOSING_LIMIT_MS;
  let left = leftOpen(before);
  while (left.length > 0 && performance.now() < until) {
    // Unreferenced, so that the pause itself is not among what it looks for.
    await new Promise((resolve) => setTimeout(resolve, LOOK_AGAIN_AFTER_MS).unref());
    left = leftOpen(before);
  }
  if (left.length > 0) throw new Error(`This file leaves open: ${left.join(', ')}. Close what it started.`);
});

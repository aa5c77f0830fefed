import { useSyncExternalStore } from 'react';

let isEnded = false;
const listeners = new Set<() => void>();

function change(value: boolean): void {
  if (isEnded === value) return;
  isEnded = value;
  for (const listener of listeners) listener();
}

/** The server says that nobody is signed in although this page was: somebody has to sign in over it. */
export function endSession(): void {
  change(true);
}

/** The same person signed in again; the page goes on where it was. */
export function resumeSession(): void {
  change(false);
}

/** Whether the session of this page has ended. */
export function useIsSessionEnded(): boolean {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => isEnded,
  );
}

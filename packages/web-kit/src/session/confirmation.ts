import { useSyncExternalStore } from 'react';

let waiting: ((isConfirmed: boolean) => void)[] = [];
const listeners = new Set<() => void>();

function tell(): void {
  for (const listener of listeners) listener();
}

/**
 * Asks the person over the page to prove to be there; whoever asks meanwhile waits for the same answer. False
 * where the person does not want to.
 */
export function confirmPerson(): Promise<boolean> {
  return new Promise((resolve) => {
    waiting = [...waiting, resolve];
    tell();
  });
}

/** The person proved to be there, or closed the question. */
export function endConfirmation(isConfirmed: boolean): void {
  const told = waiting;
  waiting = [];
  tell();
  for (const resolve of told) resolve(isConfirmed);
}

/** Whether somebody waits for the person. */
export function useIsConfirming(): boolean {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => waiting.length > 0,
  );
}

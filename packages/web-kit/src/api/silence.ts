import { useSyncExternalStore } from 'react';
import { serverNow } from './server-clock.ts';

let answeredAt: number | undefined;
let silentSince: number | undefined;
const listeners = new Set<() => void>();

function change(value: number | undefined): void {
  if (silentSince === value) return;
  silentSince = value;
  for (const listener of listeners) listener();
}

/** The server was heard. */
export function noteAnswer(): void {
  answeredAt = serverNow();
  change(undefined);
}

/** A request got no answer at all: what the page shows is from the last answer, and may be wrong by now. */
export function noteSilence(): void {
  change(silentSince ?? answeredAt ?? serverNow());
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Since when the server has not answered (server's clock), or undefined while it answers. */
export function serverSilentSince(): number | undefined {
  return silentSince;
}

/** The same, for what is drawn. */
export function useServerSilence(): number | undefined {
  return useSyncExternalStore(subscribe, serverSilentSince);
}

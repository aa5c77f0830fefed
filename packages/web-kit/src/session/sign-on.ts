/**
 * Signing in at the provider: in this tab, which leaves the page, or in a window over a page whose typed work
 * must stay. The provider leads either back to `/sign-on`.
 */

const storageKey = 'claviger-sign-on-next';
/** In place of an address: this window lies over a page that waits. */
const overPage = 'over';
const channelName = 'claviger-sign-on';

/** Goes to the provider; whoever comes back goes on at `next`. */
export function leaveForProvider(url: string, next: string): void {
  sessionStorage.setItem(storageKey, next);
  location.assign(url);
}

/** Where to go on; `undefined` in a window over a page. */
export function takeNext(): string | undefined {
  const next = sessionStorage.getItem(storageKey) ?? '/';
  sessionStorage.removeItem(storageKey);
  return next === overPage ? undefined : next;
}

/** Opens a window at once, as browsers allow it for a press alone; undefined where they do not. */
export function openProviderWindow(): Window | undefined {
  // The window takes a copy of what this tab has stored, and knows by it what it is.
  sessionStorage.setItem(storageKey, overPage);
  const opened = window.open('about:blank', '', 'popup,width=520,height=680');
  sessionStorage.removeItem(storageKey);
  return opened ?? undefined;
}

/** Tells pages of this browser that a window is done; who is signed in, the server tells them. */
export function tellSignedOn(): void {
  const channel = new BroadcastChannel(channelName);
  channel.postMessage('done');
  channel.close();
}

/** Calls back whenever a window over a page is done, until the returned function is called. */
export function onSignedOn(listener: () => void): () => void {
  const channel = new BroadcastChannel(channelName);
  channel.onmessage = listener;
  return () => channel.close();
}

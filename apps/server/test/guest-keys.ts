import { randomUUID } from 'node:crypto';
import type { Key, KeySecrets, Lock } from '@claviger/protocol';
import { ada, claimBox, newLabel, registerWith, type ClaimedBox, type TestApp } from './test-app.ts';
import type { TestBrowser } from './test-http.ts';

/** A home with one claimed lock, its manager's browser and its box. */
export interface TestHome {
  readonly entityId: string;
  readonly lockId: string;
  readonly browser: TestBrowser;
  readonly box: ClaimedBox;
}

/** Registers a person with a lock of this model and claims it. */
export async function openHome(
  server: TestApp,
  { model = 'virtual-door', email = ada.email }: { readonly model?: string; readonly email?: string } = {},
): Promise<TestHome> {
  const label = { ...newLabel(), model };
  await server.addStock(label);
  const { browser, entityId, lockId } = await registerWith(server, label, { ...ada, email });
  return { entityId, lockId, browser, box: await claimBox(server, label) };
}

/** Edits the lock of this home as it is now. */
export async function editLock({ browser, entityId, lockId }: TestHome, change: object) {
  const url = `/api/entities/${entityId}/locks/${lockId}`;
  const { version } = (await browser.get(url)).json<Lock>();
  return browser.request('PATCH', url, { version, ...change });
}

/** A wall minute of Berlin, some hours from an instant; winter time, as the tests run in it. */
export function wallMinuteAt(now: number, hours: number): string {
  const format = new Intl.DateTimeFormat('sv-SE', {
    timeZone: 'Europe/Berlin',
    dateStyle: 'short',
    timeStyle: 'short',
  });
  return format.format(now + hours * 3_600_000).replace(' ', 'T');
}

/** The body of a guest Key for the lock of this home, from an hour ago until in two days. */
export function guestKey({ lockId }: { readonly lockId: string }, now: number, more: object = {}) {
  return {
    lockId,
    name: 'Grace',
    validFrom: wallMinuteAt(now, -1),
    validUntil: wallMinuteAt(now, 48),
    ...more,
  };
}

/** Asks for a guest Key; the whole answer. */
export function askForKey(home: TestHome, body: object, key: string = randomUUID()) {
  return home.browser.post(`/api/entities/${home.entityId}/guest-keys`, body, { 'idempotency-key': key });
}

/** A guest Key that was made. */
export async function makeKey(
  home: TestHome,
  now: number,
  more: object = {},
): Promise<{ readonly key: Key; readonly secrets: KeySecrets }> {
  const answer = await askForKey(home, guestKey(home, now, more));
  if (answer.statusCode !== 201) throw new Error(answer.body);
  return answer.json<{ key: Key; secrets: KeySecrets }>();
}

export function tokenOf({ link }: KeySecrets): string {
  return new URL(link).hash.slice(1);
}

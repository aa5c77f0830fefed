import { randomUUID } from 'node:crypto';
import type { Mail } from '@claviger/protocol';
import type { TestBrowser } from '../test-http.ts';

/** An Entity, seen by one of its community_managers. */
export interface ManagedEntity {
  readonly entityId: string;
  readonly browser: TestBrowser;
}

/** Add Local Admin; the whole answer. */
export function addLocalAdmin({ entityId, browser }: ManagedEntity, email: string) {
  const headers = { 'idempotency-key': randomUUID() };
  return browser.post(`/api/entities/${entityId}/local-admins`, { email }, headers);
}

/** The mails of the Entity, newest first. */
export async function mailsOf({ entityId, browser }: ManagedEntity): Promise<Mail[]> {
  return (await browser.get(`/api/entities/${entityId}/mails`)).json<{ items: Mail[] }>().items;
}

/** The token in the link of the newest mail. */
export async function newestToken(at: ManagedEntity): Promise<string> {
  const [mail] = await mailsOf(at);
  const [, token] = /\/invitation#(\S+)/.exec(mail?.text ?? '') ?? [];
  if (token === undefined) throw new Error('no invitation in the newest mail');
  return token;
}

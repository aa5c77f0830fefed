import type { IncomingRequest, Lock, Mandate, SubmittedRequest } from '@claviger/protocol';
import type { TestHome } from '../guest-keys.ts';
import type { Site } from '../test-app.ts';
import { openTestAuthentication, TestBrowser } from '../test-http.ts';

const password = 'violet lantern harbour';

/** Somebody with an Account, whom no Owner knows yet, signed in. */
export async function signInAs({ server, test }: Site, email: string): Promise<TestBrowser> {
  const { authentication } = openTestAuthentication(test);
  await authentication.createAccount({ email, password });
  const browser = new TestBrowser(server.app.portal);
  const answer = await browser.post('/api/sign-in', { email, password });
  if (answer.statusCode !== 200) throw new Error(answer.body);
  return browser;
}

/** The serial number of the lock of this home. */
export async function serialOf({ browser, entityId, lockId }: TestHome): Promise<string> {
  return (await browser.get(`/api/entities/${entityId}/locks/${lockId}`)).json<Lock>().serial;
}

/** What a test asks for, rightly or not. */
interface AskedLocks extends Readonly<Record<string, unknown>> {
  readonly ownerEmail: string;
  readonly serialNumbers: readonly string[];
}

/** Asks for access to locks; the whole answer. */
export function askForLocks(browser: TestBrowser, asked: AskedLocks) {
  return browser.post('/api/access-requests/installer', {
    ...{ durationMinutes: 480, reason: 'A new reader' },
    ...asked,
  });
}

/** Asks to manage an Entity; the whole answer. */
export function askToManage(browser: TestBrowser, ownerEmail: string, entityCode: string) {
  return browser.post('/api/access-requests/entity-management', { ownerEmail, entityCode });
}

export async function submittedBy(browser: TestBrowser): Promise<SubmittedRequest[]> {
  return (await browser.get('/api/access-requests')).json<{ items: SubmittedRequest[] }>().items;
}

/** Runs the jobs that bring every request of this person to its Entities. */
export async function deliver({ server }: Site, browser: TestBrowser): Promise<void> {
  for (const { id: requestId } of await submittedBy(browser)) {
    await server.runJob('deliver_request', { requestId });
  }
}

interface AccessRequests {
  readonly items: IncomingRequest[];
  readonly mandates: Mandate[];
}

export async function requestsOf({ browser, entityId }: TestHome): Promise<AccessRequests> {
  return (await browser.get(`/api/entities/${entityId}/access-requests`)).json<AccessRequests>();
}

/** Approves a request; the whole answer. */
export function approve({ browser, entityId }: TestHome, incomingId: string, durationMinutes = 480) {
  const url = `/api/entities/${entityId}/access-requests/${incomingId}/approve`;
  return browser.post(url, { durationMinutes });
}

async function ownerEmailOf({ browser }: TestHome): Promise<string> {
  return (await browser.get('/api/session')).json<{ account: { email: string } }>().account.email;
}

/** The Mandate of an installer for the lock of this home. */
export async function mandateFor(site: Site, home: TestHome, browser: TestBrowser): Promise<Mandate> {
  const asked = { ownerEmail: await ownerEmailOf(home), serialNumbers: [await serialOf(home)] };
  return approved(site, { home, browser, answer: await askForLocks(browser, asked) });
}

/** The Mandate of somebody who manages this home for a time. */
export async function managingMandateFor(site: Site, home: TestHome, browser: TestBrowser): Promise<Mandate> {
  const { items } = (await home.browser.get(`/api/entities/${home.entityId}/entities`)).json<{
    items: { id: string; code: string }[];
  }>();
  const code = items.find(({ id }) => id === home.entityId)?.code ?? '';
  const answer = await askToManage(browser, await ownerEmailOf(home), code);
  return approved(site, { home, browser, answer });
}

interface Asked {
  readonly home: TestHome;
  readonly browser: TestBrowser;
  readonly answer: { readonly statusCode: number; readonly body: string };
}

/** What was asked for, delivered and approved. */
async function approved(site: Site, { home, browser, answer }: Asked): Promise<Mandate> {
  if (answer.statusCode !== 204) throw new Error(answer.body);
  await deliver(site, browser);
  const pending = (await requestsOf(home)).items.find(({ state }) => state === 'pending');
  const decided = await approve(home, pending?.id ?? '');
  if (decided.statusCode !== 200) throw new Error(decided.body);
  return decided.json<Mandate>();
}

/** Ends a Mandate as its time does: that was a moment ago. */
export async function passTheEnd({ test }: Site, mandateId: string): Promise<void> {
  const past = "now() - interval '1 ms'";
  await test.asAdmin(
    `update claviger.mandates set until_at = ${past}, from_at = least(from_at, ${past}) where id = $1`,
    [mandateId],
  );
  await test.asAdmin(`update claviger.memberships set until = ${past} where mandate_id = $1`, [mandateId]);
}

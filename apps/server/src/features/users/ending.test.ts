import type { User } from '@claviger/protocol';
import { expect, it } from 'vitest';
import { openHome } from '../../../test/guest-keys.ts';
import { newestToken } from '../../../test/people/invitations.ts';
import { serverOfThisFile } from '../../../test/test-app.ts';
import { TestBrowser } from '../../../test/test-http.ts';

const site = serverOfThisFile();
const person = { name: 'Grace', email: 'grace@example.com' };

async function countSessions(): Promise<number> {
  const rows = await site.test.asAdmin(
    'select from auth.sessions s join auth.accounts a on a.id = s.account_id where a.email = $1',
    [person.email],
  );
  return rows.length;
}

it('leaves no session alive where the server dies between commit and sign-out', async () => {
  const home = await openHome(site.server);
  const url = `/api/entities/${home.entityId}/users`;
  const made = await home.browser.post(url, { ...person, welcome: { language: 'en' } });
  const browser = new TestBrowser(site.server.app.portal);
  const accepting = { token: await newestToken(home), password: 'correct horse battery' };
  expect((await browser.post('/api/invitation/accept', accepting)).statusCode).toBe(200);

  // From here on no session can be ended, as if nobody was left to do it.
  await site.test.asAdmin('revoke delete on auth.sessions from claviger_auth');
  const answer = await home.browser.post(`${url}/${made.json<User>().id}/deactivate`, {});
  await site.test.asAdmin('grant delete on auth.sessions to claviger_auth');
  expect([answer.statusCode, await countSessions()]).toEqual([500, 1]);

  const queued = await site.test.asAdmin<{ payload: object }>(
    `select j.payload from graphile_worker._private_jobs j
      join graphile_worker._private_tasks t on t.id = j.task_id where t.identifier = 'end_sign_in'`,
  );
  for (const { payload } of queued) await site.server.runJob('end_sign_in', payload);

  expect(await countSessions()).toBe(0);
});

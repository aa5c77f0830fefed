import { Refusal, type Session } from '@claviger/protocol';
import { queryOptions } from '@tanstack/react-query';
import { client } from '../api/client.ts';
import { keys } from '../api/keys.ts';
import { serverNow } from '../api/server-clock.ts';
import { confirmPerson } from '../session/confirmation.ts';

/** What anybody may know of the installation; it does not change while a page is open. */
export const installationQuery = queryOptions({
  queryKey: keys.installation,
  queryFn: () => client.getInstallation(),
  staleTime: Number.POSITIVE_INFINITY,
});

/**
 * Asks who is signed in; refused with `not_signed_in` when nobody is. A page that had a session keeps what it
 * knew of it, so that the sign-in over the page can ask the same person.
 */
export async function askSession(): Promise<Session> {
  const session = await client.getSession();
  if (!session) throw new Refusal('not_signed_in');
  return session;
}

/** Who is signed in, as `askSession` says. */
export const sessionQuery = queryOptions({ queryKey: keys.session, queryFn: askSession });

/** Between this question and the download that it is asked for. */
const spareMs = 10_000;

/**
 * Before a download, which can ask for nothing itself: that the session still stands, and that the person was
 * seen lately. Refused with `not_signed_in` and `step_up_needed`.
 */
export async function askConfirmedSession(): Promise<void> {
  const { confirmedUntil } = await askSession();
  if (confirmedUntil > serverNow() + spareMs || (await confirmPerson())) return;
  throw new Refusal('step_up_needed');
}

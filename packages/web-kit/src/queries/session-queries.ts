import { Refusal, type Session } from '@claviger/protocol';
import { queryOptions } from '@tanstack/react-query';
import { client } from '../api/client.ts';
import { keys } from '../api/keys.ts';

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

import { queryOptions } from '@tanstack/react-query';
import { client } from '../api/client.ts';
import { keys } from '../api/keys.ts';

/** What anybody may know of the installation; it does not change while a page is open. */
export const installationQuery = queryOptions({
  queryKey: keys.installation,
  queryFn: () => client.getInstallation(),
  staleTime: Number.POSITIVE_INFINITY,
});

/** Who is signed in; refused with `not_signed_in` when nobody is. */
export const sessionQuery = queryOptions({ queryKey: keys.session, queryFn: () => client.getSession() });

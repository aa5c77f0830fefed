import { client, keys } from '@claviger/web-kit';
import { useMutation, useQuery } from '@tanstack/react-query';

/** What a token invites to; looking at it changes nothing. */
export function useInvitation(token: string) {
  return useQuery({ queryKey: ['invitation', token], queryFn: () => client.showInvitation(token) });
}

/** Who looks at the page; null where nobody is signed in. */
export function useVisitor() {
  return useQuery({
    queryKey: [...keys.session, 'visitor'],
    queryFn: async () => (await client.getSession())?.account ?? null,
  });
}

/** Accepts, and loads the Portal anew as the person who accepted. */
export function useAcceptInvitation(token: string) {
  return useMutation({
    mutationFn: (password: string | undefined) =>
      client.acceptInvitation({ token, ...(password !== undefined && { password }) }),
    onSuccess: ({ entityId }) => location.assign(`/e/${entityId}/dashboard`),
  });
}

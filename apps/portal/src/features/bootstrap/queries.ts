import type { BootstrapInput } from '@claviger/protocol';
import { client, keys, sessionQuery } from '@claviger/web-kit';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';

/** Makes the operator's Account and goes on signed in. */
export function useBootstrap() {
  const queryClient = useQueryClient();
  const navigate = useNavigate();
  return useMutation({
    mutationFn: (input: BootstrapInput) => client.bootstrap(input),
    onSuccess: async (session) => {
      queryClient.removeQueries({ queryKey: keys.entities });
      queryClient.setQueryData(sessionQuery.queryKey, session);
      // The installation has an operator from now on; the page must not send anybody back here.
      await queryClient.resetQueries({ queryKey: keys.installation });
      await navigate({ to: '/', replace: true });
    },
  });
}

import type { RegistrationInput } from '@claviger/protocol';
import { client, isSignedOut, keys, sessionQuery } from '@claviger/web-kit';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';

/** Registers and goes to the first lock, or to the sign-in where the server did not sign in by itself. */
export function useRegister() {
  const queryClient = useQueryClient();
  const navigate = useNavigate();
  return useMutation({
    mutationFn: (input: RegistrationInput) => client.register(input),
    onSuccess: async ({ entityId }) => {
      queryClient.removeQueries({ queryKey: keys.entities });
      queryClient.removeQueries({ queryKey: keys.session });
      try {
        await queryClient.query(sessionQuery);
      } catch (error) {
        if (!isSignedOut(error)) throw error;
        await navigate({ to: '/sign-in', replace: true });
        return;
      }
      await navigate({ to: '/e/$entityId/devices/locks', params: { entityId }, replace: true });
    },
  });
}

import { client, keys, pageLocale, sessionQuery } from '@claviger/web-kit';
import { useMutation, useQueryClient } from '@tanstack/react-query';

/** What a page sends, but for the language of the mails. */
type Unspoken<Input> = Omit<Input, 'language'>;

function useSubmit<Input extends object>(send: (input: Input) => Promise<unknown>) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: send,
    onSettled: () => queryClient.invalidateQueries({ queryKey: keys.submitted }),
  });
}

/** Asks for access to locks. */
export function useRequestInstallerAccess() {
  return useSubmit((input: Unspoken<Parameters<typeof client.requestInstallerAccess>[0]>) =>
    client.requestInstallerAccess({ ...input, language: pageLocale() }),
  );
}

/** Asks to manage an Entity. */
export function useRequestEntityManagement() {
  return useSubmit((input: Unspoken<Parameters<typeof client.requestEntityManagement>[0]>) =>
    client.requestEntityManagement({ ...input, language: pageLocale() }),
  );
}

/** Takes access without asking, as the operator; the session has one Entity more then. */
export function useBreakGlass() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (input: Unspoken<Parameters<typeof client.breakGlass>[0]>) =>
      client.breakGlass({ ...input, language: pageLocale() }),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: sessionQuery.queryKey }),
    onSettled: () => queryClient.invalidateQueries({ queryKey: keys.submitted }),
  });
}

import type { Session } from '@claviger/protocol';
import { client, makePasskey, sessionQuery } from '@claviger/web-kit';
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';

export const ownSessionsKey = ['own-sessions'] as const;

export const ownSessionsQuery = queryOptions({
  queryKey: ownSessionsKey,
  queryFn: () => client.listSessions(),
});

/** A change after which the list of sessions is another. */
function useSessionsChange<Given>(mutationFn: (given: Given) => Promise<unknown>) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn,
    onSettled: () => queryClient.invalidateQueries({ queryKey: ownSessionsKey }),
  });
}

export function useEndSession() {
  return useSessionsChange((sessionId: string) => client.endSession(sessionId));
}

export function useEndOtherSessions() {
  return useSessionsChange(() => client.endOtherSessions());
}

export function useBeginAuthenticator() {
  return useMutation({ mutationFn: (password: string) => client.beginAuthenticator(password) });
}

/** The first right code: the Account asks for one from now on, and the session is told so. */
export function useFinishAuthenticator() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (code: string) => client.finishAuthenticator(code),
    onSuccess: (session: Session) => {
      queryClient.setQueryData(sessionQuery.queryKey, session);
      void queryClient.invalidateQueries({ queryKey: ownSessionsKey });
    },
  });
}

export function useRenewRecoveryCodes() {
  return useMutation({ mutationFn: (password: string) => client.renewRecoveryCodes(password) });
}

export function useRemoveAuthenticator() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: () => client.removeAuthenticator(),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: sessionQuery.queryKey }),
  });
}

export const passkeysQuery = queryOptions({
  queryKey: ['passkeys'],
  queryFn: () => client.listPasskeys(),
});

/** A change after which other passkeys are known. */
function usePasskeysChange<Given>(mutationFn: (given: Given) => Promise<unknown>) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn,
    onSettled: () => {
      void queryClient.invalidateQueries({ queryKey: passkeysQuery.queryKey });
      void queryClient.invalidateQueries({ queryKey: sessionQuery.queryKey });
    },
  });
}

/** Has the browser make a passkey under this name, and keeps it. */
export function useAddPasskey() {
  return usePasskeysChange(async (name: string) => {
    const passkey = await makePasskey(await client.beginPasskey());
    if (passkey) await client.addPasskey({ name, passkey });
  });
}

export function useRemovePasskey() {
  return usePasskeysChange((passkeyId: string) => client.removePasskey(passkeyId));
}

/** A link goes to this address; it counts once it was followed. */
export function useAskForAddress() {
  return useMutation({ mutationFn: (email: string) => client.askForAddress(email) });
}

export function useBeginConnection() {
  return useMutation({ mutationFn: () => client.beginSignOnConnection() });
}

export function useRemoveSignOn() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: () => client.removeSignOn(),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: sessionQuery.queryKey }),
  });
}

import { type Membership, Refusal, type RouteName, type Session, type SignInInput } from '@claviger/protocol';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { client } from '../api/client.ts';
import { keys } from '../api/keys.ts';
import { showPasskey } from '../session/passkey.ts';
import { resumeSession } from '../session/session-end.ts';
import { sessionQuery } from './session-queries.ts';

/** The session of the person who sees this page; pages below the sign-in always have one. */
export function useSession(): Session | undefined {
  return useQuery(sessionQuery).data;
}

/** The Membership through which this person works in the Entity, if there is one. */
export function useMembership(entityId: string): Membership | undefined {
  return useSession()?.memberships.find((membership) => membership.entityId === entityId);
}

/** Whether this person may make such a call in the Entity; an action that they may not is not shown. */
export function useMay(entityId: string, call: RouteName): boolean {
  return useMembership(entityId)?.may.includes(call) ?? false;
}

/**
 * The same person goes on where the page was; for anybody else the page is loaded anew, so that nothing of
 * the person before is left in it.
 */
function useGoOn() {
  const queryClient = useQueryClient();
  return async (session: Session) => {
    const before = queryClient.getQueryData(sessionQuery.queryKey);
    if (before && before.account.id !== session.account.id) {
      location.assign('/');
      return;
    }
    queryClient.setQueryData(sessionQuery.queryKey, session);
    resumeSession();
    await queryClient.invalidateQueries({ predicate: ({ queryKey }) => queryKey !== keys.session });
  };
}

/** Signs in with the password; refused with `code_needed` where a code has to follow. */
export function useSignIn() {
  const goOn = useGoOn();
  return useMutation({ mutationFn: (input: SignInInput) => client.signIn(input), onSuccess: goOn });
}

/** Whether the password was right and a code has to follow. */
export function isCodeNeeded(error: Error | null): boolean {
  return error instanceof Refusal && error.code === 'code_needed';
}

/** Finishes signing in with a code. */
export function useFinishSignIn() {
  const goOn = useGoOn();
  return useMutation({ mutationFn: client.finishSignIn, onSuccess: goOn });
}

/** Signs in by a passkey; undefined where the person gave none. */
export function usePasskeySignIn() {
  const goOn = useGoOn();
  return useMutation({
    mutationFn: async () => {
      const passkey = await showPasskey(await client.beginPasskeySignIn());
      return passkey && client.finishPasskeySignIn(passkey);
    },
    onSuccess: (session) => session && goOn(session),
  });
}

/** Asks who is signed in by now, after a window over the page came back, and goes on as that person. */
export function useResume() {
  const goOn = useGoOn();
  return useMutation({
    mutationFn: () => client.getSession(),
    onSuccess: (session) => session && goOn(session),
  });
}

/** Signs out and loads the sign-in page anew, so that nothing of this person is left in memory. */
export function useSignOut() {
  return useMutation({
    mutationFn: () => client.signOut(),
    onSuccess: () => location.assign('/sign-in'),
  });
}

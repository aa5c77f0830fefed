import { Refusal, Unreachable } from '@claviger/protocol';
import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query';
import { endSession } from '../session/session-end.ts';
import { keys } from './keys.ts';

/** What was loaded is taken for current this long where no live message says otherwise. */
const freshForMs = 30_000;

/** A read that got no answer is tried again this often; a refusal never. */
const readAttemptsLimit = 2;

/** Whether the server answered that nobody is signed in. */
export function isSignedOut(error: unknown): boolean {
  return error instanceof Refusal && error.code === 'not_signed_in';
}

/** Whether the server answered that there is no such thing for this person. */
function isNotThere(error: unknown): boolean {
  return error instanceof Refusal && error.code === 'not_found';
}

/**
 * The cache of everything loaded. An answer "not signed in" while somebody was opens the sign-in dialog over
 * the page. What is not there may be so because a role has ended: the session says which are left. Nothing
 * waits for `navigator.onLine`, which is wrong too often.
 */
export function createQueryClient(): QueryClient {
  const onError = (error: Error) => {
    if (isSignedOut(error) && queryClient.getQueryData(keys.session)) endSession();
    if (isNotThere(error)) void queryClient.invalidateQueries({ queryKey: keys.session });
  };
  const queryClient = new QueryClient({
    queryCache: new QueryCache({ onError }),
    mutationCache: new MutationCache({ onError }),
    defaultOptions: {
      queries: {
        staleTime: freshForMs,
        networkMode: 'always',
        retry: (failures, error) => error instanceof Unreachable && failures < readAttemptsLimit,
      },
      mutations: { networkMode: 'always', retry: false },
    },
  });
  return queryClient;
}

import {
  client,
  ErrorNotice,
  m,
  sessionQuery,
  takeNext,
  tellSignedOn,
  usePageTitle,
} from '@claviger/web-kit';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import { PublicFrame } from '../../app/PublicFrame.tsx';
import { arrivedWith } from './arrived-with.ts';
import { answerIn, type SignOnArrival } from './sign-on-answer.ts';

const finishes = {
  sign_in: client.finishSignOn,
  accept: client.finishSignOn,
  connect: client.finishSignOnConnection,
  confirm: client.finishSignOnConfirmation,
} as const;

function useFinish(next: string | undefined) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: ({ purpose, answer }: SignOnArrival) => finishes[purpose](answer),
    onSuccess: (session) => {
      queryClient.setQueryData(sessionQuery.queryKey, session);
      if (next === undefined) {
        tellSignedOn();
        window.close();
      } else location.replace(next);
    },
  });
}

/**
 * Where the provider leads back to: what it sent along is used up at once, and does not stay in the address.
 */
export function SignOnPage() {
  usePageTitle(m.sign_on_title());
  const [next] = useState(takeNext);
  const [arrival] = useState(() => answerIn(arrivedWith));
  const finish = useFinish(next);
  const hasBegun = useRef(false);
  const { mutate } = finish;
  useEffect(() => {
    if (hasBegun.current) return;
    hasBegun.current = true;
    history.replaceState(history.state, '', location.pathname);
    if (arrival) mutate(arrival);
  }, [arrival, mutate]);
  const isOver = next === undefined;
  const text = finish.isSuccess && isOver ? m.sign_on_close_window() : '';
  return (
    <PublicFrame title={m.sign_on_title()} text={text}>
      {arrival && finish.isPending && <div className="skeleton" aria-busy="true" />}
      <ErrorNotice error={finish.error} />
      {!arrival && <p>{m.error_sign_on_failed()}</p>}
      {(!arrival || finish.isError) && !isOver && (
        <div className="public-end">
          <Link to="/">{m.action_back()}</Link>
        </div>
      )}
    </PublicFrame>
  );
}

import { focusFirstProblem } from '@claviger/web-kit';
import type { UseMutationResult } from '@tanstack/react-query';
import { type SubmitEvent, useState } from 'react';
import { serverProblemsOf } from '../requests/request-words.ts';

type Problems = Partial<Record<string, string>>;

interface Asking<Typed, Input, Answer> {
  readonly send: UseMutationResult<Answer, Error, Input>;
  readonly nothing: Typed;
  /** By field, what is wrong; nothing where it may be sent. */
  readonly problemsOf: (typed: Typed) => Problems;
  /** What is sent of what was typed; undefined where that has problems. */
  readonly inputOf: (typed: Typed) => Input | undefined;
}

/** What was typed on a page that asks for access, what is wrong with it, and how it is sent. */
export function useAsking<Typed extends object, Input, Answer>(asking: Asking<Typed, Input, Answer>) {
  const { send, nothing, problemsOf, inputOf } = asking;
  const [typed, setTyped] = useState(nothing);
  const [problems, setProblems] = useState<Problems>({});
  const change = (part: Partial<Typed>) => {
    setTyped((before) => ({ ...before, ...part }));
    setProblems({});
    if (send.isError) send.reset();
  };
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    if (send.isPending) return;
    const found = problemsOf(typed);
    const input = inputOf(typed);
    setProblems(found);
    if (Object.keys(found).length > 0 || input === undefined) focusFirstProblem();
    else send.mutate(input, { onError: focusFirstProblem });
  };
  const again = () => {
    setTyped(nothing);
    send.reset();
  };
  const told: Problems = { ...serverProblemsOf(send.error), ...problems };
  return { send, typed, told, change, submit, again };
}

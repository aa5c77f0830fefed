import type { SignOnAnswer } from '@claviger/protocol';

const purposes = ['sign_in', 'accept', 'connect', 'confirm'] as const;

/** What the provider sent the browser back with, and what the sign-in was begun for. */
export interface SignOnArrival {
  readonly purpose: (typeof purposes)[number];
  readonly answer: SignOnAnswer;
}

/** Reads it out of an address; undefined where it is not of one that was begun here. */
export function answerIn(search: string): SignOnArrival | undefined {
  const given = new URLSearchParams(search);
  const state = given.get('state') ?? '';
  const purpose = purposes.find((candidate) => state.startsWith(`${candidate}.`));
  if (purpose === undefined) return undefined;
  const texts = (['code', 'iss', 'error'] as const).flatMap((name) => {
    const value = given.get(name);
    return value === null ? [] : [[name, value] as const];
  });
  return { purpose, answer: { state, ...Object.fromEntries(texts) } };
}

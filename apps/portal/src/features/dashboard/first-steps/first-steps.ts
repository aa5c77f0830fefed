import type { Lock } from '@claviger/protocol';

/** What a new administrator does first, in order. */
export const firstSteps = ['add', 'claim', 'open'] as const;
export type FirstStep = (typeof firstSteps)[number];

/** Which of the first steps are done; `hasEvents`: a door of this Entity has opened for somebody. */
export function stepsDone(
  locks: readonly Pick<Lock, 'status'>[],
  hasEvents: boolean,
): ReadonlySet<FirstStep> {
  const done = new Set<FirstStep>();
  if (locks.length > 0) done.add('add');
  if (locks.some(({ status }) => status === 'active')) done.add('claim');
  if (hasEvents) done.add('open');
  return done;
}

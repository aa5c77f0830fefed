import { m } from '../i18n/messages.ts';
import { reasonText } from '../words/reason-text.ts';
import type { LadderView, RungName } from './ladder.ts';

/** The newest rung, or the end, as one sentence. */
export function sentenceOf({ rungs, end, reason }: LadderView): string {
  if (end === 'refused') return m.opening_refused({ reason: reasonText(reason ?? 'internal_fault') });
  if (end === 'expired') return m.opening_expired();
  if (end === 'not_opened') return m.opening_not_opened();
  const words: Readonly<Record<RungName, () => string>> = {
    sent: m.opening_sent,
    accepted: m.opening_accepted,
    unlocked: m.opening_unlocked,
    opened: m.opening_opened,
    closed: m.opening_closed,
  };
  const newest = rungs.findLast(({ state }) => state === 'done');
  return newest ? words[newest.name]() : m.opening_issued();
}

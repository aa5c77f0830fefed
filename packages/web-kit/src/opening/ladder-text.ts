import type { Format } from '../i18n/format.ts';
import { m } from '../i18n/messages.ts';
import { reasonText } from '../words/reason-text.ts';
import { type Hearing, isPresent, type LadderEnd, type LadderView, type RungName } from './ladder.ts';

const endWords: Readonly<Record<Exclude<LadderEnd, 'refused'>, () => string>> = {
  closed: m.opening_closed,
  not_opened: m.opening_not_opened,
  expired: m.opening_expired,
  interrupted: m.opening_interrupted,
};

const presentWords: Readonly<Record<RungName, () => string>> = {
  sent: m.opening_sent,
  accepted: m.opening_accepted,
  unlocked: m.opening_unlocked,
  opened: m.opening_opened,
  closed: m.opening_closed,
};

const lastHeardWords: Readonly<Record<RungName, (words: { time: string }) => string>> = {
  sent: m.opening_sent_unheard,
  accepted: m.opening_accepted_unheard,
  unlocked: m.opening_unlocked_unheard,
  opened: m.opening_opened_unheard,
  closed: m.opening_closed,
};

/**
 * The newest rung, or the end, as one sentence: in the present what is heard now, else what was last
 * confirmed and when.
 */
export function sentenceOf({ rungs, end, reason }: LadderView, hearing: Hearing, format: Format): string {
  if (end === 'refused') return m.opening_refused({ reason: reasonText(reason ?? 'internal_fault') });
  if (end) return endWords[end]();
  const newest = rungs.findLast(({ state }) => state === 'done');
  if (!newest) return m.opening_issued();
  if (newest.at === undefined || isPresent(newest, hearing)) return presentWords[newest.name]();
  return lastHeardWords[newest.name]({ time: format.clock(newest.at) });
}

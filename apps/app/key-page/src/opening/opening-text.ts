import type { KeyCommand } from '@claviger/protocol';
import { type Format, type Hearing, ladderOf, type LadderView, m, sentenceOf } from '@claviger/web-kit';

/**
 * That the door unlocked, where a later rung is the newest: the page asks once a second, and a quick person
 * has opened by then.
 */
function unlockedText({ rungs, end }: LadderView, format: Format): string {
  const isPassed =
    end !== undefined || rungs.some(({ name, state }) => name === 'opened' && state === 'done');
  const unlocked = rungs.find(({ name, state }) => name === 'unlocked' && state === 'done');
  if (!unlocked || !isPassed) return '';
  return unlocked.at === undefined
    ? m.guest_page_unlocked()
    : m.guest_page_unlocked_at({ time: format.clock(unlocked.at) });
}

/**
 * How far an opening is, in a sentence, after one that the door unlocked if it did; a refusal whose reason is
 * not for strangers is told without one.
 */
export function openingText(command: KeyCommand, hearing: Hearing, format: Format): string {
  if (command.stage === 'refused' && command.reason === undefined) return m.guest_page_refused();
  const ladder = ladderOf(command);
  return `${unlockedText(ladder, format)} ${sentenceOf(ladder, hearing, format)}`.trim();
}

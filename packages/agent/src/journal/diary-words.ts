import type { ActivityType } from '@claviger/domain';
import type { Happening } from './journal.ts';
import type { Diary } from '../ports.ts';

type Line = readonly [level: Parameters<Diary['note']>[0], text: string];

/**
 * What the box says aloud of what happened. What only the server may learn, above all a silent alarm, has no
 * words here, nor has what is said elsewhere.
 */
const lines: Partial<Record<ActivityType, Line>> = {
  lock_unlocked: ['info', 'unlocked'],
  lock_relocked: ['info', 'locked again'],
  door_opened: ['info', 'the door was opened'],
  door_closed: ['info', 'the door was closed'],
  exit_requested: ['info', 'somebody asks to leave'],
  door_held_open: ['warn', 'the door is held open'],
  door_forced: ['warn', 'the door was opened by force'],
  tampered: ['warn', 'the box was tampered with'],
  tamper_cleared: ['info', 'the tamper switch is quiet again'],
  message_refused: ['warn', 'refused a message'],
  clock_set: ['info', 'the clock was set'],
};

/** Notes what happened in plain words: the lock where there are several, and what the event tells besides. */
export function noteHappening(
  diary: Diary,
  { lock, type, detail }: Happening,
  hasSeveralLocks: boolean,
): void {
  const line = lines[type];
  if (line === undefined) return;
  const [level, text] = line;
  const place = hasSeveralLocks ? `lock ${lock}: ` : '';
  diary.note(level, `${place}${text}${detail === undefined ? '' : `: ${detail}`}`);
}

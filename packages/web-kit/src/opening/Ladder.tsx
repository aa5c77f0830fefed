import type { Command, Lock } from '@claviger/protocol';
import { IconCheck, IconMinus, IconQuestionMark } from '@tabler/icons-react';
import { useServerSilence } from '../api/silence.ts';
import type { Clock } from '../i18n/use-clock.ts';
import { m } from '../i18n/messages.ts';
import { isHeard } from '../lock/hearing.ts';
import { sentenceOf } from './ladder-text.ts';
import { ladderOf, type RungName, type RungState } from './ladder.ts';
import './ladder.css';

const rungWords: Readonly<Record<RungName, () => string>> = {
  sent: m.rung_sent,
  accepted: m.rung_accepted,
  unlocked: m.rung_unlocked,
  opened: m.rung_opened,
  closed: m.rung_closed,
};

const rungMarks: Readonly<Record<RungState, typeof IconCheck | undefined>> = {
  done: IconCheck,
  left_out: IconMinus,
  unconfirmed: IconQuestionMark,
  current: undefined,
  waiting: undefined,
};

const missingWords: Partial<Readonly<Record<RungState, () => string>>> = {
  left_out: m.rung_left_out,
  unconfirmed: m.rung_unconfirmed,
};

interface LadderProps {
  readonly command: Command;
  readonly lock: Pick<Lock, 'isOnline' | 'unlockForMs'>;
  readonly clock: Clock;
}

/** How far an opening has come, as the door confirmed it; the sentence above the rungs is read out. */
export function Ladder({ command, lock, clock: { format, now } }: LadderProps) {
  const view = ladderOf(command);
  const hearing = { isHeard: isHeard(lock, useServerSilence()), unlockForMs: lock.unlockForMs, now };
  return (
    <div className="ladder" data-end={view.end}>
      <p className="ladder-says" aria-live="polite">
        {sentenceOf(view, hearing, format)}
      </p>
      <ol>
        {view.rungs.map(({ name, state, at, by }) => {
          const Mark = rungMarks[state];
          return (
            <li key={name} data-state={state} aria-current={state === 'current' ? 'step' : undefined}>
              <span className="ladder-mark">{Mark && <Mark size={14} stroke={2.2} aria-hidden />}</span>
              <span>{rungWords[name]()}</span>
              {missingWords[state] && <span className="ladder-missing">{missingWords[state]()}</span>}
              {by !== undefined && (
                <span className="ladder-missing">{m.rung_by({ time: format.clock(by) })}</span>
              )}
              {at !== undefined && <time dateTime={new Date(at).toISOString()}>{format.clock(at)}</time>}
            </li>
          );
        })}
      </ol>
    </div>
  );
}

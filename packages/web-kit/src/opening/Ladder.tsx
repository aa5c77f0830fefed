import type { Command } from '@claviger/protocol';
import { IconCheck, IconMinus } from '@tabler/icons-react';
import type { Format } from '../i18n/format.ts';
import { m } from '../i18n/messages.ts';
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
  current: undefined,
  waiting: undefined,
};

/** How far an opening has come, as the door confirmed it; the sentence above the rungs is read out. */
export function Ladder({ command, format }: { command: Command; format: Format }) {
  const view = ladderOf(command);
  return (
    <div className="ladder" data-end={view.end}>
      <p className="ladder-says" aria-live="polite">
        {sentenceOf(view)}
      </p>
      <ol>
        {view.rungs.map(({ name, state, at }) => {
          const Mark = rungMarks[state];
          return (
            <li key={name} data-state={state} aria-current={state === 'current' ? 'step' : undefined}>
              <span className="ladder-mark">{Mark && <Mark size={14} stroke={2.2} aria-hidden />}</span>
              <span>{rungWords[name]()}</span>
              {state === 'left_out' && <span className="only-heard">{m.rung_left_out()}</span>}
              {at !== undefined && <time dateTime={new Date(at).toISOString()}>{format.clock(at)}</time>}
            </li>
          );
        })}
      </ol>
    </div>
  );
}

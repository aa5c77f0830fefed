import { Button } from '@mantine/core';
import { useState } from 'react';
import type { LogLine } from '../../../src/contract.ts';
import { clockTime } from '../i18n/language.ts';
import { m } from '../i18n/messages.ts';
import './door-log.css';

function Line({ line }: { line: LogLine }) {
  const levels = { info: m.level_info, warn: m.level_warn, error: m.level_error };
  return (
    <li data-level={line.level}>
      <time dateTime={new Date(line.at).toISOString()}>{clockTime(line.at)}</time>
      {line.level !== 'info' && <b>{levels[line.level]()}</b>}
      <span>{line.text}</span>
    </li>
  );
}

/** What the agent at the door says, newest first; while it is paused the lines stand still. */
export function DoorLog({ name, log }: { name: string; log: readonly LogLine[] }) {
  const [paused, setPaused] = useState<readonly LogLine[]>();
  const shown = paused ?? log;
  const newest = shown.at(-1)?.number ?? 0;
  const newer = log.filter((line) => line.number > newest).length;
  return (
    <section className="door-log">
      <header>
        <h3>{m.log()}</h3>
        {newer > 0 && <span className="small">{m.log_newer({ count: newer })}</span>}
        <Button
          size="compact-xs"
          onClick={() => {
            setPaused(paused === undefined ? log : undefined);
          }}
        >
          {paused === undefined ? m.log_pause() : m.log_resume()}
        </Button>
      </header>
      <div className="log-lines" role="region" aria-label={m.log_of({ name })} tabIndex={0}>
        {shown.length === 0 ? (
          <p className="small">{m.log_empty()}</p>
        ) : (
          <ol>
            {[...shown].reverse().map((line) => (
              <Line key={line.number} line={line} />
            ))}
          </ol>
        )}
      </div>
    </section>
  );
}

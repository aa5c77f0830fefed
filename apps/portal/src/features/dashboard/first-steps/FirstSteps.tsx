import type { Lock } from '@claviger/protocol';
import { m } from '@claviger/web-kit';
import { IconCheck } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { type FirstStep, firstSteps, stepsDone } from './first-steps.ts';

const words: Readonly<Record<FirstStep, readonly [() => string, () => string]>> = {
  add: [m.step_add, m.step_add_text],
  claim: [m.step_claim, m.step_claim_text],
  open: [m.step_open, m.step_open_text],
};

interface FirstStepsProps {
  readonly entityId: string;
  readonly locks: readonly Lock[];
  readonly hasEvents: boolean;
}

/** The checklist of a new administrator. It ticks itself and goes away when it is done. */
export function FirstSteps({ entityId, locks, hasEvents }: FirstStepsProps) {
  const done = stepsDone(locks, hasEvents);
  if (done.size === firstSteps.length) return null;
  return (
    <section className="card first-steps" aria-labelledby="first-steps">
      <header>
        <h2 id="first-steps">{m.steps_title()}</h2>
        <span className="card-aside small">{m.steps_done({ done: done.size, all: firstSteps.length })}</span>
      </header>
      <ol>
        {firstSteps.map((step) => {
          const [title, text] = words[step];
          const isDone = done.has(step);
          return (
            <li key={step} data-done={isDone || undefined}>
              <span className="step-mark">{isDone && <IconCheck size={14} stroke={2.2} aria-hidden />}</span>
              <div>
                <b>{title()}</b>
                {isDone && <span className="only-heard">{m.step_is_done()}</span>}
                {!isDone && <p className="small">{text()}</p>}
              </div>
            </li>
          );
        })}
      </ol>
      <p className="steps-end">
        <Link to="/e/$entityId/devices/locks" params={{ entityId }}>
          {m.steps_go()}
        </Link>
      </p>
    </section>
  );
}

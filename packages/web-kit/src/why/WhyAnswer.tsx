import type { Reason } from '@claviger/domain';
import type { Why } from '@claviger/protocol';
import { IconBan, IconCheck, IconHourglass, IconMinus, IconWifiOff, IconX } from '@tabler/icons-react';
import { Notice } from '../feedback/Notice.tsx';
import type { Clock } from '../i18n/use-clock.ts';
import { m } from '../i18n/messages.ts';
import { checkWords } from '../words/check-text.ts';
import { isHeldByDoor, usesText } from '../words/key-text.ts';
import { attemptReasonText, reasonWords } from '../words/reason-text.ts';
import { doorBehindText, type DoorText } from '../words/why-text.ts';
import './why-answer.css';

type Check = Why['answer']['checks'][number];
type Result = Check['result'];

const looks: Readonly<Record<Result, { words: () => string; icon: typeof IconCheck }>> = {
  passed: { words: m.why_passed, icon: IconCheck },
  failed: { words: m.why_failed, icon: IconX },
  not_tested: { words: m.why_not_tested, icon: IconMinus },
};

interface WhyAnswerProps {
  readonly why: Why;
  readonly lockName: string;
  readonly clock: Clock;
}

/**
 * A decision in one sentence, and under it every check with its result; the first that failed stands out.
 * Above it stands what the door itself does not know yet: there the verdict is only what is asked for.
 */
export function WhyAnswer({ why, lockName, clock }: WhyAnswerProps) {
  const { answer, door, differs, uncertaintyMs, isByRuleOfQr = false } = why;
  const { format } = clock;
  const isGranted = answer.decision === 'granted';
  const behind = door && doorBehindText(door, clock);
  return (
    <div className="why-answer">
      <div aria-live="polite">
        {behind && <DoorNotice behind={behind} />}
        <Notice
          tone={isGranted ? 'ok' : 'bad'}
          icon={isGranted ? <IconCheck size={18} aria-hidden /> : <IconBan size={18} aria-hidden />}
        >
          {behind && !isHeldByDoor(door) && <p className="small">{m.why_by_wanted()}</p>}
          <b>{verdictText(why)}</b>
          {isByRuleOfQr && <p>{m.why_by_qr()}</p>}
          <p>{m.why_moment({ lock: lockName, moment: format.moment(Date.parse(answer.at)) })}</p>
          {answer.uses && <p>{usesText(answer.uses.spent, answer.uses.max, clock)}</p>}
          {differs !== undefined && <p>{m.why_differs({ reason: reasonOf(differs, uncertaintyMs) })}</p>}
        </Notice>
      </div>
      {answer.checks.length > 0 && <CheckTable checks={answer.checks} />}
    </div>
  );
}

/** The decision in one sentence; of one by the rule of a QR, what was decided and no more. */
function verdictText({ answer, suspended, uncertaintyMs, isByRuleOfQr = false }: Why): string {
  const isGranted = answer.decision === 'granted';
  const reason = attemptReasonText(answer.reason, { suspended, uncertaintyMs });
  if (isByRuleOfQr) return isGranted ? m.why_granted_by_qr() : m.why_denied_by_qr({ reason });
  return isGranted ? m.why_granted() : m.why_denied({ reason });
}

function DoorNotice({ behind: { title, sentences, isAway } }: { behind: DoorText }) {
  const Icon = isAway ? IconWifiOff : IconHourglass;
  return (
    <Notice tone="brass" icon={<Icon size={18} aria-hidden />}>
      <b>{title}</b>
      {sentences.map((sentence) => (
        <p key={sentence}>{sentence}</p>
      ))}
    </Notice>
  );
}

function CheckTable({ checks }: { checks: readonly Check[] }) {
  return (
    <table className="why-checks">
      <thead>
        <tr>
          <th scope="col">{m.why_check()}</th>
          <th scope="col">{m.why_result()}</th>
        </tr>
      </thead>
      <tbody>
        {checks.map(({ check, result }) => {
          const { words, icon: Icon } = looks[result];
          return (
            <tr key={check} data-result={result}>
              <th scope="row">{checkWords[check]()}</th>
              <td>
                <span className="why-result">
                  <Icon size={15} stroke={2} aria-hidden />
                  {words()}
                </span>
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

/** A reason of a newer door, which this page does not know, is told by its code. */
function reasonOf(code: string, uncertaintyMs: number | undefined): string {
  return code in reasonWords ? attemptReasonText(code as Reason, { uncertaintyMs }) : code;
}

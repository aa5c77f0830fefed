import type { BrokenGlass } from '@claviger/protocol';
import {
  ActionButton,
  focusFirstProblem,
  FormError,
  m,
  NotPermitted,
  TextField,
  useFormat,
  usePageTitle,
  useSession,
  zoneOfBrowser,
} from '@claviger/web-kit';
import { Link } from '@tanstack/react-router';
import { type SubmitEvent, useState } from 'react';
import { PublicFrame } from '../../../app/PublicFrame.tsx';
import { serverProblemsOf } from '../requests/request-words.ts';
import { EntityFields } from './EntityFields.tsx';
import { useBreakGlass } from './queries.ts';
import { breakGlassProblems } from './request-form.ts';

const nothing = { ownerEmail: '', entityCode: '', reason: '' };
type Typed = typeof nothing;

/** Break-glass access: the operator takes what nobody gives, says why, and is seen. */
export function BreakGlassPage() {
  usePageTitle(m.break_glass_title());
  const isOperator = useSession()?.account.isOperator === true;
  const taking = useBreakGlass();
  if (!isOperator) {
    return (
      <PublicFrame title={m.break_glass_title()} text="">
        <NotPermitted />
      </PublicFrame>
    );
  }
  if (taking.isSuccess) return <Taken taken={taking.data} />;
  return (
    <PublicFrame title={m.break_glass_title()} text={m.break_glass_text()}>
      <BreakGlassForm taking={taking} />
    </PublicFrame>
  );
}

function Taken({ taken: { entityId, entityName: name, until } }: { taken: BrokenGlass }) {
  const format = useFormat(zoneOfBrowser());
  const words = { name, until: format.minute(until) };
  return (
    <PublicFrame title={m.break_glass_done(words)} text={m.break_glass_told()}>
      <div className="public-end">
        <Link to="/e/$entityId" params={{ entityId }}>
          {m.request_open_entity({ name })}
        </Link>
      </div>
    </PublicFrame>
  );
}

function BreakGlassForm({ taking }: { taking: ReturnType<typeof useBreakGlass> }) {
  const [typed, setTyped] = useState(nothing);
  const [problems, setProblems] = useState<Partial<Record<string, string>>>({});
  const told = { ...serverProblemsOf(taking.error), ...problems };
  const change = (part: Partial<Typed>) => {
    setTyped((before) => ({ ...before, ...part }));
    setProblems({});
    if (taking.isError) taking.reset();
  };
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    if (taking.isPending) return;
    const found = breakGlassProblems(typed);
    setProblems(found);
    if (Object.keys(found).length > 0) {
      focusFirstProblem();
      return;
    }
    const [ownerEmail, entityCode] = [typed.ownerEmail.trim(), typed.entityCode.trim()];
    taking.mutate({ ownerEmail, entityCode, reason: typed.reason.trim() }, { onError: focusFirstProblem });
  };
  return (
    <form className="public-fields" noValidate onSubmit={submit}>
      <FormError error={Object.keys(told).length > 0 ? null : taking.error} />
      <EntityFields typed={typed} told={told} onChange={change} />
      <TextField
        value={typed.reason}
        onChange={(reason) => change({ reason })}
        error={told['reason']}
        label={m.request_reason()}
        name="reason"
        maxLength={500}
        autoComplete="off"
      />
      <ActionButton type="submit" variant="filled" isBusy={taking.isPending} fullWidth>
        {m.break_glass_submit()}
      </ActionButton>
    </form>
  );
}

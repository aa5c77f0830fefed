import type { BrokenGlass } from '@claviger/protocol';
import { m, NotPermitted, useFormat, usePageTitle, useSession, zoneOfBrowser } from '@claviger/web-kit';
import { Link } from '@tanstack/react-router';
import { PublicFrame } from '../../../app/PublicFrame.tsx';
import { CodeField, OwnerField, ReasonField } from './AskingFields.tsx';
import { AskingForm } from './AskingForm.tsx';
import { useBreakGlass } from './queries.ts';
import { breakGlassProblems, type BreakGlassRequest, namedEntity } from './request-form.ts';
import { useAsking } from './use-asking.ts';

const nothing: BreakGlassRequest = { ownerEmail: '', entityCode: '', reason: '' };

function inputOf(typed: BreakGlassRequest) {
  return { ...namedEntity(typed), reason: typed.reason.trim() };
}

/** Break-glass access: the operator takes what nobody gives, says why, and is seen. */
export function BreakGlassPage() {
  usePageTitle(m.break_glass_title());
  const isOperator = useSession()?.account.isOperator === true;
  const send = useBreakGlass();
  const form = useAsking({ send, nothing, problemsOf: breakGlassProblems, inputOf });
  if (!isOperator) {
    return (
      <PublicFrame title={m.break_glass_title()} text="">
        <NotPermitted />
      </PublicFrame>
    );
  }
  if (send.isSuccess) return <Taken taken={send.data} />;
  return (
    <PublicFrame title={m.break_glass_title()} text={m.break_glass_text()}>
      <AskingForm form={form} action={m.break_glass_submit()}>
        <OwnerField {...form} />
        <CodeField {...form} />
        <ReasonField {...form} />
      </AskingForm>
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

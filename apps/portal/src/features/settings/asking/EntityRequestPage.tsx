import { ActionButton, focusFirstProblem, FormError, m, usePageTitle } from '@claviger/web-kit';
import { type SubmitEvent, useState } from 'react';
import { PublicFrame } from '../../../app/PublicFrame.tsx';
import { serverProblemsOf } from '../requests/request-words.ts';
import { EntityFields } from './EntityFields.tsx';
import { useRequestEntityManagement } from './queries.ts';
import { entityProblems } from './request-form.ts';
import { FormEnd, Submitted } from './Submitted.tsx';

const nothing = { ownerEmail: '', entityCode: '' };

/** Request Entity-management access. */
export function EntityRequestPage() {
  usePageTitle(m.request_entity_title());
  const request = useRequestEntityManagement();
  const [typed, setTyped] = useState(nothing);
  if (request.isSuccess) {
    const again = () => {
      setTyped(nothing);
      request.reset();
    };
    return <Submitted email={typed.ownerEmail.trim()} onAnother={again} />;
  }
  return (
    <PublicFrame title={m.request_entity_title()} text={m.request_entity_text()}>
      <EntityForm request={request} typed={typed} onChange={setTyped} />
      <FormEnd />
    </PublicFrame>
  );
}

interface EntityFormProps {
  readonly request: ReturnType<typeof useRequestEntityManagement>;
  readonly typed: typeof nothing;
  readonly onChange: (typed: typeof nothing) => void;
}

function EntityForm({ request, typed, onChange }: EntityFormProps) {
  const [problems, setProblems] = useState<Partial<Record<string, string>>>({});
  const told = { ...serverProblemsOf(request.error), ...problems };
  const change = (part: Partial<typeof nothing>) => {
    onChange({ ...typed, ...part });
    setProblems({});
    if (request.isError) request.reset();
  };
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    if (request.isPending) return;
    const found = entityProblems(typed);
    setProblems(found);
    if (Object.keys(found).length > 0) {
      focusFirstProblem();
      return;
    }
    const input = { ownerEmail: typed.ownerEmail.trim(), entityCode: typed.entityCode.trim() };
    request.mutate(input, { onError: focusFirstProblem });
  };
  return (
    <form className="public-fields" noValidate onSubmit={submit}>
      <FormError error={Object.keys(told).length > 0 ? null : request.error} />
      <EntityFields typed={typed} told={told} onChange={change} />
      <ActionButton type="submit" variant="filled" isBusy={request.isPending} fullWidth>
        {m.request_submit()}
      </ActionButton>
    </form>
  );
}

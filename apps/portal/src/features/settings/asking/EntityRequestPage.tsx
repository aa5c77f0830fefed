import { m, usePageTitle } from '@claviger/web-kit';
import { PublicFrame } from '../../../app/PublicFrame.tsx';
import { CodeField, OwnerField } from './AskingFields.tsx';
import { AskingForm } from './AskingForm.tsx';
import { useRequestEntityManagement } from './queries.ts';
import { entityProblems, namedEntity } from './request-form.ts';
import { FormEnd, Submitted } from './Submitted.tsx';
import { useAsking } from './use-asking.ts';

const nothing = { ownerEmail: '', entityCode: '' };

/** Request Entity-management access. */
export function EntityRequestPage() {
  usePageTitle(m.request_entity_title());
  const send = useRequestEntityManagement();
  const form = useAsking({ send, nothing, problemsOf: entityProblems, inputOf: namedEntity });
  const { typed, again } = form;
  if (send.isSuccess) return <Submitted email={typed.ownerEmail.trim()} onAnother={again} />;
  return (
    <PublicFrame title={m.request_entity_title()} text={m.request_entity_text()}>
      <AskingForm form={form} action={m.request_submit()}>
        <OwnerField {...form} />
        <CodeField {...form} />
      </AskingForm>
      <FormEnd />
    </PublicFrame>
  );
}

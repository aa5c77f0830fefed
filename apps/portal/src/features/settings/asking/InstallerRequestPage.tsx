import { m, usePageTitle } from '@claviger/web-kit';
import { Textarea } from '@mantine/core';
import { PublicFrame } from '../../../app/PublicFrame.tsx';
import { DurationField } from '../requests/DurationField.tsx';
import { lengthOf } from '../requests/request-words.ts';
import { OwnerField, ReasonField } from './AskingFields.tsx';
import { AskingForm } from './AskingForm.tsx';
import { useRequestInstallerAccess } from './queries.ts';
import { installerProblems, type InstallerRequest, serialsIn } from './request-form.ts';
import { FormEnd, Submitted } from './Submitted.tsx';
import { useAsking } from './use-asking.ts';
import '../requests/requests.css';

const nothing: InstallerRequest = {
  ...{ ownerEmail: '', serials: '', reason: '' },
  duration: { amount: '8', unit: 'hours' },
};

function inputOf({ ownerEmail, serials, duration, reason }: InstallerRequest) {
  const durationMinutes = lengthOf('installer', duration);
  if (durationMinutes === undefined) return undefined;
  const serialNumbers = serialsIn(serials);
  return { ownerEmail: ownerEmail.trim(), reason: reason.trim(), durationMinutes, serialNumbers };
}

/** Request temporary installer access. */
export function InstallerRequestPage() {
  usePageTitle(m.request_installer_title());
  const send = useRequestInstallerAccess();
  const form = useAsking({ send, nothing, problemsOf: installerProblems, inputOf });
  const { typed, told, change, again } = form;
  if (send.isSuccess) return <Submitted email={typed.ownerEmail.trim()} onAnother={again} />;
  return (
    <PublicFrame title={m.request_installer_title()} text={m.request_installer_text()}>
      <AskingForm form={form} action={m.request_submit()}>
        <OwnerField {...form} />
        <Textarea
          value={typed.serials}
          onChange={({ currentTarget }) => change({ serials: currentTarget.value })}
          error={told['serialNumbers']}
          label={m.request_serials()}
          description={m.request_serials_hint()}
          name="serials"
          classNames={{ input: 'mono' }}
          rows={3}
          maxLength={1000}
          autoComplete="off"
          spellCheck={false}
        />
        <DurationField
          label={m.request_duration()}
          value={typed.duration}
          onChange={(duration) => change({ duration })}
          error={told['durationMinutes']}
        />
        <ReasonField {...form} />
      </AskingForm>
      <FormEnd />
    </PublicFrame>
  );
}

import { ActionButton, focusFirstProblem, FormError, m, TextField, usePageTitle } from '@claviger/web-kit';
import { Textarea } from '@mantine/core';
import { type SubmitEvent, useState } from 'react';
import { PublicFrame } from '../../../app/PublicFrame.tsx';
import { DurationField } from '../requests/DurationField.tsx';
import { lengthOf, serverProblemsOf } from '../requests/request-words.ts';
import { useRequestInstallerAccess } from './queries.ts';
import { installerProblems, type InstallerRequest, serialsIn } from './request-form.ts';
import { FormEnd, Submitted } from './Submitted.tsx';
import '../requests/requests.css';

const nothing: InstallerRequest = {
  ...{ ownerEmail: '', serials: '', reason: '' },
  duration: { amount: '8', unit: 'hours' },
};

/** Request temporary installer access. */
export function InstallerRequestPage() {
  usePageTitle(m.request_installer_title());
  const request = useRequestInstallerAccess();
  const [typed, setTyped] = useState(nothing);
  if (request.isSuccess) {
    const again = () => {
      setTyped(nothing);
      request.reset();
    };
    return <Submitted email={typed.ownerEmail.trim()} onAnother={again} />;
  }
  return (
    <PublicFrame title={m.request_installer_title()} text={m.request_installer_text()}>
      <InstallerForm request={request} typed={typed} onChange={setTyped} />
      <FormEnd />
    </PublicFrame>
  );
}

interface InstallerFormProps {
  readonly request: ReturnType<typeof useRequestInstallerAccess>;
  readonly typed: InstallerRequest;
  readonly onChange: (typed: InstallerRequest) => void;
}

/** What was typed, what is wrong with it, and how it is sent. */
function useInstallerForm({ request, typed, onChange }: InstallerFormProps) {
  const [problems, setProblems] = useState<Partial<Record<string, string>>>({});
  const told = { ...serverProblemsOf(request.error), ...problems };
  const change = (part: Partial<InstallerRequest>) => {
    onChange({ ...typed, ...part });
    setProblems({});
    if (request.isError) request.reset();
  };
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    if (request.isPending) return;
    const found = installerProblems(typed);
    setProblems(found);
    const durationMinutes = lengthOf('installer', typed.duration);
    if (Object.keys(found).length > 0 || durationMinutes === undefined) {
      focusFirstProblem();
      return;
    }
    const [ownerEmail, reason] = [typed.ownerEmail.trim(), typed.reason.trim()];
    const input = { ownerEmail, reason, durationMinutes, serialNumbers: serialsIn(typed.serials) };
    request.mutate(input, { onError: focusFirstProblem });
  };
  return { told, change, submit };
}

function InstallerForm(props: InstallerFormProps) {
  const { request, typed } = props;
  const { told, change, submit } = useInstallerForm(props);
  return (
    <form className="public-fields" noValidate onSubmit={submit}>
      <FormError error={Object.keys(told).length > 0 ? null : request.error} />
      <TextField
        value={typed.ownerEmail}
        onChange={(ownerEmail) => change({ ownerEmail })}
        error={told['ownerEmail']}
        label={m.request_owner_email()}
        type="email"
        name="owner-email"
        maxLength={254}
        autoComplete="off"
      />
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
      <TextField
        value={typed.reason}
        onChange={(reason) => change({ reason })}
        error={told['reason']}
        label={m.request_reason()}
        name="reason"
        maxLength={500}
        autoComplete="off"
      />
      <ActionButton type="submit" variant="filled" isBusy={request.isPending} fullWidth>
        {m.request_submit()}
      </ActionButton>
    </form>
  );
}

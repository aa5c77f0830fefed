import type { Session } from '@claviger/protocol';
import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type SubmitEvent, useState } from 'react';
import { client } from '../api/client.ts';
import { serverNow } from '../api/server-clock.ts';
import { Dialog } from '../dialog/Dialog.tsx';
import { FormError } from '../feedback/FormError.tsx';
import { ActionButton } from '../form/action/ActionButton.tsx';
import { focusFirstProblem } from '../form/fields.ts';
import { PasswordField } from '../form/PasswordField.tsx';
import { m } from '../i18n/messages.ts';
import { sessionQuery } from '../queries/session-queries.ts';
import { useSession } from '../queries/session.ts';
import { accountProblem } from '../words/account-problem.ts';
import { CodeInput } from './CodeInput.tsx';
import { endConfirmation } from './confirmation.ts';
import { showPasskey } from './passkey.ts';
import { ProviderOverPage } from './ProviderButton.tsx';
import { PasskeyButton } from './PasskeyButton.tsx';
import './session.css';

function useConfirm() {
  const queryClient = useQueryClient();
  const onSuccess = (session: Session | undefined) => {
    if (!session) return;
    queryClient.setQueryData(sessionQuery.queryKey, session);
    endConfirmation(true);
  };
  const confirm = useMutation({ mutationFn: client.confirmSession, onSuccess });
  const byPasskey = useMutation({
    mutationFn: async () => {
      const passkey = await showPasskey(await client.beginPasskeySignIn());
      return passkey && client.confirmSessionByPasskey(passkey);
    },
    onSuccess,
  });
  const recheck = useMutation({
    mutationFn: () => client.getSession(),
    onSuccess: (session) => {
      // Another window may have come back from something else.
      if (session && session.confirmedUntil > serverNow()) onSuccess(session);
    },
  });
  return { confirm, byPasskey, recheck };
}

/** Before something dangerous: proves that it is still the same person who sits here. */
export function ConfirmPersonDialog() {
  const account = useSession()?.account;
  const { confirm, byPasskey, recheck } = useConfirm();
  return (
    <Dialog title={m.confirm_person_title()} onClose={() => endConfirmation(false)} isContentFocused isOnTop>
      <p className="dialog-text">{m.confirm_person_text()}</p>
      {account?.hasPasskey && (
        <div className="dialog-fields session-passkey">
          <FormError error={byPasskey.error} />
          <PasskeyButton isBusy={byPasskey.isPending} onClick={() => byPasskey.mutate()} />
        </div>
      )}
      {account?.hasSignOn && (
        <ProviderOverPage
          begin={client.beginSignOnConfirmation}
          onDone={recheck.mutate}
          label={m.sign_on_confirm_with}
        />
      )}
      <TypedProof isCodeWanted={account?.hasAuthenticator ?? false} confirm={confirm} />
    </Dialog>
  );
}

interface TypedProofProps {
  readonly isCodeWanted: boolean;
  readonly confirm: ReturnType<typeof useConfirm>['confirm'];
}

function TypedProof({ isCodeWanted, confirm }: TypedProofProps) {
  const [typed, setTyped] = useState('');
  const [isEmpty, setIsEmpty] = useState(false);
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    setIsEmpty(typed === '');
    if (typed === '') focusFirstProblem();
    else confirm.mutate(isCodeWanted ? { code: typed } : { password: typed });
  };
  const empty = isCodeWanted ? m.problem_code_empty() : m.problem_password();
  const problem = isEmpty ? empty : accountProblem(confirm.error, isCodeWanted ? 'code' : 'password');
  const Field = isCodeWanted ? CodeInput : CurrentPassword;
  return (
    <form noValidate onSubmit={submit}>
      <div className="dialog-fields">
        <FormError error={problem === undefined ? confirm.error : null} />
        <Field value={typed} onChange={setTyped} error={problem} />
      </div>
      <div className="dialog-end">
        <Button onClick={() => endConfirmation(false)}>{m.action_cancel()}</Button>
        <ActionButton type="submit" variant="filled" isBusy={confirm.isPending}>
          {m.confirm_person_action()}
        </ActionButton>
      </div>
    </form>
  );
}

interface CurrentPasswordProps {
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly error?: string | undefined;
}

function CurrentPassword(props: CurrentPasswordProps) {
  return <PasswordField {...props} kind="current" isFocusedFirst />;
}

import { Refusal } from '@claviger/protocol';
import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type SubmitEvent, useState } from 'react';
import { client } from '../api/client.ts';
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

function useConfirm() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: client.confirmSession,
    onSuccess: (session) => {
      queryClient.setQueryData(sessionQuery.queryKey, session);
      endConfirmation(true);
    },
  });
}

/** Before something dangerous: proves that it is still the same person who sits here. */
export function ConfirmPersonDialog() {
  const isCodeWanted = useSession()?.account.hasSecondFactor ?? false;
  const [typed, setTyped] = useState('');
  const [isEmpty, setIsEmpty] = useState(false);
  const confirm = useConfirm();
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    setIsEmpty(typed === '');
    if (typed === '') focusFirstProblem();
    else confirm.mutate(isCodeWanted ? { code: typed } : { password: typed });
  };
  const field = isCodeWanted ? 'code' : 'password';
  const empty = isCodeWanted ? m.problem_code_empty() : m.problem_password();
  const problem = isEmpty ? empty : accountProblem(confirm.error, field);
  const isFieldToBlame = confirm.error instanceof Refusal && confirm.error.code === 'invalid_input';
  const Field = isCodeWanted ? CodeInput : CurrentPassword;
  return (
    <Dialog title={m.confirm_person_title()} onClose={() => endConfirmation(false)} isContentFocused isOnTop>
      <form noValidate onSubmit={submit}>
        <p className="dialog-text">{m.confirm_person_text()}</p>
        <div className="dialog-fields">
          <FormError error={isFieldToBlame ? null : confirm.error} />
          <Field value={typed} onChange={setTyped} error={problem} />
        </div>
        <div className="dialog-end">
          <Button onClick={() => endConfirmation(false)}>{m.action_cancel()}</Button>
          <ActionButton type="submit" variant="filled" isBusy={confirm.isPending}>
            {m.confirm_person_action()}
          </ActionButton>
        </div>
      </form>
    </Dialog>
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

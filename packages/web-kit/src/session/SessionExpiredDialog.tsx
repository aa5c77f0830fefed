import { Button } from '@mantine/core';
import { type SubmitEvent, useState } from 'react';
import { Dialog } from '../dialog/Dialog.tsx';
import { FormError } from '../feedback/FormError.tsx';
import { PasswordField } from '../form/PasswordField.tsx';
import { ActionButton } from '../form/action/ActionButton.tsx';
import { focusFirstProblem } from '../form/fields.ts';
import { m } from '../i18n/messages.ts';
import { useSession, useSignIn } from '../queries/session.ts';

/** Asks the same person to sign in again, over the page: what was typed stays, and can be sent afterwards. */
export function SessionExpiredDialog() {
  const email = useSession()?.account.email ?? '';
  const [password, setPassword] = useState('');
  const [problem, setProblem] = useState<string>();
  const signIn = useSignIn();
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    setProblem(password === '' ? m.problem_password() : undefined);
    if (password === '') focusFirstProblem();
    else signIn.mutate({ email, password });
  };
  return (
    <Dialog title={m.session_ended_title()} isContentFocused isOnTop>
      <form noValidate onSubmit={submit}>
        <p className="dialog-text">{m.session_ended_text()}</p>
        <div className="dialog-fields">
          <FormError error={signIn.error} />
          <p>
            {m.session_ended_account()} <b>{email}</b>
          </p>
          <input type="hidden" name="username" autoComplete="username" value={email} />
          <PasswordField
            kind="current"
            value={password}
            onChange={setPassword}
            error={problem}
            isFocusedFirst
          />
        </div>
        <div className="dialog-end">
          <Button variant="subtle" onClick={() => location.assign('/sign-in')}>
            {m.session_ended_other()}
          </Button>
          <ActionButton type="submit" variant="filled" isBusy={signIn.isPending}>
            {m.sign_in_action()}
          </ActionButton>
        </div>
      </form>
    </Dialog>
  );
}

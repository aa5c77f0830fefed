import { Button } from '@mantine/core';
import { type SubmitEvent, useState } from 'react';
import { client } from '../api/client.ts';
import { Dialog } from '../dialog/Dialog.tsx';
import { FormError } from '../feedback/FormError.tsx';
import { PasswordField } from '../form/PasswordField.tsx';
import { ActionButton } from '../form/action/ActionButton.tsx';
import { focusFirstProblem } from '../form/fields.ts';
import { m } from '../i18n/messages.ts';
import { isCodeNeeded, usePasskeySignIn, useResume, useSession, useSignIn } from '../queries/session.ts';
import { PasskeyButton } from './PasskeyButton.tsx';
import { ProviderOverPage } from './ProviderButton.tsx';
import { SignInCodeForm } from './SignInCodeForm.tsx';
import './session.css';

const beginSignOn = () => client.beginSignOn();

/** Asks the same person to sign in again, over the page: what was typed stays, and can be sent afterwards. */
export function SessionExpiredDialog() {
  const signIn = useSignIn();
  const byPasskey = usePasskeySignIn();
  const resume = useResume();
  const account = useSession()?.account;
  return (
    <Dialog title={m.session_ended_title()} isContentFocused isOnTop>
      <p className="dialog-text">{m.session_ended_text()}</p>
      {account?.hasPasskey && (
        <div className="dialog-fields session-passkey">
          <FormError error={byPasskey.error} />
          <PasskeyButton isBusy={byPasskey.isPending} onClick={() => byPasskey.mutate()} />
        </div>
      )}
      {account?.hasSignOn && (
        <ProviderOverPage begin={beginSignOn} onDone={resume.mutate} label={m.sign_on_with} />
      )}
      {isCodeNeeded(signIn.error) ? <SignInCodeForm /> : <PasswordForm signIn={signIn} />}
    </Dialog>
  );
}

function PasswordForm({ signIn }: { signIn: ReturnType<typeof useSignIn> }) {
  const email = useSession()?.account.email ?? '';
  const [password, setPassword] = useState('');
  const [problem, setProblem] = useState<string>();
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    setProblem(password === '' ? m.problem_password() : undefined);
    if (password === '') focusFirstProblem();
    else signIn.mutate({ email, password });
  };
  return (
    <form noValidate onSubmit={submit}>
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
  );
}

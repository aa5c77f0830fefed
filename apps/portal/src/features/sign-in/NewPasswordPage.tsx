import { Refusal } from '@claviger/protocol';
import {
  accountProblem,
  ActionButton,
  client,
  focusFirstProblem,
  FormError,
  isPassword,
  m,
  PasswordField,
  usePageTitle,
} from '@claviger/web-kit';
import { useMutation } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { type SubmitEvent, useState } from 'react';
import { LinkPage } from '../../app/link/LinkPage.tsx';
import { PublicFrame } from '../../app/PublicFrame.tsx';

/** What the link of a mail leads to: a new password. Nothing happens before one is sent. */
export function NewPasswordPage() {
  usePageTitle(m.new_password_title());
  return <LinkPage>{(token) => <Reset token={token} />}</LinkPage>;
}

function Reset({ token }: { token: string }) {
  const reset = useMutation({
    mutationFn: (newPassword: string) => client.resetPassword({ token, newPassword }),
    onError: focusFirstProblem,
  });
  const isVoid = token === '' || (reset.error instanceof Refusal && reset.error.code === 'not_found');
  if (isVoid) {
    return (
      <PublicFrame title={m.new_password_void()} text={m.new_password_void_text()}>
        <Link to="/forgotten-password">{m.forgotten_title()}</Link>
      </PublicFrame>
    );
  }
  if (reset.isSuccess) {
    return (
      <PublicFrame title={m.new_password_done()} text={m.new_password_done_text()}>
        <Link to="/sign-in">{m.sign_in_title()}</Link>
      </PublicFrame>
    );
  }
  return (
    <PublicFrame title={m.new_password_title()} text={m.new_password_text()}>
      <NewPassword reset={reset} />
    </PublicFrame>
  );
}

interface NewPasswordProps {
  readonly reset: {
    readonly error: Error | null;
    readonly isPending: boolean;
    readonly mutate: (newPassword: string) => void;
    readonly reset: () => void;
  };
}

function NewPassword({ reset }: NewPasswordProps) {
  const [password, setPassword] = useState('');
  const [isShort, setIsShort] = useState(false);
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    setIsShort(!isPassword(password));
    if (isPassword(password)) reset.mutate(password);
    else focusFirstProblem();
  };
  const told = accountProblem(reset.error, 'newPassword');
  return (
    <form className="public-fields" noValidate onSubmit={submit}>
      <FormError error={told === undefined ? reset.error : null} />
      <PasswordField
        kind="new"
        label={m.field_new_password()}
        value={password}
        onChange={(typed) => {
          setPassword(typed);
          setIsShort(false);
          if (reset.error) reset.reset();
        }}
        error={isShort ? m.problem_password_length() : told}
      />
      <ActionButton type="submit" variant="filled" isBusy={reset.isPending} fullWidth>
        {m.password_change()}
      </ActionButton>
    </form>
  );
}

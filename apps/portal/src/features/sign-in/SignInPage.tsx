import {
  ActionButton,
  ErrorNotice,
  installationQuery,
  m,
  PasswordField,
  TextField,
  usePageTitle,
  useSignIn,
} from '@claviger/web-kit';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { type SubmitEvent, useState } from 'react';
import { PublicFrame } from '../../app/PublicFrame.tsx';

/** Sign in with e-mail address and password; then on to where one wanted to go. */
export function SignInPage() {
  usePageTitle(m.sign_in_title());
  const { next } = useSearch({ from: '/signed-out/sign-in' });
  const navigate = useNavigate();
  const signIn = useSignIn();
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    signIn.mutate(
      { email: email.trim(), password },
      { onSuccess: () => void navigate({ to: next ?? '/', replace: true }) },
    );
  };
  return (
    <PublicFrame title={m.sign_in_title()} text={m.sign_in_text()}>
      <form className="public-fields" onSubmit={submit}>
        <ErrorNotice error={signIn.error} />
        <TextField
          label={m.field_email()}
          type="email"
          name="email"
          autoComplete="username"
          value={email}
          onChange={setEmail}
          required
          autoFocus
        />
        <PasswordField kind="current" value={password} onChange={setPassword} />
        <ActionButton type="submit" variant="filled" isBusy={signIn.isPending} fullWidth>
          {m.sign_in_action()}
        </ActionButton>
      </form>
      <Beginnings />
    </PublicFrame>
  );
}

/** What somebody without an Account can do here. */
function Beginnings() {
  const { data: installation } = useQuery(installationQuery);
  return (
    <div className="public-end">
      <p>
        {m.sign_in_new()} <Link to="/register">{m.sign_in_register()}</Link>
      </p>
      {installation?.needsBootstrap === true && (
        <p>
          {m.sign_in_no_operator()} <Link to="/bootstrap">{m.sign_in_bootstrap()}</Link>
        </p>
      )}
    </div>
  );
}

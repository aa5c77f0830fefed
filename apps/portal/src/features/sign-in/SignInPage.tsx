import {
  ActionButton,
  client,
  fieldOf,
  focusFirstProblem,
  FormError,
  installationQuery,
  isEmail,
  isCodeNeeded,
  m,
  leaveForProvider,
  PasskeyButton,
  PasswordField,
  ProviderButton,
  SignInCodeForm,
  TextField,
  usePageTitle,
  usePasskeySignIn,
  useSignIn,
} from '@claviger/web-kit';
import { Button } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation, useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { PublicFrame } from '../../app/PublicFrame.tsx';

function useSignInForm() {
  return useForm({
    initialValues: { email: '', password: '' },
    validate: {
      email: (value) => (isEmail(value) ? null : m.problem_email()),
      password: (value) => (value === '' ? m.problem_password() : null),
    },
  });
}

/** Sign in with e-mail address and password, and a code where one is asked for; then on. */
export function SignInPage() {
  usePageTitle(m.sign_in_title());
  const { next } = useSearch({ from: '/signed-out/sign-in' });
  const navigate = useNavigate();
  const signIn = useSignIn();
  const byPasskey = usePasskeySignIn();
  const bySignOn = useMutation({
    mutationFn: () => client.beginSignOn(),
    onSuccess: ({ url }) => leaveForProvider(url, next ?? '/'),
  });
  const goOn = () => void navigate({ to: next ?? '/', replace: true });
  if (isCodeNeeded(signIn.error)) {
    return (
      <PublicFrame title={m.sign_in_code_title()} text={m.sign_in_code_text()}>
        <SignInCodeForm onDone={goOn}>
          <Button variant="subtle" fullWidth onClick={() => signIn.reset()}>
            {m.sign_in_again()}
          </Button>
        </SignInCodeForm>
      </PublicFrame>
    );
  }
  return <PasswordPage {...{ signIn, byPasskey, bySignOn, goOn }} />;
}

interface PasswordPageProps {
  readonly signIn: ReturnType<typeof useSignIn>;
  readonly byPasskey: ReturnType<typeof usePasskeySignIn>;
  readonly bySignOn: {
    readonly error: Error | null;
    readonly isPending: boolean;
    readonly mutate: () => void;
  };
  readonly goOn: () => void;
}

function PasswordPage({ signIn, byPasskey, bySignOn, goOn }: PasswordPageProps) {
  const form = useSignInForm();
  const submit = form.onSubmit(({ email, password }) => {
    signIn.mutate({ email: email.trim(), password }, { onSuccess: goOn });
  }, focusFirstProblem);
  return (
    <PublicFrame title={m.sign_in_title()} text={m.sign_in_text()}>
      <form className="public-fields" noValidate onSubmit={submit}>
        <FormError error={signIn.error ?? byPasskey.error ?? bySignOn.error} />
        <TextField
          {...fieldOf(form, 'email')}
          label={m.field_email()}
          type="email"
          name="email"
          autoComplete="username"
          required
          autoFocus
        />
        <PasswordField {...fieldOf(form, 'password')} kind="current" />
        <ActionButton type="submit" variant="filled" isBusy={signIn.isPending} fullWidth>
          {m.sign_in_action()}
        </ActionButton>
        <PasskeyButton
          isBusy={byPasskey.isPending}
          onClick={() => byPasskey.mutate(undefined, { onSuccess: (session) => session && goOn() })}
        />
        <ProviderButton
          label={m.sign_on_with}
          isBusy={bySignOn.isPending}
          onClick={() => bySignOn.mutate()}
        />
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
        <Link to="/forgotten-password">{m.sign_in_forgotten()}</Link>
      </p>
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

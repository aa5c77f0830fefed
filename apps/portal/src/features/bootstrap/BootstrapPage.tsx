import {
  ActionButton,
  errorBesidePassword,
  fieldOf,
  focusFirstProblem,
  FormError,
  isEmail,
  isPassword,
  m,
  PasswordField,
  passwordFieldOf,
  TextField,
  usePageTitle,
} from '@claviger/web-kit';
import { useForm } from '@mantine/form';
import { LinkPage } from '../../app/link/LinkPage.tsx';
import { PublicFrame } from '../../app/PublicFrame.tsx';
import { useBootstrap } from './queries.ts';

interface BootstrapValues {
  token: string;
  email: string;
  password: string;
}

function useBootstrapForm(token: string) {
  return useForm<BootstrapValues>({
    initialValues: { token, email: '', password: '' },
    validate: {
      token: (value) => (value.trim() === '' ? m.problem_token() : null),
      email: (value) => (isEmail(value) ? null : m.problem_email()),
      password: (value) => (isPassword(value) ? null : m.problem_password_length()),
    },
  });
}

/** The operator's first Account, made with the token that the installation printed once. */
export function BootstrapPage() {
  usePageTitle(m.bootstrap_title());
  return <LinkPage>{(token) => <Bootstrap token={token} />}</LinkPage>;
}

function Bootstrap({ token: given }: { token: string }) {
  const form = useBootstrapForm(given);
  const bootstrap = useBootstrap();
  const submit = form.onSubmit(
    ({ token, email, password }) => bootstrap.mutate({ token: token.trim(), email: email.trim(), password }),
    focusFirstProblem,
  );
  return (
    <PublicFrame title={m.bootstrap_title()} text={m.bootstrap_text()}>
      <form className="public-fields" noValidate onSubmit={submit}>
        <FormError error={errorBesidePassword(bootstrap.error)} />
        <TextField
          {...fieldOf(form, 'token')}
          label={m.bootstrap_token()}
          description={m.bootstrap_token_hint()}
          classNames={{ input: 'mono' }}
          autoComplete="off"
          spellCheck={false}
          required
        />
        <TextField
          {...fieldOf(form, 'email')}
          label={m.field_email()}
          type="email"
          name="email"
          autoComplete="email"
          required
        />
        <PasswordField {...passwordFieldOf(fieldOf(form, 'password'), bootstrap)} kind="new" />
        <ActionButton type="submit" variant="filled" isBusy={bootstrap.isPending} fullWidth>
          {m.bootstrap_action()}
        </ActionButton>
      </form>
    </PublicFrame>
  );
}

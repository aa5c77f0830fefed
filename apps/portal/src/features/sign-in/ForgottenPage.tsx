import {
  ActionButton,
  client,
  fieldOf,
  focusFirstProblem,
  FormError,
  installationQuery,
  isEmail,
  m,
  pageLocale,
  TextField,
  usePageTitle,
} from '@claviger/web-kit';
import { useForm } from '@mantine/form';
import { useMutation, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { PublicFrame } from '../../app/PublicFrame.tsx';

/** Asks for a link to a new password. Whether the address has an Account is nobody's business. */
export function ForgottenPage() {
  usePageTitle(m.forgotten_title());
  const { data: installation } = useQuery(installationQuery);
  const ask = useMutation({
    mutationFn: (email: string) => client.askForReset({ email, language: pageLocale() }),
  });
  return (
    <PublicFrame
      title={m.forgotten_title()}
      text={installation?.sendsMail === true && !ask.isSuccess ? m.forgotten_text() : ''}
    >
      {installation?.sendsMail === false && <WithoutMail />}
      {installation?.sendsMail === true &&
        (ask.isSuccess ? (
          <p role="status">{m.forgotten_sent({ email: ask.variables })}</p>
        ) : (
          <Asking ask={ask} />
        ))}
      <div className="public-end">
        <Link to="/sign-in">{m.forgotten_back()}</Link>
      </div>
    </PublicFrame>
  );
}

/** An installation without a mail server: its operator makes the link. */
function WithoutMail() {
  return (
    <>
      <p>{m.forgotten_no_mail()}</p>
      <p>
        <code>npx --no-install claviger reset-link name@example.org</code>
      </p>
    </>
  );
}

interface AskingProps {
  readonly ask: {
    readonly error: Error | null;
    readonly isPending: boolean;
    readonly mutate: (email: string) => void;
  };
}

function Asking({ ask }: AskingProps) {
  const form = useForm({
    initialValues: { email: '' },
    validate: { email: (value) => (isEmail(value) ? null : m.problem_email()) },
  });
  const submit = form.onSubmit(({ email }) => ask.mutate(email.trim()), focusFirstProblem);
  return (
    <form className="public-fields" noValidate onSubmit={submit}>
      <FormError error={ask.error} />
      <TextField
        {...fieldOf(form, 'email')}
        label={m.field_email()}
        type="email"
        name="email"
        autoComplete="username"
        required
        autoFocus
      />
      <ActionButton type="submit" variant="filled" isBusy={ask.isPending} fullWidth>
        {m.forgotten_action()}
      </ActionButton>
    </form>
  );
}

import { type Key, type KeyPlace, Refusal } from '@claviger/protocol';
import {
  ActionButton,
  ErrorNotice,
  fieldOf,
  focusFirstProblem,
  isEmail,
  m,
  TextField,
  useFormat,
} from '@claviger/web-kit';
import { useForm } from '@mantine/form';
import { useSendKey } from '../queries.ts';
import './sharing.css';

interface SendKeyFormProps {
  readonly place: KeyPlace;
  readonly shown: Key;
  readonly zone: string;
  readonly isFocusedFirst?: boolean;
}

/** Send Email, as often as one likes: says when the last one went and to whom. */
export function SendKeyForm({ place, shown, zone, isFocusedFirst = false }: SendKeyFormProps) {
  const format = useFormat(zone);
  const send = useSendKey(place);
  const form = useForm({
    initialValues: { email: shown.email ?? '' },
    validate: { email: (value) => (isEmail(value) ? null : m.problem_email()) },
  });
  const submit = form.onSubmit(({ email }) => {
    send.mutate(email.trim(), {
      onError: (error) => {
        const isOfField = error instanceof Refusal && error.issues.length > 0;
        if (isOfField) form.setErrors({ email: m.problem_email() });
      },
    });
  }, focusFirstProblem);
  const sent = send.data ?? earlierMail(shown);
  return (
    <form className="key-send" noValidate onSubmit={submit}>
      <TextField
        {...fieldOf(form, 'email')}
        label={m.key_email()}
        name="email"
        type="email"
        autoComplete="off"
        data-autofocus={isFocusedFirst || undefined}
      />
      <ActionButton type="submit" isBusy={send.isPending}>
        {m.key_send()}
      </ActionButton>
      <p className="small" aria-live="polite">
        {sent && m.key_sent({ email: sent.to, time: format.clock(sent.createdAt) })}
      </p>
      <ErrorNotice error={send.error} />
    </form>
  );
}

/** The mail that was sent with the making of the Key, or before. */
function earlierMail({ email, emailedAt }: Key): { to: string; createdAt: number } | undefined {
  return email === undefined || emailedAt === undefined ? undefined : { to: email, createdAt: emailedAt };
}

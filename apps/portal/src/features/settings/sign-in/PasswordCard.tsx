import {
  accountProblem,
  ActionButton,
  client,
  focusFirstProblem,
  FormError,
  isPassword,
  m,
  PasswordField,
  useSession,
} from '@claviger/web-kit';
import { Refusal } from '@claviger/protocol';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type SubmitEvent, useState } from 'react';
import { ownSessionsKey } from './queries.ts';

const nothingTyped = { password: '', newPassword: '' };

function problemsOf({ password, newPassword }: typeof nothingTyped): Partial<typeof nothingTyped> {
  return {
    ...(password === '' && { password: m.problem_password() }),
    ...(!isPassword(newPassword) && { newPassword: m.problem_password_length() }),
  };
}

function useChangePassword(onChanged: () => void) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: client.changePassword,
    onSuccess: () => {
      onChanged();
      void queryClient.invalidateQueries({ queryKey: ownSessionsKey });
    },
    onError: focusFirstProblem,
  });
}

/** Change the password; all other sessions end with it. */
export function PasswordCard() {
  const email = useSession()?.account.email ?? '';
  const [typed, setTyped] = useState(nothingTyped);
  const [problems, setProblems] = useState<Partial<typeof nothingTyped>>({});
  const change = useChangePassword(() => setTyped(nothingTyped));
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    const found = problemsOf(typed);
    setProblems(found);
    if (Object.keys(found).length === 0) change.mutate(typed);
    else focusFirstProblem();
  };
  const isFieldToBlame = change.error instanceof Refusal && change.error.code === 'invalid_input';
  const fieldOf = (name: keyof typeof nothingTyped) => ({
    name,
    value: typed[name],
    onChange: (value: string) => {
      setTyped({ ...typed, [name]: value });
      setProblems({ ...problems, [name]: undefined });
      if (change.isError || change.isSuccess) change.reset();
    },
    error: problems[name] ?? accountProblem(change.error, name),
  });
  return (
    <section className="card settings-card" aria-labelledby="own-password">
      <h2 id="own-password">{m.field_password()}</h2>
      <form className="settings-fields" noValidate onSubmit={submit}>
        <FormError error={isFieldToBlame ? null : change.error} />
        <input type="hidden" name="username" autoComplete="username" value={email} />
        <PasswordField {...fieldOf('password')} kind="current" label={m.field_current_password()} />
        <PasswordField {...fieldOf('newPassword')} kind="new" label={m.field_new_password()} />
        <ActionButton type="submit" isBusy={change.isPending}>
          {m.password_change()}
        </ActionButton>
        <p className="small" role="status">
          {change.isSuccess ? m.password_changed() : m.password_change_hint()}
        </p>
      </form>
    </section>
  );
}

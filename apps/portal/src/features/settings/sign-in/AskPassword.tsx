import { Refusal } from '@claviger/protocol';
import {
  accountProblem,
  ActionButton,
  focusFirstProblem,
  FormError,
  m,
  PasswordField,
} from '@claviger/web-kit';
import { Button } from '@mantine/core';
import { type SubmitEvent, useState } from 'react';

interface AskPasswordProps {
  readonly text: string;
  readonly isBusy: boolean;
  readonly error: Error | null;
  readonly onPassword: (password: string) => void;
  readonly onClose: () => void;
}

/** Asks for the password before the sign-in itself is changed. */
export function AskPassword({ text, isBusy, error, onPassword, onClose }: AskPasswordProps) {
  const [password, setPassword] = useState('');
  const [isEmpty, setIsEmpty] = useState(false);
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    setIsEmpty(password === '');
    if (password === '') focusFirstProblem();
    else onPassword(password);
  };
  const isFieldToBlame = error instanceof Refusal && error.code === 'invalid_input';
  return (
    <form noValidate onSubmit={submit}>
      <p className="dialog-text">{text}</p>
      <div className="dialog-fields">
        <FormError error={isFieldToBlame ? null : error} />
        <PasswordField
          kind="current"
          value={password}
          onChange={setPassword}
          error={isEmpty ? m.problem_password() : accountProblem(error, 'password')}
          isFocusedFirst
        />
      </div>
      <div className="dialog-end">
        <Button onClick={onClose}>{m.action_cancel()}</Button>
        <ActionButton type="submit" variant="filled" isBusy={isBusy}>
          {m.action_next()}
        </ActionButton>
      </div>
    </form>
  );
}

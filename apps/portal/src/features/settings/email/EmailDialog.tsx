import { ActionButton, Dialog, focusFirstProblem, FormError, isEmail, m, TextField } from '@claviger/web-kit';
import { Button } from '@mantine/core';
import { type SubmitEvent, useState } from 'react';
import { AskedNotice } from './AskedNotice.tsx';
import { useAskForAddress } from '../sign-in/queries.ts';

/** Asks for another address; it takes the place of the old one when its link was followed. */
export function EmailDialog({ onClose }: { onClose: () => void }) {
  const ask = useAskForAddress();
  const [email, setEmail] = useState('');
  const [isWrong, setIsWrong] = useState(false);
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    setIsWrong(!isEmail(email));
    if (isEmail(email)) ask.mutate(email.trim());
    else focusFirstProblem();
  };
  if (ask.isSuccess) {
    return (
      <Dialog title={m.address_change()} onClose={onClose}>
        <AskedNotice email={email.trim()} />
        <div className="dialog-end">
          <Button variant="filled" onClick={onClose}>
            {m.action_done()}
          </Button>
        </div>
      </Dialog>
    );
  }
  return (
    <Dialog title={m.address_change()} onClose={onClose} isContentFocused>
      <form noValidate onSubmit={submit}>
        <p className="dialog-text">{m.address_change_text()}</p>
        <div className="dialog-fields">
          <FormError error={ask.error} />
          <TextField
            label={m.address_new()}
            type="email"
            name="email"
            autoComplete="email"
            value={email}
            onChange={(typed) => {
              setEmail(typed);
              setIsWrong(false);
            }}
            error={isWrong ? m.problem_email() : undefined}
            required
            data-autofocus
          />
        </div>
        <div className="dialog-end">
          <Button onClick={onClose}>{m.action_cancel()}</Button>
          <ActionButton type="submit" variant="filled" isBusy={ask.isPending}>
            {m.address_send_link()}
          </ActionButton>
        </div>
      </form>
    </Dialog>
  );
}

import { ActionButton, FormError, m, TextField } from '@claviger/web-kit';
import { Button } from '@mantine/core';
import { useState } from 'react';
import { useDeactivateUser } from '../queries.ts';
import { type AboutUser, UserDialog } from '../UserDialog.tsx';

const reasonLengthLimit = 200;

/** Deactivates a User, after saying what that ends. */
export function DeactivateUserDialog() {
  return (
    <UserDialog call="deactivateUser" titleOf={(name) => m.users_deactivate_of({ name })}>
      {(about) => <Deactivation {...about} />}
    </UserDialog>
  );
}

function Deactivation({ entityId, user, close }: AboutUser) {
  const [reason, setReason] = useState('');
  const deactivation = useDeactivateUser(entityId);
  return (
    <>
      <p className="dialog-text">{m.users_deactivate_text()}</p>
      <div className="dialog-fields">
        <FormError error={deactivation.error} />
        <TextField
          label={m.dialog_reason()}
          description={m.users_deactivate_reason_hint()}
          value={reason}
          onChange={setReason}
          maxLength={reasonLengthLimit}
          autoComplete="off"
        />
      </div>
      <div className="dialog-end">
        <Button onClick={close}>{m.action_cancel()}</Button>
        <ActionButton
          variant="danger"
          isBusy={deactivation.isPending}
          onClick={() =>
            deactivation.mutate({ userId: user.id, reason: reason.trim() }, { onSuccess: close })
          }
        >
          {m.users_deactivate()}
        </ActionButton>
      </div>
    </>
  );
}

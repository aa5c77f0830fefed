import { ActionButton, FormError, m } from '@claviger/web-kit';
import { Button } from '@mantine/core';
import { useReactivateUser } from '../queries.ts';
import { type AboutUser, UserDialog } from '../UserDialog.tsx';

/** Reactivate User. */
export function ReactivateUserDialog() {
  return (
    <UserDialog call="reactivateUser" titleOf={(name) => m.users_reactivate_of({ name })}>
      {(about) => <Reactivation {...about} />}
    </UserDialog>
  );
}

function Reactivation({ entityId, user, close }: AboutUser) {
  const reactivation = useReactivateUser(entityId);
  return (
    <>
      <p className="dialog-text">{m.users_reactivate_text()}</p>
      {user.deactivationReason !== undefined && (
        <p className="dialog-text">{m.users_reason({ reason: user.deactivationReason })}</p>
      )}
      <FormError error={reactivation.error} />
      <div className="dialog-end">
        <Button onClick={close}>{m.action_cancel()}</Button>
        <ActionButton
          variant="filled"
          isBusy={reactivation.isPending}
          onClick={() => reactivation.mutate(user.id, { onSuccess: close })}
        >
          {m.users_reactivate()}
        </ActionButton>
      </div>
    </>
  );
}

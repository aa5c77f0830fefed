import { ActionButton, ErrorNotice, FormError, m } from '@claviger/web-kit';
import { Button } from '@mantine/core';
import { useState } from 'react';
import { useReactivateUser, useSuspendedKeys } from '../queries.ts';
import { type AboutUser, UserDialog } from '../UserDialog.tsx';
import { KeysToRestore } from './KeysToRestore.tsx';

/** Reactivate User, with the Keys that shall open again. */
export function ReactivateUserDialog() {
  return (
    <UserDialog call="reactivateUser" titleOf={(name) => m.users_reactivate_of({ name })}>
      {(about) => <Reactivation {...about} />}
    </UserDialog>
  );
}

function Reactivation({ entityId, user, close }: AboutUser) {
  const reactivation = useReactivateUser(entityId);
  const suspended = useSuspendedKeys(entityId, user.id);
  const [changed, setChanged] = useState<Readonly<Record<string, boolean>>>({});
  const held = suspended.data ?? [];
  const ticked = held.filter(({ id, isExpired, isKeptBack }) => !isExpired && (changed[id] ?? !isKeptBack));
  const restoreKeyIds = ticked.map(({ id }) => id);
  return (
    <>
      <p className="dialog-text">{m.users_reactivate_text()}</p>
      {user.deactivationReason !== undefined && (
        <p className="dialog-text">{m.users_reason({ reason: user.deactivationReason })}</p>
      )}
      <ErrorNotice error={suspended.error} onRetry={() => void suspended.refetch()} />
      {held.length > 0 && (
        <KeysToRestore
          keys={held}
          ticked={restoreKeyIds}
          onTick={(id, isTicked) => setChanged((before) => ({ ...before, [id]: isTicked }))}
        />
      )}
      <FormError error={reactivation.error} />
      <div className="dialog-end">
        <Button onClick={close}>{m.action_cancel()}</Button>
        <ActionButton
          variant="filled"
          isBusy={reactivation.isPending || suspended.isPending}
          reason={suspended.isError ? m.users_restore_unknown() : undefined}
          onClick={() => reactivation.mutate({ userId: user.id, restoreKeyIds }, { onSuccess: close })}
        >
          {m.users_reactivate()}
        </ActionButton>
      </div>
    </>
  );
}

import { ActionButton, ErrorNotice, m, Notice, TextField, useClock, useLocks } from '@claviger/web-kit';
import { Button } from '@mantine/core';
import { IconWifiOff } from '@tabler/icons-react';
import { useState } from 'react';
import { type AboutKey, KeyDialog } from './KeyDialog.tsx';
import { useDeleteKey } from './queries.ts';

const agoEveryMs = 30_000;
const reasonLengthLimit = 300;

/** Delete: asks first, and says what the doors will make of it. */
export function DeleteKeyDialog() {
  return (
    <KeyDialog titleOf={(name) => m.key_delete_title({ name })}>
      {(about) => <Deletion {...about} />}
    </KeyDialog>
  );
}

function Deletion({ place, shown, membership, close }: AboutKey) {
  const { format, now } = useClock(membership.zone, agoEveryMs);
  const deletion = useDeleteKey(place);
  const [reason, setReason] = useState('');
  const locks = useLocks(place.entityId).data ?? [];
  const away = locks.filter(
    ({ id, isOnline }) => !isOnline && shown.bindings.some(({ lockId }) => lockId === id),
  );
  const isOver = shown.status === 'revoked' && !deletion.isPending && !deletion.isSuccess;
  if (isOver) return <p className="dialog-text">{m.key_is_over()}</p>;
  return (
    <>
      <p className="dialog-text">{m.key_delete_text()}</p>
      {away.map(({ id, name, offlineSince = now }) => (
        <Notice key={id} tone="brass" icon={<IconWifiOff size={18} stroke={1.6} aria-hidden />}>
          {m.key_delete_offline({ lock: name, moment: format.since(offlineSince, now) })}
        </Notice>
      ))}
      <TextField
        label={m.dialog_reason()}
        description={m.dialog_reason_hint()}
        value={reason}
        onChange={setReason}
        maxLength={reasonLengthLimit}
        autoComplete="off"
      />
      <ErrorNotice error={deletion.error} />
      <div className="dialog-end">
        <Button onClick={close}>{m.action_cancel()}</Button>
        <ActionButton
          variant="danger"
          isBusy={deletion.isPending}
          onClick={() => deletion.mutate(reason.trim(), { onSuccess: close })}
        >
          {m.key_delete()}
        </ActionButton>
      </div>
    </>
  );
}

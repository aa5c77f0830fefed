import { ConfirmDialog } from '@claviger/web-kit';
import type { DoorView } from '../../../src/contract.ts';
import { m } from '../i18n/messages.ts';
import { streetClient } from './street-client.ts';
import { useAttempt } from './use-attempt.ts';

/** Asks before a door is removed: it cannot be had back. */
export function RemoveDoorDialog({ door, onClose }: { door: DoorView; onClose: () => void }) {
  const { attempt, isBusy, error } = useAttempt();
  return (
    <ConfirmDialog
      title={m.remove_question({ name: door.name })}
      action={m.remove()}
      isDangerous
      isBusy={isBusy}
      error={error}
      onConfirm={() => {
        attempt(async () => {
          await streetClient.removeDoor(door.serial);
          onClose();
        });
      }}
      onClose={onClose}
    >
      {m.remove_consequence()}
    </ConfirmDialog>
  );
}

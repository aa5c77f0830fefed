import { ActionButton, FormError, m } from '@claviger/web-kit';
import { Button } from '@mantine/core';

interface RemovalProps {
  readonly name: string;
  readonly text: string;
  readonly isBusy: boolean;
  readonly error: Error | null;
  readonly onConfirm: () => void;
  readonly onClose: () => void;
}

/** Asks before a building or a Unit is removed, in the place of its list. */
export function Removal({ name, text, isBusy, error, onConfirm, onClose }: RemovalProps) {
  return (
    <>
      <p className="dialog-text">
        <b>{m.building_remove_title({ name })}</b> {text}
      </p>
      <FormError error={error} />
      <div className="dialog-end">
        <Button onClick={onClose}>{m.action_cancel()}</Button>
        <ActionButton variant="danger" isBusy={isBusy} onClick={onConfirm}>
          {m.place_remove_action()}
        </ActionButton>
      </div>
    </>
  );
}

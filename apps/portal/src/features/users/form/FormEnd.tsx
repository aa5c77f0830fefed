import { ActionButton, m } from '@claviger/web-kit';
import { Button } from '@mantine/core';

interface FormEndProps {
  /** What sends the form. */
  readonly label: string;
  readonly isBusy: boolean;
  readonly close: () => void;
}

/** The end of a window with a form. */
export function FormEnd({ label, isBusy, close }: FormEndProps) {
  return (
    <div className="dialog-end">
      <Button onClick={close}>{m.action_cancel()}</Button>
      <ActionButton type="submit" variant="filled" isBusy={isBusy}>
        {label}
      </ActionButton>
    </div>
  );
}

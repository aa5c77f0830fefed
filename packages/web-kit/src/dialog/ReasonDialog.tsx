import { Button } from '@mantine/core';
import { m } from '../i18n/messages.ts';
import { Dialog } from './Dialog.tsx';

interface ReasonDialogProps {
  readonly title: string;
  readonly reason: string;
  readonly onClose: () => void;
}

/** The address asks for something that cannot be: says why, and leads back to the list. */
export function ReasonDialog({ title, reason, onClose }: ReasonDialogProps) {
  return (
    <Dialog title={title} onClose={onClose}>
      <p className="dialog-text">{reason}</p>
      <div className="dialog-end">
        <Button onClick={onClose}>{m.action_close()}</Button>
      </div>
    </Dialog>
  );
}

import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import { FormError } from '../feedback/FormError.tsx';
import { ActionButton } from '../form/action/ActionButton.tsx';
import { m } from '../i18n/messages.ts';
import { Dialog } from './Dialog.tsx';

interface ConfirmDialogProps {
  /** Names the thing and what would happen to it. */
  readonly title: string;
  readonly children: ReactNode;
  /** The verb on the button. */
  readonly action: string;
  readonly isDangerous?: boolean;
  readonly isBusy: boolean;
  readonly error: Error | null;
  readonly onConfirm: () => void;
  readonly onClose: () => void;
}

/** Asks before something that cannot simply be taken back. */
export function ConfirmDialog(props: ConfirmDialogProps) {
  const { title, children, action, isDangerous = false, isBusy, error, onConfirm, onClose } = props;
  return (
    <Dialog title={title} onClose={onClose}>
      <div className="dialog-text">{children}</div>
      <FormError error={error} />
      <div className="dialog-end">
        <Button onClick={onClose}>{m.action_cancel()}</Button>
        <ActionButton variant={isDangerous ? 'danger' : 'filled'} isBusy={isBusy} onClick={onConfirm}>
          {action}
        </ActionButton>
      </div>
    </Dialog>
  );
}

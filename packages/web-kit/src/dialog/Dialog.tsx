import { Modal } from '@mantine/core';
import { type ReactNode, useEffect, useRef } from 'react';
import { m } from '../i18n/messages.ts';
import { useDialogTitle } from '../page/use-page-title.ts';
import './dialog.css';

interface DialogProps {
  readonly title: string;
  readonly children: ReactNode;
  /** Absent: only what is inside can close it. */
  readonly onClose?: () => void;
  /** Lies over another dialog. */
  readonly isOnTop?: boolean;
}

/** A dialog over the page. It exists while it is open; the focus goes back to where it was. */
export function Dialog({ title, children, onClose, isOnTop = false }: DialogProps) {
  useFocusReturn();
  useDialogTitle(title);
  const isClosable = onClose !== undefined;
  return (
    <Modal
      opened
      onClose={onClose ?? stay}
      title={title}
      centered
      size="md"
      padding="lg"
      zIndex={isOnTop ? 250 : 200}
      lockScroll={false}
      withCloseButton={isClosable}
      closeOnEscape={isClosable}
      closeOnClickOutside={isClosable}
      closeButtonProps={{ 'aria-label': m.action_close() }}
      transitionProps={{ duration: 0 }}
    >
      {children}
    </Modal>
  );
}

function stay(): undefined {
  return undefined;
}

/** Mantine gives the focus back when a dialog is closed, not when it goes away with its address. */
function useFocusReturn(): void {
  const before = useRef<Element>(null);
  useEffect(() => {
    before.current ??= document.activeElement;
    return () => {
      const target = before.current;
      if (target instanceof HTMLElement && target.isConnected) target.focus({ preventScroll: true });
    };
  }, []);
}

import { Modal } from '@mantine/core';
import { type ReactNode, useEffect, useRef } from 'react';
import { m } from '../i18n/messages.ts';
import { useDialogTitle } from '../page/use-page-title.ts';
import { useIsConfirming } from '../session/confirmation.ts';
import { useIsSessionEnded } from '../session/session-end.ts';
import './dialog.css';

interface DialogProps {
  readonly title: string;
  readonly children: ReactNode;
  /** Absent: only what is inside can close it. */
  readonly onClose?: () => void;
  /**
   * Something inside is marked `data-autofocus`; else the focus begins at the title, where Enter does
   * nothing.
   */
  readonly isContentFocused?: boolean;
  /** Lies over another dialog. */
  readonly isOnTop?: boolean;
}

/** A dialog over the page. It exists while it is open; the focus goes back to where it was. */
export function Dialog(props: DialogProps) {
  const { title, children, onClose, isContentFocused = false, isOnTop = false } = props;
  useFocusReturn();
  useScrollbarGap();
  useDialogTitle(title);
  const isClosable = onClose !== undefined;
  const isSessionEnded = useIsSessionEnded();
  const isConfirming = useIsConfirming();
  const isCovered = (isSessionEnded || isConfirming) && !isOnTop;
  return (
    <Modal.Root
      opened
      onClose={onClose ?? stay}
      centered
      size="md"
      padding="lg"
      zIndex={isOnTop ? 250 : 200}
      lockScroll={false}
      closeOnEscape={isClosable && !isCovered}
      closeOnClickOutside={isClosable}
      transitionProps={{ duration: 0 }}
    >
      <Modal.Overlay />
      <Modal.Content>
        <div className="dialog-head">
          <Modal.Title tabIndex={-1} data-autofocus={isContentFocused ? undefined : true}>
            {title}
          </Modal.Title>
          {isClosable && <Modal.CloseButton aria-label={m.action_close()} iconSize="20px" />}
        </div>
        <Modal.Body>{children}</Modal.Body>
      </Modal.Content>
    </Modal.Root>
  );
}

function stay(): undefined {
  return undefined;
}

/** An element and all that it stands in. */
function pathOf(element: Element | null): Element[] {
  return element ? [element, ...pathOf(element.parentElement)] : [];
}

/** So long after a dialog the page may still draw what it has changed. */
const redrawnWithinMs = 2_000;

/** Where the focus was; where that is gone, the first thing one can press of what it stood in. */
function focusIn(path: readonly Element[]): void {
  const left = path.find(({ isConnected }) => isConnected);
  const target = left === path[0] ? left : left?.querySelector('button, a[href], input, select');
  if (target instanceof HTMLElement) target.focus({ preventScroll: true });
}

/** The same also where it goes a moment later: what a dialog changes may be drawn after it has closed. */
function returnTo(path: readonly Element[]): void {
  focusIn(path);
  const [before] = path;
  if (before?.isConnected !== true) return;
  const redrawing = new MutationObserver(() => {
    if (before.isConnected) return;
    redrawing.disconnect();
    if (document.activeElement === document.body) focusIn(path);
  });
  redrawing.observe(document.body, { childList: true, subtree: true });
  setTimeout(() => redrawing.disconnect(), redrawnWithinMs);
}

/** Mantine gives the focus back when a dialog is closed, not when it goes away with its address. */
function useFocusReturn(): void {
  const before = useRef<readonly Element[]>(null);
  useEffect(() => {
    before.current ??= pathOf(document.activeElement);
    const path = before.current;
    return () => returnTo(path);
  }, []);
}

/** The page under a dialog does not scroll; it keeps the room of its scrollbar, so that nothing jumps. */
function useScrollbarGap(): void {
  useEffect(() => {
    const { style, clientWidth } = document.documentElement;
    if (style.getPropertyValue('--scrollbar-gap') !== '') return;
    style.setProperty('--scrollbar-gap', `${innerWidth - clientWidth}px`);
    return () => {
      style.removeProperty('--scrollbar-gap');
    };
  }, []);
}

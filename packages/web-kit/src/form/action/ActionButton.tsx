import { Button, type ButtonProps } from '@mantine/core';
import { type ReactNode, useId } from 'react';
import { useTip } from './use-tip.ts';
import './action-button.css';

interface ActionButtonProps extends Omit<ButtonProps, 'disabled' | 'loading'> {
  readonly children: ReactNode;
  readonly type?: 'submit';
  readonly onClick?: () => void;
  /** What it does is under way; pressing it again does nothing. */
  readonly isBusy?: boolean;
  /** Why it does nothing just now; absent: it works. */
  readonly reason?: string | undefined;
  readonly 'aria-label'?: string;
}

/**
 * A button that keeps the focus while it does nothing, and says why to whoever points at it, tabs to it or
 * taps it; one that is disabled would lose the focus and say nothing.
 */
export function ActionButton({ reason, isBusy = false, onClick, ...others }: ActionButtonProps) {
  const id = useId();
  const isOff = reason !== undefined;
  const { of, tip, setIsTold, events } = useTip<HTMLButtonElement>(isOff);
  return (
    <>
      <Button
        {...others}
        {...events}
        {...(isOff && { 'data-disabled': true, 'aria-describedby': id })}
        ref={of}
        mod={{ busy: isBusy }}
        aria-disabled={isOff || isBusy || undefined}
        onClick={(event) => {
          if (isOff || isBusy) event.preventDefault();
          else onClick?.();
          // What a press leads to is not told over the button that was pressed.
          setIsTold(isOff);
        }}
      />
      {isOff && (
        <span id={id} ref={tip} popover="manual" className="reason-tip">
          {reason}
        </span>
      )}
    </>
  );
}

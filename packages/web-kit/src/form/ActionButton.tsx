import { Button, type ButtonProps } from '@mantine/core';
import { type ReactNode, useId } from 'react';
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

/** A button that keeps the focus while it does nothing, and says why; one that is disabled would lose it. */
export function ActionButton({ reason, isBusy = false, onClick, ...others }: ActionButtonProps) {
  const id = useId();
  const isOff = reason !== undefined;
  const off = { title: reason, 'data-disabled': true, 'aria-describedby': id };
  return (
    <>
      <Button
        {...others}
        {...(isOff && off)}
        mod={{ busy: isBusy }}
        aria-disabled={isOff || isBusy || undefined}
        onClick={(event) => {
          if (isOff || isBusy) event.preventDefault();
          else onClick?.();
        }}
      />
      {isOff && (
        <span id={id} className="only-heard">
          {reason}
        </span>
      )}
    </>
  );
}

import { Button, type ButtonProps } from '@mantine/core';
import { type ReactNode, useId } from 'react';

interface ExplainedButtonProps extends Omit<ButtonProps, 'disabled'> {
  readonly children: ReactNode;
  readonly onClick: () => void;
  /** Why it does nothing just now; absent: it works. */
  readonly reason?: string | undefined;
  readonly 'aria-label'?: string;
}

/** A button that stays reachable while it does nothing, and says why. */
export function ExplainedButton({ reason, onClick, ...others }: ExplainedButtonProps) {
  const id = useId();
  if (reason === undefined) return <Button {...others} onClick={onClick} />;
  return (
    <>
      <Button {...others} title={reason} aria-disabled data-disabled aria-describedby={id} />
      <span id={id} className="only-heard">
        {reason}
      </span>
    </>
  );
}

import { Button, type ButtonProps } from '@mantine/core';
import { type ReactNode, useId } from 'react';
import './explained-button.css';

interface ExplainedButtonProps extends Omit<ButtonProps, 'disabled'> {
  readonly children: ReactNode;
  readonly onClick: () => void;
  /** Why it does nothing just now; absent: it works. */
  readonly reason?: string | undefined;
  /** Shows the reason beside the button too, not to screen readers alone. */
  readonly isReasonShown?: boolean;
  readonly 'aria-label'?: string;
}

/** A button that stays reachable while it does nothing, and says why. */
export function ExplainedButton(props: ExplainedButtonProps) {
  const { reason, isReasonShown = false, onClick, ...others } = props;
  const id = useId();
  if (reason === undefined) return <Button {...others} onClick={onClick} />;
  return (
    <span className="explained-button">
      <span id={id} className={isReasonShown ? 'small' : 'only-heard'}>
        {reason}
      </span>
      <Button
        {...others}
        {...(!isReasonShown && { title: reason })}
        aria-disabled
        data-disabled
        aria-describedby={id}
      />
    </span>
  );
}

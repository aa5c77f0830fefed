import { Tooltip } from '@mantine/core';
import type { RefObject } from 'react';

interface ReasonTipProps {
  readonly of: RefObject<HTMLElement | null>;
  readonly reason: string;
}

/** Why a button does nothing, beside it for whoever looks. Who listens hears it from the button itself. */
export function ReasonTip({ of, reason }: ReasonTipProps) {
  const atOnce = { duration: 0 };
  return <Tooltip opened multiline target={of} label={reason} transitionProps={atOnce} aria-hidden />;
}

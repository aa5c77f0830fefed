import type { Lock } from '@claviger/protocol';
import { m } from '@claviger/web-kit';
import { Switch } from '@mantine/core';
import type { ReactNode } from 'react';
import { can } from './lock-abilities.ts';

/** At a lock without a QR reader: what opens it instead. */
function insteadText(lock: Lock): string {
  return can(lock, 'keypad') ? m.picture_no_reader_pin() : m.picture_no_reader();
}

interface PictureFieldProps {
  readonly lock: Lock | undefined;
  readonly isWanted: boolean;
  readonly onChange: (isWanted: boolean) => void;
  /** What the server has against it. */
  readonly problem: ReactNode;
}

/** Offers the static picture of the QR where the lock reads one, and says why it is weaker. */
export function PictureField({ lock, isWanted, onChange, problem }: PictureFieldProps) {
  const isTaken = can(lock, 'qr_reader');
  return (
    <Switch
      label={m.picture_wanted()}
      description={lock && !isTaken ? insteadText(lock) : m.picture_weaker()}
      checked={isWanted && isTaken}
      disabled={!isTaken}
      error={problem}
      onChange={({ currentTarget }) => onChange(currentTarget.checked)}
    />
  );
}

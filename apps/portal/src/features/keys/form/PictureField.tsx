import type { Lock } from '@claviger/protocol';
import { m } from '@claviger/web-kit';
import { Switch } from '@mantine/core';
import type { ReactNode } from 'react';
import { pictureObstacleAt } from './lock-obstacles.ts';

interface PictureFieldProps {
  readonly lock: Lock | undefined;
  readonly isWanted: boolean;
  readonly onChange: (isWanted: boolean) => void;
  /** What the server has against it. */
  readonly problem: ReactNode;
}

/** Offers the static picture of the QR where the lock takes one, and says why it is weaker. */
export function PictureField({ lock, isWanted, onChange, problem }: PictureFieldProps) {
  const obstacle = lock && pictureObstacleAt(lock);
  const isTaken = lock !== undefined && obstacle === undefined;
  return (
    <Switch
      label={m.picture_wanted()}
      description={obstacle ?? m.picture_weaker()}
      checked={isWanted && isTaken}
      disabled={!isTaken}
      error={problem}
      onChange={({ currentTarget }) => onChange(currentTarget.checked)}
    />
  );
}

import type { Lock } from '@claviger/protocol';
import { m } from '@claviger/web-kit';
import { ActionIcon } from '@mantine/core';
import { IconPencil } from '@tabler/icons-react';
import { lazy, Suspense, useRef, useState } from 'react';

// Names are changed once; the list is looked at every day.
const RenameForm = lazy(() => import('./RenameForm.tsx').then((module) => ({ default: module.RenameForm })));

/** The name of a lock, and its change in place. */
export function LockName({ entityId, lock }: { entityId: string; lock: Lock }) {
  const [isEdited, setIsEdited] = useState(false);
  const pencil = useRef<HTMLButtonElement>(null);
  const close = () => {
    setIsEdited(false);
    requestAnimationFrame(() => pencil.current?.focus());
  };
  const name = (
    <h2 className="lock-name">
      <span>{lock.name}</span>
      <ActionIcon
        ref={pencil}
        aria-label={m.lock_rename({ name: lock.name })}
        onClick={() => setIsEdited(true)}
      >
        <IconPencil size={16} stroke={1.6} />
      </ActionIcon>
    </h2>
  );
  if (!isEdited) return name;
  return (
    <Suspense fallback={name}>
      <RenameForm entityId={entityId} lock={lock} onClose={close} />
    </Suspense>
  );
}

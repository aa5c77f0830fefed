import { Refusal } from '@claviger/protocol';
import type { Lock } from '@claviger/protocol';
import { ActionButton, ErrorNotice, m } from '@claviger/web-kit';
import { ActionIcon, Button, TextInput } from '@mantine/core';
import { IconPencil } from '@tabler/icons-react';
import { type SubmitEvent, useRef, useState } from 'react';
import { useRenameLock } from './queries.ts';

const nameLengthLimit = 80;

/** The name of a lock, and its change in place. */
export function LockName({ entityId, lock }: { entityId: string; lock: Lock }) {
  const [isEdited, setIsEdited] = useState(false);
  const pencil = useRef<HTMLButtonElement>(null);
  const close = () => {
    setIsEdited(false);
    requestAnimationFrame(() => pencil.current?.focus());
  };
  if (isEdited) return <RenameForm entityId={entityId} lock={lock} onClose={close} />;
  return (
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
}

function RenameForm({ entityId, lock, onClose }: { entityId: string; lock: Lock; onClose: () => void }) {
  const [name, setName] = useState(lock.name);
  const rename = useRenameLock(entityId);
  const isTaken = rename.error instanceof Refusal && rename.error.code === 'changed_meanwhile';
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    if (name.trim() === '') return;
    if (name.trim() === lock.name) onClose();
    else rename.mutate({ lock, name: name.trim() }, { onSuccess: onClose });
  };
  return (
    <form className="lock-rename" onSubmit={submit} onKeyDown={({ key }) => key === 'Escape' && onClose()}>
      <TextInput
        aria-label={m.lock_new_name()}
        value={name}
        onChange={({ currentTarget }) => setName(currentTarget.value)}
        onFocus={({ currentTarget }) => currentTarget.select()}
        maxLength={nameLengthLimit}
        error={name.trim() === '' && m.problem_name()}
        required
        withAsterisk={false}
        autoFocus
      />
      <ActionButton type="submit" variant="filled" isBusy={rename.isPending}>
        {m.action_save()}
      </ActionButton>
      <Button onClick={onClose}>{m.action_cancel()}</Button>
      <ErrorNotice error={rename.error}>
        {isTaken ? <p>{m.lock_renamed_meanwhile({ name: lock.name })}</p> : undefined}
      </ErrorNotice>
    </form>
  );
}

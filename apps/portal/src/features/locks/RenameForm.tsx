import { type Lock, Refusal } from '@claviger/protocol';
import { ActionButton, ErrorNotice, m } from '@claviger/web-kit';
import { Button, TextInput } from '@mantine/core';
import { type SubmitEvent, useState } from 'react';
import { useRenameLock } from './queries.ts';

const nameLengthLimit = 80;

interface RenameFormProps {
  readonly entityId: string;
  readonly lock: Lock;
  readonly onClose: () => void;
}

/** The change of a lock's name, in its place in the list. */
export function RenameForm({ entityId, lock, onClose }: RenameFormProps) {
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

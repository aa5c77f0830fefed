import { type Lock, Refusal } from '@claviger/protocol';
import {
  ActionButton,
  Dialog,
  focusFirstProblem,
  FormError,
  m,
  TextField,
  useLocks,
} from '@claviger/web-kit';
import { Button } from '@mantine/core';
import { useParams } from '@tanstack/react-router';
import { type SubmitEvent, useState } from 'react';
import { useCloseDialog } from '../../../app/dialog-address.ts';
import { type LockChange, useUpdateLock } from '../queries.ts';
import { ReasonDialog } from '../ReasonDialog.tsx';
import { changedLeaves, leavesOf } from './leaves.ts';
import { LeavesFields } from './LeavesFields.tsx';
import { LocationField } from './LocationField.tsx';
import { changesOf } from './lock-changes.ts';
import { lengthLimits, locationProblem, nameProblem } from './lock-words.ts';

/** Edit: what a lock is called, where it is, and what it takes. */
export function EditLockDialog() {
  const { entityId, lockId } = useParams({ from: '/signed-in/e/$entityId/devices/locks/$lockId/edit' });
  const close = useCloseDialog();
  const locks = useLocks(entityId).data;
  if (!locks) return null;
  const lock = locks.find(({ id }) => id === lockId);
  if (!lock)
    return <ReasonDialog title={m.lock_edit_none()} reason={m.open_unknown_lock()} onClose={close} />;
  return (
    <Dialog title={m.lock_edit_title({ name: lock.name })} onClose={close} isContentFocused>
      <EditLockForm entityId={entityId} lock={lock} onClose={close} />
    </Dialog>
  );
}

interface EditLockFormProps {
  readonly entityId: string;
  readonly lock: Lock;
  readonly onClose: () => void;
}

function EditLockForm({ entityId, lock, onClose }: EditLockFormProps) {
  const [name, setName] = useState(lock.name);
  const [location, setLocation] = useState(lock.location);
  const [leaves, setLeaves] = useState(leavesOf(lock));
  const [isChecked, setIsChecked] = useState(false);
  const problems = { name: nameProblem(name), location: locationProblem(location) };
  const update = useUpdateLock(entityId);
  // The list under the dialog stays live: only what the person saw may be overwritten.
  const [opened] = useState(lock);
  const isOvertaken = update.error instanceof Refusal && update.error.code === 'changed_meanwhile';
  const seen = isOvertaken ? lock : opened;
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    setIsChecked(true);
    const typed = { name: name.trim(), location: location.trim(), ...changedLeaves(opened, leaves) };
    if (problems.name !== null || problems.location !== null) focusFirstProblem();
    else if (isSame(seen, typed)) onClose();
    else update.mutate({ lock: seen, change: typed }, { onSuccess: onClose });
  };
  return (
    <form noValidate onSubmit={submit}>
      <div className="dialog-fields">
        <FormError error={update.error}>
          {isOvertaken ? <Overtaken opened={opened} now={lock} /> : undefined}
        </FormError>
        <TextField
          value={name}
          onChange={setName}
          error={isChecked && problems.name}
          label={m.lock_new_name()}
          name="name"
          maxLength={lengthLimits.name}
          onFocus={({ currentTarget }) => currentTarget.select()}
          autoComplete="off"
          required
          data-autofocus
        />
        <LocationField
          entityId={entityId}
          field={{ value: location, onChange: setLocation, error: isChecked && problems.location }}
        />
        <LeavesFields lock={lock} leaves={leaves} onChange={setLeaves} />
      </div>
      <div className="dialog-end">
        <Button onClick={onClose}>{m.action_cancel()}</Button>
        <ActionButton type="submit" variant="filled" isBusy={update.isPending}>
          {m.action_save()}
        </ActionButton>
      </div>
    </form>
  );
}

/** Whether there is nothing to save. */
function isSame(seen: Lock, { name, location, ...leaves }: LockChange): boolean {
  return name === seen.name && location === seen.location && Object.keys(leaves).length === 0;
}

/** Where somebody else was first, what changed: saving again is then a choice. */
function Overtaken({ opened, now }: { opened: Lock; now: Lock }) {
  return <p>{[...changesOf(opened, now), m.lock_save_again()].join(' ')}</p>;
}

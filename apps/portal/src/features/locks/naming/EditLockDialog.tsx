import type { Lock } from '@claviger/protocol';
import {
  ActionButton,
  Dialog,
  focusFirstProblem,
  FormError,
  m,
  TextField,
  useLocks,
  useMay,
  ReasonDialog,
} from '@claviger/web-kit';
import { Button } from '@mantine/core';
import { useParams } from '@tanstack/react-router';
import { type SubmitEvent, useState } from 'react';
import { useCloseDialog } from '../../../app/dialog-address.ts';
import { useSaveLock } from '../queries.ts';
import { LeavesFields } from './LeavesFields.tsx';
import { LocationField } from './LocationField.tsx';
import { afterTelling, type Edited, emptyDraft, presentValues, shownIn, withTyped } from './lock-draft.ts';
import { lengthLimits, locationProblem, nameProblem } from './lock-words.ts';
import type { LockSaving } from './save-lock.ts';

/** Edit: what a lock is called, where it is, and what it takes. */
export function EditLockDialog() {
  const { entityId, lockId } = useParams({ from: '/signed-in/e/$entityId/devices/locks/$lockId/edit' });
  const close = useCloseDialog();
  const mayEdit = useMay(entityId, 'updateLock');
  const locks = useLocks(entityId).data;
  if (!mayEdit) return <ReasonDialog title={m.lock_edit_none()} reason={m.may_not()} onClose={close} />;
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

/** The list under the dialog stays live: what this person has not touched follows it. */
function EditLockForm({ entityId, lock, onClose }: EditLockFormProps) {
  const [draft, setDraft] = useState(emptyDraft);
  const [isChecked, setIsChecked] = useState(false);
  const save = useSaveLock(entityId);
  const shown = shownIn(draft, lock);
  const edit = (change: Partial<Edited>) => setDraft((before) => withTyped(before, change, lock));
  const problems = { name: nameProblem(shown.name), location: locationProblem(shown.location) };
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    setIsChecked(true);
    if (save.isPending) return;
    if (problems.name !== null || problems.location !== null) focusFirstProblem();
    else {
      save.mutate(
        { lock, draft },
        {
          onSuccess: (saving) => {
            if (saving.kind === 'saved') onClose();
            else setDraft((before) => afterTelling(before, saving.now));
          },
        },
      );
    }
  };
  return (
    <form noValidate onSubmit={submit}>
      <div className="dialog-fields">
        <SavingRefusal saving={save.data} error={save.error} />
        <TextField
          value={shown.name}
          onChange={(name) => edit({ name })}
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
          field={{
            value: shown.location,
            onChange: (location) => edit({ location }),
            error: isChecked && problems.location,
          }}
        />
        <LeavesFields lock={lock} leaves={shown} onChange={edit} />
      </div>
      <div className="dialog-end">
        <Button onClick={onClose}>{m.action_cancel()}</Button>
        <ActionButton type="submit" variant="filled" isBusy={save.isPending}>
          {m.action_save()}
        </ActionButton>
      </div>
    </form>
  );
}

interface SavingRefusalProps {
  readonly saving: LockSaving | undefined;
  readonly error: Error | null;
}

/** Where somebody else was first, what stands there now: saving again is then a choice. */
function SavingRefusal({ saving, error }: SavingRefusalProps) {
  if (saving?.kind !== 'overtaken') return <FormError error={error} />;
  return (
    <FormError error={saving.refusal}>
      <p>
        {presentValues(saving.fields, saving.now)} {m.lock_save_again()}
      </p>
    </FormError>
  );
}

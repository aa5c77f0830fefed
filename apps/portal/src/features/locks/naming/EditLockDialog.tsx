import { type Lock, Refusal } from '@claviger/protocol';
import {
  ActionButton,
  Dialog,
  fieldOf,
  focusFirstProblem,
  FormError,
  m,
  TextField,
  useLocks,
} from '@claviger/web-kit';
import { Button } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useParams } from '@tanstack/react-router';
import { useCloseDialog } from '../../../app/dialog-address.ts';
import { useUpdateLock } from '../queries.ts';
import { ReasonDialog } from '../ReasonDialog.tsx';
import { LocationField } from './LocationField.tsx';
import { lengthLimits, locationProblem, nameProblem } from './lock-words.ts';

/** Rename a lock, and say where it is. */
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
  const form = useForm({
    initialValues: { name: lock.name, location: lock.location },
    validate: { name: nameProblem, location: locationProblem },
  });
  const update = useUpdateLock(entityId);
  const submit = form.onSubmit((typed) => {
    const name = typed.name.trim();
    const location = typed.location.trim();
    if (name === lock.name && location === lock.location) onClose();
    else update.mutate({ lock, name, location }, { onSuccess: onClose });
  }, focusFirstProblem);
  return (
    <form noValidate onSubmit={submit}>
      <div className="dialog-fields">
        <EditRefusal error={update.error} lock={lock} />
        <TextField
          {...fieldOf(form, 'name')}
          label={m.lock_new_name()}
          name="name"
          maxLength={lengthLimits.name}
          onFocus={({ currentTarget }) => currentTarget.select()}
          autoComplete="off"
          required
          data-autofocus
        />
        <LocationField entityId={entityId} field={fieldOf(form, 'location')} />
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

/** Where somebody else was first, what the lock is called now: saving again is then a choice. */
function EditRefusal({ error, lock: { name, location } }: { error: Error | null; lock: Lock }) {
  const isOvertaken = error instanceof Refusal && error.code === 'changed_meanwhile';
  const now = location === '' ? m.lock_now({ name }) : m.lock_now_at({ name, location });
  return <FormError error={error}>{isOvertaken ? <p>{now}</p> : undefined}</FormError>;
}

import { isMatterCode, parsePairingCode, parseSerial } from '@claviger/domain';
import {
  ActionButton,
  CodeField,
  Dialog,
  fieldOf,
  focusFirstProblem,
  FormError,
  m,
  TextField,
  useMay,
  ReasonDialog,
} from '@claviger/web-kit';
import { Button } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useParams } from '@tanstack/react-router';
import { useCloseDialog } from '../../app/dialog-address.ts';
import { LocationField } from './naming/LocationField.tsx';
import { lengthLimits, locationProblem, nameProblem } from './naming/lock-words.ts';
import { useAddLock } from './queries.ts';

function useAddLockForm() {
  return useForm({
    initialValues: { serial: '', code: '', name: '', location: '' },
    validate: {
      serial: (value) => (parseSerial(value) === undefined ? m.problem_serial() : null),
      code: (value) =>
        parsePairingCode(value) !== undefined || isMatterCode(value) ? null : m.problem_code(),
      name: (value) => (value.trim() === '' ? null : nameProblem(value)),
      location: locationProblem,
    },
  });
}

/** Add Lock: proves the code and starts the claim. */
export function AddLockDialog() {
  const { entityId } = useParams({ from: '/signed-in/e/$entityId/devices/locks/add' });
  const close = useCloseDialog();
  if (!useMay(entityId, 'addLock')) {
    return <ReasonDialog title={m.locks_add()} reason={m.may_not()} onClose={close} />;
  }
  return <AddLock entityId={entityId} close={close} />;
}

function AddLock({ entityId, close }: { entityId: string; close: () => void }) {
  const form = useAddLockForm();
  const addLock = useAddLock(entityId);
  const submit = form.onSubmit(({ serial, code, name, location }) => {
    const input = {
      serial: parseSerial(serial) ?? serial,
      code: parsePairingCode(code) ?? code.trim(),
      ...(name.trim() !== '' && { name: name.trim() }),
      ...(location.trim() !== '' && { location: location.trim() }),
    };
    addLock.mutate(input, { onSuccess: close });
  }, focusFirstProblem);
  return (
    <Dialog title={m.locks_add()} onClose={close} isContentFocused>
      <form noValidate onSubmit={submit}>
        <div className="dialog-fields">
          <FormError error={addLock.error} />
          <CodeField
            {...fieldOf(form, 'serial')}
            label={m.add_lock_serial()}
            description={m.register_serial_hint()}
            name="serial"
            placeholder="K7Q2-9XMD-4T8A"
            isFocusedFirst
          />
          <CodeField
            {...fieldOf(form, 'code')}
            label={m.add_lock_code()}
            description={m.add_lock_code_hint()}
            name="code"
          />
          <TextField
            {...fieldOf(form, 'name')}
            label={m.add_lock_name()}
            name="name"
            maxLength={lengthLimits.name}
            autoComplete="off"
          />
          <LocationField entityId={entityId} field={fieldOf(form, 'location')} />
        </div>
        <div className="dialog-end">
          <Button onClick={close}>{m.action_cancel()}</Button>
          <ActionButton type="submit" variant="filled" isBusy={addLock.isPending}>
            {m.add_lock_action()}
          </ActionButton>
        </div>
      </form>
    </Dialog>
  );
}

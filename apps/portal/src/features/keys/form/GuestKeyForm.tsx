import { type Key, type KeySecrets, type Lock, type Membership, Refusal } from '@claviger/protocol';
import {
  ActionButton,
  ErrorNotice,
  type Field,
  fieldOf,
  focusFirstProblem,
  m,
  serverNow,
  TextField,
} from '@claviger/web-kit';
import { Button, NativeSelect } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useState } from 'react';
import { useCreateGuestKey } from '../queries.ts';
import { CardField } from './CardField.tsx';
import { type KeyValues, problemsOf, proposedSpan, serverProblemsOf, usesOf } from './key-form.ts';
import { KeyFields } from './KeyFields.tsx';
import { cardObstacleAt, guestKeyHintAt, guestKeyObstacleAt, pictureObstacleAt } from './lock-obstacles.ts';
import { PictureField } from './PictureField.tsx';
import './key-form.css';

interface GuestKeyFormProps {
  readonly membership: Membership;
  readonly locks: readonly Lock[];
  /** The lock that the person came from; empty where none was chosen yet. */
  readonly lockId: string;
  readonly onCreated: (created: { key: Key; secrets: KeySecrets }) => void;
  readonly onClose: () => void;
}

/** Whether the field of the card number can be filled in; what it holds is sent only then. */
function isCardTakenAt(lock: Lock | undefined): boolean {
  return lock === undefined || cardObstacleAt(lock) === undefined;
}

function inputOf(
  { lockId, name, validFrom, validUntil, maxUses, card, email }: KeyValues,
  lock: Lock | undefined,
  withPicture: boolean,
) {
  const uses = usesOf(maxUses);
  return {
    lockId,
    withPicture: withPicture && lock !== undefined && pictureObstacleAt(lock) === undefined,
    ...(card !== '' && isCardTakenAt(lock) && { card }),
    validFrom,
    validUntil,
    ...(name.trim() !== '' && { name: name.trim() }),
    ...(uses !== undefined && { maxUses: uses }),
    ...(email.trim() !== '' && { email: email.trim() }),
  };
}

function useGuestKeyForm({ zone }: Membership, active: readonly Lock[], lockId: string) {
  const [only] = active.length === 1 ? active : [];
  const chosen = active.find(({ id }) => id === lockId) ?? only;
  return useForm<KeyValues>({
    initialValues: {
      lockId: chosen?.id ?? '',
      name: '',
      ...proposedSpan(zone, serverNow()),
      maxUses: '',
      card: '',
      email: '',
    },
    validate: (values) => {
      const lock = active.find(({ id }) => id === values.lockId);
      const lockObstacle = lock && guestKeyObstacleAt(lock);
      const isCardSent = isCardTakenAt(lock);
      return problemsOf(values, { zone, now: serverNow(), lockObstacle, isCardSent });
    },
  });
}

/** Which lock, for whom, how long and how often. */
export function GuestKeyForm(props: GuestKeyFormProps) {
  const { membership, locks, lockId, onCreated, onClose } = props;
  const active = locks.filter(({ status }) => status === 'active');
  const form = useGuestKeyForm(membership, active, lockId);
  const create = useCreateGuestKey(membership.entityId);
  const [isPictureWanted, setIsPictureWanted] = useState(false);
  const lock = active.find(({ id }) => id === form.values.lockId);
  const submit = form.onSubmit((values) => {
    create.mutate(inputOf(values, lock, isPictureWanted), {
      onSuccess: onCreated,
      onError: (error) => {
        if (error instanceof Refusal) form.setErrors(serverProblemsOf(error.issues));
        focusFirstProblem();
      },
    });
  }, focusFirstProblem);
  return (
    <form noValidate onSubmit={submit}>
      <div className="dialog-fields">
        <ErrorNotice error={create.error} />
        <LockField locks={active} field={fieldOf(form, 'lockId')} chosen={lock} />
        <TextField
          {...fieldOf(form, 'name')}
          label={m.guest_name()}
          description={m.guest_name_hint()}
          name="name"
          autoComplete="off"
        />
        <KeyFields form={form} membership={membership} />
        <CardField field={fieldOf(form, 'card')} obstacle={lock && cardObstacleAt(lock)} />
        <TextField
          {...fieldOf(form, 'email')}
          label={m.key_email()}
          description={m.key_email_optional()}
          name="email"
          type="email"
          autoComplete="off"
        />
        <PictureField
          lock={lock}
          isWanted={isPictureWanted}
          onChange={setIsPictureWanted}
          problem={form.errors['withPicture']}
        />
      </div>
      <div className="dialog-end">
        <Button onClick={onClose}>{m.action_cancel()}</Button>
        <ActionButton
          type="submit"
          variant="filled"
          isBusy={create.isPending}
          reason={active.length === 0 ? m.guest_needs_lock() : undefined}
        >
          {m.guest_create()}
        </ActionButton>
      </div>
    </form>
  );
}

interface LockFieldProps {
  readonly locks: readonly Lock[];
  readonly field: Field;
  readonly chosen: Lock | undefined;
}

/** Confirms the lock that the person came from, or chooses one; says what it takes less than others. */
function LockField({ locks, field, chosen }: LockFieldProps) {
  return (
    <NativeSelect
      label={m.key_lock()}
      description={chosen && guestKeyHintAt(chosen)}
      name="lockId"
      value={field.value}
      error={field.error ?? (chosen && guestKeyObstacleAt(chosen))}
      onBlur={field.onBlur}
      onChange={({ currentTarget }) => field.onChange(currentTarget.value)}
      data={[
        { value: '', label: m.guest_choose_lock(), disabled: true },
        ...locks.map(({ id, name }) => ({ value: id, label: name })),
      ]}
      data-autofocus
    />
  );
}

import { type CreateUserInput, Refusal } from '@claviger/protocol';
import { Dialog, focusFirstProblem, FormError, m, pageLocale, ReasonDialog, useMay } from '@claviger/web-kit';
import { NativeSelect, Switch } from '@mantine/core';
import { useParams } from '@tanstack/react-router';
import { type SubmitEvent, useEffect, useState } from 'react';
import { useCloseDialog } from '../../../app/dialog-address.ts';
import { useManagedEntities } from '../queries.ts';
import { type EditedUser, platesWith } from './user-draft.ts';
import { FormEnd } from './FormEnd.tsx';
import { NewUserPhoto, useNewUser } from './NewUserPhoto.tsx';
import { type ChosenPhoto, PhotoField, problemOf } from './PhotoField.tsx';
import { UserFields } from './UserFields.tsx';
import { problemsIn, serverProblemsOf } from './user-problems.ts';

/** New User. */
export function CreateUserDialog() {
  const { entityId } = useParams({ from: '/signed-in/e/$entityId/users/new' });
  const close = useCloseDialog();
  if (!useMay(entityId, 'createUser')) {
    return <ReasonDialog title={m.users_new()} reason={m.may_not()} onClose={close} />;
  }
  return <CreateUser entityId={entityId} close={close} />;
}

interface CreateUserProps {
  readonly entityId: string;
  readonly close: () => void;
}

/** What Create User sends. */
function inputOf({ name, email, phone, mobile, plates }: EditedUser, isWelcome: boolean): CreateUserInput {
  return {
    ...{ name: name.trim(), email: email.trim(), phone: phone.trim(), mobile: mobile.trim() },
    plates: [...plates],
    ...(isWelcome && { welcome: { language: pageLocale() } }),
  };
}

function CreateUser({ entityId, close }: CreateUserProps) {
  const empty = { name: '', email: '', phone: '', mobile: '', plates: [], entityIds: [entityId] };
  const [typed, setTyped] = useState<EditedUser>(empty);
  const [isWelcome, setIsWelcome] = useState(true);
  const [plate, setPlate] = useState('');
  const [isChecked, setIsChecked] = useState(false);
  const [photo, setPhoto] = useState<ChosenPhoto>();
  const making = useNewUser(entityId, close);
  const { creation, created } = making;
  const problems = problemsIn(typed);
  const told = creation.error instanceof Refusal ? serverProblemsOf(creation.error.issues) : {};
  useEffect(() => {
    if (creation.isError) focusFirstProblem();
  }, [creation.isError]);
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    setIsChecked(true);
    if (creation.isPending) return;
    if (Object.keys(problems).length > 0 || problemOf(photo) !== undefined) {
      focusFirstProblem();
      return;
    }
    const input = inputOf({ ...typed, plates: platesWith(typed.plates, plate) }, isWelcome);
    const [into = entityId] = typed.entityIds;
    making.create(into, input, photo);
  };
  if (created) return <NewUserPhoto place={created} first={photo} making={making} close={close} />;
  return (
    <Dialog title={m.users_new()} onClose={close} isContentFocused>
      <form noValidate onSubmit={submit}>
        <div className="dialog-fields">
          <FormError error={Object.keys(told).length > 0 ? null : creation.error} />
          <PhotoField chosen={photo} onChoose={setPhoto} error={null} />
          <UserFields
            entityId={entityId}
            shown={typed}
            plateEntry={{ typed: plate, onType: setPlate }}
            onChange={(change) => {
              setTyped((before) => ({ ...before, ...change }));
              if (creation.isError) creation.reset();
            }}
            errors={{ ...told, ...(isChecked && problems) }}
          />
          <EntityChoice
            chosen={typed.entityIds[0] ?? entityId}
            onChoose={(chosen) => setTyped((before) => ({ ...before, entityIds: [chosen] }))}
          />
          <Switch
            label={m.users_welcome()}
            description={m.users_welcome_hint()}
            checked={isWelcome}
            onChange={({ currentTarget }) => setIsWelcome(currentTarget.checked)}
          />
        </div>
        <FormEnd label={m.users_create()} isBusy={creation.isPending} close={close} />
      </form>
    </Dialog>
  );
}

interface EntityChoiceProps {
  readonly chosen: string;
  readonly onChoose: (entityId: string) => void;
}

/** Of which Entity the new User is: one of those that this person manages. */
function EntityChoice({ chosen, onChoose }: EntityChoiceProps) {
  const entities = useManagedEntities();
  return (
    <NativeSelect
      label={m.users_entity()}
      value={chosen}
      onChange={({ currentTarget }) => onChoose(currentTarget.value)}
      data={entities.map(({ id, name, code }) => ({ value: id, label: `${name} (${code})` }))}
    />
  );
}

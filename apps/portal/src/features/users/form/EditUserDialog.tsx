import { Refusal, type User } from '@claviger/protocol';
import { focusFirstProblem, m } from '@claviger/web-kit';
import { Switch } from '@mantine/core';
import { type ReactNode, type SubmitEvent, useState } from 'react';
import { SavingRefusal } from '../../../app/edit/SavingRefusal.tsx';
import { useEditForm } from '../../../app/edit/use-edit-form.ts';
import { useManagedEntities, useSaveUser } from '../queries.ts';
import { type AboutUser, UserDialog } from '../UserDialog.tsx';
import { type EditedUser, platesWith, userEditor } from './user-draft.ts';
import { FormEnd } from './FormEnd.tsx';
import { photoAddress } from '../list/user-words.ts';
import { type ChosenPhoto, PhotoField, problemOf, refusalText } from './PhotoField.tsx';
import { UserFields } from './UserFields.tsx';
import { addressFixedBy, problemsIn, serverProblemsOf } from './user-problems.ts';
import { WelcomeSection } from './WelcomeSection.tsx';

/** Edit a User. */
export function EditUserDialog() {
  return (
    <UserDialog call="updateUser" titleOf={(name) => m.users_edit_of({ name })} isContentFocused>
      {(about) => (
        <>
          <EditUser {...about} />
          <WelcomeSection {...about} />
        </>
      )}
    </UserDialog>
  );
}

function EditUser({ entityId, user, close }: AboutUser) {
  const [plate, setPlate] = useState('');
  const [photo, setPhoto] = useState<ChosenPhoto>();
  const save = useSaveUser(entityId, photo);
  const form = useEditForm({ editor: userEditor, thing: user, problemsIn, save, onSaved: close });
  const { shown, change } = form;
  const told = save.error instanceof Refusal ? serverProblemsOf(save.error.issues) : {};
  const errors = { ...told, ...form.problems };
  const submit = (event: SubmitEvent) => {
    if (problemOf(photo) !== undefined) {
      event.preventDefault();
      focusFirstProblem();
      return;
    }
    const plates = platesWith(shown.plates, plate);
    form.submit(event, plates === shown.plates ? {} : { plates });
  };
  return (
    <form noValidate onSubmit={submit}>
      <div className="dialog-fields">
        <SavingRefusal
          saving={save.data}
          error={Object.keys(told).length > 0 || refusalText(save.error) !== undefined ? null : save.error}
          valueIn={valueIn}
        />
        <PhotoField
          chosen={photo}
          onChoose={(chosen) => {
            setPhoto(chosen);
            if (save.isError) save.reset();
          }}
          error={save.error}
          address={photoAddress(entityId, user)}
        />
        <UserFields
          entityId={entityId}
          userId={user.id}
          shown={shown}
          plateEntry={{ typed: plate, onType: setPlate }}
          onChange={change}
          errors={errors}
          fixedAddress={addressFixedBy(user)}
        />
        <EntityChoices
          user={user}
          chosen={shown.entityIds}
          onChoose={(entityIds) => change({ entityIds })}
          error={errors.entityIds}
        />
      </div>
      <FormEnd label={m.entity_save_changes()} isBusy={save.isPending} close={close} />
    </form>
  );
}

interface EntityChoicesProps {
  readonly user: User;
  readonly chosen: readonly string[];
  readonly onChoose: (entityIds: readonly string[]) => void;
  readonly error: ReactNode;
}

/** Of which Entities the User is, among those that this person manages; one at least. */
function EntityChoices({ user, chosen, onChoose, error }: EntityChoicesProps) {
  const entities = useManagedEntities();
  return (
    <fieldset className="user-entities" aria-describedby="user-entities-hint">
      <legend>{m.users_entities()}</legend>
      {entities.map(({ id, name, code }) => (
        <Switch
          key={id}
          label={`${name} (${code})`}
          checked={chosen.includes(id)}
          aria-invalid={error !== undefined || undefined}
          onChange={({ currentTarget }) =>
            onChoose(currentTarget.checked ? [...chosen, id] : chosen.filter((one) => one !== id))
          }
        />
      ))}
      <p id="user-entities-hint" className="small">
        {user.isElsewhere ? m.users_entities_elsewhere() : m.users_entities_hint()}
      </p>
      {error !== undefined && (
        <p className="field-problem" role="alert">
          {error}
        </p>
      )}
    </fieldset>
  );
}

function valueIn(now: User, field: keyof EditedUser): string {
  if (field === 'entityIds') return now.entities.map(({ name }) => name).join(', ');
  return field === 'plates' ? now.plates.join(', ') : now[field];
}

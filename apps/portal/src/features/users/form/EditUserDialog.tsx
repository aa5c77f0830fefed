import { Refusal, type User } from '@claviger/protocol';
import { focusFirstProblem, FormError, m } from '@claviger/web-kit';
import { Switch } from '@mantine/core';
import { type ReactNode, type SubmitEvent, useEffect, useState } from 'react';
import { useManagedEntities, useSaveUser } from '../queries.ts';
import { type AboutUser, UserDialog } from '../UserDialog.tsx';
import {
  afterTelling,
  emptyDraft,
  type EditedField,
  platesWith,
  shownIn,
  type UserSaving,
  withTyped,
} from './user-draft.ts';
import { FormEnd } from './FormEnd.tsx';
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
  const [draft, setDraft] = useState(emptyDraft);
  const [plate, setPlate] = useState('');
  const [isChecked, setIsChecked] = useState(false);
  const save = useSaveUser(entityId);
  const shown = shownIn(draft, user);
  const problems = problemsIn(shown);
  const told = save.error instanceof Refusal ? serverProblemsOf(save.error.issues) : {};
  const change = (typed: Parameters<typeof withTyped>[1]) => {
    setDraft((before) => withTyped(before, typed, user));
    if (save.isError) save.reset();
  };
  useEffect(() => {
    if (save.isError) focusFirstProblem();
  }, [save.isError]);
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    setIsChecked(true);
    if (save.isPending) return;
    if (Object.keys(problems).length > 0) {
      focusFirstProblem();
      return;
    }
    const plates = platesWith(shown.plates, plate);
    const sent = plates === shown.plates ? draft : withTyped(draft, { plates }, user);
    save.mutate(
      { user, draft: sent },
      {
        onSuccess: (saving) => {
          if (saving.kind === 'saved') close();
          else setDraft((before) => afterTelling(before, saving.now));
        },
      },
    );
  };
  return (
    <form noValidate onSubmit={submit}>
      <div className="dialog-fields">
        <SavingRefusal saving={save.data} error={Object.keys(told).length > 0 ? null : save.error} />
        <UserFields
          entityId={entityId}
          userId={user.id}
          shown={shown}
          plateEntry={{ typed: plate, onType: setPlate }}
          onChange={change}
          errors={{ ...told, ...(isChecked && problems) }}
          fixedAddress={addressFixedBy(user)}
        />
        <EntityChoices
          user={user}
          chosen={shown.entityIds}
          onChoose={(entityIds) => change({ entityIds })}
          error={told.entityIds ?? (isChecked ? problems.entityIds : undefined)}
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

function valueIn(now: User, field: EditedField): string {
  if (field === 'entityIds') return now.entities.map(({ name }) => name).join(', ');
  return field === 'plates' ? now.plates.join(', ') : now[field];
}

/** Where somebody else was first, what stands there now: saving again is then a choice. */
function SavingRefusal({ saving, error }: { saving: UserSaving | undefined; error: Error | null }) {
  if (saving?.kind !== 'overtaken') return <FormError error={error} />;
  const { now, fields } = saving;
  const values = fields.map((field) => valueIn(now, field)).join('; ');
  return (
    <FormError error={saving.refusal}>
      <p>{m.entity_overtaken({ values })}</p>
    </FormError>
  );
}

import { Refusal } from '@claviger/protocol';
import { ActionButton, focusFirstProblem, FormError, m, Notice } from '@claviger/web-kit';
import { Button } from '@mantine/core';
import { IconClock } from '@tabler/icons-react';
import { type SubmitEvent, useState } from 'react';
import { EntityFields } from '../form/EntityFields.tsx';
import { kindNames, problemsOf, serverProblemsOf } from '../form/entity-words.ts';
import { LocalAdmins } from '../local-admins/LocalAdmins.tsx';
import { useSaveEntity } from '../queries.ts';
import { type Edited, EntityWindow } from './EntityWindow.tsx';
import {
  afterTelling,
  type Edited as EditedFields,
  emptyDraft,
  type EntitySaving,
  shownIn,
  withTyped,
} from './entity-draft.ts';

/** Edit details, and below them Manage Local Admins. */
export function DetailsTab() {
  return (
    <EntityWindow title={(name) => m.entity_edit_title({ name })} hasTabs isContentFocused>
      {(edited) => (
        <>
          <DetailsForm {...edited} />
          <LocalAdmins entity={edited.entity} />
        </>
      )}
    </EntityWindow>
  );
}

function problemsIn(shown: EditedFields): Partial<Record<keyof EditedFields, string>> {
  const fields = Object.keys(problemsOf) as (keyof typeof problemsOf)[];
  const found = fields.flatMap((field) => {
    const problem = problemsOf[field](shown[field]);
    return problem === null ? [] : [[field, problem] as const];
  });
  return Object.fromEntries(found);
}

function DetailsForm({ entityId, entity, close }: Edited) {
  const [draft, setDraft] = useState(emptyDraft);
  const [isChecked, setIsChecked] = useState(false);
  const save = useSaveEntity(entityId);
  const shown = shownIn(draft, entity);
  const problems = problemsIn(shown);
  const isOpen = entity.isProvisional && entity.userCount <= 1 && entity.lockCount <= 1;
  const told = save.error instanceof Refusal ? serverProblemsOf(save.error.issues) : {};
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    setIsChecked(true);
    if (save.isPending) return;
    if (Object.keys(problems).length > 0) {
      focusFirstProblem();
      return;
    }
    save.mutate(
      { entity, draft },
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
        <SavingRefusal saving={save.data} error={save.error} />
        <EntityFields
          shown={shown}
          onChange={(change) => setDraft((before) => withTyped(before, change, entity))}
          errors={{ ...told, ...(isChecked && problems) }}
          fixed={isOpen ? undefined : m.entity_code_fixed()}
          codeHint={m.entity_code_once()}
        />
        {shown.zone.trim() !== entity.zone && (
          <Notice tone="brass" icon={<IconClock size={18} stroke={1.6} aria-hidden />}>
            {m.entity_zone_warning()}
          </Notice>
        )}
      </div>
      <div className="dialog-end">
        <Button onClick={close}>{m.action_cancel()}</Button>
        <ActionButton type="submit" variant="filled" isBusy={save.isPending}>
          {m.entity_save_changes()}
        </ActionButton>
      </div>
    </form>
  );
}

/** Where somebody else was first, what stands there now: saving again is then a choice. */
function SavingRefusal({ saving, error }: { saving: EntitySaving | undefined; error: Error | null }) {
  if (saving?.kind !== 'overtaken') return <FormError error={error} />;
  const { now, fields } = saving;
  const values = fields.map((field) => (field === 'kind' ? kindNames[now.kind]() : now[field])).join(', ');
  return (
    <FormError error={saving.refusal}>
      <p>{m.entity_overtaken({ values })}</p>
    </FormError>
  );
}

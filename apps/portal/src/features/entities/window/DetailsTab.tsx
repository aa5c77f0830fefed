import { Refusal } from '@claviger/protocol';
import { ActionButton, m, Notice } from '@claviger/web-kit';
import { Button } from '@mantine/core';
import { IconClock } from '@tabler/icons-react';
import { SavingRefusal } from '../../../app/edit/SavingRefusal.tsx';
import { useEditForm } from '../../../app/edit/use-edit-form.ts';
import { EntityFields } from '../form/EntityFields.tsx';
import { kindNames, problemsOf, serverProblemsOf } from '../form/entity-words.ts';
import { LocalAdmins } from '../local-admins/LocalAdmins.tsx';
import { useSaveEntity } from '../queries.ts';
import { type Edited, EntityWindow } from './EntityWindow.tsx';
import { type Edited as EditedFields, entityEditor } from './entity-draft.ts';

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
  const save = useSaveEntity(entityId);
  const form = useEditForm({ editor: entityEditor, thing: entity, problemsIn, save, onSaved: close });
  const isOpen = entity.isProvisional && entity.userCount <= 1 && entity.lockCount <= 1;
  const told = save.error instanceof Refusal ? serverProblemsOf(save.error.issues) : {};
  return (
    <form noValidate onSubmit={form.submit}>
      <div className="dialog-fields">
        <SavingRefusal saving={save.data} error={save.error} valueIn={valueIn} />
        <EntityFields
          shown={form.shown}
          onChange={form.change}
          errors={{ ...told, ...form.problems }}
          fixed={isOpen ? undefined : m.entity_code_fixed()}
          codeHint={m.entity_code_once()}
        />
        {form.shown.zone.trim() !== entity.zone && (
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

function valueIn(now: EditedFields, field: keyof EditedFields): string {
  return field === 'kind' ? kindNames[now.kind]() : now[field];
}

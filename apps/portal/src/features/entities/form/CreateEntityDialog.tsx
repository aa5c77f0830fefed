import { Refusal } from '@claviger/protocol';
import {
  ActionButton,
  Dialog,
  fieldOf,
  focusFirstProblem,
  FormError,
  isEmail,
  m,
  pageLocale,
  ReasonDialog,
  TextField,
  useMay,
  zoneOfBrowser,
} from '@claviger/web-kit';
import { Button } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useParams } from '@tanstack/react-router';
import { useCloseDialog } from '../../../app/dialog-address.ts';
import { useCreateEntity } from '../queries.ts';
import type { Edited } from '../window/entity-draft.ts';
import { EntityFields } from './EntityFields.tsx';
import { localAdminProblemOf, problemsOf, serverProblemsOf } from './entity-words.ts';

/** Create Entity. */
export function CreateEntityDialog() {
  const { entityId } = useParams({ from: '/signed-in/e/$entityId/entities/create' });
  const close = useCloseDialog();
  if (!useMay(entityId, 'createEntity')) {
    return <ReasonDialog title={m.entities_create()} reason={m.may_not()} onClose={close} />;
  }
  return <CreateEntity entityId={entityId} close={close} />;
}

interface NewEntity extends Edited {
  /** The address of whoever is to be its first Local Admin. */
  localAdmin: string;
}

const empty: Omit<NewEntity, 'zone'> = {
  name: '',
  code: '',
  description: '',
  kind: 'community',
  address: '',
  localAdmin: '',
};

function firstAdminProblem(typed: string): string | null {
  return typed.trim() === '' || isEmail(typed) ? null : m.problem_email();
}

/** What the server found wrong, by the fields of the form. */
function fieldProblems({ issues }: Refusal): Partial<Record<string, string>> {
  const ofAdmin = issues.filter(({ path }) => path.startsWith('body.localAdmin'));
  const localAdmin = localAdminProblemOf(ofAdmin);
  return {
    ...serverProblemsOf(issues.filter((issue) => !ofAdmin.includes(issue))),
    ...(localAdmin !== undefined && { localAdmin }),
  };
}

function CreateEntity({ entityId, close }: { entityId: string; close: () => void }) {
  const form = useForm<NewEntity>({
    initialValues: { ...empty, zone: zoneOfBrowser() },
    validate: { ...problemsOf, localAdmin: firstAdminProblem },
  });
  const creation = useCreateEntity(entityId);
  const submit = form.onSubmit(({ name, code, description, kind, zone, address, ...typed }) => {
    if (creation.isPending) return;
    const localAdmin = { email: typed.localAdmin.trim(), language: pageLocale() };
    const input = {
      ...{ name: name.trim(), code: code.trim(), kind, zone: zone.trim() },
      ...{ description: description.trim(), address: address.trim() },
      ...(localAdmin.email !== '' && { localAdmin }),
    };
    creation.mutate(input, {
      onSuccess: close,
      onError: (error) => {
        if (!(error instanceof Refusal) || error.issues.length === 0) return;
        form.setErrors(fieldProblems(error));
        focusFirstProblem();
      },
    });
  }, focusFirstProblem);
  return (
    <Dialog title={m.entities_create()} onClose={close} isContentFocused>
      <form noValidate onSubmit={submit}>
        <div className="dialog-fields">
          <FormError error={creation.error} />
          <EntityFields
            shown={form.values}
            onChange={(change) => {
              form.setValues(change);
              Object.keys(change).forEach((name) => form.clearFieldError(name));
            }}
            errors={form.errors}
            codeHint={m.entity_code_hint()}
          />
          <TextField
            {...fieldOf(form, 'localAdmin')}
            label={m.local_admin_add_optional()}
            description={m.local_admin_add_first_hint()}
            name="local-admin"
            type="email"
            maxLength={254}
            autoComplete="off"
          />
        </div>
        <div className="dialog-end">
          <Button onClick={close}>{m.action_cancel()}</Button>
          <ActionButton type="submit" variant="filled" isBusy={creation.isPending}>
            {m.entities_create_action()}
          </ActionButton>
        </div>
      </form>
    </Dialog>
  );
}

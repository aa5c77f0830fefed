import { Refusal } from '@claviger/protocol';
import {
  ActionButton,
  Dialog,
  focusFirstProblem,
  FormError,
  m,
  ReasonDialog,
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
import { problemsOf, serverProblemsOf } from './entity-words.ts';

/** Create Entity. */
export function CreateEntityDialog() {
  const { entityId } = useParams({ from: '/signed-in/e/$entityId/entities/create' });
  const close = useCloseDialog();
  if (!useMay(entityId, 'createEntity')) {
    return <ReasonDialog title={m.entities_create()} reason={m.may_not()} onClose={close} />;
  }
  return <CreateEntity entityId={entityId} close={close} />;
}

const empty = { name: '', code: '', description: '', kind: 'community', address: '' } as const;

function CreateEntity({ entityId, close }: { entityId: string; close: () => void }) {
  const form = useForm<Edited>({
    initialValues: { ...empty, zone: zoneOfBrowser() },
    validate: problemsOf,
  });
  const creation = useCreateEntity(entityId);
  const submit = form.onSubmit(({ name, code, description, kind, zone, address }) => {
    if (creation.isPending) return;
    const input = {
      ...{ name: name.trim(), code: code.trim(), kind, zone: zone.trim() },
      ...{ description: description.trim(), address: address.trim() },
    };
    creation.mutate(input, {
      onSuccess: close,
      onError: (error) => {
        if (!(error instanceof Refusal) || error.issues.length === 0) return;
        form.setErrors(serverProblemsOf(error.issues));
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

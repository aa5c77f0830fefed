import { Refusal } from '@claviger/protocol';
import { ActionButton, focusFirstProblem, FormError, isName, m, TextField } from '@claviger/web-kit';
import { Button } from '@mantine/core';
import { type SubmitEvent, useState } from 'react';

const lengthLimit = 80;

interface ViewNameProps {
  readonly action: string;
  readonly initial?: string;
  readonly isBusy: boolean;
  readonly error: Error | null;
  readonly onName: (name: string) => void;
  /** Of a view that has a name: it stays. */
  readonly onCancel?: () => void;
}

function told(error: Error | null): string | undefined {
  const isTaken = error instanceof Refusal && error.issues.some(({ problem }) => problem === 'name_taken');
  return isTaken ? m.place_name_taken() : undefined;
}

/** Names a view, a new one or one that has a name. */
export function ViewName({ action, initial = '', isBusy, error, onName, onCancel }: ViewNameProps) {
  const [name, setName] = useState(initial);
  const [isChecked, setIsChecked] = useState(false);
  const wrong = isName(name) ? undefined : m.views_name_needed();
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    setIsChecked(true);
    if (wrong !== undefined) focusFirstProblem();
    else if (!isBusy) onName(name.trim());
  };
  return (
    <form noValidate onSubmit={submit} aria-label={action} className="view-form">
      <FormError error={told(error) === undefined ? error : null} />
      <TextField
        value={name}
        onChange={setName}
        error={isChecked ? (wrong ?? told(error)) : undefined}
        label={m.views_name()}
        name="name"
        maxLength={lengthLimit}
        autoComplete="off"
        autoFocus={onCancel !== undefined}
        required
      />
      <div className="view-actions">
        <ActionButton type="submit" variant="filled" isBusy={isBusy}>
          {action}
        </ActionButton>
        {onCancel && <Button onClick={onCancel}>{m.action_cancel()}</Button>}
      </div>
    </form>
  );
}

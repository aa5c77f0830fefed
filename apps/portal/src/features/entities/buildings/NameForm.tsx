import { parseFloors } from '@claviger/domain';
import { Refusal } from '@claviger/protocol';
import { ActionButton, focusFirstProblem, FormError, m, TextField } from '@claviger/web-kit';
import { Button } from '@mantine/core';
import { type SubmitEvent, useState } from 'react';
import { lengthLimits, nameProblem } from '../form/entity-words.ts';

/** What is said of a building or of a Unit; only this has floors. */
export interface Named {
  readonly name: string;
  readonly floors: readonly number[] | undefined;
}

interface NameFormProps {
  readonly label: string;
  readonly action: string;
  readonly initial: Named;
  readonly isBusy: boolean;
  readonly error: Error | null;
  readonly onSubmit: (typed: Named) => void;
  readonly onClose: () => void;
}

function told(error: Error | null): string | undefined {
  const isTaken = error instanceof Refusal && error.issues.some(({ problem }) => problem === 'name_taken');
  return isTaken ? m.place_name_taken() : undefined;
}

/** Adds a building or a Unit, or changes one. */
export function NameForm({ label, action, initial, isBusy, error, onSubmit, onClose }: NameFormProps) {
  const hasFloors = initial.floors !== undefined;
  const [name, setName] = useState(initial.name);
  const [typedFloors, setTypedFloors] = useState(initial.floors?.join(' ') ?? '');
  const [isChecked, setIsChecked] = useState(false);
  const floors = parseFloors(typedFloors);
  const wrongName = nameProblem(name);
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    setIsChecked(true);
    if (isBusy) return;
    if (wrongName !== null || floors === undefined) focusFirstProblem();
    else onSubmit({ name: name.trim(), floors: hasFloors ? floors : undefined });
  };
  return (
    <form noValidate onSubmit={submit} aria-label={action}>
      <div className="dialog-fields">
        <FormError error={told(error) === undefined ? error : null} />
        <TextField
          value={name}
          onChange={setName}
          error={isChecked ? (wrongName ?? told(error)) : undefined}
          label={label}
          name="name"
          maxLength={lengthLimits.name}
          autoComplete="off"
          required
          autoFocus
        />
        {hasFloors && (
          <TextField
            value={typedFloors}
            onChange={setTypedFloors}
            error={isChecked && floors === undefined && m.unit_floors_form()}
            label={m.unit_floors()}
            description={m.unit_floors_hint()}
            name="floors"
            maxLength={120}
            autoComplete="off"
          />
        )}
      </div>
      <div className="dialog-end">
        <Button onClick={onClose}>{m.action_cancel()}</Button>
        <ActionButton type="submit" variant="filled" isBusy={isBusy}>
          {action}
        </ActionButton>
      </div>
    </form>
  );
}

import { ActionButton, focusFirstProblem, FormError, isName, m, TextField } from '@claviger/web-kit';
import { Button, Checkbox, NativeSelect } from '@mantine/core';
import '@mantine/core/styles/Checkbox.css';
import { type SubmitEvent, useState } from 'react';
import { inOrder, permissionText } from './permission-text.ts';
import type { useMakeApiKey } from './queries.ts';

/** What people choose from; the server takes whatever is within a year. */
const lives = [7, 30, 90, 365] as const;

interface MakeFormProps {
  readonly entity: string;
  readonly grantable: readonly string[];
  readonly onClose: () => void;
  readonly make: ReturnType<typeof useMakeApiKey>;
}

/** Name, permissions and end of an API key. */
export function MakeForm({ entity, grantable, make, onClose }: MakeFormProps) {
  const [name, setName] = useState('');
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const [days, setDays] = useState<number>(90);
  const [isTried, setIsTried] = useState(false);
  const problem = name.trim() === '' ? m.problem_name() : isName(name) ? undefined : m.problem_name_form();
  const isNoneChosen = chosen.length === 0;
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    setIsTried(true);
    if (problem !== undefined || isNoneChosen) focusFirstProblem();
    else make.mutate({ name: name.trim(), permissions: [...chosen], validForDays: days });
  };
  return (
    <form noValidate onSubmit={submit}>
      <p className="dialog-text">{m.api_key_make_text({ entity })}</p>
      <div className="dialog-fields">
        <FormError error={make.error} />
        <TextField
          label={m.api_key_name()}
          name="api-key-name"
          autoComplete="off"
          value={name}
          onChange={setName}
          error={isTried ? problem : undefined}
          required
          data-autofocus
        />
        <Permissions
          {...{ grantable, chosen, onChoose: setChosen }}
          error={isTried && isNoneChosen ? m.api_key_problem_permissions() : undefined}
        />
        <NativeSelect
          label={m.api_key_life()}
          value={String(days)}
          onChange={({ currentTarget }) => setDays(Number(currentTarget.value))}
          data={lives.map((count) => ({ value: String(count), label: m.api_key_days({ count }) }))}
        />
      </div>
      <div className="dialog-end">
        <Button onClick={onClose}>{m.action_cancel()}</Button>
        <ActionButton type="submit" variant="filled" isBusy={make.isPending}>
          {m.api_key_make()}
        </ActionButton>
      </div>
    </form>
  );
}

interface PermissionsProps {
  readonly grantable: readonly string[];
  readonly chosen: readonly string[];
  readonly onChoose: (chosen: readonly string[]) => void;
  readonly error: string | undefined;
}

function Permissions({ grantable, chosen, onChoose, error }: PermissionsProps) {
  return (
    <fieldset className="api-key-permissions" aria-describedby={error && 'api-key-problem'}>
      <legend>{m.api_key_permissions()}</legend>
      {error && (
        <p id="api-key-problem" role="alert" className="field-problem">
          {error}
        </p>
      )}
      {inOrder(grantable).map((name, index) => (
        <Checkbox
          key={name}
          label={permissionText(name)}
          checked={chosen.includes(name)}
          aria-invalid={index === 0 && error !== undefined ? true : undefined}
          onChange={({ currentTarget: { checked } }) =>
            onChoose(checked ? [...chosen, name] : chosen.filter((other) => other !== name))
          }
        />
      ))}
    </fieldset>
  );
}

import { models } from '@claviger/domain';
import { Dialog, focusFirstProblem, FormError, m as kit, modelText } from '@claviger/web-kit';
import { Button, NativeSelect, TextInput } from '@mantine/core';
import { useState, type SyntheticEvent } from 'react';
import { newDoor, type NewDoor } from '../../../src/contract.ts';
import { ImportHint } from '../door/DoorLabel.tsx';
import { m } from '../i18n/messages.ts';
import { streetClient } from './street-client.ts';
import { useAttempt } from './use-attempt.ts';

const virtualModels = models.filter((model) => model.isVirtual).map((model) => model.code);

interface DoorFieldsProps {
  readonly door: NewDoor;
  readonly isNameWrong: boolean;
  readonly onChange: (door: NewDoor) => void;
}

function DoorFields({ door, isNameWrong, onChange }: DoorFieldsProps) {
  return (
    <>
      <TextInput
        data-autofocus
        label={m.door_name()}
        value={door.name}
        error={isNameWrong ? m.door_name_rule() : undefined}
        onChange={(event) => {
          onChange({ ...door, name: event.currentTarget.value });
        }}
      />
      <NativeSelect
        label={m.door_model()}
        value={door.model}
        data={virtualModels.map((code) => ({ value: code, label: modelText(code) }))}
        onChange={(event) => {
          onChange({ ...door, model: event.currentTarget.value });
        }}
      />
    </>
  );
}

interface AddDoorFormProps {
  readonly onAdded: (name: string) => void;
  readonly onClose: () => void;
}

function AddDoorForm({ onAdded, onClose }: AddDoorFormProps) {
  const [door, setDoor] = useState<NewDoor>({ name: '', model: virtualModels[0] ?? '' });
  const [isNameWrong, setIsNameWrong] = useState(false);
  const { attempt, isBusy, error } = useAttempt();

  const send = (event: SyntheticEvent) => {
    event.preventDefault();
    const wanted = newDoor.safeParse(door);
    setIsNameWrong(!wanted.success);
    if (!wanted.success) {
      focusFirstProblem();
      return;
    }
    attempt(async () => {
      await streetClient.addDoor(wanted.data);
      onAdded(wanted.data.name);
    });
  };
  return (
    <form className="stack" onSubmit={send} noValidate>
      <FormError error={error} />
      <DoorFields door={door} isNameWrong={isNameWrong} onChange={setDoor} />
      <div className="actions">
        <Button onClick={onClose}>{kit.action_cancel()}</Button>
        <Button type="submit" variant="filled" loading={isBusy}>
          {m.add()}
        </Button>
      </div>
    </form>
  );
}

/** Adds a door to the street, then says how its label gets to the server. */
export function AddDoorDialog({ importCommand, onClose }: { importCommand: string; onClose: () => void }) {
  const [added, setAdded] = useState<string>();
  if (added === undefined) {
    return (
      <Dialog key="form" title={m.add_door()} onClose={onClose} isContentFocused>
        <AddDoorForm onAdded={setAdded} onClose={onClose} />
      </Dialog>
    );
  }
  return (
    <Dialog key="added" title={m.door_added({ name: added })} onClose={onClose} isContentFocused>
      <div className="stack">
        <ImportHint command={importCommand} />
        <div className="actions">
          <Button variant="filled" data-autofocus onClick={onClose}>
            {m.done()}
          </Button>
        </div>
      </div>
    </Dialog>
  );
}

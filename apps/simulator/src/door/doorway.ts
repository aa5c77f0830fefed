import { Refusal } from '@claviger/protocol';
import { createDoorBox, layCables, type BoxPlace, type DoorBox } from '../box/door-box.ts';
import { readersOf, type DoorAction, type DoorView, type LogLine, type StreetMessage } from '../contract.ts';
import { createDoorLog } from './door-log.ts';
import { createDoorRunner, type DoorRunner } from './door-runner.ts';
import { boltOf, personOf, type VirtualDoorEffect } from './virtual-door.ts';

/** One door of the street: the virtual door itself and the box beside it. */
export interface Doorway {
  view(): DoorView;
  log(): readonly LogLine[];
  /** Refuses `invalid_input` where something is shown to a reader that this model lacks. */
  act(action: DoorAction): void;
  end(): Promise<void>;
}

interface Site {
  readonly model: string;
  readonly runner: DoorRunner;
  readonly box: DoorBox;
}

function perform(action: DoorAction, { model, runner, box }: Site): void {
  switch (action.type) {
    case 'show': {
      const { reader, text } = action;
      if (!readersOf(model).includes(reader)) {
        throw new Refusal('invalid_input', { issues: [{ path: 'reader', problem: 'no_such_reader' }] });
      }
      box.send({ type: 'shown', reader, text });
      return;
    }
    case 'power':
      box.setPower(action.isOn);
      return;
    case 'network':
      box.setNetwork(action.mode);
      return;
    case 'push':
    case 'force':
    case 'close':
    case 'exit':
    case 'tamper':
    case 'walk_through':
      runner.input(action);
      return;
  }
}

/** Puts a door on the street and switches its box on; `tell` hears of everything that happens there. */
export async function openDoorway(place: BoxPlace, tell: (message: StreetMessage) => void): Promise<Doorway> {
  const { record } = place;
  const { serial } = record;
  const cables = await layCables(place.surroundings);

  const log = createDoorLog((line) => {
    tell({ type: 'log', serial, line });
  });
  const view = (): DoorView => {
    const door = runner.door();
    const { isOpen, isTampered, isWalkThroughOn } = door;
    const shown = { isOpen, isTampered, isWalkThroughOn, bolt: boltOf(door), person: personOf(door) };
    return { ...record, ...shown, ...box.status() };
  };
  const changed = (): void => {
    tell({ type: 'door', door: view() });
  };
  const sendInputs = (): void => {
    const { isOpen, isTampered } = runner.door();
    box.send({ type: 'inputs', isOpen, isTampered });
  };
  const performed = (effect: VirtualDoorEffect['type']): void => {
    if (effect === 'inputs') sendInputs();
    else if (effect === 'exit') box.send({ type: 'exit' });
    else tell({ type: 'rattled', serial });
  };
  const runner = createDoorRunner({ changed, performed });
  const box = createDoorBox(place, cables, {
    onListening: sendInputs,
    onRelay: (isUnlocked) => {
      runner.input({ type: 'relay', isUnlocked });
    },
    onSignal: (reader, isGranted) => {
      tell({ type: 'signal', serial, reader, isGranted });
    },
    onLine: (line) => {
      log.add(line);
    },
    onChange: changed,
  });
  box.setPower(true);

  return {
    view,
    log: () => log.lines(),
    act: (action) => {
      perform(action, { model: record.model, runner, box });
    },
    end: async () => {
      await box.end();
      runner.end();
    },
  };
}

import { createDoorBox, layCables, type BoxPlace, type DoorBox } from '../box/door-box.ts';
import type { DoorAction, DoorView, LogLine, StreetMessage } from '../contract.ts';
import { createDoorLog } from './door-log.ts';
import { createDoorRunner, type DoorRunner } from './door-runner.ts';
import { boltOf, personOf, type VirtualDoorEffect } from './virtual-door.ts';

/** One door of the street: the virtual door itself and the box beside it. */
export interface Doorway {
  view(): DoorView;
  log(): readonly LogLine[];
  act(action: DoorAction): void;
  end(): Promise<void>;
}

function perform(action: DoorAction, runner: DoorRunner, box: DoorBox): void {
  switch (action.type) {
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
      perform(action, runner, box);
    },
    end: async () => {
      await box.end();
      runner.end();
    },
  };
}

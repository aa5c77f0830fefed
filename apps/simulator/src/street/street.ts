import { Refusal } from '@claviger/protocol';
import type { Surroundings } from '../box/door-box.ts';
import {
  streetLimit,
  type DoorAction,
  type DoorView,
  type NewDoor,
  type StreetMessage,
} from '../contract.ts';
import { createDoorways, type Doorways } from './doorways.ts';
import { createQueue } from './in-turn.ts';
import { drawDoor, readOrMakeStreet, streetPaths, writeStreet, type StreetDoor } from './street-file.ts';

/**
 * The doors of one data folder and what happens at them. `not_found` is refused where a serial number is no
 * door's, `invalid_input` where the street is full.
 */
export interface Street {
  /** Puts every door of the street file on the street. */
  open(): Promise<void>;
  /** Everything as it is now, the first message of who begins to watch. */
  overview(): StreetMessage;
  /** Tells each change from now on; the answer ends it. */
  watch(listener: (message: StreetMessage) => void): () => void;
  act(serial: string, action: DoorAction): DoorView;
  addDoor(door: NewDoor): Promise<DoorView>;
  removeDoor(serial: string): Promise<void>;
  /** Ends every program and resolves when they are gone. */
  close(): Promise<void>;
}

/** Where a street is kept, what its boxes have around them, and the command that imports its stock list. */
export interface StreetSetting {
  readonly folder: string;
  readonly surroundings: Surroundings;
  readonly importWith: string;
}

/** The street file and the doors that stand, kept alike. */
interface Ledger {
  readonly folder: string;
  readonly doorways: Doorways;
  records: readonly StreetDoor[];
}

/** Most doors that may wait to be added or removed at once. */
const waitingLimit = 2 * streetLimit;

function record(ledger: Ledger, next: readonly StreetDoor[]): void {
  writeStreet(ledger.folder, next);
  ledger.records = next;
}

async function openAll({ records, doorways }: Ledger): Promise<void> {
  for (const each of records) await doorways.open(each);
}

async function add(ledger: Ledger, door: NewDoor): Promise<DoorView> {
  if (ledger.records.length >= streetLimit) {
    throw new Refusal('invalid_input', { issues: [{ path: '', problem: 'street_full' }] });
  }
  const drawn = drawDoor({ ...door, isAddedLater: true });
  record(ledger, [...ledger.records, drawn]);
  const doorway = await ledger.doorways.open(drawn);
  return doorway.view();
}

async function remove(ledger: Ledger, serial: string): Promise<void> {
  ledger.doorways.get(serial);
  record(
    ledger,
    ledger.records.filter((each) => each.serial !== serial),
  );
  await ledger.doorways.demolish(serial);
}

/** The street of this folder, still without its doors. Throws StreetFault if its file is wrong. */
export function createStreet({ folder, surroundings, importWith }: StreetSetting): Street {
  const paths = streetPaths(folder);
  const records = readOrMakeStreet(folder);
  const listeners = new Set<(message: StreetMessage) => void>();
  const tell = (message: StreetMessage): void => {
    for (const listener of listeners) listener(message);
  };
  const doorways = createDoorways({ folder: paths.doors, surroundings, tell });
  const ledger: Ledger = { folder, doorways, records };
  const inTurn = createQueue(waitingLimit);

  return {
    open: () => inTurn(() => openAll(ledger)),
    overview: () => ({
      type: 'street',
      doors: doorways.all().map((doorway) => ({ door: doorway.view(), log: [...doorway.log()] })),
      importCommand: `${importWith} "${paths.stock}"`,
    }),
    watch: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    act: (serial, action) => {
      const doorway = doorways.get(serial);
      doorway.act(action);
      return doorway.view();
    },
    addDoor: (door) => inTurn(() => add(ledger, door)),
    removeDoor: (serial) => inTurn(() => remove(ledger, serial)),
    close: () => inTurn(() => doorways.end()),
  };
}

import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { Refusal } from '@claviger/protocol';
import type { Surroundings } from '../box/door-box.ts';
import { chooseSocketPlace } from '../box/socket-place.ts';
import type { StreetMessage } from '../contract.ts';
import { openDoorway, type Doorway } from '../door/doorway.ts';
import type { StreetDoor } from './street-file.ts';

/** The doors that stand on the street just now, by serial number. */
export interface Doorways {
  all(): readonly Doorway[];
  /** Refuses `not_found` where a serial number is no door's. */
  get(serial: string): Doorway;
  open(record: StreetDoor): Promise<Doorway>;
  /** Takes the door down with everything its box has kept. */
  demolish(serial: string): Promise<void>;
  /** Ends every program and keeps what the boxes have kept. */
  end(): Promise<void>;
}

export interface DoorwaysSetting {
  readonly folder: string;
  readonly surroundings: Surroundings;
  readonly tell: (message: StreetMessage) => void;
}

/** An empty street whose boxes keep their files in `folder`, one folder for each. */
export function createDoorways({ folder, surroundings, tell }: DoorwaysSetting): Doorways {
  const sockets = chooseSocketPlace(folder);
  const standing = new Map<string, Doorway>();

  const get = (serial: string): Doorway => {
    const doorway = standing.get(serial);
    if (doorway === undefined) throw new Refusal('not_found');
    return doorway;
  };
  return {
    all: () => [...standing.values()],
    get,
    open: async (record) => {
      const { serial } = record;
      const place = {
        record,
        folder: join(folder, serial),
        socketPath: sockets.pathOf(serial),
        surroundings,
      };
      const doorway = await openDoorway(place, tell);
      standing.set(serial, doorway);
      tell({ type: 'door', door: doorway.view() });
      return doorway;
    },
    demolish: async (serial) => {
      const doorway = get(serial);
      standing.delete(serial);
      await doorway.end();
      rmSync(join(folder, serial), { recursive: true, force: true });
      tell({ type: 'removed', serial });
    },
    end: async () => {
      await Promise.all([...standing.values()].map((doorway) => doorway.end()));
      sockets.remove();
    },
  };
}

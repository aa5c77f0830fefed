import type { DeltaRecord, ListRecord } from '@claviger/authority';
import type { DeviceEvent, UpChannel } from '@claviger/protocol';
import type { DoorBox } from './box-face.ts';
import type { Cause, DownLetter } from './cause.ts';
import type { Facts } from './facts.ts';

/** An event as it was committed at a door, with the chain's hash after it. */
export type KeptEvent = DeviceEvent & { readonly hash: Uint8Array };

/** What a checker sees, all of it from outside: ports, wires and what people did. */
export type Observation =
  | {
      readonly type: 'relay';
      readonly box: DoorBox;
      readonly lock: number;
      readonly isUnlocked: boolean;
      readonly cause: Cause;
    }
  | {
      readonly type: 'kept';
      readonly box: DoorBox;
      readonly cause: Cause;
      readonly puts: ReadonlyMap<string, Uint8Array>;
      readonly appended: readonly KeptEvent[];
      /** Sequences of the events that left the disk. */
      readonly dropped: readonly number[];
    }
  | {
      readonly type: 'said';
      readonly box: DoorBox;
      readonly channel: UpChannel;
      readonly message: Uint8Array;
    }
  /** A call of the agent is over. `isCut`: the box is off; `fault`: the agent threw what was no power cut. */
  | {
      readonly type: 'acted';
      readonly box: DoorBox;
      readonly cause: Cause;
      readonly isCut: boolean;
      readonly fault: string | undefined;
    }
  | { readonly type: 'powered_off'; readonly box: DoorBox }
  /** An image of the disk was taken, or the box was given the last one. */
  | { readonly type: 'imaged'; readonly box: DoorBox }
  | { readonly type: 'restored'; readonly box: DoorBox }
  /** A bit of the stored list of a lock has turned; the box is off. */
  | { readonly type: 'damaged'; readonly box: DoorBox; readonly lock: number }
  /** A bit of this record has turned; the box is off. */
  | { readonly type: 'harmed'; readonly box: DoorBox; readonly name: string }
  /** This record is gone: nothing lies there any more, or it lies under another name; the box is off. */
  | {
      readonly type: 'vanished';
      readonly box: DoorBox;
      readonly name: string;
      readonly under: string | undefined;
    }
  /** The box has a new owner, an empty disk and new locks. */
  | { readonly type: 'transferred'; readonly box: DoorBox; readonly formerLocks: readonly string[] }
  | { readonly type: 'changed'; readonly before: Facts; readonly after: Facts }
  /** The server is lost; from now on another one knows what was so when an image was taken. */
  | { readonly type: 'server_restored'; readonly after: Facts; readonly imagedAt: number }
  /** What doors have given back was worked on: so much has ended again. */
  | { readonly type: 'united'; readonly after: Facts }
  | {
      readonly type: 'listed';
      readonly box: DoorBox;
      /** Whole, or by what it changes. */
      readonly record: ListRecord | DeltaRecord;
      readonly facts: Facts;
    }
  /** The server signed a message for a box. */
  | { readonly type: 'signed'; readonly box: DoorBox; readonly letter: DownLetter }
  /** The server committed something about a box. */
  | { readonly type: 'committed'; readonly box: DoorBox };

export type Observe = (observation: Observation) => void;

export type Seen<Type extends Observation['type']> = Extract<Observation, { type: Type }>;

/** What somebody does who looks on, by what there is to see. */
export type Heard = { readonly [Type in Observation['type']]?: (seen: Seen<Type>) => void };

export function listenTo(heard: Heard): Observe {
  return (seen) => {
    const handler = heard[seen.type] as Observe | undefined;
    handler?.(seen);
  };
}

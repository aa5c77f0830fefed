import type { CommandStage } from '@claviger/domain';
import type { DoorBox } from '../street/box-face.ts';
import type { DoubtBooks } from './history/doubts.ts';
import type { LogBooks } from './history/logs.ts';
import type { RefusalBooks } from './history/refusals.ts';
import type { RestoredBooks } from './restored.ts';
import type { CheckerParts } from './verdict.ts';
import type { VersionBooks } from './versions.ts';

/** Stages after which a command waits for nothing (decision record 0017). */
const ends: readonly CommandStage[] = ['expired', 'refused', 'interrupted', 'relocked', 'closed'];

export interface LivenessParts extends CheckerParts {
  readonly versions: VersionBooks;
  readonly logs: LogBooks;
  readonly doubts: DoubtBooks;
  readonly restored: RestoredBooks;
  readonly refusals: RefusalBooks;
}

interface Version {
  readonly incarnation: number;
  readonly version: number;
}

const written = (list: Version | undefined): string =>
  list ? `${list.incarnation}.${list.version}` : 'none';

function checkLists({ street, fail, versions }: LivenessParts, box: DoorBox): void {
  const { lists, wanted } = street.server.device(box);
  for (const { id, number } of box.locks) {
    const known = lists.get(id);
    const newest = written(known?.newest);
    const active = written(versions.activeAt(box, number)?.record.list);
    const told = written(known?.told);
    if (wanted.has(id)) fail('I16', `no list was made of ${box.name}/${number}`);
    if (active !== newest) fail('I16', `${box.name}/${number} decides by ${active}, newest is ${newest}`);
    if (told !== newest) fail('I16', `the server believes that ${box.name}/${number} has ${told}`);
  }
}

function checkLog({ fail, logs }: LivenessParts, box: DoorBox): void {
  const missing = logs.missing(box);
  if (missing > 0) fail('I16', `of ${box.name} ${missing} events are not stored`);
}

/** An older disk is known as such, was given back what is spent, and is no longer in doubt; so is a Key. */
function checkDoubt({ street, fail, doubts }: LivenessParts, box: DoorBox): void {
  const { isInDoubt, mustDoubt } = doubts.of(box);
  if (isInDoubt || mustDoubt) fail('I16', `${box.name} is still in doubt about its counters`);
  if (street.server.device(box).device.doubt) fail('I16', `the server still doubts the disk of ${box.name}`);
  for (const keyId of street.server.doubted(box))
    fail('I16', `${box.name} has not been given the counter of ${keyId.slice(-4)}`);
}

function checkCommands({ street, fail }: LivenessParts, box: DoorBox): void {
  for (const { id, stage } of street.server.device(box).commands.values()) {
    if (!ends.includes(stage)) fail('I16', `command ${id.slice(-4)} of ${box.name} is still ${stage}`);
    if (stage === 'interrupted') street.parts.count('a command was interrupted');
  }
}

/** I16: a minute after everything is well again, nothing is pending. */
export function checkLiveness(parts: LivenessParts): void {
  for (const box of parts.street.boxes) {
    if (!box.isRunning()) parts.fail('I16', `${box.name} is not running`);
    checkDoubt(parts, box);
    checkLists(parts, box);
    checkLog(parts, box);
    // What ended an opening may have been given up in a full log; then it ends with the next start.
    if (!parts.logs.hasGivenUp(box)) checkCommands(parts, box);
  }
  parts.refusals.checkAll();
  parts.restored.checkAll();
}

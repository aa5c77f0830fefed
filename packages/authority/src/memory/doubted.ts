import { beginsKeyDoubt, endsKeyDoubt, tellsLoss } from '../history/counts.ts';
import type { SpentUses } from '../store.ts';
import type { MemoryDevice } from './memory-device.ts';
import { spentOf } from './restored.ts';

interface Doubted {
  readonly lockId: string;
  readonly keyId: string;
}

const nameOf = ({ lockId, keyId }: Doubted): string => `${lockId} ${keyId}`;

/** Keys of which a door has said that their records are damaged, and not that they were replaced. */
function inDoubt({ events }: MemoryDevice): Map<string, Doubted> {
  const doubted = new Map<string, Doubted>();
  for (const event of events) {
    const { lockId, key } = event;
    if (key === undefined || key.startsWith('tag:')) continue;
    const of = { lockId, keyId: key };
    if (beginsKeyDoubt(event)) doubted.set(nameOf(of), of);
    if (endsKeyDoubt(event)) doubted.delete(nameOf(of));
  }
  return doubted;
}

/** After so many events something was lost, or the server was restored; 0 where that never was. */
function lossAfter({ events, restored: { lostAfter = 0 } }: MemoryDevice): number {
  return Math.max(lostAfter, events.findLastIndex(tellsLoss) + 1);
}

/** After so many events a door has said last how often a Key was let in. */
function toldAfter({ events, restored: { raised } }: MemoryDevice, of: Doubted): number {
  const told = events.findLastIndex(
    ({ lockId, key, uses }) => uses !== undefined && lockId === of.lockId && key === of.keyId,
  );
  const raisedAfter = raised.filter((uses) => nameOf(uses) === nameOf(of)).map(({ after }) => after);
  return Math.max(told + 1, ...raisedAfter);
}

/** What Keys have spent whose records are damaged, where nothing that would tell it is lost. */
export function doubtedOf(state: MemoryDevice): SpentUses[] {
  const doubted = [...inDoubt(state).values()];
  if (doubted.length === 0) return [];
  const spent = new Map(spentOf(state).map((uses) => [nameOf(uses), uses.spent]));
  const lost = lossAfter(state);
  return doubted
    .filter((of) => toldAfter(state, of) >= lost)
    .map((of) => ({ ...of, spent: spent.get(nameOf(of)) ?? 0 }));
}

import { tellsLoss } from '@claviger/domain';
import { CborFault, decodeChangedList } from '@claviger/protocol';
import { beginsKeyDoubt, endsDoubt, endsKeyDoubt } from '../history/counts.ts';
import type { EventRecord, KnownUses, SpentUses, ToldUses } from '../store.ts';
import type { MemoryCounter, MemoryDevice } from './memory-device.ts';

function change(
  { counters }: MemoryDevice,
  of: Pick<MemoryCounter, 'lockId' | 'keyId'>,
  changed: (known: MemoryCounter) => Partial<MemoryCounter>,
): void {
  const name = `${of.lockId} ${of.keyId}`;
  const known = counters.get(name) ?? { ...of, spent: 0, isUnsure: false, isLost: false };
  counters.set(name, { ...known, ...changed(known) });
}

/** None on what is no list, as tests sign. */
function keysOn({ lists }: MemoryDevice, lockId: string): string[] {
  const { record, deltas = [] } = lists.get(lockId) ?? {};
  if (!record) return [];
  const changes = deltas.map(({ delta }) => delta);
  try {
    return decodeChangedList(record.encoded, changes).keys.map(({ id }) => id);
  } catch (error) {
    if (error instanceof CborFault) return [];
    throw error;
  }
}

/** What only lost events would tell, the door alone knows, which is asked for it. */
export function loseCounts(state: MemoryDevice): void {
  for (const { id: lockId } of state.locks) {
    const list = state.lists.get(lockId);
    if (list) state.lists.set(lockId, { ...list, areUsesOwed: true });
    for (const keyId of keysOn(state, lockId)) change(state, { lockId, keyId }, () => ({ isUnsure: true }));
  }
  for (const counter of [...state.counters.values()]) change(state, counter, () => ({ isUnsure: true }));
}

/** The whole memory of a box has its counters back, but those that nobody knows. */
function settleDoubts(state: MemoryDevice): void {
  for (const counter of [...state.counters.values()])
    change(state, counter, ({ isUnsure, isLost }) => ({ isLost: isLost && isUnsure }));
}

function take(state: MemoryDevice, event: EventRecord): void {
  const { lockId, key: keyId, type, uses } = event;
  if (keyId === undefined || keyId.startsWith('tag:')) return;
  const granted = type === 'key_accepted' ? 1 : 0;
  const isSure = uses !== undefined && state.device.doubt === undefined;
  change(state, { lockId, keyId }, (known) => ({
    spent: Math.max(known.spent + granted, uses?.spent ?? 0),
    isUnsure: known.isUnsure && !isSure,
    isLost: beginsKeyDoubt(event) || (known.isLost && !endsKeyDoubt(event)),
  }));
}

/** Every grant is one use, whichever history tells it; a door may know of more than it could tell. */
export function countEvents(state: MemoryDevice, events: readonly EventRecord[]): void {
  for (const event of events) {
    if (tellsLoss(event)) loseCounts(state);
    if (endsDoubt(event)) settleDoubts(state);
    take(state, event);
  }
}

export function raiseCounters(state: MemoryDevice, lockId: string, uses: readonly ToldUses[]): void {
  for (const { keyId, spent: told, isInDoubt: isLost } of uses)
    change(state, { lockId, keyId }, ({ spent, isUnsure }) => ({
      ...{ spent: Math.max(spent, told), isLost },
      isUnsure: isUnsure && isLost,
    }));
}

/** Of a Key of which nothing is stored and the door has said nothing, nothing was spent. */
export function settleCounters(state: MemoryDevice, lockId: string): void {
  for (const counter of [...state.counters.values()])
    if (counter.lockId === lockId && !counter.isLost && counter.spent === 0)
      change(state, counter, () => ({ isUnsure: false }));
}

export function spentOf({ counters }: MemoryDevice): KnownUses[] {
  return [...counters.values()]
    .filter(({ spent, isUnsure, isLost }) => spent > 0 || isUnsure || isLost)
    .map(({ lockId, keyId, spent, isUnsure }) => ({ lockId, keyId, spent, isUnsure }));
}

/** What Keys have spent whose records are damaged, where nothing that would tell it is lost. */
export function doubtedOf({ counters }: MemoryDevice): SpentUses[] {
  return [...counters.values()]
    .filter(({ isUnsure, isLost }) => isLost && !isUnsure)
    .map(({ lockId, keyId, spent }) => ({ lockId, keyId, spent }));
}

import { doorStates } from '@claviger/domain';
import { describe, expect, it } from 'vitest';
import { plateStateOf } from './plate-state.ts';

const door = { state: 'open', isTampered: false } as const;

describe('the plate of a lock', () => {
  it.each(doorStates)('shows the reported door state %s while the lock is active and online', (state) => {
    expect(plateStateOf({ status: 'active', isOnline: true, door: { ...door, state } })).toBe(state);
  });

  it('never shows a last known door state of a lock that cannot be heard', () => {
    expect(plateStateOf({ status: 'active', isOnline: false, door })).toBe('offline');
  });

  it.each([
    ['unclaimed', 'unclaimed'],
    ['claiming', 'unclaimed'],
    ['inactive', 'inactive'],
    ['error', 'error'],
  ] as const)('shows a lock that is %s as %s, whatever its door says', (status, plate) => {
    expect(plateStateOf({ status, isOnline: true, door })).toBe(plate);
  });
});

import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createDoorRunner } from './door-runner.ts';
import { exitReleaseMs, fallShutMs, walkUpMs } from './virtual-door.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

function runDoor() {
  const performed: string[] = [];
  const runner = createDoorRunner({
    changed: () => performed.push(runner.door().isOpen ? 'open' : 'closed'),
    performed: (effect) => performed.push(effect),
  });
  return { runner, performed };
}

test('After an unlocking somebody pushes the door and it falls shut behind the person.', () => {
  const { runner } = runDoor();
  runner.input({ type: 'relay', isUnlocked: true });
  vi.advanceTimersByTime(walkUpMs - 1);
  expect(runner.door().isOpen).toBe(false);
  vi.advanceTimersByTime(1);
  expect(runner.door().isOpen).toBe(true);
  vi.advanceTimersByTime(fallShutMs - 1);
  expect(runner.door().isOpen).toBe(true);
  vi.advanceTimersByTime(1);
  expect(runner.door().isOpen).toBe(false);
});

test('The exit button lets the bolt go after its time.', () => {
  const { runner } = runDoor();
  runner.input({ type: 'exit' });
  vi.advanceTimersByTime(exitReleaseMs - 1);
  expect(runner.door().exitUntil).toBeDefined();
  vi.advanceTimersByTime(1);
  expect(runner.door().exitUntil).toBeUndefined();
});

test('The door tells each change once, and nothing where nothing changes.', () => {
  const { runner, performed } = runDoor();
  runner.input({ type: 'force' });
  runner.input({ type: 'force' });
  runner.input({ type: 'close' });
  expect(performed).toEqual(['inputs', 'open', 'inputs', 'closed']);
});

test('At the end of a door nobody walks any more.', () => {
  const { runner } = runDoor();
  runner.input({ type: 'relay', isUnlocked: true });
  runner.end();
  vi.advanceTimersByTime(60_000);
  expect(runner.door().isOpen).toBe(false);
});

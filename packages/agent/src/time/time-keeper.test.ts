import { createVirtualClock, createVirtualDisk, type VirtualClock, type VirtualDisk } from '@claviger/sim';
import { expect, it } from 'vitest';
import { createTimeKeeper, type TimeKeeper } from './time-keeper.ts';

const now = Date.UTC(2026, 10, 25, 8);
const dayMs = 86_400_000;

interface Box {
  readonly clock: VirtualClock;
  readonly disk: VirtualDisk;
  /** The box starts again with what its disk holds. */
  readonly boot: () => TimeKeeper;
}

function createBox(wallAt: number): Box {
  const clock = createVirtualClock(wallAt);
  const disk = createVirtualDisk();
  return { clock, disk, boot: () => createTimeKeeper(clock, disk, { note: () => undefined }) };
}

it('the time of a box is never before what it has verified, whatever its clock says', () => {
  const { boot } = createBox(0);
  const time = boot();
  expect(time.now().at).toBe(0);

  time.witness(now);
  time.witness(now - dayMs);

  expect(time.now().at).toBe(now);
  expect(boot().now().at).toBe(now);
});

it('evidence is written once a minute at most, so a power cut loses a minute of it and no more', () => {
  const { boot } = createBox(0);
  const time = boot();
  time.witness(now);
  time.witness(now + 59_999);
  expect(time.now().at).toBe(now + 59_999);
  expect(boot().now().at).toBe(now);

  time.witness(now + 60_000);
  expect(boot().now().at).toBe(now + 60_000);
});

it('evidence counts at once where the disk does not take it', () => {
  const { boot, disk } = createBox(0);
  const time = boot();
  disk.setFull(true);

  time.witness(now);

  expect(time.now().at).toBe(now);
});

it('a clock that stands still goes on with the time since the start', () => {
  const { boot, clock } = createBox(now);
  const time = boot();

  clock.advance(60_000);
  clock.setWall(now);

  expect(time.now().at).toBe(now + 60_000);
});

it('until the server speaks a clock may be a day off, and one that is further behind tells nothing', () => {
  const near = createBox(now - dayMs);
  const far = createBox(now - dayMs - 1);
  for (const { boot } of [near, far]) boot().witness(now);

  expect(near.boot().now().uncertaintyMs).toBe(dayMs);
  expect(far.boot().now().uncertaintyMs).toBeGreaterThan(20 * dayMs);
});

it('the server’s answer is half its way old, uncertain by as much, and drifts by 20 ppm from then on', () => {
  const { boot, clock } = createBox(now - dayMs);
  const time = boot();
  clock.advance(1_000);
  const askedAt = clock.mono() - 1_000;

  expect(time.set(now, askedAt)).toBe(dayMs - 500);

  expect(time.now()).toEqual({ at: now + 500, uncertaintyMs: 500 });
  clock.advance(1_000_000);
  expect(time.now()).toEqual({ at: now + 1_000_500, uncertaintyMs: 520 });
});

it('an answer that was under way for more than two seconds, or before it was asked for, sets nothing', () => {
  const { boot, clock } = createBox(now);
  const time = boot();
  clock.advance(10_000);

  expect(time.set(now + dayMs, clock.mono() - 2_001)).toBeUndefined();
  expect(time.set(now + dayMs, clock.mono() + 1)).toBeUndefined();

  expect(time.isSynced()).toBe(false);
  expect(time.now().at).toBe(now + 10_000);
});

it('an answer of the server that is behind the evidence does not take the time back', () => {
  const { boot, clock } = createBox(now);
  const time = boot();
  time.witness(now + dayMs);

  expect(time.set(now, clock.mono())).toBe(0);

  expect(time.now()).toEqual({ at: now + dayMs, uncertaintyMs: dayMs });
  clock.advance(dayMs + 60_000);
  expect(time.now()).toEqual({ at: now + dayMs + 60_000, uncertaintyMs: 1_730 });
});

import { createVirtualClock, createVirtualDisk, type VirtualClock, type VirtualDisk } from '@claviger/sim';
import { describe, expect, it } from 'vitest';
import { evidenceMemory, remember } from '../memory/memory.ts';
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

describe('a box whose agent starts again', () => {
  const minuteMs = 60_000;

  /** A box whose server tells the time, and that then starts anew; its own wall clock is a day behind. */
  function createClockedBox() {
    const clock = createVirtualClock(now - dayMs);
    const disk = createVirtualDisk();
    let powerUps = 1;
    let ranForMs = 0;
    let batteryAt: number | undefined;
    const read = (): number => ranForMs + clock.mono();
    const boot = (hasSteady = true): TimeKeeper => {
      const steady = hasSteady ? { steady: { name: `power-up ${powerUps}`, read } } : {};
      const ports = { ...clock, ...steady, battery: () => batteryAt };
      return createTimeKeeper(ports, disk, { note: () => undefined });
    };
    return {
      ...{ clock, disk, boot },
      setBattery: (at: number | undefined) => {
        batteryAt = at;
      },
      endProgram: (awayMs: number) => {
        ranForMs += clock.mono() + awayMs;
        clock.restart(clock.wall() + awayMs);
      },
      losePower: () => {
        powerUps += 1;
        ranForMs = 0;
        clock.restart(clock.wall());
      },
    };
  }

  it('knows the time as if it had gone on, where the machine had power, and is not synced by that', () => {
    const { clock, boot, endProgram } = createClockedBox();
    boot().set(now, clock.mono());
    endProgram(100 * minuteMs);

    const again = boot();

    expect(again.isSynced()).toBe(false);
    expect(again.now()).toEqual({ at: now + 100 * minuteMs, uncertaintyMs: 120 });
    clock.advance(50 * minuteMs);
    expect(again.now()).toEqual({ at: now + 150 * minuteMs, uncertaintyMs: 180 });
  });

  it('knows nothing by a stopwatch that began anew, or went back, or by none', () => {
    for (const end of ['power', 'back', 'none'] as const) {
      const { clock, boot, endProgram, losePower } = createClockedBox();
      boot().set(now, clock.mono());
      if (end === 'power') losePower();
      else endProgram(end === 'back' ? -1 : minuteMs);
      clock.advance(end === 'power' ? dayMs : 0);

      expect(boot(end !== 'none').now().uncertaintyMs, end).toBeGreaterThanOrEqual(dayMs);
    }
  });

  it('knows it by a clock with a battery after days without power, by its drift and its seconds', () => {
    const { clock, boot, losePower, setBattery } = createClockedBox();
    setBattery(5_000_000);
    boot().set(now, clock.mono());
    losePower();
    setBattery(5_000_000 + 30 * dayMs);

    // reliability 3.5: thirty days are about 52 seconds.
    expect(boot().now()).toEqual({ at: now + 30 * dayMs, uncertaintyMs: 2_000 + 51_840 });
  });

  it('says so itself where that was too long ago for guests (K2)', () => {
    const { clock, boot, losePower, setBattery } = createClockedBox();
    setBattery(0);
    boot().set(now, clock.mono());
    losePower();
    setBattery(180 * dayMs);

    expect(boot().now().uncertaintyMs).toBeGreaterThan(300_000);
  });

  it('knows nothing by a battery that is empty, or a clock that cannot tell', () => {
    for (const at of [4_999_999, undefined]) {
      const { clock, boot, losePower, setBattery } = createClockedBox();
      setBattery(5_000_000);
      boot().set(now, clock.mono());
      losePower();
      setBattery(at);

      expect(boot().now().uncertaintyMs).toBeGreaterThanOrEqual(dayMs);
    }
  });

  it('is not before what was signed since, and as uncertain as that is ahead', () => {
    const { clock, boot, endProgram } = createClockedBox();
    const time = boot();
    time.set(now, clock.mono());
    time.witness(now + 10 * minuteMs);
    endProgram(0);

    expect(boot().now()).toMatchObject({ at: now + 10 * minuteMs });
    expect(boot().now().uncertaintyMs).toBeGreaterThanOrEqual(10 * minuteMs);
  });

  it('is as uncertain as before it, where the server had told a time ahead and took it back', () => {
    const { clock, boot, endProgram } = createClockedBox();
    const time = boot();
    time.set(now + dayMs, clock.mono());
    clock.advance(minuteMs / 2);
    time.set(now + minuteMs / 2, clock.mono());
    clock.advance(60 * minuteMs);
    time.set(now + 60.5 * minuteMs, clock.mono());
    const before = time.now().uncertaintyMs;
    endProgram(0);

    expect(before).toBeGreaterThan(dayMs - 2 * 60 * minuteMs);
    expect(boot().now().uncertaintyMs).toBeGreaterThanOrEqual(before);
  });

  it('knows nothing by a record of its clock, or of the evidence, in which a bit has turned', () => {
    for (const name of ['clock', 'evidence']) {
      const { clock, disk, boot, endProgram } = createClockedBox();
      boot().set(now, clock.mono());
      endProgram(minuteMs);
      disk.transact((transaction) => {
        if (name === 'clock') transaction.put(name, Uint8Array.of(0xff));
        else remember(transaction, evidenceMemory, { at: now, isUnknown: true });
      });

      expect(boot().now().uncertaintyMs, name).toBeGreaterThanOrEqual(dayMs);
    }
  });
});

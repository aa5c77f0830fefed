import { chanceOf } from '../oracle/chance.ts';
import { calendarOf } from '../oracle/calendar.ts';
import { checkClocks } from './checkers/clocks.ts';
import { createCounters } from './checkers/counters.ts';
import { createDecisionChecker } from './checkers/decisions.ts';
import { checkLiveness, type LivenessParts } from './checkers/liveness.ts';
import { createDoubtChecker } from './checkers/history/doubts.ts';
import { createLogChecker } from './checkers/history/logs.ts';
import { checkRelays } from './checkers/relays.ts';
import { createRefusalChecker } from './checkers/history/refusals.ts';
import { createRestoredChecker } from './checkers/restored.ts';
import { createRightsChecker } from './checkers/rights.ts';
import { createVersionChecker } from './checkers/versions.ts';
import { createSignedBook, type CheckerParts } from './checkers/verdict.ts';
import { poisonGlobals } from './engine/poison.ts';
import { createScheduler, type Scheduler } from './engine/scheduler.ts';
import { createTrace, type Trace } from './engine/trace.ts';
import { createBoxFaults, type BoxFaults } from './faults/boxes.ts';
import { fateOn } from './faults/carriers.ts';
import { planDays } from './faults/days.ts';
import { drawWeather, streamOf, type Weather } from './faults/weather.ts';
import type { Break, RunOptions, RunReport } from './options.ts';
import { createCrowd } from './people/crowd.ts';
import { planFloods } from './people/flood.ts';
import { plantedBug } from './planted/bugs.ts';
import type { DoorBox } from './street/box-face.ts';
import type { Observation, Observe } from './street/observation.ts';
import { createStreet, type Street } from './street/street.ts';

const dayMs = 86_400_000;

/** After everything is well again, for so long until nothing may be pending (I16). */
export const convergesWithinMs = 60_000;

/** What one run counts and finds. */
interface Findings {
  readonly reasons: Map<string, number>;
  readonly sometimes: Map<string, number>;
  broken: Break | undefined;
  isHealed: boolean;
}

interface Stage {
  readonly options: RunOptions;
  readonly weather: Weather;
  readonly scheduler: Scheduler;
  readonly trace: Trace;
  readonly findings: Findings;
  readonly observers: Observe[];
}

function createStage(options: RunOptions): Stage {
  const weather = drawWeather(options);
  const scheduler = createScheduler(chanceOf(options.seed), weather.startsAt);
  return {
    ...{ options, weather, scheduler, observers: [] },
    trace: createTrace(scheduler.now, options.lines ?? 0),
    findings: { reasons: new Map(), sometimes: new Map(), broken: undefined, isHealed: false },
  };
}

function add(counts: Map<string, number>, name: string): void {
  counts.set(name, (counts.get(name) ?? 0) + 1);
}

/** Everything that happens is a line of the trace, so that two runs of a seed are told apart at the first. */
function traceOf({ trace }: Stage): Observe {
  return (seen: Observation) => {
    if (seen.type === 'relay')
      trace.note(seen.box.name, `relay ${seen.lock} ${seen.isUnlocked ? 'on' : 'off'}`);
    else if (seen.type === 'powered_off') trace.note(seen.box.name, 'is off');
    else if (seen.type === 'kept') {
      for (const { sequence, type, reason, at } of seen.appended) {
        trace.note(seen.box.name, `${sequence} ${type} ${reason ?? ''} at ${at}`);
      }
    }
  };
}

/** Puts up the street with its faults, and its people. */
function putUp(stage: Stage): { street: Street; boxFaults: BoxFaults } {
  const { options, weather, scheduler, trace, findings, observers } = stage;
  const carriers = streamOf(options.seed, 'carriers');
  const observe: Observe = (seen) => {
    for (const told of observers) told(seen);
  };
  let beforeAct: (box: DoorBox) => void = () => undefined;
  const street = createStreet({
    ...{ seed: options.seed, weather, scheduler, trace, observers, planted: plantedBug(options.planted) },
    count: (what) => {
      add(findings.sometimes, what);
    },
    fateOf: () => fateOn(carriers, findings.isHealed ? 0 : weather.strength('network')),
    beforeAct: (box) => {
      if (!findings.isHealed) beforeAct(box);
    },
    mayFail: () => !findings.isHealed,
  });
  const boxFaults = createBoxFaults({ street, weather, observe, chance: streamOf(options.seed, 'boxes') });
  beforeAct = boxFaults.beforeAct;
  const endsAt = weather.startsAt + weather.days * dayMs;
  const { bustle } = createCrowd(street, weather, endsAt);
  planFloods(street, { startsAt: weather.startsAt, endsAt });
  planDays({
    ...{ street, weather, boxFaults, observe, bustle, endsAt },
    chance: streamOf(options.seed, 'days'),
  });
  return { street, boxFaults };
}

/** Puts the checkers beside the street. They look on, and nothing that they say comes from the product. */
function watch({ weather, scheduler, findings, observers }: Stage, street: Street): LivenessParts {
  const signed = createSignedBook();
  const parts: CheckerParts = {
    street,
    isSigned: signed.isSigned,
    now: scheduler.now,
    count: (what) => {
      add(findings.sometimes, what);
    },
    fail: (invariant, text) => {
      findings.broken ??= { invariant, text, at: scheduler.now(), step: scheduler.steps() };
    },
  };
  const versions = createVersionChecker(parts);
  const logs = createLogChecker(parts);
  const doubts = createDoubtChecker(parts);
  const refusals = createRefusalChecker(parts);
  const restored = createRestoredChecker({ ...parts, versions });
  const rights = createRightsChecker({ ...parts, versions, doubts });
  const calendar = calendarOf(weather.zone);
  const counters = createCounters(parts, (at) => calendar.offsetAt(at));
  const decisions = createDecisionChecker(
    {
      ...{ ...parts, versions, doubts, zone: weather.zone },
      onReason: (reason) => {
        add(findings.reasons, reason);
      },
    },
    (decided) => {
      add(findings.reasons, decided.made);
      rights.decide(decided);
      counters.decide(decided);
    },
  );
  const looksOn: Observe[] = [
    signed.observe,
    versions.observe,
    logs.observe,
    doubts.observe,
    restored.observe,
    checkRelays(parts),
    rights.observe,
    decisions,
    refusals.observe,
  ];
  observers.unshift(...looksOn, checkClocks(parts), counters.observe, (seen) => {
    const isUnforeseen =
      seen.type === 'acted' && seen.fault !== undefined && !seen.fault.startsWith('DiskFull');
    if (isUnforeseen) parts.fail('fault', `the agent of ${seen.box.name} ended: ${seen.fault}`);
  });
  return { ...parts, versions, logs, doubts, restored, refusals };
}

/** Everything is well again: lines, server, boxes. */
function heal({ findings }: Stage, street: Street, boxFaults: BoxFaults): void {
  street.note('world', 'is healed');
  findings.isHealed = true;
  boxFaults.heal();
  street.broker.heal();
  street.server.heal();
}

async function playOut(stage: Stage): Promise<void> {
  const { weather, scheduler, findings, options } = stage;
  const isOver = (): boolean => findings.broken !== undefined;
  const { street, boxFaults } = putUp(stage);
  const liveness = watch(stage, street);
  stage.observers.push(traceOf(stage));
  for (const box of street.boxes) box.start(scheduler.now());
  await scheduler.play(weather.startsAt + weather.days * dayMs, isOver);
  if (isOver()) return;
  heal(stage, street, boxFaults);
  await scheduler.play(scheduler.now() + convergesWithinMs, isOver);
  if (isOver()) return;
  checkLiveness(liveness);
  liveness.logs.checkAll();
  stage.trace.note('world', `ends ${options.seed}`);
}

/**
 * Plays one world from its seed: first everything fails, then nothing does any more. Ends at the first thing
 * that is not as it must be. The same options play the same world, to the last bit of the trace's hash.
 */
export async function runWorld(options: RunOptions): Promise<RunReport> {
  const restore = poisonGlobals();
  try {
    const stage = createStage(options);
    const { weather, scheduler, findings, trace } = stage;
    try {
      await playOut(stage);
    } catch (error) {
      const text = error instanceof Error ? (error.stack ?? error.message) : 'a world ended without an error';
      findings.broken ??= { invariant: 'fault', text, at: scheduler.now(), step: scheduler.steps() };
    }
    return {
      ...{ options, days: weather.days, faults: weather.faults },
      doors: weather.boxes.reduce((sum, locks) => sum + locks, 0),
      steps: scheduler.steps(),
      hash: trace.digest(),
      broken: findings.broken,
      reasons: Object.fromEntries(findings.reasons),
      sometimes: Object.fromEntries(findings.sometimes),
      lines: trace.lines,
    };
  } finally {
    restore();
  }
}

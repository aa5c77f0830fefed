import { join } from 'node:path';
import { heldLinkText } from '../../apps/server/src/cli/claviger-command.ts';
import { readServer, startDemo, startDemoServer, type DemoOptions } from './demo.ts';
import { keepRunning, type Kept, type KeepTimes } from './keep-running.ts';
import type { Program } from './program.ts';

export interface LaunchPlan extends DemoOptions {
  /** Without the street: it stands already, started by somebody else, or there are no doors. */
  readonly isServerOnly?: boolean;
  readonly say: (line: string) => void;
  readonly times?: KeepTimes;
}

/** The programs of the demo, each under watch. */
export interface Launched {
  /** Resolves with the reason when nothing runs any more that would be started again. */
  readonly over: Promise<string>;
  /** Ends everything, also a PostgreSQL that a killed server left. */
  stop(): Promise<void>;
}

function announceServer({ say, dataFolder }: LaunchPlan, program: Program): void {
  const { portalUrl, bootstrapUrl, bootstrapHeld } = readServer(program);
  const pid = String(program.process.pid);
  say(`  Portal   ${portalUrl}/register   register with a serial number and pairing code`);
  if (bootstrapUrl !== undefined) say(`  Operator ${bootstrapUrl}   once, within 30 minutes`);
  if (bootstrapHeld) say(`  Operator ${heldLinkText(bootstrapHeld, dataFolder)}`);
  say(`  Server   process ${pid}; kill ${pid} stops it alone, and the doors go on deciding`);
}

function keepServer(first: Program, plan: LaunchPlan): Kept {
  const { say, times } = plan;
  return keepRunning(first, {
    say,
    start: (signal) => startDemoServer(plan, signal),
    onStarted: (program) => {
      announceServer(plan, program);
    },
    ...(times && { times }),
  });
}

async function startPrograms(plan: LaunchPlan): Promise<Kept[]> {
  const { say } = plan;
  if (plan.isServerOnly === true) {
    const server = await startDemoServer(plan);
    announceServer(plan, server);
    return [keepServer(server, plan)];
  }
  const demo = await startDemo(plan);
  say('Claviger demo: virtual doors, this machine only.');
  announceServer(plan, demo.server);
  say(`  Street   ${demo.streetUrl}   the doors, with their labels`);
  const street = keepRunning(demo.street, {
    say,
    start: (signal) => demo.startStreet(signal),
    ...(plan.times && { times: plan.times }),
  });
  return [street, keepServer(demo.server, plan)];
}

const howToGoOn = 'A server alone starts with: npm start -- --server-only';

/** Says who ended in order, and gives the reason when that or a program that was given up ends it all. */
async function whenOver(kept: readonly Kept[], say: LaunchPlan['say']): Promise<string> {
  const ends = kept.map(async ({ over, current }) => {
    const end = await over;
    if (end.kind === 'given_up') throw new Error(end.why);
    if (end.kind === 'ended') say(`The ${current().name} was stopped; what else runs goes on. ${howToGoOn}`);
  });
  try {
    await Promise.all(ends);
    return 'Everything was stopped.';
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** PostgreSQL outlives a server that was killed, for the next one; without a next one it has to go. */
async function endDatabase(dataFolder: string): Promise<void> {
  // Loaded only now: it takes the server's libraries along.
  const { endLeftover, engineOf } = await import('../../apps/server/src/platform/database/index.ts');
  const engine = engineOf({ dataFolder });
  if (engine.kind === 'embedded') await endLeftover(engine.folder);
}

/**
 * Starts the demo, or its server alone, and keeps it running: a program that is killed is started again in
 * the same place while the others go on.
 */
export async function launchDemo(plan: LaunchPlan): Promise<Launched> {
  const kept = await startPrograms(plan);
  plan.say(`  Logs     ${join(plan.dataFolder, 'logs')}`);
  return {
    over: whenOver(kept, plan.say),
    stop: async () => {
      let isInOrder = true;
      // The street before the server: each door ends its connection first.
      for (const each of kept) isInOrder = (await each.stop()) && isInOrder;
      if (!isInOrder) await endDatabase(plan.dataFolder);
    },
  };
}

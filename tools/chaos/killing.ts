import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import type { ChaosDoor } from './door.ts';
import { postmasterOf, until, type Installation } from './installation.ts';
import { isNamedMoment, plans, type Plan } from './moments.ts';
import type { SteadyProgram } from './steady-program.ts';

/** A named moment comes by itself, since people never rest; where it does not, something is wrong. */
const momentLimitMs = 60_000;
const backLimitMs = 60_000;

/** What can be killed. */
export interface Victims {
  readonly installation: Installation;
  readonly doors: readonly ChaosDoor[];
  /** Where the broker is a program of its own. */
  readonly broker: SteadyProgram | undefined;
}

/** So many plans in an order that nobody knows, each about as often as the others. */
export function drawPlans(count: number, hasBroker: boolean): Plan[] {
  const possible = plans.filter(({ victim }) => hasBroker || victim !== 'broker');
  const drawn = Array.from({ length: count }, (_, place) => possible[place % possible.length] ?? plans[0]);
  for (let place = drawn.length - 1; place > 0; place -= 1) {
    const other = randomInt(place + 1);
    const [one, two] = [drawn[place], drawn[other]];
    if (one && two) [drawn[place], drawn[other]] = [two, one];
  }
  return drawn;
}

async function hasAnswer({ client }: Installation): Promise<boolean> {
  try {
    await client.getSession();
    return true;
  } catch {
    // It is not back yet.
    return false;
  }
}

/** Ends a process where its saboteur was told to, or from outside; waits until it is gone. */
async function end(
  pid: number,
  order: { readonly plan: Plan; readonly orderFile: string },
  gone: Promise<unknown>,
): Promise<void> {
  if (isNamedMoment(order.plan)) {
    writeFileSync(order.orderFile, order.plan.moment);
    process.kill(pid, 'SIGUSR2');
  } else process.kill(pid, 'SIGKILL');
  const late = Promise.withResolvers<'late'>();
  const timer = setTimeout(() => {
    late.resolve('late');
  }, momentLimitMs);
  const which = await Promise.race([gone, late.promise]);
  clearTimeout(timer);
  if (which === 'late') throw new Error(`a ${order.plan.victim} never came by ${order.plan.moment}`);
}

async function killDoor(doors: readonly ChaosDoor[], plan: Plan): Promise<void> {
  const door = doors[randomInt(doors.length)];
  const pid = door?.program.pid();
  if (!door || pid === undefined) throw new Error('no door');
  await end(pid, { plan, orderFile: door.orderFile }, door.program.ended());
  await until(`door ${door.serial}`, backLimitMs, door.isUp);
}

async function killServer(installation: Installation, plan: Plan): Promise<void> {
  const server = installation.server();
  if (!server?.process.pid) throw new Error('no server');
  const { orderFile } = installation;
  await end(server.process.pid, { plan, orderFile }, once(server.process, 'exit'));
  await until('the server', backLimitMs, () => hasAnswer(installation));
}

async function killDatabase(installation: Installation): Promise<void> {
  process.kill(postmasterOf(installation.dataFolder), 'SIGKILL');
  await until('the database', backLimitMs, () => hasAnswer(installation));
}

async function killBroker(broker: SteadyProgram | undefined, plan: Plan): Promise<void> {
  const pid = broker?.pid();
  if (!broker || pid === undefined) throw new Error('no broker');
  await end(pid, { plan, orderFile: '' }, broker.ended());
}

/** Kills as planned, and waits until what was killed is back. */
export async function kill(victims: Victims, plan: Plan): Promise<void> {
  switch (plan.victim) {
    case 'door':
      return killDoor(victims.doors, plan);
    case 'server':
      return killServer(victims.installation, plan);
    case 'database':
      return killDatabase(victims.installation);
    case 'broker':
      return killBroker(victims.broker, plan);
  }
}

/**
 * The door box: makes its keys at the first boot, waits for its owner, then runs the agent until it is told
 * to stop. Usage: main.ts --data FOLDER --factory FILE --enrol-url URL --ca FILE --driver virtual
 * --driver-socket PATH [--battery-clock FILE] [--boot-id FILE]
 */
import { setTimeout as pause } from 'node:timers/promises';
import { ConfigFault, readConfig, type EdgeConfig } from './config.ts';
import {
  becomeOwned,
  loadOwnership,
  renewCertificate,
  type EnrolmentParts,
  type OwnedBox,
} from './enrolment.ts';
import { makePrivateFolder } from './files.ts';
import type { HardwareDriver } from './hardware/driver.ts';
import { openVirtualDriver } from './hardware/virtual.ts';
import { loadIdentity, type BoxIdentity } from './identity.ts';
import { isRenewalDue, runAgent, type RunningAgent } from './running-agent.ts';

/** A box that was claimed before there were secrets gets them within this time of meeting its server. */
const renewalCheckEveryMs = 10 * 60_000;

interface Box {
  readonly config: EdgeConfig;
  readonly identity: BoxIdentity;
  readonly driver: HardwareDriver;
  readonly stopping: AbortController;
}

type Note = EnrolmentParts['note'];

function noteOn(driver: HardwareDriver): Note {
  return (level, text) => {
    process.stderr.write(`${JSON.stringify({ at: new Date().toISOString(), level, text })}\n`);
    driver.show(level, text);
  };
}

function endOnFault(note: Note): (error: unknown) => void {
  return (error) => {
    note('error', `the agent stops: ${String(error)}`);
    process.exitCode = 1;
    setImmediate(() => process.exit(1));
  };
}

/** Renews the certificate in its last third; undefined where there is nothing new. */
async function renewIfDue(owned: OwnedBox, parts: EnrolmentParts): Promise<OwnedBox | undefined> {
  if (!isRenewalDue(owned, Date.now())) return undefined;
  try {
    const renewed = await renewCertificate(owned, parts);
    parts.note('info', 'the certificate was renewed');
    return renewed;
  } catch (error) {
    parts.note('warn', `the certificate could not be renewed: ${(error as Error).message}`);
    return undefined;
  }
}

/**
 * Runs the agent until the signal. The doors decide from the first moment: a certificate that is due is
 * renewed beside them, and a new one only makes the connection anew. Secrets that a box did not have need a
 * new agent, once in its life.
 */
async function runOwned(box: Box, parts: EnrolmentParts, first: OwnedBox): Promise<void> {
  const { config, identity, driver, stopping } = box;
  const { note } = parts;
  const start = (owned: OwnedBox): RunningAgent =>
    runAgent({ config, identity, owned, driver, diary: { note }, onFault: endOnFault(note) });
  const stopped = new Promise((resolve) => {
    stopping.signal.addEventListener('abort', resolve);
  });
  let owned = first;
  let running = start(owned);
  note('info', `running as device ${owned.deviceId}`);
  while (!stopping.signal.aborted) {
    const renewed = await renewIfDue(owned, parts);
    if (renewed && owned.secrets) await running.reconnect(renewed);
    else if (renewed) {
      await running.close();
      running = start(renewed);
    }
    owned = renewed ?? owned;
    await Promise.race([pause(renewalCheckEveryMs, undefined, { ref: false }), stopped]);
  }
  await running.close();
}

async function run(box: Box): Promise<void> {
  const { config, identity, driver, stopping } = box;
  const note = noteOn(driver);
  const parts: EnrolmentParts = { config, identity, note, signal: stopping.signal };
  const owned = loadOwnership(config) ?? (await becomeOwned(parts));
  await driver.settled();
  await runOwned(box, parts, owned);
}

/** Stops on a signal, and when the simulator that started this virtual box is gone. */
function listenForStop(stopping: AbortController): void {
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.once(signal, () => {
      stopping.abort();
    });
  }
  process.stdin.resume().once('end', () => {
    stopping.abort();
  });
}

async function main(): Promise<void> {
  // Whatever a box writes is for its own user alone, its database too.
  process.umask(0o077);
  const config = readConfig(process.argv.slice(2));
  makePrivateFolder(config.dataFolder);
  const driver = await openVirtualDriver(config.driverSocket);
  const stopping = new AbortController();
  listenForStop(stopping);
  try {
    await run({ config, identity: loadIdentity(config.dataFolder), driver, stopping });
  } catch (error) {
    if (!stopping.signal.aborted) throw error;
  } finally {
    await driver.close();
    process.stdin.destroy();
  }
}

try {
  await main();
} catch (error) {
  process.stderr.write(`${error instanceof ConfigFault ? error.message : String((error as Error).stack)}\n`);
  process.exitCode = error instanceof ConfigFault ? 2 : 1;
}

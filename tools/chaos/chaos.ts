/**
 * `npm run chaos`: real server, database, brokers and door agents under constant use, killed at drawn
 * moments; then everything heals, and what was seen is held against what is told.
 *   --kills N       60; the first half over the embedded broker, the second over mosquitto
 *   --doors D       4
 *   --keep          leaves the data folder behind
 */
import { randomInt } from 'node:crypto';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { loadAuthority } from '../../apps/server/src/platform/pki/authority-file.ts';
import { mosquittoProgram } from '../../apps/server/test/broker/mosquitto-files.ts';
import { accountOf } from './audit/account.ts';
import { audit } from './audit/audit.ts';
import { startMosquitto } from './broker.ts';
import { openDoor, type ChaosDoor, type DoorHistory } from './door.ts';
import {
  openInstallation,
  until,
  untilOnline,
  type Addresses,
  type ClaimedDoor,
  type Installation,
} from './installation.ts';
import { drawPlans, kill, type Victims } from './killing.ts';
import { reportOf, totalOf } from './audit/report.ts';
import { manage, visit, type Deeds, type Household, type Keys } from './people.ts';

const { values } = parseArgs({
  options: {
    kills: { type: 'string', default: '60' },
    doors: { type: 'string', default: '4' },
    keep: { type: 'boolean', default: false },
  },
});

const port = 4_400;
const healLimitMs = 120_000;
/** Between two kills, so that what was killed last has just come back, or is coming. */
const quietMs = { least: 200, most: 1_500 } as const;

interface Place {
  readonly claimed: ClaimedDoor;
  readonly history: DoorHistory;
  readonly keys: Keys;
}

interface Scene {
  readonly folder: string;
  readonly installation: Installation;
  readonly places: readonly Place[];
  readonly addresses: Addresses;
  readonly deeds: Deeds;
  readonly kills: Map<string, number>;
  /** How long people were at the doors, in milliseconds. */
  usedForMs: number;
}

function countOf(name: string, text: string): number {
  if (!/^[1-9]\d*$/.test(text)) throw new Error(`--${name} takes a number, not ${text}`);
  return Number(text);
}

function openDoors({ folder, places, addresses }: Scene, brokerUrl: string): ChaosDoor[] {
  return places.map(({ claimed: { label }, history }) =>
    openDoor({ ...label, ...addresses, brokerUrl, folder: join(folder, 'doors', label.serial) }, history),
  );
}

async function killAll(scene: Scene, victims: Victims, count: number): Promise<void> {
  const { kills } = scene;
  for (const plan of drawPlans(count, victims.broker !== undefined)) {
    const startedAt = performance.now();
    await kill(victims, plan);
    const name = `${plan.victim}, ${plan.moment}`;
    kills.set(name, (kills.get(name) ?? 0) + 1);
    const backAfterS = ((performance.now() - startedAt) / 1_000).toFixed(1);
    console.log(`kill ${totalOf(kills)}: ${name}; back after ${backAfterS} s`);
    await pause(randomInt(quietMs.least, quietMs.most));
  }
}

/** Waits until every door has told the server everything. */
async function heal(scene: Scene, doors: readonly ChaosDoor[]): Promise<void> {
  await untilOnline(scene.installation, doors.length);
  await until('telling everything', healLimitMs, () => doors.every((door) => door.unconfirmed() === 0));
}

/** Lets people use the doors while one after another is killed, over one broker. */
async function playAct(
  scene: Scene,
  act: { readonly count: number; readonly brokerUrl: string; readonly broker?: Victims['broker'] },
): Promise<void> {
  const { installation, places, deeds } = scene;
  const doors = openDoors(scene, act.brokerUrl);
  await untilOnline(installation, doors.length);
  let isOver = false;
  const startedAt = Date.now();
  const homes = doors.map((door, index): [Household, Keys] => {
    const { claimed, keys } = places[index] ?? { claimed: undefined, keys: [] };
    if (!claimed) throw new Error('a door without a lock');
    return [{ installation, claimed, deeds, door: () => door, isOver: () => isOver }, keys];
  });
  const people = homes.flatMap(([home, keys]) => [manage(home, keys), visit(home, keys)]);
  const killing = killAll(scene, { installation, doors, broker: act.broker }, act.count);
  try {
    await Promise.race([killing, Promise.all(people)]);
    isOver = true;
    await Promise.all(people);
    scene.usedForMs += Date.now() - startedAt;
    await heal(scene, doors);
  } finally {
    isOver = true;
    for (const door of doors) await door.stop();
  }
}

async function playBothActs(scene: Scene, count: number): Promise<void> {
  const { installation, folder, addresses } = scene;
  const first = mosquittoProgram === undefined ? count : Math.ceil(count / 2);
  await playAct(scene, { count: first, brokerUrl: addresses.brokerUrl });
  if (mosquittoProgram === undefined) {
    console.log('mosquitto is not installed: the embedded broker alone was used');
    return;
  }
  await installation.stop();
  const authority = await loadAuthority(join(folder, 'keys'), '', Date.now());
  const broker = await startMosquitto(join(folder, 'mosquitto'), port + 4, authority);
  try {
    const brokerUrl = `mqtts://127.0.0.1:${port + 4}`;
    await installation.start({ CLAVIGER_BROKER_URL: brokerUrl });
    await playAct(scene, { count: count - first, brokerUrl, broker });
  } finally {
    await broker.stop();
  }
}

async function judge(scene: Scene): Promise<boolean> {
  const { installation, places, deeds, kills, usedForMs } = scene;
  const accounts = [];
  for (const { claimed, history } of places) {
    const { lockId, label } = claimed;
    accounts.push(await accountOf(installation, { ...history, name: label.serial, lockId }));
  }
  const findings = audit(accounts, deeds.maxUses);
  for (const line of reportOf({ accounts, deeds, kills, usedForMs, findings })) console.log(line);
  return Object.values(findings).every(({ length }) => length === 0);
}

async function main(): Promise<void> {
  const [killCount, doorCount] = [countOf('kills', values.kills), countOf('doors', values.doors)];
  const folder = mkdtempSync(join(tmpdir(), 'claviger-chaos-'));
  // As root, PostgreSQL's own user has to pass.
  chmodSync(folder, 0o711);
  const { installation, doors, addresses } = await openInstallation(folder, { port, doorCount });
  const places = doors.map((claimed) => ({ claimed, history: { presentations: [], pulses: [] }, keys: [] }));
  const deeds: Deeds = { maxUses: new Map(), answered: 0, refused: 0, away: 0 };
  const scene: Scene = { folder, installation, places, addresses, deeds, kills: new Map(), usedForMs: 0 };
  try {
    await playBothActs(scene, killCount);
    if (!(await judge(scene))) process.exitCode = 1;
  } finally {
    await installation.stop();
    if (values.keep || process.exitCode === 1) console.log(`everything is in ${folder}`);
    else rmSync(folder, { recursive: true, force: true });
  }
}

await main();

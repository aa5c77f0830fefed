/**
 * P20: Open Lock in the Portal, through the real server with session, Audit and embedded broker, to real
 * boxes: until the relay moves, and until the browser knows that it was accepted. Beside it, in the same
 * rounds, a bare message over a broker of the same code and back.
 */
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { createClient, liveAddress, liveMessage, type Client } from '@claviger/protocol';
import { openDoor, type ChaosDoor } from '../tools/chaos/door.ts';
import { fetchWithCookies } from '../tools/chaos/http.ts';
import { manager, openInstallation, untilOnline, type ClaimedDoor } from '../tools/chaos/installation.ts';
import { openBareWire } from './anchors/bare-wire.ts';
import { inFolder } from './box/owned-folder.ts';
import { median, type Figure } from './harness.ts';

interface Asked {
  readonly doors: number;
  readonly rounds: number;
}

/** As many doors as one Account claims in a row; a hundredth of so many openings is more than one. */
const asked: Asked = { doors: 6, rounds: 18 };
const port = 4_460;
const origin = `http://localhost:${port}`;
/** A lock takes the next command after three seconds (SEMANTICS P8), and its relay falls back after five. */
const betweenRoundsMs = 6_000;
const openLimitMs = 10_000;
const pollMs = 5;
const bareCalls = 40;

interface Door {
  readonly claimed: ClaimedDoor;
  readonly box: ChaosDoor;
}

interface Scene {
  readonly client: Client;
  readonly entityId: string;
  readonly doors: readonly Door[];
  /** Calls back at whatever the stream of the Entity tells of a command. */
  readonly listeners: Set<(command: string) => void>;
}

/** Milliseconds from the press. */
interface Opening {
  readonly moved: number;
  readonly known: number;
}

function tell(data: string, listeners: Scene['listeners']): void {
  const message = liveMessage.parse(JSON.parse(data));
  if (message.topic === 'command') for (const hear of listeners) hear(message.id);
}

/** Follows the live stream; returns how to stop. */
function follow(answer: Response, listeners: Scene['listeners']): () => Promise<void> {
  const reader = answer.body?.getReader() as ReadableStreamDefaultReader<Uint8Array> | undefined;
  if (!answer.ok || !reader) throw new Error(`the live stream answers ${answer.status}`);
  const decoder = new TextDecoder();
  const read = async (): Promise<void> => {
    for (let rest = ''; ;) {
      const { done, value } = await reader.read();
      if (done) return;
      const lines = (rest + decoder.decode(value, { stream: true })).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines.filter((each) => each.startsWith('data: ')))
        tell(line.slice('data: '.length), listeners);
    }
  };
  const reading = read();
  return async () => {
    await reader.cancel();
    await reading;
  };
}

/** As the page does: what the stream tells of is loaded, until the door has accepted the command. */
function untilAccepted({ client, entityId, listeners }: Scene, commandId: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const look = async (): Promise<void> => {
      const { stage } = await client.getCommand({ entityId, commandId });
      if (stage === 'refused' || stage === 'expired') throw new Error(`the command is ${stage}`);
      if (stage === 'issued' || stage === 'sent') return;
      listeners.delete(hear);
      resolve();
    };
    const hear = (id: string): void => {
      if (id === commandId) look().catch(reject);
    };
    listeners.add(hear);
    look().catch(reject);
  });
}

/** When the relay unlocked next, epoch milliseconds. */
async function nextPulse({ pulses }: ChaosDoor, before: number): Promise<number> {
  const startedAt = performance.now();
  for (;;) {
    const pulse = pulses[before];
    if (pulse !== undefined) return pulse;
    if (performance.now() - startedAt > openLimitMs) throw new Error('the relay does not move');
    await pause(pollMs);
  }
}

async function openOnce(scene: Scene, { claimed, box }: Door): Promise<Opening> {
  const pulsesBefore = box.pulses.length;
  const [pressedAt, wallAt] = [performance.now(), Date.now()];
  const place = { entityId: scene.entityId, lockId: claimed.lockId };
  const { id } = await scene.client.openLock(place, randomUUID());
  await untilAccepted(scene, id);
  const known = performance.now() - pressedAt;
  return { known, moved: (await nextPulse(box, pulsesBefore)) - wallAt };
}

function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((one, other) => one - other);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? NaN;
}

interface Round {
  readonly openings: readonly Opening[];
  readonly bare: readonly number[];
}

/** The median is one of the rounds' ratios; a hundredth is too small a part of one, and is taken of all. */
function figuresOf(rounds: readonly Round[], of: keyof Opening, end: string): Figure[] {
  const ours = rounds.flatMap(({ openings }) => openings.map((opening) => opening[of]));
  const bare = rounds.flatMap((round) => round.bare);
  const middle = median(
    rounds.map((round) => median(round.openings.map((opening) => opening[of])) / median(round.bare)),
  );
  const figureOf = (part: 'p50' | 'p99', ratio: number, most: number): Figure => {
    const share = part === 'p50' ? 0.5 : 0.99;
    const sides = { ours: percentile(ours, share), anchor: percentile(bare, share) };
    const anchorName = 'a bare message over MQTT and back';
    const verdict = { ratio, goal: `≤ ${most}`, ok: ratio <= most };
    return { figure: `P20 open ${end}, ${part}`, ...sides, anchorName, unit: 'ms', ...verdict };
  };
  return [figureOf('p50', middle, 5), figureOf('p99', percentile(ours, 0.99) / percentile(bare, 0.99), 3)];
}

async function measure(scene: Scene, rounds: number): Promise<Round[]> {
  const wire = await openBareWire();
  try {
    const measured: Round[] = [];
    // One round more: the first warms everything up.
    for (let round = -1; round < rounds; round += 1) {
      const openings: Opening[] = [];
      const bare = await wire.call(bareCalls);
      for (const door of scene.doors) openings.push(await openOnce(scene, door));
      if (round >= 0) measured.push({ openings, bare });
      await pause(betweenRoundsMs);
    }
    return measured;
  } finally {
    wire.close();
  }
}

async function signIn(): Promise<{ client: Client; fetchAsManager: typeof fetch }> {
  const fetchAsManager = fetchWithCookies(origin);
  const client = createClient({ baseUrl: origin, fetch: fetchAsManager });
  await client.signIn(manager);
  return { client, fetchAsManager };
}

export async function openFigures({ doors: count, rounds }: Asked = asked): Promise<Figure[]> {
  return inFolder(async (folder) => {
    const opened = await openInstallation(join(folder, 'data'), { port, doorCount: count });
    const { installation, addresses } = opened;
    const { entityId } = installation;
    const doors = opened.doors.map((claimed): Door => {
      const place = { ...claimed.label, ...addresses, folder: join(folder, claimed.label.serial) };
      return { claimed, box: openDoor(place, { presentations: [], pulses: [] }) };
    });
    try {
      await untilOnline(installation, count);
      const { client, fetchAsManager } = await signIn();
      const listeners: Scene['listeners'] = new Set();
      const stopFollowing = follow(await fetchAsManager(`${origin}${liveAddress(entityId)}`), listeners);
      const measured = await measure({ client, entityId, doors, listeners }, rounds);
      await stopFollowing();
      return [
        ...figuresOf(measured, 'moved', 'until the relay moves'),
        ...figuresOf(measured, 'known', 'until the browser knows'),
      ];
    } finally {
      for (const { box } of doors) await box.stop();
      await installation.stop();
    }
  });
}

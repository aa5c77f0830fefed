import { type Attempt } from '@claviger/protocol';
import { type Calendar } from './calendar.ts';
import { type Lock } from './windows.ts';

const minute = 60_000;
const forgivenEvery = 15 * minute;
const longestPause = 15 * minute;
const freeTries = 5;

/** What one reader path remembers of wrong tries (C9, C10). */
export interface Path {
  wrongTries: number;
  forgivenAt: number;
  pausedUntil: number;
}

/** What the door of one lock remembers from attempt to attempt. */
export interface Memory {
  readonly uses: Map<string, number>;
  readonly paths: Map<string, Path>;
  readonly lastGrants: Map<string, { readonly side: Attempt['side']; readonly at: number }>;
  readonly shownSteps: Set<string>;
  readonly buttonCounters: Map<string, number>;
  firstPersonAt: number | undefined;
  commandOpenedAt: number | undefined;
}

/** A rotating QR shows another picture every 30 seconds (M7). */
export const stepOf = (at: number): number => Math.floor(at / 30_000);
export const shownStep = (key: string, step: number): string => `${key} at ${step}`;

/** The memory with which the world describes this lock. */
export function memoryOf({ state }: Lock, calendar: Calendar): Memory {
  const moment = (text: string | undefined) => (text === undefined ? undefined : calendar.fromAt(text));
  return {
    uses: new Map(state.uses.map(({ key, spent }) => [key, spent])),
    paths: new Map(
      state.paths.map(({ path, wrongTries, forgivenAt, pausedUntil }) => [
        path,
        {
          wrongTries,
          forgivenAt: calendar.fromAt(forgivenAt),
          pausedUntil: moment(pausedUntil) ?? -Infinity,
        },
      ]),
    ),
    lastGrants: new Map(
      state.lastGrants.map(({ key, side, at }) => [key, { side, at: calendar.fromAt(at) }]),
    ),
    shownSteps: new Set(state.shownSteps.map(({ key, at }) => shownStep(key, stepOf(calendar.fromAt(at))))),
    buttonCounters: new Map(state.buttonCounters.map(({ credential, counter }) => [credential, counter])),
    firstPersonAt: moment(state.firstPersonAt),
    commandOpenedAt: moment(state.commandOpenedAt),
  };
}

const defaultPaths: Record<Exclude<Attempt['method'], 'command'>, string> = {
  pin: 'keypad',
  qr: 'qr_reader',
  pass: 'qr_reader',
  card: 'card_reader',
  button: 'remote_receiver',
  finger: 'fingerprint_reader',
  keyless_go: 'phone_proximity',
  auto_unlock: 'phone_proximity',
  app: 'app',
  link: 'link',
};

/** The path on which a factor came, with the tries forgiven that are due by now. */
export function pathAt(
  memory: Memory,
  factor: { readonly method: Exclude<Attempt['method'], 'command'>; readonly path?: string | undefined },
  at: number,
): Path {
  const name = factor.path ?? defaultPaths[factor.method];
  const path = memory.paths.get(name) ?? { wrongTries: 0, forgivenAt: at, pausedUntil: -Infinity };
  memory.paths.set(name, path);
  while (path.wrongTries > 0 && path.forgivenAt + forgivenEvery <= at) {
    path.wrongTries -= 1;
    path.forgivenAt += forgivenEvery;
  }
  return path;
}

/** C10: no pause is longer; one that would be was begun by a clock that was set back since, and is over. */
const isPauseOfNow = ({ pausedUntil }: Path, at: number): boolean => pausedUntil <= at + longestPause;

export const isPaused = (path: Path, at: number): boolean => at < path.pausedUntil && isPauseOfNow(path, at);

/** One wrong try more: after five, each further one pauses for 30 s, 60 s and so on to 15 minutes. */
export function countWrongTry(path: Path, at: number): void {
  if (!isPauseOfNow(path, at)) path.pausedUntil = -Infinity;
  if (path.wrongTries === 0 || path.forgivenAt > at) path.forgivenAt = at;
  path.wrongTries += 1;
  if (path.wrongTries <= freeTries) return;
  const pause = 30_000 * 2 ** (path.wrongTries - freeTries - 1);
  path.pausedUntil = at + Math.min(pause, longestPause);
}

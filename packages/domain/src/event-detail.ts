import type { ActivityType } from './activity.ts';
import { readers } from './key.ts';
import { olderDiskCauses } from './lock.ts';
import { suspendedParts } from './reason.ts';

/**
 * Why a door drops a verified command without an answer: it may be another's, another time's, or done
 * already.
 */
export const dropCauses = ['foreign', 'other_boot', 'replayed', 'late', 'no_time'] as const;
export type DropCause = (typeof dropCauses)[number];

/** Why a door does not carry out what came as a command. */
export const commandFaults = [...dropCauses, 'malformed', 'bad_signature', 'oversized'] as const;

/** Why a door does not take an access list. */
export const listFaults = [
  'rollback',
  'too_long',
  'another_hash',
  'malformed',
  'foreign',
  'other_version',
  'damaged',
] as const;
export type ListFault = (typeof listFaults)[number];

/** What a door found damaged of what it remembers: of a reader path, a Key, a button or the lock itself. */
export const damages = ['path', 'key', 'button', 'lock'] as const;
export type Damage = (typeof damages)[number];

/**
 * What a box found damaged at its start of what it remembers of itself: how often it has started, the number
 * of the last command, how late it was at least, whether its log had been told to be nearly full, whether its
 * disk is an older one, where its log ends and begins, what its clocks said, what of this it had not told
 * yet, the mark of its checksums, and which records there are.
 */
export const boxDamages = [
  ...(['boot', 'command', 'evidence', 'alarm', 'doubt', 'log', 'log_start', 'clock'] as const),
  ...(['untold', 'checksums', 'ledger'] as const),
] as const;
export type BoxDamage = (typeof boxDamages)[number];

/** What of the refusals that a box had not told yet it found damaged at its start. */
export const untoldDamages = ['gathered', 'waiting'] as const;

/**
 * What an event can add, and its numbers in their order: Keys on a list that was taken; wrong tries and the
 * seconds of the pause they brought; refusals of any reason that have no event of their own, and the instants
 * of the first and the last of them; as many at least, where the box ended before it had counted the last;
 * how many there were, as older boxes told it; events that the disk never took; the milliseconds by which a
 * clock was set; events that were given up, and the instant of the last of them; the log and the entry after
 * which nothing is known; after a restore the log and the entry of the first event that is missing, and those
 * of the last; Keys that stay ended, credentials that do, and Keys that are not given again.
 */
export const detailNumbers = {
  keys: 1,
  wrong_tries: 2,
  refused_from: 3,
  refused_at_least: 3,
  refused_more: 1,
  not_kept: 1,
  clock_step_ms: 1,
  given_up: 2,
  after_event: 2,
  missing_events: 4,
  stay_ended: 3,
} as const;
export type NumberedDetail = keyof typeof detailNumbers;

/**
 * What an event can add without a number; a wrong second factor is told with the reader that read it, and one
 * that the box did not wait for because it ended, with that.
 */
export const plainDetails = [
  'older_disk',
  'ended_waiting',
  'sync_message',
  ...olderDiskCauses,
  ...readers.map((reader) => `wrong_second_${reader}` as const),
  ...damages.map((damage) => `damaged_${damage}` as const),
  ...boxDamages.map((damage) => `damaged_${damage}` as const),
  ...untoldDamages.map((damage) => `damaged_${damage}` as const),
  ...listFaults.map((fault) => `list_${fault}` as const),
  ...commandFaults.map((fault) => `command_${fault}` as const),
  ...suspendedParts.map((part) => `suspended_${part}` as const),
] as const;
export type PlainDetail = (typeof plainDetails)[number];

/** A detail as a door or the server writes it: a code, and its numbers behind it (`keys 12`). */
export function detailOf(code: NumberedDetail, ...numbers: readonly number[]): string {
  return [code, ...numbers].join(' ');
}

/** A detail as it is read; `times` where several of the same were gathered. */
export type ReadDetail =
  | { readonly code: PlainDetail; readonly times: number }
  | { readonly code: NumberedDetail; readonly numbers: readonly number[] };

const detailForm = /^(?<code>[a-z_]+)(?<numbers>(?: -?\d{1,16})*)(?: ×(?<times>\d{1,16}))?$/;

function isNumbered(code: string): code is NumberedDetail {
  return Object.hasOwn(detailNumbers, code);
}

/** Reads a detail; undefined for what is in no code known here, such as a version or the words of a fault. */
export function readDetail(detail: string): ReadDetail | undefined {
  const { code = '', numbers = '', times } = detailForm.exec(detail)?.groups ?? {};
  const read = numbers.split(' ').filter(Boolean).map(Number);
  if (isNumbered(code)) {
    const isWhole = read.length === detailNumbers[code] && times === undefined;
    return isWhole ? { code, numbers: read } : undefined;
  }
  const plain = plainDetails.find((known) => known === code);
  if (plain === undefined || read.length > 0) return undefined;
  return { code: plain, times: times === undefined ? 1 : Number(times) };
}

/** Whether grants may be among what this event says that nobody will ever tell. */
export function tellsLoss(told: {
  readonly type: ActivityType;
  readonly detail?: string | undefined;
}): boolean {
  return told.type === 'events_lost' || readDetail(told.detail ?? '')?.code === 'not_kept';
}

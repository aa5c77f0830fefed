import type { Reason } from '@claviger/domain';

/** Everything that can fail; a seed draws which of it does, and how badly. */
export const faultNames = [
  /** Letters are lost, doubled, late and out of order. */
  'network',
  /** One way of a line carries nothing, and nobody is told. */
  'one_way',
  /** A line is dead and both ends believe in it. */
  'half_open',
  /** The broker starts again and has forgotten everything. */
  'broker',
  /** The broker plays old letters again, turns bits in them, makes up its own, and sends them elsewhere. */
  'hostile',
  /** The server dies at an await, in a transaction or between commit and answer. */
  'server',
  /** A transaction of the server's database has to be tried again. */
  'serialization',
  /** The power of a box fails between any two calls of its ports. */
  'power',
  /** A box is started from yesterday's image of its disk. */
  'image',
  /** A disk takes nothing for a while. */
  'full_disk',
  /** A bit of a stored access list turns. */
  'bits',
  /** A wall clock jumps, stands still, or begins in 1970. */
  'clock',
  /** A box has room for few events. */
  'short_log',
  /** The server is lost, and made again from an image of minutes or hours ago. */
  'restore',
] as const;
export type FaultName = (typeof faultNames)[number];

/** What one run plays; the same options play the same world. */
export interface RunOptions {
  readonly seed: number;
  /** Left out: as the seed draws them. */
  readonly days?: number | undefined;
  readonly doors?: number | undefined;
  /** Faults that are off, whatever the seed draws. */
  readonly without?: readonly FaultName[] | undefined;
  /** The name of a bug that is planted. */
  readonly planted?: string | undefined;
  /** So many of the last lines of the trace are kept to be read; left out: none. */
  readonly lines?: number | undefined;
}

/** An invariant of reliability 1.2, the decision itself, or that a world plays at all. */
export type Invariant =
  `I${1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9 | 10 | 11 | 14 | 16 | 17 | 18 | 19}` | 'decision' | 'fault';

/** The first thing that was not as it must be. */
export interface Break {
  readonly invariant: Invariant;
  readonly text: string;
  /** UTC epoch milliseconds of the simulated time. */
  readonly at: number;
  readonly step: number;
}

/** What one world came to. */
export interface RunReport {
  readonly options: RunOptions;
  readonly days: number;
  readonly doors: number;
  readonly faults: readonly FaultName[];
  readonly steps: number;
  readonly hash: string;
  readonly broken: Break | undefined;
  /** Decisions by their reason, `granted` first. */
  readonly reasons: Readonly<Partial<Record<Reason, number>>>;
  readonly sometimes: Readonly<Record<string, number>>;
  readonly lines: readonly string[];
}

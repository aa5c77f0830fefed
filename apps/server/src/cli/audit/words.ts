import {
  installationChain,
  type ChainFault,
  type ChainReport,
  type CheckpointFault,
  type RestoreFound,
} from '../../platform/audit/index.ts';

/** Which checkpoint knows better. */
interface KnownBy {
  readonly number: number;
  readonly at: number;
  readonly isFile: boolean;
}

const iso = (at: number): string => new Date(at).toISOString();

function chainName(chain: string): string {
  return chain === installationChain ? 'the installation' : `Entity ${chain}`;
}

function span(from: number, to: number): string {
  return to > from ? `entries ${from} to ${to} are` : `entry ${from} is`;
}

/** What is wrong, in one line. */
function faultText(fault: ChainFault): string {
  switch (fault.kind) {
    case 'missing':
      return `${span(fault.sequence, fault.to)} missing`;
    case 'changed':
      return `entry ${fault.sequence} was changed`;
    case 'unlinked':
      return `entry ${fault.sequence} does not follow the one before: it was changed, moved or put in`;
    case 'beyond':
      return `entry ${fault.sequence} stands after the end that the chain knows`;
    case 'cut':
      return `the end is missing: ${span(fault.sequence, fault.to)} not there${by(fault.known)}`;
    case 'rewritten':
      return `entry ${fault.sequence} or an earlier one was rewritten, with what follows${by(fault.known)}`;
  }
}

function by(known: KnownBy | undefined): string {
  if (!known) return '';
  return `, by ${known.isFile ? 'the exported' : 'the kept'} checkpoint ${known.number} of ${iso(known.at)}`;
}

/** Whether a restore tells why a checkpoint knows more: it was taken in the time that is lost. */
function isToldBy({ reachedAt, restoredAt }: RestoreFound, fault: ChainFault): boolean {
  if (fault.kind !== 'cut' && fault.kind !== 'rewritten') return false;
  const at = fault.known?.at;
  return at !== undefined && reachedAt < at && at <= restoredAt;
}

function restoreText({ sequence, restoredAt, reachedAt }: RestoreFound): string {
  return `entry ${sequence}: restored on ${iso(restoredAt)}, as it was on ${iso(reachedAt)}`;
}

/** `1 entry`, `2 entries`. */
export function counted(count: number, one: string, many: string): string {
  return `${count} ${count === 1 ? one : many}`;
}

/** What was found in a chain, as lines. */
export function chainLines({ chain, entries, restores, fault }: ChainReport): string[] {
  const told = fault && restores.find((restore) => isToldBy(restore, fault));
  const first = fault
    ? `BAD    ${chainName(chain)}: ${faultText(fault)}`
    : `whole  ${chainName(chain)}: ${counted(entries, 'entry', 'entries')}`;
  return [
    first,
    ...restores.map((restore) => `       ${restoreText(restore)}`),
    ...(told
      ? [
          '       That restore tells why: what came after that instant was lost with it. Whoever can write',
          '       to the database can write such an entry too: ask whoever restored.',
        ]
      : []),
  ];
}

/** What is wrong with the checkpoints that the installation keeps, in one line. */
export function checkpointFaultText({ kind, number }: CheckpointFault): string {
  switch (kind) {
    case 'missing':
      return `BAD    checkpoint ${number} is missing`;
    case 'forged':
      return `BAD    checkpoint ${number} was not signed by this installation`;
    case 'unlinked':
      return `BAD    checkpoint ${number} does not follow the one before`;
    case 'other_heads':
      return `BAD    checkpoint ${number} stands for other ends of chains than those beside it`;
    case 'not_the_exported':
      return `BAD    checkpoint ${number} is another one than the exported`;
  }
}

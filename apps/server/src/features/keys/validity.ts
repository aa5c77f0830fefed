import { createZoneClock, findInstant } from '@claviger/authority';
import type { Instant } from '@claviger/domain';
import { Refusal, type InputIssue } from '@claviger/protocol';

/** Bounds as people type them, on the wall clock of the Entity. */
export interface TypedValidity {
  readonly validFrom: string;
  readonly validUntil: string;
}

export interface Bounds {
  readonly from: Instant;
  readonly until: Instant;
}

interface Meant {
  readonly zone: string;
  readonly now: Instant;
  /** The end that the Key has already, which may be over. */
  readonly keptUntil?: Instant | undefined;
}

/** What is wrong with an end that was read: of two faults the one that would stay whatever the time is. */
function endProblem(
  from: Instant | undefined,
  until: Instant,
  { now, keptUntil }: Meant,
): string | undefined {
  if (from !== undefined && until <= from) return 'until_before_from';
  return until <= now && until !== keptUntil ? 'in_the_past' : undefined;
}

/**
 * The instants of typed bounds (SEMANTICS T9): the same minute twice is a span of one hour where the clock
 * shows it twice, and none elsewhere. Refuses invalid_input beside each field at once: time_is_skipped,
 * until_before_from (also the same minute), and in_the_past for an end that is not `keptUntil`.
 */
export function boundsOf({ validFrom, validUntil }: TypedValidity, meant: Meant): Bounds {
  const clock = createZoneClock(meant.zone);
  const from = findInstant(clock, validFrom, 'earlier');
  const until = findInstant(clock, validUntil, 'later');
  const problems = {
    validFrom: from === undefined ? 'time_is_skipped' : undefined,
    validUntil: until === undefined ? 'time_is_skipped' : endProblem(from, until, meant),
  };
  const issues = Object.entries(problems).flatMap(([field, problem]): InputIssue[] =>
    problem === undefined ? [] : [{ path: `body.${field}`, problem }],
  );
  if (issues.length > 0 || from === undefined || until === undefined) {
    throw new Refusal('invalid_input', { issues });
  }
  return { from, until };
}

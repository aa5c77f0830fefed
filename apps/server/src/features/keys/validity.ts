import { createZoneClock, findInstant, type Reading } from '@claviger/authority';
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

/**
 * The instants of typed bounds (SEMANTICS T9). Refuses invalid_input beside the field: time_is_skipped,
 * until_before_from (also the same minute), and in_the_past for an end that is not `keptUntil`.
 */
export function boundsOf(
  { validFrom, validUntil }: TypedValidity,
  {
    zone,
    now,
    keptUntil,
  }: { readonly zone: string; readonly now: Instant; readonly keptUntil?: Instant | undefined },
): Bounds {
  const clock = createZoneClock(zone);
  const read = (field: string, typed: string, reading: Reading): Instant => {
    const found = findInstant(clock, typed, reading);
    if (found === undefined) throw refused({ path: field, problem: 'time_is_skipped' });
    return found;
  };
  const from = read('body.validFrom', validFrom, 'earlier');
  const until = read('body.validUntil', validUntil, 'later');
  if (until <= from) throw refused({ path: 'body.validUntil', problem: 'until_before_from' });
  if (until <= now && until !== keptUntil) throw refused({ path: 'body.validUntil', problem: 'in_the_past' });
  return { from, until };
}

function refused(issue: InputIssue): Refusal {
  return new Refusal('invalid_input', { issues: [issue] });
}

import { isMandateLength } from '@claviger/domain';
import {
  formsOf,
  type IncomingRequest,
  type InputIssue,
  Refusal,
  type SubmittedRequest,
} from '@claviger/protocol';
import { m, pageLocale, type TagTone } from '@claviger/web-kit';

type Kind = IncomingRequest['kind'];
type State = SubmittedRequest['state'];

export const kindNames: Readonly<Record<Kind, () => string>> = {
  installer: m.request_kind_installer,
  entity_management: m.request_kind_entity_management,
  break_glass: m.request_kind_break_glass,
};

const stateNames: Readonly<Record<State, () => string>> = {
  pending: m.request_state_pending,
  approved: m.request_state_approved,
  rejected: m.request_state_rejected,
  withdrawn: m.request_state_withdrawn,
  expired: m.request_state_expired,
};

const stateTones: Readonly<Record<State, TagTone>> = {
  pending: 'brass',
  approved: 'ok',
  rejected: 'bad',
  withdrawn: 'plain',
  expired: 'plain',
};

/** What became of a request, in words and colour: what the operator took, nobody approved. */
export function stateOf({ kind, state }: { readonly kind: Kind; readonly state: State }): {
  readonly name: string;
  readonly tone: TagTone;
} {
  if (kind === 'break_glass' && state === 'approved') return { name: m.request_state_taken(), tone: 'bad' };
  return { name: stateNames[state](), tone: stateTones[state] };
}

export const durationUnits = { minutes: 1, hours: 60, days: 1_440 } as const;
export type DurationUnit = keyof typeof durationUnits;

/** A duration as people type it. */
export interface TypedDuration {
  readonly amount: string;
  readonly unit: DurationUnit;
}

const largestFirst = ['days', 'hours', 'minutes'] as const;

/** These minutes in the largest unit that says them whole. */
export function typedDuration(minutes: number): TypedDuration {
  const unit = largestFirst.find((name) => minutes % durationUnits[name] === 0) ?? 'minutes';
  return { amount: String(minutes / durationUnits[unit]), unit };
}

/** Whole minutes of what was typed; undefined where that is no whole number of the unit. */
export function minutesOf({ amount, unit }: TypedDuration): number | undefined {
  return /^\d{1,6}$/.test(amount.trim()) ? Number(amount) * durationUnits[unit] : undefined;
}

function inUnit(value: number, unit: 'day' | 'hour' | 'minute'): string {
  const forms = { style: 'unit', unit, unitDisplay: 'long' } as const;
  return new Intl.NumberFormat(formsOf(pageLocale()), forms).format(value);
}

/** `8 hours`. */
export function durationText(minutes: number): string {
  const { amount, unit } = typedDuration(minutes);
  return inUnit(Number(amount), ({ days: 'day', hours: 'hour', minutes: 'minute' } as const)[unit]);
}

/** Whole minutes of a duration that this kind of request may have. */
export function lengthOf(kind: Kind, typed: TypedDuration): number | undefined {
  const minutes = minutesOf(typed);
  return minutes !== undefined && isMandateLength(kind, minutes) ? minutes : undefined;
}

/** From when to when a duration is taken, in words. */
export const durationProblems: Readonly<Record<Kind, () => string>> = {
  installer: m.request_problem_duration_installer,
  entity_management: m.request_problem_duration_entity,
  break_glass: m.problem_not_accepted,
};

const problems: Readonly<Record<string, () => string>> = {
  own_address: m.request_problem_own,
  already_requested: m.request_problem_again,
  serial_malformed: m.request_problem_serials,
  no_such_entity: m.break_glass_no_entity,
  duration_out_of_bounds: m.request_problem_duration_installer,
};

/** What the server found wrong, by the fields it is about: `serialNumbers` for any of them. */
export function serverProblemsOf(error: Error | null): Partial<Record<string, string>> {
  const issues: readonly InputIssue[] = error instanceof Refusal ? error.issues : [];
  return Object.fromEntries(
    issues.map(({ path, problem }) => [
      path.split('.')[1] ?? path,
      (problems[problem] ?? m.problem_not_accepted)(),
    ]),
  );
}

import { type CardNumberProblem, readCardNumber, wallMinuteForm } from '@claviger/domain';
import { instantsOf, isEmail, isName, m, wallMinuteIn, type WallMinute } from '@claviger/web-kit';
import type { InputIssue } from '@claviger/protocol';

/** What the forms of a guest Key hold, as typed; times are wall minutes of the Entity. */
export interface KeyValues {
  lockId: string;
  name: string;
  validFrom: WallMinute;
  validUntil: WallMinute;
  maxUses: string;
  card: string;
  email: string;
}

/** What a form can say something about; whether a picture is shared is a switch beside the typed fields. */
export type KeyField = keyof KeyValues | 'withPicture';

type Problems = Partial<Record<KeyField, string>>;

const usesLimit = 255;

/** A key begins on a round time that has passed already, so that it opens as soon as it is made. */
const roundingMs = 5 * 60_000;
const dayMs = 24 * 60 * 60_000;

/** The validity that a new Key is proposed: from now, for a day. */
export function proposedSpan(zone: string, now: number): Pick<KeyValues, 'validFrom' | 'validUntil'> {
  const from = Math.floor(now / roundingMs) * roundingMs;
  return { validFrom: wallMinuteIn(zone, from), validUntil: wallMinuteIn(zone, from + dayMs) };
}

/** The number in the field of uses; undefined where it is empty. */
export function usesOf(text: string): number | undefined {
  return text.trim() === '' ? undefined : Number(text);
}

function nameProblem(text: string): string | undefined {
  const name = text.trim();
  return name === '' || isName(name) ? undefined : m.problem_name_form();
}

function timeProblem(zone: string, wall: WallMinute): string | undefined {
  const instants = instantsOf(zone, wall);
  if (!instants) return m.problem_time();
  if (!wallMinuteForm.test(wall)) return m.problem_year();
  return instants.length === 0 ? m.problem_time_skipped() : undefined;
}

/** Where and when a form is filled in. */
export interface FormPlace {
  readonly zone: string;
  readonly now: number;
  /** The end that the Key has already, which may be over. */
  readonly keptUntil?: number | undefined;
  /** Why a Key of the lock that was chosen would open nothing. */
  readonly lockObstacle?: string | undefined;
  /** Whether a card number is sent; one that was typed before counts for nothing otherwise. */
  readonly isCardSent?: boolean;
}

function lockProblem(lockId: string, obstacle: string | undefined): string | undefined {
  return lockId === '' ? m.problem_lock() : obstacle;
}

function untilProblem({ validFrom, validUntil }: KeyValues, place: FormPlace): string | undefined {
  const { zone, now, keptUntil } = place;
  const problem = timeProblem(zone, validUntil);
  if (problem !== undefined) return problem;
  // In a repeated hour a beginning takes the earlier reading and an end the later (PRODUCT section 3).
  const from = instantsOf(zone, validFrom)?.[0];
  const until = instantsOf(zone, validUntil)?.at(-1) ?? Infinity;
  if (from !== undefined && until <= from) return m.problem_until_before();
  return until <= now && until !== keptUntil ? m.problem_in_the_past() : undefined;
}

function usesProblem(text: string): string | undefined {
  const uses = usesOf(text);
  const isFine = uses === undefined || (Number.isInteger(uses) && uses >= 1 && uses <= usesLimit);
  return isFine && /^\s*\d*\s*$/.test(text) ? undefined : m.problem_max_uses();
}

const cardProblems: Readonly<Record<CardNumberProblem, () => string>> = {
  card_number_empty: m.problem_card_number_empty,
  card_number_too_long: m.problem_card_number_too_long,
  card_number_form: m.problem_card_number_form,
  card_number_blank: m.problem_card_number_blank,
};

function cardProblem(typed: string): string | undefined {
  if (typed === '') return undefined;
  const read = readCardNumber(typed);
  return 'problem' in read ? cardProblems[read.problem]() : undefined;
}

/** What is wrong with each field, in words; a field that is fine is absent. */
export function problemsOf(values: KeyValues, place: FormPlace): Problems {
  const { isCardSent = true } = place;
  const found: Readonly<Record<keyof KeyValues, string | undefined>> = {
    lockId: lockProblem(values.lockId, place.lockObstacle),
    name: nameProblem(values.name),
    validFrom: timeProblem(place.zone, values.validFrom),
    validUntil: untilProblem(values, place),
    maxUses: usesProblem(values.maxUses),
    card: isCardSent ? cardProblem(values.card) : undefined,
    email: values.email.trim() === '' || isEmail(values.email) ? undefined : m.problem_email(),
  };
  return Object.fromEntries(Object.entries(found).filter(([, problem]) => problem !== undefined));
}

/** The problems that a server can name about a field, beside what its own check says of it. */
const serverProblems: Readonly<Record<string, () => string>> = {
  time_is_skipped: m.problem_time_skipped,
  until_before_from: m.problem_until_before,
  in_the_past: m.problem_in_the_past,
  after_mandate: m.key_problem_after_mandate,
  adopt_first: m.key_problem_adopt_first,
  name_has_control_characters: m.problem_name_form,
  name_is_invisible: m.problem_name_form,
  not_an_email: m.problem_email,
  user_deactivated: m.problem_user_deactivated,
  too_small: m.problem_max_uses,
  too_large: m.problem_max_uses,
  ...cardProblems,
  card_in_use: m.problem_card_in_use,
  no_card_reader: m.card_no_reader,
  card_numbers_not_taken: m.card_not_allowed,
  card_assurance_too_low: m.card_too_weak,
  nothing_opens: m.problem_nothing_opens,
  no_qr_reader: m.picture_no_reader,
  assurance_too_low: m.picture_too_weak,
};

const fields: readonly KeyField[] = [
  'lockId',
  'name',
  'validFrom',
  'validUntil',
  'maxUses',
  'card',
  'email',
  'withPicture',
];

/** What the server found wrong, beside the fields it is about. */
export function serverProblemsOf(issues: readonly InputIssue[]): Problems {
  const told = issues.flatMap(({ path, problem }) => {
    const field = fields.find((name) => path === `body.${name}`);
    const words = serverProblems[problem] ?? m.problem_not_accepted;
    return field === undefined ? [] : [[field, words()] as const];
  });
  return Object.fromEntries(told);
}

import { parseSerial, requestLocksLimit } from '@claviger/domain';
import { isEmail, isLine, m } from '@claviger/web-kit';
import { durationProblems, lengthOf, type TypedDuration } from '../requests/request-words.ts';

const reasonLengthLimit = 500;

/** What is typed on the page of an installer. */
export interface InstallerRequest {
  readonly ownerEmail: string;
  readonly serials: string;
  readonly duration: TypedDuration;
  readonly reason: string;
}

/** The serial numbers in a text, one a line or with commas between them. */
export function serialsIn(text: string): string[] {
  return text
    .split(/[\n,;]+/)
    .map((part) => part.trim())
    .filter((part) => part !== '');
}

function serialsProblem(text: string): string | undefined {
  const serials = serialsIn(text);
  if (serials.length === 0 || serials.length > requestLocksLimit) return m.request_problem_serials_many();
  return serials.every((serial) => parseSerial(serial) !== undefined)
    ? undefined
    : m.request_problem_serials();
}

function reasonProblem(text: string): string | undefined {
  const reason = text.trim();
  return reason !== '' && isLine(reason, reasonLengthLimit) ? undefined : m.request_problem_reason();
}

/** What is wrong, by field; nothing where it may be sent. */
export function installerProblems(typed: InstallerRequest): Partial<Record<string, string>> {
  const found = {
    ownerEmail: isEmail(typed.ownerEmail) ? undefined : m.problem_email(),
    serialNumbers: serialsProblem(typed.serials),
    durationMinutes:
      lengthOf('installer', typed.duration) === undefined ? durationProblems.installer() : undefined,
    reason: reasonProblem(typed.reason),
  };
  return Object.fromEntries(Object.entries(found).filter(([, problem]) => problem !== undefined));
}

/** What names an Entity: who manages it, and its code. */
export interface NamedEntity {
  readonly ownerEmail: string;
  readonly entityCode: string;
}

/** The same of the page on which somebody asks to manage an Entity. */
export function entityProblems(typed: NamedEntity): Partial<Record<string, string>> {
  const found = {
    ownerEmail: isEmail(typed.ownerEmail) ? undefined : m.problem_email(),
    entityCode: /^[A-Za-z0-9_]{1,40}$/.test(typed.entityCode.trim()) ? undefined : m.entity_code_form(),
  };
  return Object.fromEntries(Object.entries(found).filter(([, problem]) => problem !== undefined));
}

/** What is sent of them. */
export function namedEntity({ ownerEmail, entityCode }: NamedEntity): NamedEntity {
  return { ownerEmail: ownerEmail.trim(), entityCode: entityCode.trim() };
}

/** What an operator types, who has to say why. */
export interface BreakGlassRequest extends NamedEntity {
  readonly reason: string;
}

/** The same of the page of the operator. */
export function breakGlassProblems(typed: BreakGlassRequest): Partial<Record<string, string>> {
  const reason = reasonProblem(typed.reason);
  return { ...entityProblems(typed), ...(reason !== undefined && { reason }) };
}

import { Refusal, type InputIssue } from '@claviger/protocol';
import type { FastifySchemaCompiler } from 'fastify';
import type { z } from 'zod';

/**
 * What can be wrong with a field; each is a translation key `problem_<key>`, as are the keys of our own
 * refinements.
 */
export const inputProblems = [
  'malformed_json',
  'required',
  'wrong_type',
  'too_short',
  'too_long',
  'too_small',
  'too_large',
  'not_an_email',
  'not_a_uuid',
  'wrong_format',
  'not_allowed',
  'unknown_field',
] as const;
export type InputProblem = (typeof inputProblems)[number];

const issuesLimit = 20;
const ownKey = /^[a-z]+(?:_[a-z]+)+$/;

type Issue = z.core.$ZodIssue;

const numeric = new Set(['number', 'int', 'bigint', 'date']);
const formatProblems: Readonly<Record<string, InputProblem>> = { email: 'not_an_email', uuid: 'not_a_uuid' };

/** The problem of the kinds of issue that are more than "not allowed". */
function knownProblem(issue: Issue): InputProblem | undefined {
  if (issue.code === 'invalid_type') {
    return issue.message.endsWith('received undefined') ? 'required' : 'wrong_type';
  }
  if (issue.code === 'too_small') return numeric.has(issue.origin) ? 'too_small' : 'too_short';
  if (issue.code === 'too_big') return numeric.has(issue.origin) ? 'too_large' : 'too_long';
  return issue.code === 'invalid_format' ? (formatProblems[issue.format] ?? 'wrong_format') : undefined;
}

function problemOf(issue: Issue): string {
  return ownKey.test(issue.message) ? issue.message : (knownProblem(issue) ?? 'not_allowed');
}

/** Where Fastify found the input, as a path begins. */
const parts: Readonly<Record<string, string>> = { body: 'body', querystring: 'query', params: 'params' };

function describe(issue: Issue, part: string): InputIssue[] {
  const path = [part, ...issue.path.map(String)];
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({ path: [...path, key].join('.'), problem: 'unknown_field' }));
  }
  return [{ path: path.join('.'), problem: problemOf(issue) }];
}

/**
 * The refusal for input that does not fit; it names fields (`body.lock.name`) and never repeats what was in
 * them.
 */
function inputRefusal(error: z.ZodError, part: string): Refusal {
  // Two rules may find the same fault in one field, which is told once.
  const told = new Map(
    error.issues
      .flatMap((issue) => describe(issue, part))
      .map((issue) => [`${issue.problem} ${issue.path}`, issue]),
  );
  const issues = [...told.values()];
  return new Refusal('invalid_input', { issues: issues.slice(0, issuesLimit) });
}

/** Lets Fastify check parameters, query and body with the zod schemas of the contract. */
export const inputCompiler: FastifySchemaCompiler<z.ZodType> =
  ({ schema, httpPart }) =>
  (input: unknown) => {
    // Headers are in the document; whoever needs one refuses with a code of its own.
    if (httpPart === 'headers') return { value: input };
    const parsed = schema.safeParse(input);
    if (parsed.success) return { value: parsed.data };
    return { error: inputRefusal(parsed.error, parts[httpPart ?? ''] ?? 'body') };
  };

import { readFileSync } from 'node:fs';
import {
  explain,
  explainEach,
  problemsOfAttempts,
  problemsOfWorld,
  type InputProblem,
} from '@claviger/authority';
import {
  attempts as attemptsSchema,
  world as worldSchema,
  type Answer,
  type World,
} from '@claviger/protocol';
import { Command } from 'commander';
import type { z } from 'zod';
import { namesGivenTwice, withoutByteOrderMark } from './strict-json.ts';
import { exitCodes } from '../faults.ts';

interface ExplainOptions {
  readonly world: string;
  readonly attempts?: string;
}

/** What is wrong with the files; one line each, and the exit code 2. */
class FileRefused extends Error {
  override readonly name = 'FileRefused';
}

/** `keys[2].from`, as people write a place in a file. */
function placeOf(path: readonly PropertyKey[]): string {
  return path.reduce<string>((text, part) => {
    if (typeof part === 'number') return `${text}[${part}]`;
    return text === '' ? String(part) : `${text}.${String(part)}`;
  }, '');
}

function linesOf(file: string, problems: readonly InputProblem[]): string {
  return problems.map(({ path, message }) => `${file}: ${path && `${path}: `}${message}`).join('\n');
}

/** An unknown field is told with its own place, not with that of the thing it stands in. */
function problemsOf({ issues }: z.ZodError): InputProblem[] {
  return issues.flatMap((issue) => {
    if (issue.code !== 'unrecognized_keys') return [{ path: placeOf(issue.path), message: issue.message }];
    return issue.keys.map((key) => ({
      path: placeOf([...issue.path, key]),
      message: 'there is no such field',
    }));
  });
}

function refuse(file: string, problems: readonly InputProblem[]): void {
  if (problems.length > 0) throw new FileRefused(linesOf(file, problems));
}

function parsedText(file: string): { readonly text: string; readonly value: unknown } {
  try {
    const text = withoutByteOrderMark(readFileSync(file === '-' ? 0 : file, 'utf8'));
    return { text, value: JSON.parse(text) };
  } catch (error) {
    throw new FileRefused(`${file}: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function readJson(file: string): unknown {
  const { text, value } = parsedText(file);
  const message = 'this name is there twice in one object';
  refuse(
    file,
    namesGivenTwice(text).map((path) => ({ path, message })),
  );
  return value;
}

function parse<Schema extends z.ZodType>(schema: Schema, file: string): z.output<Schema> {
  const parsed = schema.safeParse(readJson(file));
  if (!parsed.success) throw new FileRefused(linesOf(file, problemsOf(parsed.error)));
  return parsed.data;
}

/** Every credential of the world shown now at every lock, each as if it were the only one. */
function everyCredentialNow(world: World): Answer[] {
  const at = new Date().toISOString();
  const methodOf = (kind: World['credentials'][number]['kind']) => (kind === 'app_key' ? 'app' : kind);
  const shown = world.locks.flatMap((lock) =>
    world.credentials.map(({ id, kind }) => ({
      lock: lock.id,
      at,
      method: methodOf(kind),
      credential: id,
    })),
  );
  return explainEach(world, attemptsSchema.parse(shown));
}

function answersTo({ world: worldFile, attempts: attemptsFile }: ExplainOptions): Answer[] {
  const world = parse(worldSchema, worldFile);
  refuse(worldFile, problemsOfWorld(world));
  if (attemptsFile === undefined) return everyCredentialNow(world);
  const attempts = parse(attemptsSchema, attemptsFile);
  refuse(attemptsFile, problemsOfAttempts(world, attempts));
  return explain(world, attempts);
}

function run(options: ExplainOptions): void {
  try {
    process.stdout.write(
      answersTo(options)
        .map((answer) => `${JSON.stringify(answer)}\n`)
        .join(''),
    );
  } catch (error) {
    if (!(error instanceof FileRefused)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exitCode = exitCodes.input;
  }
}

/**
 * `claviger explain`: what the doors of a world decide, and why, one JSON line for each attempt. Needs no
 * installation. A file that is not understood ends with exit code 2 and one line for each problem.
 */
export function explainCommand(): Command {
  return new Command('explain')
    .description('Explain what the doors of a world would decide, and why (docs/explain)')
    .requiredOption('--world <file>', 'the world: locks, Keys, credentials (- for standard input)')
    .option('--attempts <file>', 'what is tried, in its order; without it every credential, now')
    .action(run);
}

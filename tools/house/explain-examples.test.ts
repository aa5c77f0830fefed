import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import type { Answer } from '@claviger/protocol';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { repository } from './planted-folder.ts';
import { textOf } from './repository-files.ts';

const program = join(repository, 'apps/server/src/cli/claviger.ts');
const RUN_LIMIT_MS = 60_000;

type JsonSchema = Parameters<typeof z.fromJSONSchema>[0];

/** What is wrong with a document by the schema that we publish. */
function faultsOf(schema: string, document: unknown): string[] {
  const published = JSON.parse(textOf(`docs/generated/${schema}.schema.json`)) as JsonSchema;
  const parsed = z.fromJSONSchema(published).safeParse(document);
  return parsed.error?.issues.map(({ path, message }) => `${path.join('.')}: ${message}`) ?? [];
}

const example = (name: string): unknown => JSON.parse(textOf(`docs/explain/${name}.json`));

/** The reason of each attempt, as the table of the document says. */
function documentedReasons(): string[] {
  const rows = textOf('docs/explain/README.md').matchAll(/^\| (\d+) .*`(\w+)` *\|$/gm);
  return Array.from(rows, ([, place, reason]) => `${place ?? ''} ${reason ?? ''}`);
}

function answersOf(...args: string[]): Answer[] {
  const options = { cwd: repository, encoding: 'utf8', timeout: RUN_LIMIT_MS } as const;
  const { stdout, stderr } = spawnSync(process.execPath, [program, 'explain', ...args], options);
  expect(stderr).toBe('');
  return stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Answer);
}

describe('the examples of claviger explain', { timeout: RUN_LIMIT_MS }, () => {
  it.each(['world', 'attempts'])('have the form of the published schema: %s', (name) => {
    expect(faultsOf(name, example(name))).toEqual([]);
  });

  it('are found with a field that there is not, and with a time that is none', () => {
    const world = { ...(example('world') as object), door: 1 };

    expect(faultsOf('world', world)).toEqual([expect.stringContaining('door')]);
    expect(faultsOf('attempts', [{ lock: 'front', at: 'noon', method: 'pin' }])).toHaveLength(1);
  });

  it('give the answers that the document tells, in the published form', () => {
    const answers = answersOf(
      '--world',
      'docs/explain/world.json',
      '--attempts',
      'docs/explain/attempts.json',
    );

    expect(answers.map(({ attempt, reason }) => `${String(attempt)} ${reason}`)).toEqual(documentedReasons());
    expect(answers.flatMap((answer) => faultsOf('answer', answer))).toEqual([]);
    expect(answers.length).toBeGreaterThan(20);
  });

  it('say without attempts for every lock and credential whether it would open now', () => {
    const { locks, credentials } = example('world') as Record<'locks' | 'credentials', unknown[]>;

    const answers = answersOf('--world', 'docs/explain/world.json');

    expect(answers).toHaveLength(locks.length * credentials.length);
    expect(answers.flatMap((answer) => faultsOf('answer', answer))).toEqual([]);
  });
});

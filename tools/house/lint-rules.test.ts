import { ESLint } from 'eslint';
import { relative } from 'node:path';
import { describe, expect, it } from 'vitest';
import * as configured from '../lint/config.ts';
import { houseRules } from '../lint/house-rules.ts';
import { linkPackages, plantFolder } from './planted-folder.ts';
import { drawing as plantedDrawing } from './planted-drawing.ts';
import * as planted from './planted-lint.ts';

const LINT_LIMIT_MS = 120_000;

const plantings = [
  ...planted.sizes,
  ...planted.everywhere,
  ...planted.typed,
  ...planted.pure,
  ...plantedDrawing,
  ...planted.inTests,
];

/** Lints these files (path to content) as one repository: for each path the rules that reported something. */
async function lint(files: Readonly<Record<string, string>>): Promise<Map<string, string[]>> {
  const folder = plantFolder({
    'package.json': '{ "type": "module" }',
    [configured.lintProgram]: JSON.stringify({
      compilerOptions: { strict: true, module: 'NodeNext', target: 'ES2023', types: ['node'], noEmit: true },
      include: ['../..'],
    }),
    ...files,
  });
  linkPackages(folder);
  const eslint = new ESLint({
    cwd: folder,
    overrideConfigFile: true,
    overrideConfig: configured.lintConfig(folder),
  });
  const results = await eslint.lintFiles(['.']);
  return new Map(
    results.map((result) => [
      relative(folder, result.filePath).replaceAll('\\', '/'),
      result.messages.map((message) => message.ruleId ?? message.message),
    ]),
  );
}

function placed(prefix: string, code: (planting: planted.PlantedLint) => readonly string[]) {
  return plantings.flatMap((planting, number) =>
    code(planting).map((content, variant) => ({
      rule: planting.rule,
      path: planting.place.replace('*', `${prefix}-${String(number)}-${String(variant)}`),
      content,
    })),
  );
}

const asFiles = (rows: readonly { path: string; content: string }[]) =>
  Object.fromEntries(rows.map((row) => [row.path, row.content]));

describe('the lint configuration', { timeout: LINT_LIMIT_MS }, () => {
  it('has a planted violation for every rule that it sets', () => {
    const set = Object.entries({
      ...configured.everywhere,
      ...configured.typed,
      ...configured.pure,
      ...configured.drawing,
      ...configured.inTests,
    });
    const relied = set.filter(([, level]) => level !== 'off').map(([rule]) => rule);
    const house = Object.keys(houseRules).map((rule) => `house/${rule}`);

    // `inTests` turns this one off in favour of its twin for tests, so it is missing in the union above.
    const expected = new Set([...relied, ...house, 'max-lines-per-function']);
    expect(new Set(plantings.map((planting) => planting.rule))).toEqual(expected);
  });

  it('reports every planted violation by the name of its rule', async () => {
    const rows = placed('bad', (planting) => planting.bad);
    const found = await lint(asFiles(rows));

    const missed = rows.filter((row) => !found.get(row.path)?.includes(row.rule));
    expect(missed).toEqual([]);
  });

  it('reports nothing in the clean twins', async () => {
    const rows = placed('good', (planting) => [planting.good]);
    const found = await lint(asFiles(rows));

    expect([...found].filter(([, rules]) => rules.length > 0)).toEqual([]);
    expect(rows.filter((row) => !found.has(row.path))).toEqual([]);
  });

  it('cannot be silenced by a comment', async () => {
    const path = 'apps/server/src/silent.ts';
    const found = await lint({
      [path]: `/* eslint-disable */\nexport const same = (a: string) => a == 'b';\n`,
    });

    expect(found.get(path)).toContain('eqeqeq');
  });

  it('lets a command, a tool and a test speak, and no other program', async () => {
    const speaking = `console.log('open');`;
    const paths = ['apps/server/src/cli/open.ts', 'tools/open.ts', 'apps/server/src/open.test.ts'];
    const found = await lint(
      Object.fromEntries([...paths, 'apps/edge/src/open.ts'].map((path) => [path, speaking])),
    );

    expect(paths.flatMap((path) => found.get(path))).toEqual([]);
    expect(found.get('apps/edge/src/open.ts')).toEqual(['no-console']);
  });
});

import { spawnSync } from 'node:child_process';
import { mkdirSync, symlinkSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { plantFolder, repository } from './planted-folder.ts';
import { cleanHouse, forbiddenImports, violations } from './planted-imports.ts';
import { manifestOf, repositoryFiles } from './repository-files.ts';

const CRUISE_LIMIT_MS = 300_000;
const OUTPUT_LIMIT_BYTES = 64 * 1024 * 1024;

interface Dependency {
  readonly module: string;
  readonly dependencyTypes: readonly string[];
}

interface Cruise {
  readonly modules: readonly { readonly source: string; readonly dependencies: readonly Dependency[] }[];
  readonly summary: {
    readonly violations: readonly { readonly from: string; readonly rule: { readonly name: string } }[];
    readonly ruleSetUsed: { readonly forbidden: readonly { readonly name: string }[] };
  };
}

/** Runs what `npm run imports` runs, in this folder, and returns what it saw. */
function cruise(folder: string): Cruise {
  const [, ...words] = manifestOf('package.json').scripts?.['imports']?.split(' ') ?? [];
  const rules = join(repository, '.dependency-cruiser.cjs');
  const command = words.map((word) => (word === basename(rules) ? rules : word));
  const program = join(repository, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs');
  const ended = spawnSync(process.execPath, [program, ...command, '--output-type', 'json'], {
    cwd: folder,
    encoding: 'utf8',
    maxBuffer: OUTPUT_LIMIT_BYTES,
    timeout: CRUISE_LIMIT_MS,
  });
  expect(ended.stderr).toBe('');
  return JSON.parse(ended.stdout) as Cruise;
}

/** Builds a house as npm installs it: each workspace is a link among the packages. */
function plantHouse(more: Readonly<Record<string, string>>): string {
  const folder = plantFolder({ ...cleanHouse, ...more });
  mkdirSync(join(folder, 'node_modules/@claviger'));
  for (const path of Object.keys(cleanHouse).filter((file) =>
    /^(packages|apps)\/.*package\.json$/.test(file),
  )) {
    const workspace = dirname(path);
    symlinkSync(
      join(folder, workspace),
      join(folder, 'node_modules/@claviger', basename(workspace)),
      'junction',
    );
  }
  return folder;
}

describe('the import rules', { timeout: CRUISE_LIMIT_MS }, () => {
  it('allow what the design allows', () => {
    expect(cruise(plantHouse({})).summary.violations).toEqual([]);
  });

  it('report a planted violation of every rule by its name', () => {
    const seen = cruise(plantHouse(violations));

    const reported = seen.summary.violations.map(({ from, rule }) => `${rule.name}: ${from}`);
    const missed = forbiddenImports.filter(({ rule, path }) => !reported.includes(`${rule}: ${path}`));
    expect(missed).toEqual([]);
    expect(new Set(forbiddenImports.map(({ rule }) => rule))).toEqual(
      new Set(seen.summary.ruleSetUsed.forbidden.map(({ name }) => name)),
    );
  });
});

describe('the import rules over this repository', { timeout: CRUISE_LIMIT_MS }, () => {
  it('see every source file there is', () => {
    const seen = new Set(cruise(repository).modules.map((module) => module.source));

    const sources = repositoryFiles().filter((path) =>
      /^(packages|apps|e2e|tools|bench)\/.*\.tsx?$/.test(path),
    );
    expect(sources.filter((path) => !seen.has(path))).toEqual([]);
    expect(sources.length).toBeGreaterThan(100);
  });

  it('find every workspace that a source imports declared by its own', () => {
    const undeclared = cruise(repository).modules.flatMap(({ source, dependencies }) => {
      const workspace = /^(packages|apps)\/[^/]+/.exec(source)?.[0];
      if (workspace === undefined || /\.test\.tsx?$|\/test\//.test(source)) return [];
      const declared = manifestOf(`${workspace}/package.json`).dependencies ?? {};
      return dependencies
        .filter(({ dependencyTypes }) => dependencyTypes.includes('aliased-workspace'))
        .filter(({ module }) => !(module.split('/', 2).join('/') in declared))
        .map(({ module }) => `${source} imports ${module}`);
    });

    expect(undeclared).toEqual([]);
  });
});

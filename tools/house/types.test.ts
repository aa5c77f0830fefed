import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { lintProgram } from '../lint/config.ts';
import { linkPackages, plantFolder, repository } from './planted-folder.ts';
import { repositoryFiles, textOf } from './repository-files.ts';

const COMPILE_LIMIT_MS = 60_000;

/** Configurations that no program of `npm run types` is: what all extend, and what the lint reads. */
const ELSEWHERE = ['tsconfig.base.json', lintProgram];

/** Every configuration that `npm run types` reaches from the root, and the files it compiles. */
function compiled(config = join(repository, 'tsconfig.json'), found = new Map<string, string[]>()) {
  const { config: parsed } = ts.readConfigFile(config, (path) => ts.sys.readFile(path)) as { config: object };
  const { fileNames, projectReferences } = ts.parseJsonConfigFileContent(parsed, ts.sys, dirname(config));
  found.set(
    relative(repository, config).replaceAll('\\', '/'),
    fileNames.map((file) => relative(repository, file).replaceAll('\\', '/')),
  );
  for (const reference of projectReferences ?? []) compiled(ts.resolveProjectReferencePath(reference), found);
  return found;
}

/** Compiles this one file as a source of a pure package and returns what the compiler says. */
function compilePure(code: string): string {
  const source = JSON.parse(textOf('packages/domain/tsconfig.source.json')) as { extends: string };
  const folder = plantFolder({
    'package.json': '{ "type": "module" }',
    'tsconfig.base.json': textOf('tsconfig.base.json'),
    'packages/domain/tsconfig.json': JSON.stringify(source),
    'packages/domain/src/planted.ts': code,
  });
  linkPackages(folder);
  const tsc = join(repository, 'node_modules/typescript-native/bin/tsc');
  return spawnSync(process.execPath, [tsc, '-p', join(folder, 'packages/domain')], { encoding: 'utf8' })
    .stdout;
}

describe('the compiler', { timeout: COMPILE_LIMIT_MS }, () => {
  it('reads every configuration and compiles every source', () => {
    const found = compiled();
    const files = repositoryFiles();
    const covered = new Set([...found.values()].flat());

    const configs = files.filter((path) => /(^|\/)tsconfig(\.[a-z]+)?\.json$/.test(path));
    expect(configs.filter((path) => !found.has(path) && !ELSEWHERE.includes(path))).toEqual([]);
    expect(files.filter((path) => /\.tsx?$/.test(path) && !covered.has(path))).toEqual([]);
  });

  it('reads for the lint what it reads for the types', () => {
    const [read = []] = compiled(join(repository, lintProgram)).values();

    const sources = repositoryFiles().filter((path) => /\.tsx?$/.test(path));
    expect(sources.filter((path) => !read.includes(path))).toEqual([]);
  });

  it('is strict in every configuration, by the same base', () => {
    const loose = [...compiled().keys()]
      .map((path) => ({ path, text: readFileSync(join(repository, path), 'utf8') }))
      .filter(({ text }) => !/"extends": "(\.\.\/)+tsconfig\.base\.json"/.test(text))
      .filter(({ text }) => !/^\s*\{\s*"files": \[\],\s*"references"/.test(text));

    expect(loose.map(({ path }) => path)).toEqual([]);
  });

  it('accepts pure code in a pure package', () => {
    expect(compilePure('export const later = (at: number): number => at + 1;\n')).toBe('');
  });

  it.each([
    ['a timer', 'setTimeout(() => 1, 1);', 'TS2304'],
    ['the network', `export const answer = fetch('x');`, 'TS2304'],
    ['the process', 'export const id = process.pid;', 'TS2591'],
    ['the page', 'export const page = document;', 'TS2584'],
    ['the file system', `export * from 'node:fs';`, 'TS2591'],
    ['an enum', 'export enum Leaf {\n  Open = 1,\n}', 'TS1294'],
    [
      'a place in a list that may be empty',
      'export const first = (list: number[]): number => list[0];',
      'TS2322',
    ],
  ])('refuses %s in a pure package', (_, code, fault) => {
    expect(compilePure(`${code}\nexport {};\n`)).toContain(fault);
  });
});

import { describe, expect, it } from 'vitest';
import { manifestOf, repositoryFiles, textOf, type Manifest } from './repository-files.ts';

/** An alias is as exact as the version that it names. */
const EXACT = /^(npm:[a-z@/.-]+@)?\d+\.\d+\.\d+(-[0-9A-Za-z.-]+)?$/;

function inexact(manifest: Manifest): string[] {
  const { dependencies, devDependencies, optionalDependencies, overrides } = manifest;
  return Object.entries({ ...dependencies, ...devDependencies, ...optionalDependencies, ...overrides })
    .filter(([, version]) => !EXACT.test(version))
    .map(([name, version]) => `${name} ${version}`);
}

/** Addresses in a lockfile: it must install the same from wherever a person's npm looks. */
function addresses(lockfile: string): string[] {
  return lockfile.match(/"(resolved|tarball)": "[a-z+]+:[^"]*"/g) ?? [];
}

describe('dependencies', () => {
  const manifests = repositoryFiles().filter((path) => /(^|\/)package\.json$/.test(path));

  it.each(manifests)('are exact versions in %s', (path) => {
    expect(inexact(manifestOf(path))).toEqual([]);
  });

  it('are found inexact when a range, a tag or an address stands for a version', () => {
    const dependencies = { a: '1.2.3', b: '18.4.0-beta.17', c: '^1.2.3', d: '~1.2.3', e: '*', f: 'latest' };
    const aliases = { i: 'npm:i@1.2.3', j: 'npm:i@^1.2.3', k: 'npm:i' };

    const devDependencies = { g: 'github:a/b', h: '1.2' };

    expect(inexact({ dependencies, devDependencies, optionalDependencies: aliases })).toEqual([
      'c ^1.2.3',
      'd ~1.2.3',
      'e *',
      'f latest',
      'g github:a/b',
      'h 1.2',
      'j npm:i@^1.2.3',
      'k npm:i',
    ]);
  });
});

describe('the lockfile', () => {
  it('names no address, so that each person installs from the registry they trust', () => {
    const lockfile = textOf('package-lock.json');

    expect(addresses(lockfile)).toEqual([]);
    expect(lockfile).toContain('"integrity": "sha512-');
  });

  it('is found with an address when one is planted', () => {
    const planted = ['"resolved": "https://example.org/zod.tgz"', '"resolved": "git+ssh://example.org/zod"'];

    expect(addresses(`{ "resolved": "packages/domain", ${planted.join(', ')} }`)).toEqual(planted);
  });
});

import { basename, dirname, extname } from 'node:path';

/** A change of this limit is a decision record. */
const FILES_PER_FOLDER = 12;
const FORBIDDEN = /^(utils?|helpers?|common|misc|base|managers?|data|info|shared)$/;
const KEBAB = /^[a-z0-9]+(-[a-z0-9]+)*$/;
const PASCAL = /^([A-Z][a-z0-9]*)+$/;
const SOURCES = new Set(['.ts', '.tsx', '.css', '.js', '.cjs', '.mjs']);
/** What is read one file after another and only ever grows. */
const GROWS = /^(apps\/server\/migrations|docs\/(decisions|generated))$/;

const isTest = (path: string): boolean => /\.(test|spec)\.tsx?$/.test(path);

/** Folders with more than twelve source files, tests not counted because each stands beside its source. */
export function crowdedFolders(paths: readonly string[]): string[] {
  const counts = new Map<string, number>();
  for (const path of paths) {
    const folder = dirname(path);
    if (folder === '.' || GROWS.test(folder) || isTest(path) || !SOURCES.has(extname(path))) continue;
    counts.set(folder, (counts.get(folder) ?? 0) + 1);
  }
  return [...counts].filter(([, count]) => count > FILES_PER_FOLDER).map(([folder]) => folder);
}

/** Source files whose name is not kebab-case (a component may be Pascal) or, like a folder, says nothing. */
export function misnamed(paths: readonly string[]): string[] {
  return paths.filter((path) => {
    if (!SOURCES.has(extname(path)) || dirname(path) === '.') return false;
    const name = basename(path).split('.')[0] ?? '';
    const isNamed = KEBAB.test(name) || (path.endsWith('.tsx') && PASCAL.test(name));
    const words = [...dirname(path).split('/'), name];
    return !isNamed || words.some((word) => FORBIDDEN.test(word));
  });
}

const isFace = (path: string): boolean =>
  /^packages\/[^/]+\/src\/index\.ts$/.test(path) || /^apps\/[^/]+\/src\/(.+\/)?index\.tsx?$/.test(path);

/** The index of a package, a feature or a part of the platform that does not open with its paragraph. */
export function indexesWithoutAnOpening(
  paths: readonly string[],
  textOf: (path: string) => string,
): string[] {
  const opening = /^\/\*\*[\s\S]{40,}?\*\//;
  return paths.filter((path) => isFace(path) && !opening.test(textOf(path)));
}

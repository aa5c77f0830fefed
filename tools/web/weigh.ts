import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

const KB = 1_000;

/** What a browser loads for an address, as gzip -9 makes it, in thousands of bytes. */
export interface Weights {
  /** The script that every page begins with, and what it needs at once. */
  readonly entry: number;
  /** All styles. */
  readonly styles: number;
  /** What each page or dialog needs beyond what is there before it, by the name of its module. */
  readonly modules: Readonly<Record<string, number>>;
  /** Everything that a first visit to a page loads: entry, frame, page. */
  readonly firstVisits: Readonly<Record<string, number>>;
}

/** Modules that are loaded when they are needed, by the names of their files. */
export interface Face {
  readonly dist: string;
  /** Each page and dialog with what is always loaded before it, beside the entry. */
  readonly modules: Readonly<Record<string, readonly string[]>>;
  /** Each page with the frames that it stands in. */
  readonly pages: Readonly<Record<string, readonly string[]>>;
}

function weightOf(file: string): number {
  return gzipSync(readFileSync(file), { level: 9 }).length / KB;
}

/** The files that a script asks for before it runs; what it imports later is not among them. */
function importsOf(file: string): string[] {
  const code = readFileSync(file, 'utf8');
  return Array.from(
    code.matchAll(/(?:\bimport|\bfrom)\s*["']\.\/([^"']+\.js)["']/g),
    ([, name]) => name ?? '',
  );
}

function withImports(assets: string, names: readonly string[]): Set<string> {
  const reached = new Set<string>();
  const waiting = [...names];
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    if (reached.has(name)) continue;
    reached.add(name);
    waiting.push(...importsOf(join(assets, name)));
  }
  return reached;
}

/**
 * The shell of a face in thousands of bytes as they lie on disk, not compressed: its HTML, and the plain
 * scripts which that waits for before it paints (`base` is where the face is served). Modules and styles are
 * weighed by themselves.
 */
export function weighShell(dist: string, base: string): number {
  const file = join(dist, 'index.html');
  const scripts = readFileSync(file, 'utf8').matchAll(/<script(?![^>]*type="module")[^>]+src="([^"]+)"/g);
  const waitedFor = Array.from(scripts, ([, address = '']) => join(dist, address.slice(base.length)));
  return [file, ...waitedFor].reduce((kb, path) => kb + statSync(path).size / KB, 0);
}

/** Weighs what Vite has built. Throws where a module has no file of its own: it would weigh nothing. */
export function weigh({ dist, modules, pages }: Face): Weights {
  const assets = join(dist, 'assets');
  const names = readdirSync(assets);
  const page = readFileSync(join(dist, 'index.html'), 'utf8');
  const [, first = ''] = /<script[^>]+src="[^"]*\/assets\/([^"]+\.js)"/.exec(page) ?? [];
  const entry = withImports(assets, [first]);
  const sum = (files: Iterable<string>) =>
    [...files].reduce((kb, name) => kb + weightOf(join(assets, name)), 0);
  const fileOf = (module: string) => {
    const file = names.find((name) => name.startsWith(`${module}-`) && name.endsWith('.js'));
    if (file === undefined) throw new Error(`${module} has no file of its own in ${assets}`);
    return file;
  };
  const reachedBy = (wanted: readonly string[]) => withImports(assets, wanted.map(fileOf));
  return {
    entry: sum(entry),
    styles: sum(names.filter((name) => name.endsWith('.css'))),
    modules: Object.fromEntries(
      Object.entries(modules).map(([module, before]) => {
        const loaded = new Set([...entry, ...reachedBy(before)]);
        return [module, sum([...reachedBy([module])].filter((name) => !loaded.has(name)))];
      }),
    ),
    firstVisits: Object.fromEntries(
      Object.entries(pages).map(([name, frames]) => [
        name,
        sum(new Set([...entry, ...reachedBy([...frames, name])])),
      ]),
    ),
  };
}

import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '../..');

/** The projects whose message files become typed functions: the code of a web face imports those. */
const projects = ['packages/web-kit', 'apps/simulator/page'];

function changedAt(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}

function isStale(project: string): boolean {
  const builtAt = changedAt(join(root, project, 'generated/messages/runtime.js'));
  const folder = join(root, project, 'messages');
  const sources = readdirSync(folder).map((name) => join(folder, name));
  return builtAt === 0 || sources.some((source) => changedAt(source) > builtAt);
}

/** Compiles the messages that are newer than what was made of them. Needs no network. */
export async function compileMessages(): Promise<void> {
  const stale = projects.filter(isStale);
  if (stale.length === 0) return;
  // The compiler takes most of a second to load.
  const { compile } = await import('@inlang/paraglide-js');
  for (const project of stale) {
    await compile({
      project: join(root, project, 'project.inlang'),
      outdir: join(root, project, 'generated/messages'),
      emitTsDeclarations: true,
      // The faces say themselves which language it is.
      strategy: ['globalVariable', 'baseLocale'],
    });
  }
}

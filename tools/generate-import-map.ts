/** Writes docs/generated/import-map.md: which package and program imports which, drawn from the sources. */
import extractDepcruiseOptions from 'dependency-cruiser/config-utl/extract-depcruise-options';
import { join } from 'node:path';
import { cruise, type ICruiseResult } from 'dependency-cruiser';
import { generate } from './generated-file.ts';

const BOX = /^(?:packages|apps)\/([^/]+)\//;
const TEST = /\.test\.tsx?$|\/test\//;

/** Every import from one box into another, as Mermaid draws it, in alphabetical order. */
function arrows({ modules }: ICruiseResult): string[] {
  const found = new Set<string>();
  for (const { source, dependencies } of modules) {
    const from = BOX.exec(source)?.[1];
    if (from === undefined || TEST.test(source)) continue;
    for (const { resolved } of dependencies) {
      const to = BOX.exec(resolved)?.[1];
      if (to !== undefined && to !== from) found.add(`  ${from} --> ${to}`);
    }
  }
  return [...found].sort();
}

/** Boxes in the two rows of the design: programs above, packages below. */
function row(title: string, folder: string, { modules }: ICruiseResult): string[] {
  const names = new Set(
    modules
      .map(({ source }) => source.split('/'))
      .flatMap(([top, name]) => (top === folder ? [name ?? ''] : [])),
  );
  return [`  subgraph ${title}`, ...[...names].sort().map((name) => `    ${name}`), '  end'];
}

const root = join(import.meta.dirname, '..');
const options = await extractDepcruiseOptions(join(root, '.dependency-cruiser.cjs'));
const { output } = await cruise(['packages', 'apps'], { ...options, baseDir: root });
if (typeof output === 'string') throw new Error('The cruise did not answer with modules');

await generate(
  'docs/generated/import-map.md',
  `# Who imports whom

Drawn from the sources by tools/generate-import-map.ts; tests are left out. What is allowed stands in
.dependency-cruiser.cjs.

\`\`\`mermaid
flowchart TD
${[...row('programs', 'apps', output), ...row('packages', 'packages', output), ...arrows(output)].join('\n')}
\`\`\`
`,
);

/** A small house in which every import is allowed: path to content. */
export const cleanHouse: Readonly<Record<string, string>> = {
  ...workspace('', { devDependencies: ['vitest', 'vite', '@playwright/test'] }),
  ...workspace('packages/domain/'),
  ...workspace('packages/protocol/', { dependencies: ['@claviger/domain', 'zod', 'openapi-fetch'] }),
  ...workspace('packages/agent/', { dependencies: ['@claviger/domain', '@claviger/protocol'] }),
  ...workspace('packages/authority/', { dependencies: ['@claviger/domain', '@claviger/protocol'] }),
  ...workspace('packages/sim/', { dependencies: ['@claviger/agent'] }),
  ...workspace('packages/web-kit/', { dependencies: ['@claviger/protocol', 'react'] }),
  ...workspace('apps/server/', { dependencies: ['@claviger/authority', 'pg', 'kysely', 'graphile-worker'] }),
  ...workspace('apps/edge/', { dependencies: ['@claviger/agent', 'mqtt'] }),
  ...workspace('apps/portal/', { dependencies: ['@claviger/web-kit'] }),
  ...workspace('apps/simulator/', { dependencies: ['@claviger/sim'] }),

  'packages/domain/src/index.ts': source('./decision.ts'),
  'packages/domain/src/decision.ts': source(),
  'packages/domain/src/decision.test.ts': source('vitest', 'node:fs', './decision.ts'),
  'packages/protocol/src/index.ts': source('@claviger/domain', 'zod', 'openapi-fetch'),
  'packages/agent/src/index.ts': source('@claviger/domain', '@claviger/protocol'),
  'packages/agent/src/agent.test.ts': source('vitest', '@claviger/sim', './index.ts'),
  'packages/authority/src/index.ts': source('@claviger/domain', '@claviger/protocol'),
  'packages/sim/src/index.ts': source('@claviger/agent', './crypto.ts'),
  'packages/sim/src/crypto.ts': source('node:crypto'),
  'packages/sim/src/oracle/oracle.ts': source('vitest'),
  'packages/sim/src/simulation/run.ts': source('../oracle/oracle.ts', '@claviger/agent'),
  'packages/web-kit/src/index.ts': source('@claviger/protocol', 'react'),

  'apps/server/src/main.ts': source('@claviger/authority', 'node:fs', './features/users/index.ts'),
  'apps/server/src/features/users/index.ts': source('../locks/index.ts', '../../platform/jobs/index.ts'),
  'apps/server/src/features/locks/index.ts': source('./store.ts'),
  'apps/server/src/features/locks/store.ts': source('../../platform/database/query.ts'),
  'apps/server/src/platform/database/query.ts': source('pg', 'kysely'),
  'apps/server/src/platform/jobs/index.ts': source('graphile-worker', 'pg'),
  'apps/server/test/harness.ts': source('pg', '../src/platform/database/query.ts'),
  'apps/server/src/features/locks/locks.test.ts': source('vitest', '../../../test/harness.ts'),
  'apps/edge/src/main.ts': source('@claviger/agent', 'node:fs', 'mqtt'),
  'apps/portal/src/main.tsx': source('@claviger/web-kit'),
  'apps/portal/vite.config.ts': source('vite', 'node:path'),
  'apps/simulator/src/main.ts': source('@claviger/sim'),
  'bench/main.ts': source('@claviger/sim', '../packages/agent/src/index.ts'),
  'e2e/door.spec.ts': source('@playwright/test', '../tools/browser.ts', '@claviger/sim'),
  'tools/browser.ts': source('@playwright/test', 'node:fs'),
  'tools/simulation.ts': source('../packages/sim/src/simulation/run.ts'),

  ...installed('zod', 'openapi-fetch', 'pg', 'kysely', 'graphile-worker', 'mqtt', 'react', 'left-pad'),
  ...installed('vitest', 'vite', '@playwright/test'),
};

/** One file that breaks one rule by importing `imports`; `more` are files it needs. */
export interface PlantedImport {
  readonly rule: string;
  readonly path: string;
  readonly imports: string;
  readonly more?: Readonly<Record<string, string>>;
}

const LOCKS = 'apps/server/src/features/locks';

/** At least one violation of every rule. */
export const forbiddenImports: readonly PlantedImport[] = [
  { rule: 'domain-is-pure', path: 'packages/domain/src/planted.ts', imports: 'zod' },
  { rule: 'domain-is-pure', path: 'packages/domain/src/planted-2.ts', imports: '@claviger/protocol' },
  { rule: 'protocol-knows-domain', path: 'packages/protocol/src/planted.ts', imports: '@claviger/agent' },
  { rule: 'protocol-knows-domain', path: 'packages/protocol/src/planted-2.ts', imports: 'mqtt' },
  { rule: 'agent-has-no-io', path: 'packages/agent/src/planted.ts', imports: '@claviger/authority' },
  { rule: 'agent-has-no-io', path: 'packages/agent/src/planted-2.ts', imports: 'mqtt' },
  { rule: 'authority-has-no-io', path: 'packages/authority/src/planted.ts', imports: '@claviger/agent' },
  { rule: 'authority-has-no-io', path: 'packages/authority/src/planted-2.ts', imports: 'pg' },
  { rule: 'web-kit-knows-protocol', path: 'packages/web-kit/src/planted.ts', imports: '@claviger/agent' },
  {
    rule: 'packages-import-no-app',
    path: 'packages/web-kit/src/planted-2.ts',
    imports: '../../../apps/portal/src/main.tsx',
  },
  { rule: 'packages-do-no-io', path: 'packages/sim/src/planted.ts', imports: 'node:fs' },
  { rule: 'packages-do-no-io', path: 'packages/domain/src/planted-3.ts', imports: 'node:crypto' },
  { rule: 'oracle-stands-alone', path: 'packages/sim/src/oracle/planted.ts', imports: '@claviger/domain' },
  {
    rule: 'checkers-stand-alone',
    path: 'packages/sim/src/simulation/checkers/planted.ts',
    imports: '@claviger/agent',
  },
  {
    rule: 'expectations-stand-alone',
    path: 'tools/matrix/expected/planted.ts',
    imports: '@claviger/domain',
  },
  { rule: 'sim-stays-virtual', path: 'apps/server/src/planted.ts', imports: '@claviger/sim' },
  { rule: 'sim-stays-virtual', path: 'packages/agent/src/planted-3.ts', imports: '@claviger/sim' },
  { rule: 'apps-import-no-app', path: 'apps/edge/src/planted.ts', imports: '../../server/src/main.ts' },
  { rule: 'server-knows-no-agent', path: 'apps/server/src/planted-2.ts', imports: '@claviger/agent' },
  { rule: 'edge-knows-no-authority', path: 'apps/edge/src/planted-2.ts', imports: '@claviger/authority' },
  { rule: 'web-runs-in-browsers', path: 'apps/portal/src/planted.tsx', imports: 'node:fs' },
  {
    rule: 'features-meet-at-index',
    path: 'apps/server/src/features/users/planted.ts',
    imports: '../locks/store.ts',
  },
  {
    rule: 'platform-below-features',
    path: 'apps/server/src/platform/jobs/planted.ts',
    imports: '../../features/locks/index.ts',
  },
  { rule: 'sql-only-in-stores', path: `${LOCKS}/service.ts`, imports: '../../platform/database/query.ts' },
  { rule: 'sql-only-in-stores', path: `${LOCKS}/a.test.ts`, imports: '../../platform/database/query.ts' },
  { rule: 'drivers-only-in-database', path: `${LOCKS}/planted.ts`, imports: 'kysely' },
  { rule: 'drivers-only-in-database', path: `${LOCKS}/planted-2.ts`, imports: 'pg' },
  { rule: 'jobs-only-in-platform', path: `${LOCKS}/jobs.ts`, imports: 'graphile-worker' },
  {
    rule: 'no-cycles',
    path: 'packages/domain/src/planted-4.ts',
    imports: './planted-5.ts',
    more: { 'packages/domain/src/planted-5.ts': source('./planted-4.ts') },
  },
  { rule: 'nobody-imports-tools', path: 'apps/edge/src/planted-3.ts', imports: '../../../tools/browser.ts' },
  {
    rule: 'stories-borrow-the-browser',
    path: 'e2e/planted.spec.ts',
    imports: '../tools/planted.ts',
    more: { 'tools/planted.ts': source() },
  },
  { rule: 'sources-import-no-test', path: 'apps/server/src/planted-3.ts', imports: '../test/harness.ts' },
  { rule: 'sources-import-no-test', path: 'packages/domain/src/planted-6.ts', imports: './decision.test.ts' },
  { rule: 'sources-import-no-test', path: 'packages/sim/src/planted-2.ts', imports: './oracle/oracle.ts' },
  { rule: 'sources-import-no-test', path: 'packages/sim/src/planted-3.ts', imports: './simulation/run.ts' },
  { rule: 'resolvable', path: 'apps/server/src/planted-4.ts', imports: './absent.ts' },
  { rule: 'resolvable', path: 'apps/server/src/planted-5.ts', imports: '@claviger/absent' },
  { rule: 'declared', path: 'apps/edge/src/planted-4.ts', imports: 'zod' },
  { rule: 'declared', path: 'apps/edge/src/planted-5.ts', imports: 'vitest' },
  { rule: 'declared-for-tests', path: 'apps/edge/src/planted.test.ts', imports: 'left-pad' },
  { rule: 'no-dead-modules', path: 'packages/domain/src/planted-7.ts', imports: './decision.ts' },
];

function source(...imports: string[]): string {
  return `${imports.map((name) => `import '${name}';\n`).join('')}export const one = 1;\n`;
}

function workspace(folder: string, manifest: Record<string, string[]> = {}): Record<string, string> {
  const name = folder === '' ? 'claviger' : `@claviger/${folder.split('/')[1] ?? ''}`;
  const content: Record<string, unknown> = { name, type: 'module' };
  for (const [kind, names] of Object.entries(manifest)) {
    content[kind] = Object.fromEntries(names.map((dependency) => [dependency, '1.0.0']));
  }
  if (folder === '') content['workspaces'] = ['packages/*', 'apps/*'];
  if (folder.startsWith('packages/')) content['exports'] = { '.': './src/index.ts' };
  return { [`${folder}package.json`]: JSON.stringify(content) };
}

function installed(...names: string[]): Record<string, string> {
  return Object.fromEntries(
    names.flatMap((name) => [
      [`node_modules/${name}/package.json`, `{ "name": "${name}", "version": "1.0.0", "main": "index.js" }`],
      [`node_modules/${name}/index.js`, ''],
    ]),
  );
}

/** All violating files, with what they need. */
export const violations: Readonly<Record<string, string>> = Object.fromEntries(
  forbiddenImports.flatMap(({ path, imports, more }) => [
    [path, source(imports)],
    ...Object.entries(more ?? {}),
  ]),
);

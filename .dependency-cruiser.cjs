/**
 * Which way imports go. Rules read "files like `from` may not import files like `to`"; each is planted, and
 * expected to bite, in tools/house/import-rules.test.ts. TypeScript stays at 5.9: with 7 this sees no module.
 */
/** A store contract is a suite that several implementations of a port run. */
const TEST = '(\\.(test|spec)|/store-contract|/contract/[a-z-]+)\\.tsx?$';
/** The rules a second time, and worlds to hold the two against each other. */
const ORACLE = '^packages/sim/src/oracle/';
/** Worlds and hostile inputs drawn from seeds, with the oracle's chance; no program is made of them. */
const SEEDED = '^packages/sim/src/(simulation|fuzz)/';
const TEST_SUPPORT = [TEST, ORACLE, SEEDED, '^apps/[^/]+/test/', '^(e2e|bench|tools)/'];
const DATABASE = '^apps/server/src/platform/database/';
const WEB = ['^packages/web-kit/src/', '^apps/(portal|app)/src/', '^apps/(simulator/page|app/key-page)/'];
const BUILD = '/vite\\.config\\.ts$';
/** Where a program begins or a package is entered. */
const ENTRANCES = [
  '^packages/[^/]+/src/index\\.ts$',
  '^apps/[^/]+/(src|src/app|(key-)?page/src|page/src/app)/main\\.tsx?$',
  '^apps/server/src/cli/claviger\\.ts$',
  '^(bench|tools)/',
];

/** Sources of this package import their own files and what is allowed, nothing else. */
const only = ({ name, comment, folder, allowed }) => ({
  name,
  comment,
  from: { path: `^packages/${folder}/src/`, pathNot: TEST },
  to: { pathNot: [`^packages/${folder}/`, ...allowed] },
});

const DOMAIN = '^packages/domain/src/';
const PROTOCOL = '^packages/protocol/src/';

const packages = [
  only({ name: 'domain-is-pure', comment: 'The rules import nothing.', folder: 'domain', allowed: [] }),
  only({
    name: 'protocol-knows-domain',
    comment: 'The words import the rules, their schemas and their client.',
    folder: 'protocol',
    allowed: [DOMAIN, '^node_modules/(zod|openapi-fetch)/'],
  }),
  only({
    name: 'agent-has-no-io',
    comment: 'The door sees its ports only, and not the other end.',
    folder: 'agent',
    allowed: [DOMAIN, PROTOCOL],
  }),
  only({
    name: 'authority-has-no-io',
    comment: 'The other end sees its ports only, and not the door.',
    folder: 'authority',
    allowed: [DOMAIN, PROTOCOL],
  }),
  only({
    name: 'web-kit-knows-protocol',
    comment: 'What the web faces share stands on the words.',
    folder: 'web-kit',
    allowed: [DOMAIN, PROTOCOL, '^node_modules/'],
  }),
  {
    name: 'packages-import-no-app',
    comment: 'Programs import packages, never the other way.',
    from: { path: '^packages/' },
    to: { path: '^(apps|e2e)/' },
  },
  {
    name: 'packages-do-no-io',
    comment: 'Only programs touch the system; the virtual world borrows its cryptography.',
    from: { path: '^packages/', pathNot: [TEST, '^packages/sim/src/crypto\\.ts$'] },
    to: { dependencyTypes: ['core'] },
  },
  {
    name: 'oracle-stands-alone',
    comment: 'The oracle shares the names of things with the rules it judges, and no code.',
    from: { path: ORACLE, pathNot: TEST },
    to: { path: '^packages/(domain|agent|authority)/', dependencyTypesNot: ['type-only'] },
  },
  {
    name: 'checkers-stand-alone',
    comment: 'What judges the product from outside shares its words, and none of its rules.',
    from: { path: '^packages/sim/src/simulation/checkers/', pathNot: TEST },
    to: { path: '^packages/(domain|agent|authority)/', dependencyTypesNot: ['type-only'] },
  },
  {
    name: 'sim-stays-virtual',
    comment: 'The virtual world is for tests, the simulator and the measurements.',
    from: { pathNot: ['^packages/sim/', '^apps/simulator/', ...TEST_SUPPORT] },
    to: { path: '^packages/sim/' },
  },
];

const apps = [
  {
    name: 'apps-import-no-app',
    comment: 'Programs meet on the wire.',
    from: { path: '^apps/([^/]+)/' },
    to: { path: '^apps/', pathNot: '^apps/$1/' },
  },
  {
    name: 'server-knows-no-agent',
    comment: 'The server speaks to doors through `authority`.',
    from: { path: '^apps/server/' },
    to: { path: '^packages/agent/' },
  },
  {
    name: 'edge-knows-no-authority',
    comment: 'The door box speaks to the server through `agent`.',
    from: { path: '^apps/edge/' },
    to: { path: '^packages/authority/' },
  },
  {
    name: 'web-runs-in-browsers',
    comment: 'The web faces have no Node.',
    from: { path: WEB, pathNot: [TEST, BUILD] },
    to: { dependencyTypes: ['core'] },
  },
  {
    name: 'features-meet-at-index',
    comment: 'A feature sees another one through its index.ts.',
    from: { path: '^apps/[^/]+/src/features/([^/]+)/' },
    to: {
      path: '^apps/[^/]+/src/features/[^/]+/',
      pathNot: ['^apps/[^/]+/src/features/$1/', '^apps/[^/]+/src/features/[^/]+/index\\.tsx?$'],
    },
  },
  {
    name: 'platform-below-features',
    comment: 'The platform carries features and knows none.',
    from: { path: '^apps/[^/]+/src/platform/' },
    to: { path: '^apps/[^/]+/src/features/' },
  },
];

const database = [
  {
    name: 'sql-only-in-stores',
    comment: 'Only a store.ts opens a transaction for statements.',
    from: { pathNot: ['/store\\.ts$', DATABASE, '^apps/server/test/', '^(tools|bench)/'] },
    to: { path: `${DATABASE}query\\.ts$` },
  },
  {
    name: 'drivers-only-in-database',
    comment:
      'Only the database platform opens connections; sign-in and jobs bring libraries that need a pool.',
    from: {
      pathNot: [
        DATABASE,
        '^apps/server/src/platform/(authentication|jobs)/',
        '^apps/server/test/',
        '^(tools|bench)/',
      ],
    },
    to: { path: '^node_modules/(pg|pg-copy-streams|kysely)/' },
  },
  {
    name: 'jobs-only-in-platform',
    comment: 'The job engine has one entrance.',
    from: {
      path: '^apps/',
      pathNot: ['^apps/server/src/platform/(database|jobs)/', TEST, '^apps/server/test/'],
    },
    to: { path: '^node_modules/graphile-worker/' },
  },
];

const everywhere = [
  {
    name: 'expectations-stand-alone',
    comment:
      'What is expected of the authorisation is written by hand, and takes nothing from what it judges.',
    from: { path: '^tools/matrix/expected/' },
    to: { pathNot: '^tools/matrix/expected/' },
  },
  { name: 'no-cycles', comment: 'What imports each other is one module.', from: {}, to: { circular: true } },
  {
    name: 'nobody-imports-tools',
    comment: 'Scripts and measurements are ends.',
    from: { path: '^(packages|apps)/' },
    to: { path: '^(tools|bench)/' },
  },
  {
    name: 'stories-borrow-the-browser',
    comment: 'Of our scripts, the browser stories take only those that find a browser and start the demo.',
    from: { path: '^e2e/' },
    to: { path: '^(tools|bench)/', pathNot: ['^tools/browser\\.ts$', '^tools/demo/'] },
  },
  {
    name: 'sources-import-no-test',
    comment: 'What only tests need is not in the product.',
    from: { path: '^(packages|apps)/', pathNot: TEST_SUPPORT },
    to: { path: [TEST, ORACLE, SEEDED, '^apps/[^/]+/test/'] },
  },
  { name: 'resolvable', comment: 'An import leads somewhere.', from: {}, to: { couldNotResolve: true } },
  {
    name: 'declared',
    comment: 'A workspace declares in its own package.json what its sources import.',
    from: { pathNot: [BUILD, ...TEST_SUPPORT] },
    to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown', 'npm-dev'] },
  },
  {
    name: 'declared-for-tests',
    comment: 'Tests and tools import what a package.json declares.',
    from: { path: TEST_SUPPORT },
    to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown'] },
  },
  {
    name: 'no-dead-modules',
    comment: 'What no program and no package leads to is deleted; a test alone does not keep it.',
    from: { path: ENTRANCES },
    to: {
      path: '^(packages|apps)/[^/]+/(src|page|key-page)/',
      pathNot: [TEST, ORACLE, BUILD, '/generated/', ...ENTRANCES],
      reachable: false,
    },
  },
];

module.exports = {
  forbidden: [...packages, ...apps, ...database, ...everywhere].map((rule) => ({
    severity: 'error',
    ...rule,
  })),
  options: {
    doNotFollow: { path: ['node_modules', '/generated/'] },
    exclude: { path: ['/dist/', '/public/'] },
    tsPreCompilationDeps: true,
    combinedDependencies: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
      extensions: ['.ts', '.tsx', '.js', '.d.ts', '.css', '.json'],
    },
  },
};

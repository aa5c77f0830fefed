import js from '@eslint/js';
import type { Linter } from 'eslint';
import { defineConfig, globalIgnores } from 'eslint/config';
import reactHooks from 'eslint-plugin-react-hooks';
import tseslint from 'typescript-eslint';
import { houseRules } from './house-rules.ts';

/** Tests, with the contracts: suites that several implementations of a port run. */
const TESTS = [
  '**/*.test.{ts,tsx}',
  '**/*.spec.ts',
  '**/store-contract.ts',
  '**/contract/*-contract.ts',
  'e2e/**/*.ts',
  'apps/*/test/**/*.ts',
];
const PURE = ['packages/{domain,agent,authority,sim}/src/**/*.ts'];
/** What is drawn with React. */
const DRAWS = [
  'apps/portal/**/*.{ts,tsx}',
  'apps/simulator/page/**/*.{ts,tsx}',
  'packages/web-kit/**/*.{ts,tsx}',
];
/** Programs that people run and read. */
const SPEAKS = ['tools/**/*.ts', 'bench/**/*.ts', 'apps/*/src/cli/**/*.ts', ...TESTS];
/** Programs that start other programs: the database's supervisor, the virtual street, our own scripts. */
const STARTS_PROGRAMS = [
  'apps/server/src/platform/database/**/*.ts',
  'apps/simulator/src/**/*.ts',
  'tools/**/*.ts',
  'bench/**/*.ts',
  ...TESTS,
];
/** Statements whose text is made by us from our own names, before any value is known. */
const WRITES_SQL = ['apps/server/src/platform/database/**/*.ts', 'tools/**/*.ts', 'bench/**/*.ts', ...TESTS];
/** Files whose reader asks for a default export. */
const DEFAULT_EXPORT = ['**/*.config.{ts,js}', 'tools/*-reporter.ts', 'e2e/build-faces.ts'];

/** One program of everything, in which the types that all share are read once (decision record 0062). */
export const lintProgram = 'tools/lint/tsconfig.lint.json';

/** Sizes (a change is a decision record), dead and ambiguous code, and the refusals that hold everywhere. */
export const everywhere: Linter.RulesRecord = {
  'max-lines': ['error', { max: 300 }],
  'max-lines-per-function': ['error', { max: 60 }],
  'max-params': ['error', { max: 3 }],
  'max-len': ['error', { code: 110, ignoreUrls: true }],
  'max-depth': ['error', { max: 3 }],
  complexity: ['error', { max: 12 }],
  eqeqeq: 'error',
  'no-console': 'error',
  'no-empty': 'error',
  'no-eval': 'error',
  'no-new-func': 'error',
  'no-warning-comments': ['error', { terms: ['todo', 'fixme', 'xxx', 'hack'], location: 'anywhere' }],
  'house/no-ignored-certificates': 'error',
  'house/no-shell': 'error',
  'house/no-child-process': 'error',
  'house/no-string-built-sql': 'error',
  'house/no-swallowed-errors': 'error',
  'house/no-enum': 'error',
  'house/no-default-export': 'error',
  'house/no-double-assertion': 'error',
};

/** What needs the compiler's knowledge, beside the strict preset. */
export const typed: Linter.RulesRecord = {
  '@typescript-eslint/no-explicit-any': 'error',
  '@typescript-eslint/no-floating-promises': 'error',
  '@typescript-eslint/no-implied-eval': 'error',
  '@typescript-eslint/switch-exhaustiveness-check': [
    'error',
    { considerDefaultExhaustiveForUnions: false, requireDefaultForNonUnion: true },
  ],
  '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
  '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
  '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
  '@typescript-eslint/only-throw-error': [
    'error',
    { allow: [{ from: 'package', package: '@tanstack/router-core', name: ['Redirect', 'NotFoundError'] }] },
  ],
};

/** Time, chance and the outside world are arguments. */
export const pure: Linter.RulesRecord = {
  'no-restricted-globals': [
    'error',
    {
      globals: [
        ...['setTimeout', 'setInterval', 'setImmediate', 'clearTimeout', 'clearInterval', 'queueMicrotask'],
        ...['performance', 'crypto', 'fetch', 'console', 'process'],
      ].map((name) => ({ name, message: 'It is a port, handed in.' })),
      checkGlobalObject: true,
    },
  ],
  'no-restricted-properties': [
    'error',
    { object: 'Date', property: 'now', message: 'Take the time from the clock you were given.' },
    { object: 'Math', property: 'random', message: 'Take chance from the source you were given.' },
    { object: 'Temporal', property: 'Now', message: 'Take the time from the clock you were given.' },
  ],
  'house/no-ambient-clock': 'error',
};

/** A hook is called each time and in the same order, and looks again when what it uses has changed. */
export const drawing: Linter.RulesRecord = {
  'react-hooks/rules-of-hooks': 'error',
  'react-hooks/exhaustive-deps': 'error',
};

/** What a test must not do. */
export const inTests: Linter.RulesRecord = {
  'max-lines': ['error', { max: 500 }],
  'max-lines-per-function': 'off',
  'house/max-lines-per-test': 'error',
  'house/no-unrun-tests': 'error',
  'house/no-sleeping-tests': 'error',
  'house/no-mocked-house': 'error',
  'house/outcomes-not-calls': 'error',
};

/** The lint configuration for the repository (or a copy of it) at this folder. */
export function lintConfig(root: string): Linter.Config[] {
  return defineConfig(
    globalIgnores([
      '**/dist/',
      '**/generated/',
      'data/',
      'test-results/',
      'apps/server/src/platform/database/tables.ts',
    ]),
    {
      linterOptions: { noInlineConfig: true, reportUnusedDisableDirectives: 'error' },
      plugins: { house: { rules: houseRules } },
    },
    { files: ['**/*.{js,cjs}'], extends: [js.configs.recommended], rules: everywhere },
    { files: ['**/*.cjs'], languageOptions: { globals: { module: 'writable' } } },
    {
      files: ['**/*.{ts,tsx}'],
      extends: [js.configs.recommended, tseslint.configs.strictTypeChecked],
      languageOptions: { parserOptions: { project: lintProgram, tsconfigRootDir: root } },
      rules: { ...everywhere, ...typed },
    },
    { files: PURE, ignores: TESTS, rules: pure },
    { files: DRAWS, plugins: { 'react-hooks': { rules: reactHooks.rules } }, rules: drawing },
    { files: TESTS, rules: inTests },
    // Playwright reads from the first parameter of a fixture which others it needs; none is an empty pattern.
    { files: ['e2e/*-fixture.ts'], rules: { 'no-empty-pattern': 'off' } },
    { files: SPEAKS, rules: { 'no-console': 'off' } },
    { files: STARTS_PROGRAMS, rules: { 'house/no-child-process': 'off' } },
    { files: WRITES_SQL, rules: { 'house/no-string-built-sql': 'off' } },
    { files: DEFAULT_EXPORT, rules: { 'house/no-default-export': 'off' } },
  );
}

/** One lint rule with code it must report and a clean twin in which no rule finds anything. */
export interface PlantedLint {
  readonly rule: string;
  /** Where both are planted; `*` stands for the name of the file. */
  readonly place: string;
  readonly bad: readonly string[];
  readonly good: string;
}

const DOMAIN = 'packages/domain/src/*.ts';
const SERVER = 'apps/server/src/*.ts';
const TEST = 'apps/server/src/*.test.ts';

const repeat = (count: number, line: string): string => `${line}\n`.repeat(count);
const returning = (body: string): string =>
  `export function rank(n: number): number {\n${body}\n  return n;\n}\n`;
const awaiting = (work: string): string =>
  `export async function wait(): Promise<void> {\n  await ${work};\n}\n`;
const chapter = (count: number): string =>
  `import { it } from 'vitest';
export function doors(): void {
${repeat(count, "  it('opens', () => undefined);")}
}
`;
const switching = (rest: string): string =>
  `export function isOpen(leaf: 'open' | 'closed'): boolean {
  switch (leaf) {
    case 'open':
      return true;
    ${rest}
  }
  ${rest === '' ? 'return false;' : ''}
}`;
const SQL = `declare const sql: { raw(text: string): unknown };
declare const db: { query(text: string): unknown };
declare function queryNamed(on: unknown, statement: { text: string; values?: string[] }): unknown;
export const held = [sql, db, queryNamed];
`;

/** The size limits. */
export const sizes: readonly PlantedLint[] = [
  { rule: 'max-lines', place: SERVER, bad: [repeat(301, '//')], good: repeat(299, '//') },
  { rule: 'max-lines', place: TEST, bad: [repeat(501, '//')], good: repeat(499, '//') },
  {
    rule: 'max-lines-per-function',
    place: SERVER,
    bad: [returning(repeat(58, '  //'))],
    good: returning(repeat(56, '  //')),
  },
  {
    rule: 'house/max-lines-per-test',
    place: TEST,
    bad: [returning(repeat(58, '  //')), chapter(80).replaceAll('it(', 'void (')],
    good: chapter(80),
  },
  {
    rule: 'max-params',
    place: SERVER,
    bad: ['export const sum = (a: number, b: number, c: number, d: number) => a + b + c + d;'],
    good: 'export const sum = (a: number, b: number, c: number) => a + b + c;',
  },
  {
    rule: 'max-len',
    place: SERVER,
    bad: [`// ${'x'.repeat(108)}`],
    good: `// ${'x'.repeat(106)}\n// https://example.org/${'x'.repeat(120)}`,
  },
  {
    rule: 'max-depth',
    place: SERVER,
    bad: [returning(`${'if (n > 1) {'.repeat(4)}n -= 1;${'}'.repeat(4)}`)],
    good: returning(`${'if (n > 1) {'.repeat(3)}n -= 1;${'}'.repeat(3)}`),
  },
  {
    rule: 'complexity',
    place: SERVER,
    bad: [returning(repeat(12, 'if (n > 1) n -= 1;'))],
    good: returning(repeat(11, 'if (n > 1) n -= 1;')),
  },
];

/** What holds in every file. */
export const everywhere: readonly PlantedLint[] = [
  {
    rule: 'eqeqeq',
    place: SERVER,
    bad: ['export const same = (a: string, b: string) => a == b;'],
    good: 'export const same = (a: string, b: string) => a === b;',
  },
  { rule: 'no-console', place: SERVER, bad: [`console.log('open');`], good: `process.stdout.write('open');` },
  {
    rule: 'no-empty',
    place: SERVER,
    bad: ['try {\n  JSON.parse("1");\n} catch {\n}'],
    good: 'try {\n  JSON.parse("1");\n} catch {\n  // A torn file counts as absent.\n}',
  },
  { rule: 'no-eval', place: SERVER, bad: [`eval('1');`], good: `JSON.parse('1');` },
  { rule: 'no-new-func', place: SERVER, bad: [`new Function('a', 'return a');`], good: `new Map();` },
  { rule: 'no-warning-comments', place: SERVER, bad: ['// Later: TO' + 'DO'], good: '// A constraint.' },
  {
    rule: 'house/no-ignored-certificates',
    place: SERVER,
    bad: [
      'export const tls = { rejectUnauthorized: false };',
      `export const tls = (isDemo: boolean) => ({ 'rejectUnauthorized': !isDemo });`,
      `process.env['NODE_TLS_REJECT_UNAUTHORIZED'] = '0';`,
    ],
    good: 'export const tls = { rejectUnauthorized: true };',
  },
  {
    rule: 'house/no-shell',
    place: 'tools/*.ts',
    bad: [
      `import { exec } from 'node:child_process';\nexec('ls');`,
      `import { execSync as run } from 'child_process';\nrun('ls');`,
      `import * as programs from 'node:child_process';\nprograms.spawn('ls');`,
      `import { spawn } from 'node:child_process';\nspawn('ls', { shell: true });`,
      `await import('node:child_process');`,
    ],
    good: `import { spawn } from 'node:child_process';\nspawn('ls', ['-l']);`,
  },
  {
    rule: 'house/no-child-process',
    place: SERVER,
    bad: [`import { spawn } from 'node:child_process';\nspawn('ls', ['-l']);`],
    good: `import type { ChildProcess } from 'node:child_process';\nexport type Started = ChildProcess;`,
  },
  {
    rule: 'house/no-string-built-sql',
    place: SERVER,
    bad: [
      `${SQL}export const all = sql.raw('select 1');`,
      `${SQL}export const one = (id: string) => db.query(\`select \${id}\`);`,
      `${SQL}export const one = (id: string) => db.query('select ' + id);`,
      `${SQL}export const one = (id: string) => queryNamed(db, { text: \`select \${id}\` });`,
    ],
    good: `${SQL}export const one = (id: string) => queryNamed(db, { text: 'select $1', values: [id] });`,
  },
  {
    rule: 'house/no-swallowed-errors',
    place: SERVER,
    bad: [
      'export const end = (work: Promise<void>) => work.catch(() => undefined);',
      'export const end = (work: Promise<void>) => work.catch(() => null);',
      'export const end = (work: Promise<void>) => work.catch(() => {});',
    ],
    good: 'export const end = (work: Promise<void>) => work.catch(() => { /* It is closed already. */ });',
  },
  {
    rule: 'house/no-enum',
    place: SERVER,
    bad: [`export enum Leaf {\n  Open = 'open',\n}`],
    good: `export type Leaf = 'open' | 'closed';`,
  },
  {
    rule: 'house/no-default-export',
    place: SERVER,
    bad: ['export default 1;', 'const one = 1;\nexport { one as default };'],
    good: 'export const one = 1;',
  },
  {
    rule: 'house/no-double-assertion',
    place: SERVER,
    bad: ['export const name = (id: number) => id as unknown as string;'],
    good: 'export const name = (id: unknown) => id as string;',
  },
];

/** What the compiler's knowledge finds. */
export const typed: readonly PlantedLint[] = [
  {
    rule: '@typescript-eslint/no-explicit-any',
    place: SERVER,
    bad: ['export const open = (door: any): boolean => door === 1;'],
    good: 'export const open = (door: unknown): boolean => door === 1;',
  },
  {
    rule: '@typescript-eslint/no-floating-promises',
    place: SERVER,
    bad: ['export const open = (work: () => Promise<void>) => {\n  work();\n};'],
    good: 'export const open = async (work: () => Promise<void>) => {\n  await work();\n};',
  },
  {
    rule: '@typescript-eslint/no-implied-eval',
    place: SERVER,
    bad: [`setTimeout('1', 1);`],
    good: `setTimeout(() => undefined, 1);`,
  },
  {
    rule: '@typescript-eslint/switch-exhaustiveness-check',
    place: SERVER,
    bad: [switching(''), switching('default:\n      return false;')],
    good: switching(`case 'closed':\n      return false;`),
  },
  {
    rule: '@typescript-eslint/consistent-type-imports',
    place: SERVER,
    bad: [`import { Server } from 'node:http';\nexport type Entrance = Server;`],
    good: `import type { Server } from 'node:http';\nexport type Entrance = Server;`,
  },
  {
    rule: '@typescript-eslint/restrict-template-expressions',
    place: SERVER,
    bad: ['export const say = (door: object) => `${door}`;'],
    good: 'export const say = (door: number) => `${door}`;',
  },
  {
    rule: '@typescript-eslint/no-confusing-void-expression',
    place: SERVER,
    bad: ['export const open = (work: () => void): void => {\n  return work();\n};'],
    good: 'export const open = (work: () => void): void => work();',
  },
  {
    rule: '@typescript-eslint/only-throw-error',
    place: SERVER,
    bad: [`export const stop = () => {\n  throw 'closed';\n};`],
    good: `export const stop = () => {\n  throw new Error('closed');\n};`,
  },
];

/** What is an argument in the pure packages. */
export const pure: readonly PlantedLint[] = [
  {
    rule: 'no-restricted-globals',
    place: DOMAIN,
    bad: ['setTimeout', 'setInterval', 'performance', 'crypto', 'fetch', 'process', 'globalThis.crypto'].map(
      (name) => `export const held: unknown = ${name};`,
    ),
    good: 'export const held: unknown = Math.max(1, 2);',
  },
  {
    rule: 'no-restricted-properties',
    place: DOMAIN,
    bad: ['export const at = Date.now();', 'export const chance = Math.random();'],
    good: 'export const at = Date.UTC(2026, 0);',
  },
  {
    rule: 'house/no-ambient-clock',
    place: DOMAIN,
    bad: [
      'export const at = new Date();',
      'export const at = Date();',
      'export const hour = (at: number) => new Date(at).getHours();',
    ],
    good: 'export const hour = (at: number) => new Date(at).getUTCHours();',
  },
];

/** What a test must not do. */
export const inTests: readonly PlantedLint[] = [
  {
    rule: 'house/no-unrun-tests',
    place: TEST,
    bad: ['it.only', 'it.skip', 'it.todo', 'it.concurrent.skip'].map(
      (call) => `import { it } from 'vitest';\n${call}('opens', () => undefined);`,
    ),
    good: `import { it } from 'vitest';\nit.skipIf(process.platform === 'win32')('opens', () => undefined);`,
  },
  {
    rule: 'house/no-sleeping-tests',
    place: TEST,
    bad: [
      awaiting('new Promise((resolve) => setTimeout(resolve, 50))'),
      awaiting('new Promise<void>((r) => setTimeout(() => { r(); }, 50))'),
      `import { setTimeout } from 'node:timers/promises';\n${awaiting('setTimeout(50)')}`,
      'export const look = (page: { waitForTimeout(ms: number): void }) => page.waitForTimeout(50);',
    ],
    good: awaiting('new Promise((_, reject) => setTimeout(() => reject(new Error("late")), 50))'),
  },
  {
    rule: 'house/no-mocked-house',
    place: TEST,
    bad: ['./store.ts', '@claviger/domain'].map(
      (name) => `import { vi } from 'vitest';\nvi.mock('${name}');`,
    ),
    good: `import { vi } from 'vitest';\nvi.mock('nodemailer');`,
  },
  {
    rule: 'house/outcomes-not-calls',
    place: TEST,
    bad: [`import { expect, vi } from 'vitest';\nexpect(vi.fn()).toHaveBeenCalledTimes(1);`],
    good: `import { expect } from 'vitest';\nexpect([1]).toHaveLength(1);`,
  },
];

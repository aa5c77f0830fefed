import { defineConfig } from 'vitest/config';
import { compileCache } from './tools/demo/compile-cache.ts';

// For the workers, and for the programs that tests start.
process.env['NODE_COMPILE_CACHE'] ??= compileCache;

const testFiles = '**/*.test.{ts,tsx}';
const elsewhere = ['**/node_modules/**', '**/dist/**'];

/** Every test of the repository in three projects; together they take every `*.test.ts` file there is. */
export default defineConfig({
  test: {
    reporters: ['default', './tools/passed-failed-reporter.ts'],
    // The machines of our continuous integration have two cores.
    maxWorkers: 2,
    // These end what hangs; a machine may be three times slower than a desk.
    testTimeout: 60_000,
    hookTimeout: 120_000,
    teardownTimeout: 30_000,
    allowOnly: false,
    projects: [
      {
        extends: true,
        test: {
          name: 'packages',
          include: [`packages/${testFiles}`],
          setupFiles: './tools/house/no-open-handles.ts',
          // Pure code has no state between files, and a fresh process for each costs more than its tests.
          isolate: false,
        },
      },
      {
        extends: true,
        test: {
          name: 'server',
          include: [`apps/server/${testFiles}`],
          setupFiles: './tools/house/no-open-handles.ts',
          globalSetup: './apps/server/test/global-setup.ts',
        },
      },
      {
        extends: true,
        test: {
          name: 'programs',
          include: [testFiles],
          exclude: [...elsewhere, 'packages/**', 'apps/server/**'],
          setupFiles: './tools/house/no-open-handles.ts',
        },
      },
    ],
  },
});

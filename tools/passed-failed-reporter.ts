import { writeSync } from 'node:fs';
import type { Reporter, TestCase, TestModule, TestRunEndReason, TestSuite } from 'vitest/node';

interface Count {
  passed: number;
  failed: number;
}

/**
 * What Vitest says of a run, in two numbers. A suite that does not load or close, an error outside every test
 * and a run that failed without saying why are each a failure.
 */
export function countRun(
  modules: readonly TestModule[],
  errors: readonly unknown[],
  reason: TestRunEndReason,
): Count {
  const count: Count = { passed: 0, failed: errors.length };
  for (const module of modules) {
    if (module.errors().length > 0) count.failed += 1;
    countChildren(module, count);
  }
  if (reason !== 'passed' && count.failed === 0) count.failed = 1;
  return count;
}

function countChildren(parent: TestModule | TestSuite, count: Count): void {
  for (const child of parent.children) {
    if (child.type === 'suite' && child.errors().length > 0) count.failed += 1;
    if (child.type === 'suite') countChildren(child, count);
    else countCase(child, count);
  }
}

function countCase(test: TestCase, count: Count): void {
  const { state } = test.result();
  if (state === 'passed') count.passed += 1;
  else if (state !== 'skipped') count.failed += 1;
}

/** Ends the output of a run with `N passed, N failed`, and its exit code with 1 if anything failed. */
export default class PassedFailedReporter implements Reporter {
  // Stands if the run never ends, as when a global setup throws.
  private count: Count = { passed: 0, failed: 1 };

  onInit(): void {
    // At the exit and synchronously, because this line comes after everything Vitest has to say.
    process.once('exit', () => {
      if (this.count.failed > 0) process.exitCode = 1;
      writeSync(1, `${String(this.count.passed)} passed, ${String(this.count.failed)} failed\n`);
    });
  }

  onTestRunEnd(modules: readonly TestModule[], errors: readonly unknown[], reason: TestRunEndReason): void {
    this.count = countRun(modules, errors, reason);
  }

  /** Something keeps the process from ending: Vitest is about to end it by force. */
  onProcessTimeout(): void {
    this.count.failed += 1;
  }
}

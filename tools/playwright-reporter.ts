import type { FullConfig, FullResult, Reporter, Suite } from '@playwright/test/reporter';
import { writeSync } from 'node:fs';

/**
 * Ends the output of the browser stories with `N passed, N failed`. An error outside every test is a failure,
 * and so is a run that was cut short, or that found no test.
 */
export default class PlaywrightReporter implements Reporter {
  private stories: Suite | undefined;
  private errors = 0;

  onBegin(_config: FullConfig, stories: Suite): void {
    this.stories = stories;
  }

  onError(): void {
    this.errors += 1;
  }

  onEnd({ status }: FullResult): Promise<{ status: FullResult['status'] }> {
    const outcomes = (this.stories?.allTests() ?? []).map((test) => test.outcome());
    const passed = outcomes.filter((outcome) => outcome === 'expected').length;
    const failed = outcomes.filter((outcome) => outcome === 'unexpected' || outcome === 'flaky').length;
    const isUnexplained = failed + this.errors === 0 && (status !== 'passed' || passed === 0);
    const total = failed + this.errors + (isUnexplained ? 1 : 0);
    // At the exit and synchronously, because this line comes after everything Playwright has to say.
    process.once('exit', () => writeSync(1, `${String(passed)} passed, ${String(total)} failed\n`));
    return Promise.resolve({ status: total > 0 && status === 'passed' ? 'failed' : status });
  }

  printsToStdio(): boolean {
    return false;
  }
}

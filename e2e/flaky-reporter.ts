/** Names the tests that failed once and then passed, so that a second try hides nothing. */
import type { Reporter, TestCase } from 'vitest/node';

export const flakyMark = 'FLAKY ';

export default class FlakyReporter implements Reporter {
  onTestCaseResult(test: TestCase): void {
    if (test.diagnostic()?.flaky === true)
      console.log(`${flakyMark}${test.module.relativeModuleId}: ${test.fullName}`);
  }
}

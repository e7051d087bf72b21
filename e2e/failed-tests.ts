/** What failed in a run of tests, out of the JSON that vitest and Playwright write about it, in words for a log. */

export interface FailedTest {
  readonly name: string;
  /** Error, call log, place. */
  readonly details: string;
}

// eslint-disable-next-line no-control-regex -- Colours of a terminal, which a log shows as signs.
const colours = /\u001b\[[\d;]*m/g;
const plain = (text: string): string => text.replaceAll(colours, '').trimEnd();

export interface VitestReport {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numPendingTests: number;
  readonly testResults: readonly {
    readonly name: string;
    readonly status: string;
    readonly assertionResults: readonly {
      readonly fullName: string;
      readonly status: string;
    }[];
  }[];
}

/** What vitest says of failures at the end, which has the differences; empty where it says nothing of the kind. */
export function saidOfFailures(output: string): string {
  const text = plain(output);
  const at = text.search(/^.*(?:Failed Suites|Failed Tests|Unhandled Errors?) /m);
  return at < 0 ? '' : text.slice(at);
}

/** Names of tests, and of files that did not load. */
export function failedInVitest(report: VitestReport, root: string): string[] {
  return report.testResults.flatMap(({ name, status, assertionResults }) => {
    const file = name.replace(root, '').replace(/^[\\/]/, '');
    const failed = assertionResults
      .filter((test) => test.status === 'failed')
      .map(({ fullName }) => `${file} > ${fullName}`);
    return failed.length === 0 && status === 'failed' ? [`${file}, which does not load`] : failed;
  });
}

interface PlaywrightError {
  /** With the lines around and the place; in a step, with the call log. */
  readonly message?: string;
}

interface PlaywrightSuite {
  readonly title: string;
  readonly suites?: readonly PlaywrightSuite[];
  readonly specs: readonly {
    readonly title: string;
    readonly file: string;
    readonly line: number;
    readonly tests: readonly {
      readonly projectName: string;
      readonly status: 'expected' | 'unexpected' | 'flaky' | 'skipped';
      readonly results: readonly { readonly status: string; readonly errors: readonly PlaywrightError[] }[];
    }[];
  }[];
}

export interface PlaywrightReport {
  readonly stats: {
    readonly expected: number;
    readonly unexpected: number;
    readonly flaky: number;
    readonly skipped: number;
  };
  readonly suites: readonly PlaywrightSuite[];
  /** Of no test. */
  readonly errors: readonly PlaywrightError[];
}

function worded({ message = '' }: PlaywrightError): string {
  return plain(message);
}

/** Tests that ended so, each with the errors of its first try that failed. */
export function endedInPlaywright(report: PlaywrightReport, as: 'unexpected' | 'flaky'): FailedTest[] {
  const within = ({ suites = [], specs }: PlaywrightSuite): FailedTest[] => [
    ...specs.flatMap(({ title, file, line, tests }) =>
      tests
        .filter(({ status }) => status === as)
        .map(({ projectName, results }) => ({
          name: `[${projectName}] ${file}:${line} > ${title}`,
          details: (results.find(({ errors }) => errors.length > 0)?.errors ?? []).map(worded).join('\n'),
        })),
    ),
    ...suites.flatMap(within),
  ];
  const ofNoTest = report.errors.map((error) => ({ name: 'outside of any test', details: worded(error) }));
  return [...report.suites.flatMap(within), ...(as === 'unexpected' ? ofNoTest : [])];
}

/**
 * The whole check, `npm test`: types, lint, import directions, unused code, unit tests, the PowerShell scripts in a
 * real engine, the app in a real browser. Every step runs even when one before it failed; the last line counts.
 */
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { obtainBrowser } from './chromium.ts';
import {
  endedInPlaywright,
  failedInVitest,
  saidOfFailures,
  type FailedTest,
  type PlaywrightReport,
  type VitestReport,
} from './failed-tests.ts';
import { flakyMark } from './flaky-reporter.ts';
import { nameEngine } from './powershell/engine.ts';

interface Count {
  passed: number;
  failed: number;
  /** What was skipped, and the one line that would mend it. */
  skipped: { suite: string; reason: string; mend: string; tests: number }[];
}

const total: Count = { passed: 0, failed: 0, skipped: [] };
/** Names once more at the end, where a log that was cut still has them. */
const failedNames: string[] = [];
const flaky: FailedTest[] = [];
const reports = mkdtempSync(path.join(tmpdir(), 'switchyard-verify-'));

interface Ran {
  readonly isWell: boolean;
  readonly output: string;
}

/** Runs a tool of node_modules to its end, and says in one line how that was. */
function run(
  title: string,
  script: string,
  args: readonly string[],
  more: NodeJS.ProcessEnv = {},
): Promise<Ran> {
  return new Promise((resolve) => {
    const started = Date.now();
    const child = spawn(process.execPath, [script, ...args], {
      env: { ...process.env, ...more },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => (output += chunk));
    child.stderr.setEncoding('utf8').on('data', (chunk: string) => (output += chunk));
    child.on('error', (error) => {
      output += error.message;
    });
    child.on('close', (code) => {
      const seconds = ((Date.now() - started) / 1000).toFixed(0);
      console.log(`${code === 0 ? 'ok    ' : 'FAILED'}  ${title} (${seconds} s)`);
      resolve({ isWell: code === 0, output });
    });
  });
}

/** One check as a whole; its output is shown when it fails. */
async function tool(title: string, script: string, args: readonly string[]): Promise<boolean> {
  const { isWell, output } = await run(title, script, args);
  if (isWell) {
    total.passed += 1;
  } else {
    total.failed += 1;
    failedNames.push(title);
    console.log(output);
  }
  return isWell;
}

/** Counts what failed and shows that alone; where nothing is known of it, the end of what was said. */
function tellFailed(title: string, names: readonly string[], details: string, output: string): void {
  total.failed += Math.max(names.length, 1);
  failedNames.push(...(names.length === 0 ? [title] : names));
  for (const name of names) console.log(`        ${name}`);
  console.log(details === '' ? output.slice(-10_000) : details);
}

function readReport(file: string): unknown {
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined;
}

async function vitest(title: string, projects: readonly string[]): Promise<void> {
  const file = path.join(reports, `${projects.join('-')}.json`);
  const { isWell, output } = await run(
    title,
    'node_modules/vitest/vitest.mjs',
    [
      'run',
      ...projects.flatMap((project) => ['--project', project]),
      '--reporter=default',
      '--reporter=json',
      '--reporter=./e2e/flaky-reporter.ts',
      `--outputFile.json=${file}`,
    ],
    { SWITCHYARD_SEED: '20261122' },
  );
  for (const line of output.split('\n')) if (line.startsWith(flakyMark)) console.log(line);
  const report = readReport(file) as VitestReport | undefined;
  if (!isWell) {
    const names = report === undefined ? [] : failedInVitest(report, process.cwd());
    tellFailed(title, names, saidOfFailures(output), output);
  }
  if (report === undefined) return;
  total.passed += report.numPassedTests;
  if (report.numPendingTests > 0) {
    total.skipped.push({
      suite: title,
      reason: 'tests marked as skipped',
      mend: 'remove the mark',
      tests: report.numPendingTests,
    });
  }
}

async function browser(): Promise<void> {
  const found = obtainBrowser();
  if (typeof found === 'object' && 'missing' in found) {
    total.skipped.push({
      suite: 'browser',
      reason: found.missing,
      mend: 'sudo apt-get install chromium',
      tests: 1,
    });
    return;
  }
  if (!(await tool('build', 'packaging/build.ts', []))) return;
  const title = 'the app in a browser';
  const file = path.join(reports, 'playwright.json');
  const { isWell, output } = await run(
    title,
    'node_modules/playwright/cli.js',
    ['test', '--config', 'e2e/playwright.config.ts', '--reporter=line,json'],
    {
      PLAYWRIGHT_JSON_OUTPUT_FILE: file,
      ...(found === 'playwright' ? {} : { SWITCHYARD_CHROMIUM: found.executablePath }),
    },
  );
  const report = readReport(file) as PlaywrightReport | undefined;
  if (!isWell) {
    const failed = report === undefined ? [] : endedInPlaywright(report, 'unexpected');
    const details = failed.map((test) => `\n--- ${test.name}\n${test.details}`).join('\n');
    tellFailed(
      title,
      failed.map(({ name }) => name),
      details,
      output,
    );
  }
  if (report === undefined) return;
  const { stats } = report;
  flaky.push(...endedInPlaywright(report, 'flaky'));
  total.passed += stats.expected + stats.flaky;
  if (stats.skipped > 0) {
    total.skipped.push({
      suite: 'browser',
      reason: 'specs marked as skipped',
      mend: 'remove the mark',
      tests: stats.skipped,
    });
  }
}

/** The scripts in the engine that is there, named in the line of the stage. */
async function scripts(): Promise<void> {
  const engine = nameEngine();
  if ('missing' in engine) {
    total.skipped.push({ suite: 'powershell', reason: engine.missing, mend: engine.mend, tests: 1 });
    return;
  }
  await vitest(`scripts in a PowerShell engine (${engine.name})`, ['powershell']);
}

/** Suites that only a machine with more than this one can run; CI allows these to be skipped and no other. */
const maySkip = JSON.parse(readFileSync('e2e/may-skip.json', 'utf8')) as {
  suite: string;
  reason: string;
  mend: string;
  present: string;
}[];

process.chdir(path.join(import.meta.dirname, '..'));
for (const suite of maySkip) {
  if (!existsSync(suite.present)) total.skipped.push({ ...suite, tests: 1 });
}

await Promise.all([
  (async () => {
    await tool('types', 'node_modules/typescript/bin/tsc', ['-p', '.', '--noEmit']);
    await tool('types in components', 'node_modules/svelte-check/bin/svelte-check', [
      '--tsconfig',
      './tsconfig.json',
      '--threshold',
      'error',
      '--fail-on-warnings',
    ]);
    await tool('import directions', 'node_modules/dependency-cruiser/bin/dependency-cruiser.mjs', [
      'src-main',
      'src-renderer',
      'e2e',
      'packaging',
      '--config',
      '.dependency-cruiser.cjs',
    ]);
    await tool('unused code', 'node_modules/knip/bin/knip.js', []);
    await tool('format', 'node_modules/prettier/bin/prettier.cjs', ['--check', '.', '--log-level', 'warn']);
  })(),
  tool('lint', 'node_modules/eslint/bin/eslint.js', ['.', '--max-warnings', '0']),
]);
await vitest('unit', ['pure', 'main', 'renderer']);
await scripts();
await browser();
rmSync(reports, { recursive: true, force: true });

for (const { name, details } of flaky) {
  console.log(
    `FLAKY   ${name} failed once and then passed: ${details.replaceAll(/\s+/g, ' ').slice(0, 500)}`,
  );
}
for (const { suite, reason, mend } of total.skipped) {
  console.log(`SKIPPED ${suite}: ${reason}. To run it: ${mend}`);
}
const allowed = new Set(maySkip.map(({ suite }) => suite));
const forbidden = total.skipped.filter(({ suite }) => !allowed.has(suite));
if (process.env['CI'] !== undefined && forbidden.length > 0) {
  console.log(`CI may skip only: ${[...allowed].join(', ')}.`);
  total.failed += forbidden.length;
}
for (const name of failedNames) console.log(`FAILED  ${name}`);
const skipped = total.skipped.reduce((sum, { tests }) => sum + tests, 0);
console.log(`${total.passed} passed, ${total.failed} failed, ${skipped} skipped`);
process.exitCode = total.failed === 0 ? 0 : 1;

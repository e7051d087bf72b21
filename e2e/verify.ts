/**
 * The whole check, `npm test`: types, lint, import directions, unused code, unit tests, the PowerShell scripts in a
 * real engine, the app in a real browser. Every step runs even when one before it failed; the last line counts.
 */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { obtainBrowser } from './chromium.ts';

interface Count {
  passed: number;
  failed: number;
  /** What was skipped, and the one line that would mend it. */
  skipped: { suite: string; reason: string; mend: string; tests: number }[];
}

const total: Count = { passed: 0, failed: 0, skipped: [] };
const reports = mkdtempSync(path.join(tmpdir(), 'switchyard-verify-'));

/** Runs a tool of node_modules; its output is shown whole when it fails, and its last lines when it does not. */
function run(
  title: string,
  script: string,
  args: readonly string[],
  more: NodeJS.ProcessEnv = {},
): Promise<boolean> {
  return new Promise((resolve) => {
    const started = Date.now();
    const child = spawn(process.execPath, [script, ...args], {
      env: { ...process.env, ...more },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    const keep = (chunk: Buffer): void => {
      output += chunk.toString();
    };
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    child.on('error', (error) => {
      output += error.message;
    });
    child.on('close', (code) => {
      const seconds = ((Date.now() - started) / 1000).toFixed(0);
      console.log(`${code === 0 ? 'ok    ' : 'FAILED'}  ${title} (${seconds} s)`);
      if (code !== 0) console.log(output);
      resolve(code === 0);
    });
  });
}

async function tool(title: string, script: string, args: readonly string[]): Promise<void> {
  if (await run(title, script, args)) total.passed += 1;
  else total.failed += 1;
}

interface VitestReport {
  numPassedTests: number;
  numFailedTests: number;
  numPendingTests: number;
}

async function vitest(title: string, projects: readonly string[]): Promise<void> {
  const report = path.join(reports, `${projects.join('-')}.json`);
  const ok = await run(title, 'node_modules/vitest/vitest.mjs', [
    'run',
    ...projects.flatMap((project) => ['--project', project]),
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${report}`,
  ]);
  if (!existsSync(report)) {
    total.failed += 1;
    return;
  }
  const counts = JSON.parse(readFileSync(report, 'utf8')) as VitestReport;
  total.passed += counts.numPassedTests;
  // A file that does not load fails without any test of its own.
  total.failed += ok ? 0 : Math.max(counts.numFailedTests, 1);
  if (counts.numPendingTests > 0) {
    total.skipped.push({
      suite: title,
      reason: 'tests marked as skipped',
      mend: 'remove the mark',
      tests: counts.numPendingTests,
    });
  }
}

interface PlaywrightReport {
  stats: { expected: number; unexpected: number; flaky: number; skipped: number };
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
  if (
    !(await run('build', 'node_modules/electron-vite/bin/electron-vite.js', ['build', '--logLevel', 'warn']))
  ) {
    total.failed += 1;
    return;
  }
  total.passed += 1;
  const report = path.join(reports, 'playwright.json');
  const ok = await run(
    'the app in a browser',
    'node_modules/playwright/cli.js',
    ['test', '--config', 'e2e/playwright.config.ts', '--reporter=line,json'],
    {
      PLAYWRIGHT_JSON_OUTPUT_FILE: report,
      ...(found === 'playwright' ? {} : { SWITCHYARD_CHROMIUM: found.executablePath }),
    },
  );
  if (!existsSync(report)) {
    total.failed += 1;
    return;
  }
  const { stats } = JSON.parse(readFileSync(report, 'utf8')) as PlaywrightReport;
  total.passed += stats.expected;
  total.failed += ok ? 0 : Math.max(stats.unexpected + stats.flaky, 1);
  if (stats.skipped > 0) {
    total.skipped.push({
      suite: 'browser',
      reason: 'specs marked as skipped',
      mend: 'remove the mark',
      tests: stats.skipped,
    });
  }
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
const hasDotnet = spawnSync('dotnet', ['--version'], { stdio: 'ignore' }).status === 0;

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
      '--config',
      '.dependency-cruiser.cjs',
    ]);
    await tool('unused code', 'node_modules/knip/bin/knip.js', []);
  })(),
  (async () => {
    await tool('lint', 'node_modules/eslint/bin/eslint.js', ['.', '--max-warnings', '0']);
    await tool('format', 'node_modules/prettier/bin/prettier.cjs', ['--check', '.', '--log-level', 'warn']);
  })(),
]);
await vitest('unit', ['main', 'renderer']);
if (hasDotnet || process.platform === 'win32') {
  await vitest('scripts in a PowerShell engine', ['powershell']);
} else {
  total.skipped.push({
    suite: 'powershell',
    reason: 'there is no .NET SDK to build the engine with',
    mend: 'install the .NET 10 SDK (package dotnet-sdk-10.0)',
    tests: 1,
  });
}
await browser();
rmSync(reports, { recursive: true, force: true });

for (const { suite, reason, mend } of total.skipped) {
  console.log(`SKIPPED ${suite}: ${reason}. To run it: ${mend}`);
}
const allowed = new Set(maySkip.map(({ suite }) => suite));
const forbidden = total.skipped.filter(({ suite }) => !allowed.has(suite));
if (process.env['CI'] !== undefined && forbidden.length > 0) {
  console.log(`CI may skip only: ${[...allowed].join(', ')}.`);
  total.failed += forbidden.length;
}
const skipped = total.skipped.reduce((sum, { tests }) => sum + tests, 0);
console.log(`${total.passed} passed, ${total.failed} failed, ${skipped} skipped`);
process.exitCode = total.failed === 0 ? 0 : 1;

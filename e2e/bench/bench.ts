/**
 * `npm run bench`, or `npm run bench -- PART...`: what the product costs, from one run on one machine. Figures of different machines do not compare;
 * the ratios do.
 */
import { spawn, spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { gzipSync } from 'node:zlib';
import { checkCapture } from '../../src-main/app/check.ts';
import { discover } from '../../src-main/discovery/discover.ts';
import { probes } from '../../src-main/discovery/probes/index.ts';
import { captureOf } from '../../src-main/hosts/simulated-host/observe.ts';
import type { Scenario } from '../../src-main/hosts/simulated-host/scenario.ts';
import { readResource } from '../../src-main/platform/resources.ts';
import { openPool } from '../../src-main/powershell/pool.ts';
import { nameEngine, prepareEngine, startSimulatedHost } from '../powershell/engine.ts';
import { processesIn } from '../powershell/processes.ts';
import { benchCeilings } from './ceilings-bench.ts';
import { benchCharts } from './chart-bench.ts';
import { benchMap } from './map-bench.ts';
import { heading, median, milliseconds, row } from './print.ts';
import { benchRules } from './rules-bench.ts';
import { benchHour, benchReadings } from './sampling-bench.ts';
import { benchSpread } from './spread-bench.ts';
import { tenfold } from './tenfold.ts';

const root = path.join(import.meta.dirname, '../..');

async function benchDiscovery(scenario: Scenario): Promise<void> {
  heading('Discovery of `large` through the real scripts in the PowerShell engine');
  const engine = nameEngine();
  if ('missing' in engine) {
    row('skipped', `${engine.missing}; to run it: ${engine.mend}`);
    return;
  }
  const host = await startSimulatedHost(scenario);
  const prepared = prepareEngine({ host });
  for (const size of [1, 3]) {
    await host.resetCounts();
    const shell = openPool({
      size,
      engine: prepared.engine,
      prelude: `${prepared.prelude}\n${readResource('powershell/probes/common.ps1')}`,
    });
    const started = performance.now();
    const facts = await shell.facts();
    const ready = performance.now();
    const look = await discover(shell, { sideBySide: size });
    const ended = performance.now();
    const processes = processesIn(prepared.engine.workingFolder)?.length;
    await shell.close();
    if (!facts.ok || !look.ok) throw new Error('The engine did not answer.');
    const answers = Object.entries(look.value.observations);
    const durations = answers.map(([name, { durationMs }]) => ({ name, durationMs }));
    const slowest = durations.reduce((a, b) => (b.durationMs > a.durationMs ? b : a));
    const calls = Object.values(await host.counts()).reduce((a, b) => a + b, 0);
    row(
      `${size} ${size === 1 ? 'process' : 'processes side by side'}: start of the first`,
      milliseconds(ready - started),
    );
    row(`  all ${probes.length} observations after it`, milliseconds(ended - ready));
    row(`  slowest single probe (${slowest.name})`, milliseconds(slowest.durationMs));
    row(
      '  wall time against the slowest probe',
      `${((ended - ready) / slowest.durationMs).toFixed(1)} times`,
    );
    row('  cmdlet calls', String(calls));
    row(
      '  PowerShell processes at the end',
      processes === undefined ? 'not told by this system' : String(processes),
    );
  }
  prepared.dispose();
  await host.stop();
}

function benchAnalysis(scenarios: readonly (readonly [string, Scenario])[]): void {
  heading('Analysis: capture to findings and ceilings, median of 15');
  let base: number | undefined;
  for (const [name, scenario] of scenarios) {
    const capture = captureOf(scenario);
    checkCapture(capture, 'demo');
    const times = Array.from({ length: 15 }, () => {
      const started = performance.now();
      checkCapture(capture, 'demo');
      return performance.now() - started;
    });
    const time = median(times);
    base ??= time;
    row(name, `${milliseconds(time)}  (${(time / base).toFixed(1)} times the first)`);
  }
}

function benchTerminal(): void {
  heading('Start to first answer in the terminal, whole process, median of 5');
  const empty = median(timesOf(['-e', '0']));
  row('node with an empty program', milliseconds(empty));
  for (const demo of ['iscsi-on-team', 'large']) {
    const time = median(timesOf(['src-main/cli/index.ts', 'check', '--demo', demo]));
    row(
      `switchyard check --demo ${demo}`,
      `${milliseconds(time)}  (${(time / empty).toFixed(1)} times the empty program)`,
    );
  }
}

function timesOf(args: readonly string[]): number[] {
  return Array.from({ length: 5 }, () => {
    const started = performance.now();
    spawnSync(process.execPath, args, { cwd: root, stdio: 'ignore' });
    return performance.now() - started;
  });
}

async function benchBundles(): Promise<void> {
  heading('Bundles');
  const build = spawn(
    process.execPath,
    ['node_modules/electron-vite/bin/electron-vite.js', 'build', '--logLevel', 'error'],
    {
      cwd: root,
      stdio: ['ignore', 'ignore', 'inherit'],
    },
  );
  const code = await new Promise((resolve) => build.on('exit', resolve));
  if (code !== 0) throw new Error('The bundles could not be built.');
  for (const part of ['main', 'preload', 'renderer']) {
    const folder = path.join(root, 'out', part);
    const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .map((file) => path.join(folder, file))
      .filter((file) => statSync(file).isFile() && !file.endsWith('.map'));
    const contents = files.map((file) => readFileSync(file));
    const bytes = contents.reduce((sum, content) => sum + content.length, 0);
    const packed = contents.reduce((sum, content) => sum + gzipSync(content).length, 0);
    row(
      part,
      `${(bytes / 1000).toFixed(0)} kB in ${files.length} files, ${(packed / 1000).toFixed(0)} kB gzipped`,
    );
  }
}

const large = JSON.parse(readResource('scenarios/large.json')) as Scenario;
const hosts = [
  ['large', large],
  ['ten times large', tenfold(large)],
] as const;

/** In the order in which they run; words on the command line choose among them. */
const parts: Readonly<Record<string, () => Promise<void> | void>> = {
  discovery: () => benchDiscovery(large),
  readings: () => benchReadings(hosts),
  hour: () => benchHour(large),
  analysis: () => benchAnalysis(hosts),
  rules: () => benchRules(large),
  ceilings: benchCeilings,
  spread: benchSpread,
  terminal: benchTerminal,
  chart: benchCharts,
  bundles: benchBundles,
  map: () => benchMap(hosts),
};

const chosen = process.argv.slice(2);
const unknown = chosen.filter((name) => !Object.hasOwn(parts, name));
if (unknown.length > 0) {
  console.error(`There is no part ${unknown.join(', ')}. There are: ${Object.keys(parts).join(', ')}.`);
  process.exit(64);
}
for (const [name, bench] of Object.entries(parts)) {
  if (chosen.length === 0 || chosen.includes(name)) await bench();
}

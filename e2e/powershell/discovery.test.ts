/**
 * Looks at every demo host through the real scripts in the engine, and holds the answer against the demo: the same
 * snapshot, the same findings, the same number of calls however large the host is, in every language of Windows.
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { observationNames, type Capture } from '#shared/capture.ts';
import type { Check } from '#shared/finding.ts';
import type { Snapshot } from '#shared/host/snapshot.ts';
import { succeed } from '#shared/result.ts';
import { defaultSideBySide } from '../../src-main/discovery/discover.ts';
import { readCaptureFile, writeCaptureFile } from '../../src-main/discovery/capture-file.ts';
import { readSnapshot } from '../../src-main/discovery/read-snapshot.ts';
import { localHost } from '../../src-main/hosts/local-host.ts';
import { readResource } from '../../src-main/platform/resources.ts';
import { openPool } from '../../src-main/powershell/pool.ts';
import { isEngineMissing, prepareEngine, startSimulatedHost, type EngineSettings } from './engine.ts';
import { processesLeftIn } from './processes.ts';

const common = readResource('powershell/probes/common.ps1');
const root = path.join(import.meta.dirname, '../..');
const scenarioFolder = path.join(root, 'resources/scenarios');
const scenarios = readdirSync(scenarioFolder)
  .filter((file) => file.endsWith('.json'))
  .map((file) => file.replace(/\.json$/, ''));
const scratch = mkdtempSync(path.join(tmpdir(), 'switchyard-discovery-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

interface Look {
  readonly capture: Capture;
  /** Calls by command, and of Get-CimInstance by class. */
  readonly counts: Readonly<Record<string, number>>;
}

/** A look at a simulated host as the product looks at its own machine. */
async function lookThroughEngine(scenario: string | object, settings: EngineSettings = {}): Promise<Look> {
  const host = await startSimulatedHost(
    typeof scenario === 'string' ? path.join(scenarioFolder, `${scenario}.json`) : scenario,
  );
  const prepared = prepareEngine({ host, ...settings });
  const machine = localHost({
    findEngine: () => succeed(prepared.engine),
    openShell: (engine) =>
      openPool({ engine, size: defaultSideBySide, prelude: `${prepared.prelude}\n${common}` }),
  });
  try {
    const look = await machine.look();
    if (!look.ok) throw new Error(look.failure.message);
    return { capture: look.value, counts: await host.counts() };
  } finally {
    await machine.close();
    await host.stop();
    expect(await processesLeftIn(prepared.engine.workingFolder)).toEqual([]);
    prepared.dispose();
  }
}

interface Said {
  /** 0 to 2 by severity; 3: nothing of the storage could be observed. */
  readonly code: number;
  readonly stdout: string;
}

/** Runs the product's command line. Any other exit code is an error of the call. */
function switchyard(...args: string[]): Promise<Said> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ['src-main/cli/index.ts', ...args], { cwd: root });
    let stdout = '';
    let stderr = '';
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => (stdout += chunk));
    child.stderr.setEncoding('utf8').on('data', (chunk: string) => (stderr += chunk));
    child.on('error', reject);
    child.on('close', (code) => {
      if (code !== null && code <= 3) resolve({ code, stdout });
      else reject(new Error(`switchyard ${args.join(' ')} ended with ${code}: ${stderr}`));
    });
  });
}

const demoCaptures = new Map<string, Promise<Capture>>();
function demoCapture(scenario: string): Promise<Capture> {
  const capture = demoCaptures.get(scenario) ?? captureDemo(scenario);
  demoCaptures.set(scenario, capture);
  return capture;
}

async function captureDemo(scenario: string): Promise<Capture> {
  const file = path.join(scratch, `demo-${scenario}.json`);
  await switchyard('capture', '--demo', scenario, '-o', file);
  const capture = await readCaptureFile(file);
  if (!capture.ok) throw new Error(capture.failure.message);
  return capture.value;
}

/** What was observed, apart from wordings: the engine's messages are not those of Windows. */
function observed(snapshot: Snapshot) {
  return Object.fromEntries(
    Object.entries(snapshot.readings).map(([name, reading]) => [
      name,
      reading.status === 'ok'
        ? { records: reading.records, itemErrors: reading.itemErrors.map(({ item }) => item) }
        : { status: reading.status, kind: reading.status === 'not-asked' ? undefined : reading.error.kind },
    ]),
  );
}

/** Also of observations that nothing reads yet: whether they answered, and with how many objects. */
function answered(capture: Capture) {
  return observationNames.map((name) => {
    const observation = capture.observations[name];
    if (observation === undefined) return `${name}: not asked`;
    return `${name}: ${observation.status === 'ok' ? observation.data.length : observation.error.kind}`;
  });
}

function judged({ code, stdout }: Said) {
  if (stdout === '') return { code };
  const { findings, targets, rules } = JSON.parse(stdout) as Check;
  // A reason names the observation, a colon, and then what was said, in words of Windows or of the engine.
  const results = rules.map((rule) =>
    'reason' in rule ? { ...rule, reason: rule.reason.split(':')[0] } : rule,
  );
  return { code, findings, targets, results };
}

/** The demo knows no culture, so a look in any of them must give the same. Decimal commas, other case, other signs. */
const cultures = ['en-US', 'de-DE', 'ja-JP', 'tr-TR'];
const cultureOf = (scenario: string) => cultures[scenarios.indexOf(scenario) % cultures.length] ?? 'en-US';

/**
 * Without an installed engine these hosts are seen as one would see them, which proves its way of being set up. In all
 * others the engine looks for modules itself, as it does under the product.
 */
const seenAsInstalled = new Set([
  'converged-2012r2',
  'everything-failed',
  'mpio-dedicated',
  'names',
  'not-elevated',
]);

const looks = new Map<string, Promise<Look>>();
function lookAt(scenario: string): Promise<Look> {
  const look =
    looks.get(scenario) ??
    lookThroughEngine(scenario, {
      culture: cultureOf(scenario),
      ...(seenAsInstalled.has(scenario) && { setUp: 'installed' }),
    });
  looks.set(scenario, look);
  return look;
}

const hosts = scenarios.map((scenario) => [scenario, cultureOf(scenario)] as const);
describe.skipIf(isEngineMissing()).each(hosts)('%s in %s', (scenario) => {
  test('the scripts see what the demo shows', async () => {
    const { capture } = await lookAt(scenario);
    const demo = await demoCapture(scenario);
    expect(answered(capture)).toEqual(answered(demo));
    expect(observed(readSnapshot(capture))).toEqual(observed(readSnapshot(demo)));
  });

  test('the capture of the scripts gives the findings of the demo', async () => {
    const { capture } = await lookAt(scenario);
    // A look takes no samples, while a demo may come with recorded traffic, which rules of their own judge.
    const { samples: _, ...look } = await demoCapture(scenario);
    const checkOf = async (name: string, written: Capture) => {
      const file = path.join(scratch, `${name}-${scenario}.json`);
      expect(await writeCaptureFile(file, written)).toMatchObject({ ok: true });
      return judged(await switchyard('check', '--capture', file, '--json'));
    };
    expect(capture.samples).toBeUndefined();
    expect(await checkOf('seen', capture)).toEqual(await checkOf('shown', look));
  });
});

describe.skipIf(isEngineMissing())('however the host is', () => {
  interface Large {
    readonly adapters: readonly { readonly name: string }[];
    readonly [part: string]: unknown;
  }

  test('a host ten times as large is asked as often', async () => {
    const { counts } = await lookAt('large');
    const large = JSON.parse(readFileSync(path.join(scenarioFolder, 'large.json'), 'utf8')) as Large;
    const more = Array.from({ length: 320 }, (_, index) => ({
      ...large.adapters[index % large.adapters.length],
      name: `More ${index}`,
    }));
    const larger = await lookThroughEngine({ ...large, adapters: [...large.adapters, ...more] });
    expect(larger.counts).toEqual(counts);
    const adapters = larger.capture.observations.NetAdapter;
    expect(adapters?.status === 'ok' && adapters.data.length).toBeGreaterThan(350);
  });
});

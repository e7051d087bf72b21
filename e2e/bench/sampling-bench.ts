/** What live sampling costs: one reading through the real scripts, and an hour of them replayed. */
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { checkSnapshot } from '../../src-main/app/check.ts';
import { trafficHost, trafficLimits } from '../../src-main/app/traffic.ts';
import { createRecording, openRecording } from '../../src-main/discovery/recording-file.ts';
import { readSnapshot } from '../../src-main/discovery/read-snapshot.ts';
import type { CounterSource } from '../../src-main/hosts/sampler/counter-source.ts';
import { shellSources } from '../../src-main/hosts/sampler/shell-sources.ts';
import { simulatedSource } from '../../src-main/hosts/simulated-host/counter-source.ts';
import { captureOf } from '../../src-main/hosts/simulated-host/observe.ts';
import type { Scenario } from '../../src-main/hosts/simulated-host/scenario.ts';
import { createSimulatedHost } from '../../src-main/hosts/simulated-host/simulated-host.ts';
import { openSession } from '../../src-main/powershell/session.ts';
import type { Shell } from '../../src-main/powershell/shell.ts';
import { TrafficJudge } from '../../src-main/spread/traffic-judge.ts';
import { SeriesRecorder } from '../../src-main/sampling/series-recorder.ts';
import type { Sample } from '../../src-main/shared/sample.ts';
import { nameEngine, prepareEngine, startSimulatedHost } from '../powershell/engine.ts';
import { heading, median, milliseconds, row } from './print.ts';

const readings = 5;
const hourSeconds = 3600;

function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(1)} MB`;
}

/**
 * The commands that the scripts ask, in front of the simulated ones: while `$SwitchyardHeld.IsOn`, each answers what it
 * answered the first time. What a reading takes then is the scripts' own work and the way of the answer.
 */
const heldCommands = `
# Loaded later, their functions would take the place of these.
Import-Module CimCmdlets, NetAdapter
$SwitchyardHeld = @{ IsOn = $false; Answers = @{} }
function Get-HeldAnswer([string] $Key, [scriptblock] $Ask) {
    if (-not $SwitchyardHeld.IsOn -or -not $SwitchyardHeld.Answers.ContainsKey($Key)) {
        $SwitchyardHeld.Answers[$Key] = @(& $Ask)
    }
    $SwitchyardHeld.Answers[$Key]
}
function Get-NetAdapterStatistics {
    [CmdletBinding()] param()
    Get-HeldAnswer 'adapters' { NetAdapter\\Get-NetAdapterStatistics -ErrorAction Stop }
}
function Get-CimInstance {
    [CmdletBinding()] param([string] $Namespace = 'root/cimv2', [string] $ClassName, [string[]] $Property)
    Get-HeldAnswer $ClassName { CimCmdlets\\Get-CimInstance -Namespace $Namespace -ClassName $ClassName -ErrorAction Stop }
}
`;

interface Spent {
  readonly ms: number;
  readonly cpuMs: number;
}

async function medianOf(source: CounterSource): Promise<Spent & { readonly rows: number }> {
  const spent: Spent[] = [];
  let rows = 0;
  let before: number | undefined;
  for (let index = 0; index <= readings; index += 1) {
    const reading = await source.read();
    if (!reading.ok) throw new Error(reading.failure.message);
    const { durationMs, cpuMs = 0, answers } = reading.value;
    rows = answers.reduce((sum, answer) => sum + ('rows' in answer ? answer.rows.length : 0), 0);
    // The first one loads modules.
    if (before !== undefined) spent.push({ ms: durationMs, cpuMs: cpuMs - before });
    before = cpuMs;
  }
  return { ms: median(spent.map(({ ms }) => ms)), cpuMs: median(spent.map(({ cpuMs }) => cpuMs)), rows };
}

export async function benchReadings(hosts: readonly (readonly [string, Scenario])[]): Promise<void> {
  heading(`One reading of the counters in the PowerShell engine, median of ${readings}`);
  const engine = nameEngine();
  if ('missing' in engine) {
    row('skipped', `${engine.missing}; to run it: ${engine.mend}`);
    return;
  }
  for (const [name, scenario] of hosts) {
    const host = await startSimulatedHost(scenario);
    const prepared = prepareEngine({ host });
    let bytes = 0;
    // As the product opens them, but for a look at what comes back.
    const sessions: Shell[] = [];
    const open = (at: Parameters<typeof openSession>[0]['engine'], prelude: string): Shell => {
      const session = openSession({ engine: at, prelude });
      sessions.push(session);
      return {
        ...session,
        run: async (request) => {
          const reply = await session.run({ ...request, deadlineMs: 120_000 });
          if (reply.ok) bytes = JSON.stringify(reply.value.data).length;
          return reply;
        },
      };
    };
    const sources = shellSources(prepared.engine, open, `${prepared.prelude}\n${heldCommands}`);
    for (const [index, source] of sources.entries()) {
      const asked = await medianOf(source);
      const size = `${(bytes / 1000).toFixed(0)} kB before packing`;
      await sessions[index]?.run({ script: '$SwitchyardHeld.IsOn = $true', deadlineMs: 10_000 });
      const own = await medianOf(source);
      await source.close();
      row(
        `${name}, ${source.name}: ${asked.rows} instances`,
        `${milliseconds(asked.ms)}, ${milliseconds(asked.cpuMs)} of a processor, ${size}`,
      );
      row(
        '  of it the scripts alone, without the simulated classes',
        `${milliseconds(own.ms)}, ${milliseconds(own.cpuMs)} of a processor`,
      );
    }
    prepared.dispose();
    await host.stop();
  }
}

/** After a collection, where the program was started with --expose-gc. */
function heapBytes(): number {
  (globalThis as { gc?: () => void }).gc?.();
  return process.memoryUsage().heapUsed + process.memoryUsage().arrayBuffers;
}

export async function benchHour(scenario: Scenario): Promise<void> {
  heading('An hour of `large` at 1 Hz: recorded, and replayed as fast as it goes');
  const folder = mkdtempSync(path.join(tmpdir(), 'switchyard-hour-'));
  const file = path.join(folder, 'hour.capture.json.gz');
  let second = 0;
  const host = createSimulatedHost(scenario, { seconds: () => second });
  const source = simulatedSource(host);
  const recording = await createRecording(file, captureOf(scenario));
  if (!recording.ok) throw new Error(recording.failure.message);
  const recordedAt = performance.now();
  for (; second <= hourSeconds; second += 1) {
    const reading = await source.read();
    if (!reading.ok) throw new Error(reading.failure.message);
    const counters: Record<string, Sample['counters'][string]> = {};
    const ticks: Record<string, number> = {};
    for (const answer of reading.value.answers) {
      if (!('rows' in answer)) continue;
      counters[answer.counterClass] = answer.rows;
      ticks[answer.counterClass] = answer.tickMs;
    }
    const at = new Date(Date.parse('2026-01-15T12:00:00Z') + second * 1000).toISOString();
    const written = await recording.value.append({ at, ticks, counters });
    if (!written.ok) throw new Error(written.failure.message);
  }
  await recording.value.close();
  row(
    'made and written, for each sample',
    `${milliseconds((performance.now() - recordedAt) / hourSeconds)}, ${(statSync(file).size / hourSeconds / 1000).toFixed(1)} kB in the file`,
  );

  const opened = await openRecording(file);
  if (!opened.ok) throw new Error(opened.failure.message);
  const snapshot = readSnapshot(opened.value.capture);
  const { MpioDisk } = snapshot.readings;
  const check = checkSnapshot(snapshot, opened.value.capture, 'demo');
  const judge = new TrafficJudge(trafficHost(check, snapshot), {
    limits: trafficLimits(),
    periodMs: 1000,
    about: 'running',
  });
  // A window of a quarter of the hour, so that it is full for most of the replay.
  const capacity = hourSeconds / 4;
  const recorder = new SeriesRecorder({
    model: check.model,
    mpio: MpioDisk.status === 'ok' ? MpioDisk.records : [],
    periodMs: 1000,
    capacity,
  });
  const heaps: number[] = [];
  const replayedAt = performance.now();
  let count = 0;
  for await (const sample of opened.value.samples()) {
    judge.take(recorder.take(sample));
    count += 1;
    if (count % capacity === 0) heaps.push(heapBytes());
  }
  const took = performance.now() - replayedAt;
  const [full = 0] = heaps;
  const last = heaps.at(-1) ?? 0;
  row(
    `replayed: ${count} samples, ${recorder.window(1).series.length} series`,
    `${milliseconds(took)}, ${(hourSeconds / (took / 1000)).toFixed(0)} times as fast as it was`,
  );
  const { groups } = judge.judgement();
  row(
    'groups of paths with a verdict at the end',
    `${groups.filter(({ verdict }) => verdict !== 'not-enough-traffic').length} of ${groups.length}`,
  );
  row('memory when the window was full, by quarters', heaps.map(megabytes).join(', '));
  row('memory at the end against the full window', `${((100 * last) / full - 100).toFixed(1)} % more`);
  rmSync(folder, { recursive: true, force: true });
}

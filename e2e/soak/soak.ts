/**
 * `npm run soak [-- --hours 8] [--every 60] [--seed N]`: hours of a session in minutes, with something going wrong every
 * ten seconds; see session.ts. Prints what the process holds, every so many simulated minutes, and ends with 1 where
 * that is not flat or something went wrong.
 */
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { setImmediate as turn } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { Busy } from './busy.ts';
import { openSession, type SoakSession } from './session.ts';
import { memorySlope, notFlat, type Figures } from './verdict.ts';
import { installVirtualClock } from './virtual-clock.ts';

const { values } = parseArgs({
  options: { hours: { type: 'string' }, every: { type: 'string' }, seed: { type: 'string' } },
});
const hours = Number(values.hours ?? 8);
const everyMs = Number(values.every ?? 30) * 60_000;
const seed = Number(values.seed ?? 1);
const hourMs = 3_600_000;
/** How long time stands still for what is under way outside; what takes longer takes simulated time. */
const graceMs = 100;

const clock = installVirtualClock();
const busy = new Busy();
const wrong: string[] = [];
process.on('unhandledRejection', (error) => wrong.push(`unhandled: ${String(error)}`));
process.on('warning', (warning) => wrong.push(`warning: ${warning.message}`));

/** Lets all that can go on go on, really. */
async function settle(): Promise<void> {
  const beganMs = clock.realNowMs();
  for (let turns = 0; turns < 4; turns += 1) await turn();
  while (!busy.isIdle && clock.realNowMs() - beganMs < graceMs) {
    await clock.realPause(1);
    for (let turns = 0; turns < 4; turns += 1) await turn();
  }
}

async function letPass<T>(work: Promise<T>, untilMs = Infinity): Promise<T | undefined> {
  let ended: { readonly value: T } | undefined;
  let failed: unknown;
  work.then(
    (value) => (ended = { value }),
    (error: unknown) => (failed = error ?? new Error('It failed.')),
  );
  while (clock.nowMs() < untilMs) {
    await settle();
    if (failed !== undefined) throw failed as Error;
    if (ended !== undefined) return ended.value;
    clock.advance(Math.min(untilMs, clock.nowMs() + 60_000));
  }
  return undefined;
}

const never = new Promise<never>(() => undefined);

function openFiles(): number {
  try {
    return readdirSync('/proc/self/fd').length;
  } catch {
    // Not Linux: the sockets and processes are counted all the same.
    return 0;
  }
}

function measure(session: SoakSession): Figures {
  const { gc } = globalThis;
  if (gc === undefined)
    throw new Error('Run it with node --expose-gc: memory is measured after a collection.');
  gc();
  gc();
  const { heapUsed, external } = process.memoryUsage();
  const resources = process.getActiveResourcesInfo();
  const count = (name: string): number => resources.filter((one) => one === name).length;
  return {
    hours: clock.nowMs() / hourMs,
    processes: count('ProcessWrap'),
    openFiles: openFiles(),
    sockets: count('TCPSocketWrap'),
    timers: clock.timerCount(),
    listeners: session.listenerCount(),
    memoryMb: (heapUsed + external) / 2 ** 20,
  };
}

const columns = ['hours', 'processes', 'openFiles', 'sockets', 'timers', 'listeners', 'memoryMb'] as const;
const folder = mkdtempSync(path.join(tmpdir(), 'switchyard-soak-'));
const figures: Figures[] = [];
console.log(`${hours} simulated hours, seed ${seed}`);
console.log(
  `${columns.map((name) => name.padStart(9)).join(' ')}   looks marred samples faults pages changes undone`,
);
const session = await letPass(openSession(seed, folder, busy));
if (session === undefined) throw new Error('The session did not open.');
const openedMs = clock.nowMs();
for (let atMs = everyMs; atMs <= hours * hourMs; atMs += everyMs) {
  await letPass(never, openedMs + atMs);
  await letPass(session.quieten());
  const now = measure(session);
  figures.push(now);
  session.goOn();
  const { looks, marred, faults, pages, applied, undone } = session.counts;
  const told = columns.map((name) => now[name].toFixed(/hours|Mb/.test(name) ? 2 : 0).padStart(9)).join(' ');
  console.log(
    `${told}   ${[looks, marred, session.sampleCount(), faults, pages, applied, undone].join(' ')}`,
  );
}
await letPass(session.close());
rmSync(folder, { recursive: true, force: true });

wrong.push(...session.wrong, ...notFlat(figures));
const slope = memorySlope(figures);
for (const line of [...new Set(wrong)].slice(0, 20)) console.log(line);
console.log(
  `${wrong.length === 0 ? 'flat' : 'not well'}: ${
    slope === undefined
      ? 'too short to judge memory'
      : `memory ${slope >= 0 ? '+' : ''}${slope.toFixed(2)} MB an hour`
  }, ${(clock.realNowMs() / 1000).toFixed(0)} s in all`,
);
process.exit(wrong.length === 0 ? 0 : 1);

/**
 * `npm run fuzz [-- --runs 10000] [--seed N]`: captures that no host wrote, through check, diff, what-if, redact and
 * report. Ends with 1 where anything crashed, hung, or called lost facts fine; each line has the seed that shows it again.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { parseArgs } from 'node:util';
import { basesOf, runOnce, slowMs, type Tally } from './run.ts';

const { values } = parseArgs({ options: { runs: { type: 'string' }, seed: { type: 'string' } } });
const runs = Number(values.runs ?? 10_000);
const first = Number(values.seed ?? Date.now() % 1_000_000_000);
const folder = mkdtempSync(path.join(tmpdir(), 'switchyard-fuzz-'));
const tally: Tally = { judged: 0, refused: 0, slowest: 0 };
const wrong: string[] = [];
process.on('unhandledRejection', (error) => wrong.push(`unhandled: ${String(error)}`));

console.log(`${runs} captures, seeds ${first} to ${first + runs - 1}`);
const bases = basesOf();
const started = performance.now();
for (let seed = first; seed < first + runs; seed += 1) {
  const before = performance.now();
  try {
    await runOnce(seed, bases, folder, tally);
  } catch (error) {
    wrong.push(
      `--runs 1 --seed ${seed}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
    );
  }
  const ms = performance.now() - before;
  if (ms > slowMs) wrong.push(`--runs 1 --seed ${seed}: took ${ms.toFixed(0)} ms`);
}
rmSync(folder, { recursive: true });
const seconds = (performance.now() - started) / 1000;
for (const line of wrong.slice(0, 20)) console.log(line);
console.log(
  `${tally.judged} judged, ${tally.refused} refused, ${wrong.length} wrong, slowest ${tally.slowest.toFixed(0)} ms, ${seconds.toFixed(0)} s in all`,
);
process.exitCode = wrong.length === 0 ? 0 : 1;

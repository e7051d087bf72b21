/**
 * `npm run fuzz [-- --kind captures|settings|journals] [--runs 10000] [--seed N]`: files that no Switchyard wrote,
 * through everything that reads them. Ends with 1 where anything crashed, hung, or called lost facts fine; each line has
 * what shows it again.
 */
import process from 'node:process';
import { parseArgs } from 'node:util';
import { Worker } from 'node:worker_threads';
import { kinds } from './kinds.ts';
import type { WorkerNews, WorkerOrder } from './worker.ts';

const { values } = parseArgs({
  options: { kind: { type: 'string' }, runs: { type: 'string' }, seed: { type: 'string' } },
});
const runs = Number(values.runs ?? 10_000);
const first = Number(values.seed ?? Date.now() % 1_000_000_000);
/** CPU time after which a run is given up: nothing that takes so long comes to an end. */
const hangMs = 20_000;

/** The news of a kind at its end, or at the run that hangs. */
function fuzz(kind: string): Promise<WorkerNews> {
  const workerData: WorkerOrder = { kind, first, runs };
  const worker = new Worker(new URL('./worker.ts', import.meta.url), { workerData });
  return new Promise((resolve, reject) => {
    let last: WorkerNews | undefined;
    let usedBefore = 0;
    let seenSeed: number | undefined;
    const watch = setInterval(() => {
      void worker.cpuUsage().then(({ user, system }) => {
        const usedMs = (user + system) / 1000;
        if (last?.seed !== seenSeed) {
          seenSeed = last?.seed;
          usedBefore = usedMs;
        } else if (last !== undefined && usedMs - usedBefore > hangMs) {
          const hung = `--kind ${kind} --runs 1 --seed ${last.seed}: hangs`;
          resolve({ ...last, wrong: [...last.wrong, hung] });
          void worker.terminate();
        }
      });
    }, 1000);
    worker.on('message', (news: WorkerNews) => (last = news));
    worker.on('error', reject);
    worker.on('exit', () => {
      clearInterval(watch);
      if (last !== undefined) resolve(last);
    });
  });
}

let wrongs = 0;
for (const kind of values.kind === undefined ? Object.keys(kinds) : [values.kind]) {
  console.log(`${kind}: ${runs} files, seeds ${first} to ${first + runs - 1}`);
  const started = performance.now();
  const { tally, slowestMs, wrong } = await fuzz(kind);
  for (const line of wrong.slice(0, 20)) console.log(line);
  console.log(
    `${tally.judged} judged, ${tally.refused} refused or with gaps, ${wrong.length} wrong, slowest ${slowestMs.toFixed(0)} ms of CPU time, ${((performance.now() - started) / 1000).toFixed(0)} s in all`,
  );
  wrongs += wrong.length;
}
process.exitCode = wrongs === 0 ? 0 : 1;

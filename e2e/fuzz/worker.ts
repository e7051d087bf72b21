/** Runs of one kind, one after the other, each announced before it begins: what hangs is known by its seed. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { parentPort, workerData } from 'node:worker_threads';
import { kinds } from './kinds.ts';
import type { Tally } from './tally.ts';

export interface WorkerOrder {
  readonly kind: string;
  readonly first: number;
  readonly runs: number;
}

export interface WorkerNews {
  /** The run that begins now; undefined at the end. */
  readonly seed?: number;
  readonly tally: Tally;
  /** CPU time of the slowest run so far, in ms. */
  readonly slowestMs: number;
  readonly wrong: readonly string[];
}

/** No file may keep a person waiting longer than this, whatever is in it. CPU time: others may be at work here. */
const slowMs = 2_000;

const { kind, first, runs } = workerData as WorkerOrder;
const tally: Tally = { judged: 0, refused: 0 };
const wrong: string[] = [];
let slowestMs = 0;
const tell = (seed?: number): void => {
  const news: WorkerNews = { ...(seed !== undefined && { seed }), tally, slowestMs, wrong };
  parentPort?.postMessage(news);
};
process.on('unhandledRejection', (error) => wrong.push(`${kind}: unhandled: ${String(error)}`));

const folder = mkdtempSync(path.join(tmpdir(), 'switchyard-fuzz-'));
const fuzzOne = await kinds[kind]?.(folder);
if (fuzzOne === undefined) throw new Error(`There is no kind ${kind}.`);
for (let seed = first; seed < first + runs; seed += 1) {
  tell(seed);
  const how = `--kind ${kind} --runs 1 --seed ${seed}`;
  const before = process.threadCpuUsage();
  try {
    await fuzzOne(seed, tally);
  } catch (error) {
    wrong.push(`${how}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
  }
  const { user, system } = process.threadCpuUsage(before);
  const ms = (user + system) / 1000;
  slowestMs = Math.max(slowestMs, ms);
  if (ms > slowMs) wrong.push(`${how}: took ${ms.toFixed(0)} ms of CPU time`);
}
rmSync(folder, { recursive: true, force: true });
tell();

/**
 * `npm run fuzz:changes [-- --runs 10000] [--seed N]`: random hosts, and a random fix on each, done and taken back. Ends
 * with 1 at the first that leaves a disk or a share without a working path, or does not lead all the way back; it says
 * the host and the seed that shows it again.
 */
import process from 'node:process';
import { parseArgs } from 'node:util';
import * as fc from 'fast-check';
import { randomHosts, tryRandomFix } from '../../src-main/testing/random-changes.ts';

const { values } = parseArgs({ options: { runs: { type: 'string' }, seed: { type: 'string' } } });
const runs = Number(values.runs ?? 10_000);
const seed = Number(values.seed ?? Date.now() % 1_000_000_000);
const tally = { hosts: 0, applied: 0, refused: 0, nothing: 0 };
const started = performance.now();
const seconds = (): string => ((performance.now() - started) / 1000).toFixed(0);

console.log(`${runs} hosts, seed ${seed}`);
const result = await fc.check(
  fc.asyncProperty(randomHosts, fc.nat(1000), fc.nat(255), async (host, pick, draw) => {
    const plan = await tryRandomFix(host, pick, draw);
    tally.hosts += 1;
    if (plan === undefined) tally.nothing += 1;
    else if (plan.refusals.length > 0 || plan.steps.length === 0) tally.refused += 1;
    else tally.applied += 1;
    if (tally.hosts % 1000 === 0) console.log(`${tally.hosts} hosts, ${seconds()} s`);
  }),
  { numRuns: runs, seed, endOnFailure: true },
);
if (result.failed) console.log(fc.defaultReportMessage(result));
const { hosts, applied, refused, nothing } = tally;
console.log(
  `${hosts} hosts: ${applied} changed and changed back, ${refused} refused, ${nothing} with nothing to fix, ${seconds()} s`,
);
process.exitCode = result.failed ? 1 : 0;

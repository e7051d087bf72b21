/** The spread verdict by simulation: how often even paths are found at fault, and whether silent ones are found. */
import {
  drawWorkload,
  runHash,
  runPolicy,
  seeded,
  type Deal,
} from '../../src-main/testing/spread-simulation.ts';
import { heading, row } from './print.ts';

const deals: readonly Deal[] = [
  'round robin',
  'round robin, requests not counted',
  'least queue depth',
  'least queue depth at depth 1',
  'least blocks',
  'least blocks, sequential',
  'failover only',
];
const runs = 10_000;
const silentRuns = 2000;

/** Fixed, so that two runs of the bench print the same figures. */
const seed = 20_261_130;

export function benchSpread(): void {
  heading(`Spread verdict: ${runs} even runs of per-request policies, three windows of ten seconds each`);
  const random = seeded(seed);
  let alarms = 0;
  for (const deal of deals) {
    const count = Math.ceil(runs / deals.length);
    const outcomes = Array.from({ length: count }, () => runPolicy(drawWorkload(random, deal), random));
    const raised = outcomes.filter(({ isRaised }) => isRaised).length;
    const seen = outcomes.filter(({ isSeen }) => isSeen).length;
    const judged = outcomes.filter(({ isJudged }) => isJudged).length;
    alarms += raised;
    row(
      deal,
      `${raised} false verdicts in ${count} runs (${judged} with enough traffic; ${seen} with one bad window)`,
    );
  }
  row('all of them', `${alarms} false verdicts (goal: 0)`);

  heading('Spread verdict: one of 2 to 8 paths carries nothing, runs with enough traffic');
  for (const deal of [
    'round robin',
    'round robin, requests not counted',
    'least queue depth',
    'least blocks',
  ] as const) {
    const outcomes = Array.from({ length: silentRuns }, () => {
      const work = drawWorkload(random, deal, true);
      return { work, outcome: runPolicy(work, random) };
    }).filter(({ outcome }) => outcome.isJudged);
    const [two, more] = [
      outcomes.filter(({ work }) => work.paths === 2),
      outcomes.filter(({ work }) => work.paths > 2),
    ];
    const found = (all: typeof outcomes): string =>
      `${all.filter(({ outcome }) => outcome.isRaised).length} of ${all.length}`;
    row(deal, `found in three windows: ${found(two)} with two paths, ${found(more)} with three to eight`);
  }

  heading('Spread verdict: even hash of heavy-tailed flows (Pareto 1.2), 10,000 runs each');
  for (const members of [2, 3, 4, 8]) {
    for (const flows of [32, 64, 128, 512]) {
      let raised = 0;
      for (let run = 0; run < runs; run += 1) {
        if (runHash({ members, flows }, random).isRaised) raised += 1;
      }
      row(
        `${members} members, ${flows} flows`,
        `${raised} false verdicts, ${((100 * raised) / runs).toFixed(2)} % (goal: at most 0.1 %)`,
      );
    }
  }
}

import { describe, expect, it } from 'vitest';
import { drawWorkload, runHash, runPolicy, seeded, type Deal } from '../testing/spread-simulation.ts';

const runs = 150;

describe('paths that share evenly, in 150 runs each (npm run bench makes 10,000)', () => {
  it.each<[Deal, number]>([
    ['round robin', 40],
    ['round robin, requests not counted', 10],
    ['least queue depth', 40],
    ['least queue depth at depth 1', 0],
    ['least blocks', 40],
    ['least blocks, sequential', 40],
    ['failover only', 60],
  ])('%s is never found at fault', (deal, judgedAtLeast) => {
    const random = seeded(7);
    const outcomes = Array.from({ length: runs }, () => runPolicy(drawWorkload(random, deal), random));
    expect(outcomes.filter(({ isRaised }) => isRaised)).toEqual([]);
    expect(outcomes.filter(({ isJudged }) => isJudged).length).toBeGreaterThanOrEqual(judgedAtLeast);
  });

  it('failover only is never called uneven', () => {
    const random = seeded(8);
    const seen = new Set(
      Array.from({ length: runs }, () => [
        ...runPolicy(drawWorkload(random, 'failover only'), random).verdicts,
      ]).flat(),
    );
    expect([...seen].sort()).toEqual(['by-design', 'not-enough-traffic']);
  });

  it('a hash of 32 heavy-tailed flows or more is found at fault in at most one run of a thousand', () => {
    const random = seeded(9);
    const outcomes = Array.from({ length: 1000 }, (_, at) =>
      runHash({ members: 2 + (at % 7), flows: 32 + ((at * 13) % 200) }, random),
    );
    expect(outcomes.filter(({ isRaised }) => isRaised).length).toBeLessThanOrEqual(1);
  });
});

describe('a path that carries nothing is found in three windows, wherever there is enough traffic', () => {
  it.each<Deal>(['round robin', 'round robin, requests not counted', 'least queue depth', 'least blocks'])(
    '%s',
    (deal) => {
      const random = seeded(11);
      const judged = Array.from({ length: runs }, () => {
        const work = drawWorkload(random, deal, true);
        return { work, outcome: runPolicy(work, random) };
      }).filter(({ outcome }) => outcome.isJudged);
      // One path alone under least blocks may be sequential work, which is meant to stay there.
      const told = judged.filter(({ work }) => deal !== 'least blocks' || work.paths > 2);
      expect(told.length).toBeGreaterThan(8);
      expect(told.filter(({ outcome }) => !outcome.isRaised)).toEqual([]);
    },
  );

  it('a member of a team', () => {
    const random = seeded(12);
    for (const members of [2, 3, 4, 8]) {
      const outcome = runHash({ members, flows: 128, deadMember: 1 }, random);
      expect({ members, isRaised: outcome.isRaised }).toEqual({ members, isRaised: true });
    }
  });
});

import { describe, expect, it } from 'vitest';
import { Episodes } from './episodes.ts';

const bucketMs = 10_000;

/** One letter a bucket: `#` shows it, `.` does not. What is told after the last one, in seconds. */
function after(buckets: string, keepsEnded = false) {
  const episodes = new Episodes(60_000, keepsEnded);
  for (const [at, letter] of Array.from(buckets).entries()) {
    if (letter === '#')
      episodes.show(
        'disk',
        { fromMs: at * bucketMs, toMs: (at + 1) * bucketMs },
        at,
        at === 0 ? 7 : undefined,
      );
    else episodes.miss('disk');
  }
  const longest = episodes.longest('disk');
  return longest && [longest.sinceMs / 1000, longest.untilMs / 1000];
}

describe('what has to last', () => {
  it.each([
    ['is told once it has lasted', '######', [0, 60]],
    ['is not told before', '#####', undefined],
    ['begins anew after a pause before that', '#####.#####', undefined],
    ['goes on across a pause once it was told', '######..##', [0, 100]],
    ['is still told while it pauses', '######..', [0, 60]],
    ['is taken back when it was over for a while', '######...', undefined],
    ['has to last again then', '######...#####', undefined],
  ] as const)('%s: %s', (_, buckets, told) => {
    expect(after(buckets)).toEqual(told);
  });

  it('is kept of a recording when it is over, the longest', () => {
    expect(after('######...########....#####', true)).toEqual([90, 170]);
  });

  it('has its means over the time that showed it', () => {
    const episodes = new Episodes(20_000, false);
    episodes.show('disk', { fromMs: 0, toMs: 10_000 }, 3, 5);
    episodes.show('disk', { fromMs: 10_000, toMs: 40_000 }, 5);
    episodes.miss('disk');
    expect(episodes.longest('disk')).toMatchObject({ mean: 4.5, meanBeside: 5 });
  });
});

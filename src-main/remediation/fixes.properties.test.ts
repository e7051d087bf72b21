import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { randomHosts, tryRandomFix } from '../testing/random-changes.ts';

it(
  'never leaves a disk or a share without a working path, and goes all the way back',
  { timeout: 600_000 },
  async () => {
    let applied = 0;
    await fc.assert(
      fc.asyncProperty(randomHosts, fc.nat(1000), fc.nat(255), async (host, pick, draw) => {
        const plan = await tryRandomFix(host, pick, draw);
        if (plan !== undefined && plan.refusals.length === 0 && plan.steps.length > 0) applied += 1;
      }),
      { numRuns: 40 },
    );
    // A property that refuses everything would hold as well.
    expect(applied).toBeGreaterThan(5);
  },
);

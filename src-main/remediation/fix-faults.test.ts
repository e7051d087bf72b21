import { format, resolveConfig } from 'prettier';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { fixes } from './catalogue.ts';
import { oneCaseOfEachFix } from '../testing/all-fix-cases.ts';
import { isReversible } from '../testing/fix-cases.ts';
import { faultsOf, faultsText, type FaultRow } from '../testing/fix-faults.ts';

/** One host for each fix: the first of its table. */
const cases = oneCaseOfEachFix;
const rows: FaultRow[] = [];
const page = fileURLToPath(new URL('../../docs/fix-faults.md', import.meta.url));

it('has a host for every fix that Switchyard applies itself', () => {
  const applied = fixes.filter(({ byHand }) => byHand === undefined).map(({ id }) => id);
  expect(cases.map(({ fix }) => fix).sort()).toEqual(applied);
});

describe.each(cases)('$fix, when something goes wrong', { timeout: 300_000 }, (one) => {
  it('ends as before, or says what is left', async () => {
    const row = await faultsOf(one);
    rows.push(row);
    for (const result of row.results) {
      const { outcome, state, alone } = result;
      // Nothing is ever left in between without a word.
      if (state === 'in between') expect(['partly-undone', 'interrupted']).toContain(outcome);
      if (alone?.state === 'in between') {
        expect(result).toMatchObject({ alone: { isGuarded: false, isTold: true } });
      }
      if (isReversible(one)) {
        const end = outcome === 'successful' ? 'applied' : 'as before';
        expect(['rolled-back', 'not-begun', 'successful']).toContain(outcome);
        expect(result).toMatchObject({ state: end });
        if (alone?.isGuarded === true) expect(result).toMatchObject({ alone: { state: 'as before' } });
      }
      expect(result.message).not.toBe('');
    }
  });
});

it('is told in docs/fix-faults.md as it happens', async () => {
  expect(rows).toHaveLength(cases.length);
  const text = await format(faultsText(rows), { ...(await resolveConfig(page)), parser: 'markdown' });
  await expect(text).toMatchFileSnapshot(page);
});

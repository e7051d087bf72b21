import { format, resolveConfig } from 'prettier';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { isReversible } from '../testing/fix-cases.ts';
import { faultsOf, faultsText, type FaultRow } from '../testing/fix-faults.ts';
import { networkFixCases } from '../testing/network-fix-cases.ts';
import { networkPathCases } from '../testing/network-path-cases.ts';
import { storageFixCases } from '../testing/storage-fix-cases.ts';
import { teamNicCases } from '../testing/team-nic-cases.ts';

/** One host for each fix: the first of its table. */
const cases = [
  ...Map.groupBy(
    [...storageFixCases, ...networkFixCases, ...networkPathCases, ...teamNicCases],
    ({ fix }) => fix,
  ).values(),
].flatMap((same) => same.slice(0, 1));
const rows: FaultRow[] = [];
const page = fileURLToPath(new URL('../../docs/fix-faults.md', import.meta.url));

describe.each(cases)('$fix, when something goes wrong', { timeout: 300_000 }, (one) => {
  it('ends as before, or says what is left', async () => {
    const row = await faultsOf(one);
    rows.push(row);
    for (const result of row.results) {
      const { outcome, state } = result;
      // Nothing is ever left in between without a word.
      if (state === 'in between') expect(['partly-undone', 'interrupted']).toContain(outcome);
      if (outcome === 'rolled-back') expect(result).toMatchObject({ state: 'as before' });
      if (isReversible(one)) expect(result).toMatchObject({ outcome: 'rolled-back', state: 'as before' });
      if (isReversible(one) && result.guarded !== undefined) expect(result.guarded).toBe('as before');
      expect(result.message).not.toBe('');
    }
  });
});

it('is told in docs/fix-faults.md as it happens', async () => {
  expect(rows).toHaveLength(cases.length);
  const text = await format(faultsText(rows), { ...(await resolveConfig(page)), parser: 'markdown' });
  await expect(text).toMatchFileSnapshot(page);
});

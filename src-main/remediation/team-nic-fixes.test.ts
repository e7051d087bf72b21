import { expect, it } from 'vitest';
import { openLab } from '../testing/change-lab.ts';
import { planOf, settledState, testFixes, testRefusals } from '../testing/fix-cases.ts';
import { differencesOf, stateOf } from '../testing/host-state.ts';
import { managementBeside, teamNicCases, teamNicRefusals } from '../testing/team-nic-cases.ts';

testFixes(teamNicCases);
testRefusals(teamNicRefusals);

it('asks whether the person is still there when management moved', async () => {
  const lab = openLab({ host: managementBeside });
  const plan = await planOf(lab, { finding: 'team-nic-beside-vswitch', fix: 'management-onto-vnic' });
  expect(plan.asksStillThere).toBe(true);
  expect(plan.guard.isNeeded).toBe(true);
  await lab.close();
});

it('moves management back where nobody answers', async () => {
  const lab = openLab({ host: managementBeside, isAway: true });
  const before = stateOf(lab.simulated);
  const plan = await planOf(lab, { finding: 'team-nic-beside-vswitch', fix: 'management-onto-vnic' });
  const run = await lab.apply(plan);
  if (run === 'killed') throw new Error('Nobody killed it.');
  expect(run.outcome).toBe('rolled-back');
  expect(run.message).toMatch(/Nobody said "still there"/);
  expect(differencesOf(before, settledState(lab))).toEqual([]);
  await lab.close();
});

import { expect, it } from 'vitest';
import { openLab } from '../testing/change-lab.ts';
import { demoScenario } from '../testing/demo-check.ts';
import { planOf, testFixes, testRefusals } from '../testing/fix-cases.ts';
import { differencesOf, stateOf } from '../testing/host-state.ts';
import { networkPathCases, networkPathRefusals, smallMember } from '../testing/network-path-cases.ts';

testFixes(networkPathCases);
testRefusals(networkPathRefusals);

it('leads from a single session over a team to a path for each adapter', { timeout: 120_000 }, async () => {
  const lab = openLab({ host: demoScenario('iscsi-on-team') });
  const wayOut = async (fix: string) => {
    const plan = await lab.plan({ findings: ['iscsi-on-team'] });
    if (!plan.ok) throw new Error(plan.failure.message);
    expect(plan.value.fixes.map(({ id }) => id)).toEqual([fix]);
    const run = await lab.apply(plan.value);
    return run === 'killed' ? run : run.outcome;
  };
  const restart = async (by: 'tool' | 'person') => {
    if (by === 'person') lab.simulated.restart();
    lab.restartTool();
    const [left] = (await lab.changes().state()).leftovers;
    const id = left?.id ?? '';
    await (by === 'person' ? lab.changes().resume(id) : lab.changes().restart(id));
    const { run } = await lab.changes().state();
    return [run?.outcome, run?.next?.title];
  };
  const early = await planOf(lab, { finding: 'iscsi-on-team', fix: 'iscsi-members-out-of-team' });
  expect(early.refusals.map(({ remedy }) => remedy).join(' ')).toMatch(/mpio-install.*mpio-claim-iscsi/);
  expect(await wayOut('mpio-install')).toBe('waits-for-restart');
  expect(await restart('person')).toEqual(['successful', 'Let Multipath I/O take iSCSI disks']);
  expect(await wayOut('mpio-claim-iscsi')).toBe('waits-for-restart');
  expect(await restart('tool')).toEqual(['successful', expect.stringMatching(/out of the team/)]);
  expect(await wayOut('iscsi-members-out-of-team')).toBe('successful');
  const { findings, model } = lab.look();
  expect(findings.map(({ rule }) => rule)).not.toContain('iscsi-on-team');
  expect(findings.map(({ rule }) => rule)).not.toContain('single-session');
  expect(model.disks.flatMap(({ mpio }) => mpio?.paths.length ?? [])).toEqual([2]);
  await lab.close();
});

it('sets the frames back where the network between does not take them', { timeout: 120_000 }, async () => {
  const lab = openLab({ host: { ...smallMember, subnets: [{ prefix: '10.0.20.0/24', mtu: 1500 }] } });
  const before = stateOf(lab.simulated);
  const plan = await planOf(lab, { finding: 'jumbo-mismatch', fix: 'jumbo-along-route' });
  const run = await lab.apply(plan);
  if (run === 'killed') throw new Error('Nobody killed it.');
  expect(run.outcome).toBe('rolled-back');
  expect(run.message).toMatch(/ping ended with code 1\..*Request timed out/);
  lab.letTimePass(5000);
  expect(differencesOf(before, stateOf(lab.simulated))).toEqual([]);
  await lab.close();
});

it('tells by hand how a vSwitch with vNICs is put on the team', async () => {
  const lab = openLab({ host: { ...demoScenario('iscsi-on-team') } });
  const plan = await planOf(lab, { finding: 'iscsi-on-team', fix: 'iscsi-vnics-on-team' });
  const [first = [], ...others] = plan.steps.map(({ lines }) => lines);
  expect(first.slice(0, 2)).toEqual([
    `New-VMSwitch -Name 'Converged' -NetAdapterName 'Team1' -AllowManagementOS $false -MinimumBandwidthMode 'Weight' -Confirm:$false -ErrorAction Stop`,
    `Add-VMNetworkAdapter -ManagementOS -SwitchName 'Converged' -Name 'Management' -Confirm:$false -ErrorAction Stop`,
  ]);
  expect(first.find((line) => line.startsWith('New-NetIPAddress'))).toMatch(
    /-IPAddress '10\.0\.10\.11' -PrefixLength 24 /,
  );
  expect(first.at(-1)).toMatch(/^New-NetRoute .*-DestinationPrefix '0\.0\.0\.0\/0' -NextHop '10\.0\.10\.1' /);
  expect(others.map((lines) => /-IPAddress '([^']*)'/.exec(lines.join(' '))?.[1])).toEqual([
    '10.0.10.12',
    '10.0.10.13',
  ]);
  await lab.close();
});

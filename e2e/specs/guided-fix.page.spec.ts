/** The guided way from a finding to a change and back, on hosts of three kinds: it works, it misses its goal, it fails. */
import { expect, test } from '../launch.ts';
import { ChangesPage } from '../pages/changes.page.ts';
import { HostPage } from '../pages/host.page.ts';

test('a plan with answers is applied, proven, and taken back from the history', async ({ openHost }) => {
  const page = await openHost(['--demo', 'german-2019']);
  const host = new HostPage(page);
  const changes = new ChangesPage(page);
  await host.finding('converged-vnics').getByRole('button', { name: 'How to fix …' }).click();
  const name = changes.plan.getByLabel('How shall the new vNIC be called?');
  await name.fill('Speicher');
  await name.blur();
  await expect(changes.plan).toContainText('A vNIC of the host is called Speicher already.');
  await expect(changes.apply).toHaveAttribute('aria-disabled', 'true');
  await name.fill('Speicher-B');
  await name.blur();
  await expect(changes.plan).toContainText(
    "Add-VMNetworkAdapter -ManagementOS -SwitchName 'vSwitch (Extern)' -Name 'Speicher-B'",
  );
  await expect(changes.plan.getByRole('row', { name: 'vNIC Speicher-B none in VLAN 10' })).toBeVisible();
  await changes.confirmPlan();

  await expect(changes.change).toContainText('Successful');
  const proof = changes.change.getByRole('region', { name: 'Before and after' });
  await expect(proof.getByRole('listitem').filter({ hasText: 'Gone' })).toHaveCount(1);
  await expect(host.finding('converged-vnics')).toHaveCount(0);

  await page.keyboard.press('h');
  await changes.history.getByRole('button', { name: 'Roll back …' }).click();
  await changes.dialog.getByRole('button', { name: 'Roll back' }).click();
  await expect(changes.change).toContainText('Every step of the change is taken back.');
  await expect(host.finding('converged-vnics')).toHaveCount(1);
  await page.keyboard.press('h');
  await expect(changes.history.getByRole('article')).toHaveCount(2);
  await expect(changes.history.getByRole('button', { name: 'Roll back …' })).toHaveCount(0);
});

test('a way that is refused says why, and one that misses its goal says so and is taken back', async ({
  openHost,
}) => {
  const page = await openHost(['--demo', 'converged-2012r2']);
  const host = new HostPage(page);
  const changes = new ChangesPage(page);
  await host.finding('same-member').getByRole('button', { name: 'How to fix …' }).click();
  await expect(
    changes.plan.getByRole('row', { name: 'LoadBalancingAlgorithm HyperVPort Dynamic' }),
  ).toBeVisible();
  await expect(changes.plan).toContainText('The guard undoes everything after');
  const way = changes.plan.getByRole('list', { name: 'Findings that this is for' }).getByRole('combobox');
  await way.selectOption({ label: 'Map the storage vNICs to different members (path)' });
  await expect(changes.refusals).toContainText('An LBFO team cannot be told which member carries a vNIC.');
  await expect(changes.apply).toHaveAttribute('aria-disabled', 'true');

  await way.selectOption({ label: 'Change how the team spreads frames (path)' });
  await changes.confirmPlan();
  await expect(changes.change).toContainText('Done, but the finding is still there');
  await expect(changes.change).toContainText('at least for what they receive');

  await page.keyboard.press('h');
  await changes.history.getByRole('button', { name: 'Roll back …' }).click();
  await changes.dialog.getByRole('button', { name: 'Roll back' }).click();
  await expect(changes.change).toContainText('Every step of the change is taken back.');
  await expect(changes.change).toContainText(
    "Set-NetLbfoTeam -Name 'ConvergedTeam' -LoadBalancingAlgorithm 'HyperVPort'",
  );
  await expect(host.finding('same-member')).not.toContainText('at least for what they receive');
});

test('a way of three changes and two restarts leads from a team to paths, and its last change back', async ({
  openHost,
}) => {
  const page = await openHost(['--demo', 'iscsi-on-team']);
  const host = new HostPage(page);
  const changes = new ChangesPage(page);
  await host.finding('iscsi-on-team').getByRole('button', { name: 'How to fix …' }).click();
  for (const next of [
    'Let Multipath I/O take iSCSI disks',
    'Take adapters out of the team and let MPIO use them',
  ]) {
    await changes.confirmPlan();
    await changes.leftover.getByRole('button', { name: 'Restart the simulated host' }).click();
    await changes.change.getByRole('button', { name: `Go on: ${next}` }).click();
  }
  await expect(changes.plan).toContainText('Remove-NetLbfoTeamMember');
  await changes.confirmPlan();
  await expect(changes.change).toContainText('Successful');
  await expect(host.finding('iscsi-on-team')).toHaveCount(0);
  await expect(host.finding('single-session')).toHaveCount(0);

  await page.keyboard.press('h');
  await expect(changes.history.getByRole('article')).toHaveCount(3);
  await changes.history.getByRole('button', { name: 'Roll back …' }).first().click();
  await changes.dialog.getByRole('button', { name: 'Roll back' }).click();
  await expect(changes.change).toContainText('Every step of the change is taken back.');
  await expect(host.finding('iscsi-on-team')).toHaveCount(1);
});

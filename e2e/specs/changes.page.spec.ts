/** From a finding to a change and its story, on a host where nothing real can be harmed. */
import { bothSchemes, expect, test } from '../launch.ts';
import { ChangesPage } from '../pages/changes.page.ts';
import { HostPage } from '../pages/host.page.ts';

test(
  'a finding leads to a plan that is read, confirmed, carried out and remembered',
  bothSchemes,
  async ({ openHost }) => {
    const page = await openHost(['--demo', 'iscsi-on-team']);
    const host = new HostPage(page);
    const changes = new ChangesPage(page);
    await host.finding('iscsi-on-team').getByRole('button', { name: 'How to fix …' }).click();
    await expect(changes.plan).toContainText('Install-WindowsFeature');
    await expect(changes.plan).toContainText('Works only after the host was restarted.');
    await expect(changes.plan).toContainText('Not undone by itself.');
    expect(await host.violations()).toEqual([]);

    await changes.apply.click();
    await expect(changes.dialog).toContainText('is a simulated host: nothing real is changed.');
    await changes.dialog.getByRole('button', { name: 'Cancel' }).click();
    await expect(changes.change).toHaveCount(0);
    await changes.apply.click();
    await changes.dialog.getByRole('button', { name: 'Apply to the simulated host' }).click();
    await expect(changes.change).toContainText('Waits for a restart');
    await expect(changes.change).toContainText('Before and after');
    await expect(changes.leftover).toContainText('Not finished:');
    expect(await host.violations()).toEqual([]);

    await page.keyboard.press('h');
    await expect(changes.history.getByRole('article')).toHaveCount(1);
    await expect(changes.history).toContainText('Waits for a restart');
    expect(await host.violations()).toEqual([]);
    expect(await host.overflow()).toBeLessThanOrEqual(0);

    await changes.leftover.getByRole('button', { name: 'Restart the simulated host' }).click();
    await expect(changes.change).toContainText('this step is in effect');
    await expect(changes.leftover).toHaveCount(0);
    await changes.change.getByRole('button', { name: 'Go on: Let Multipath I/O take iSCSI disks' }).click();
    await expect(changes.plan).toContainText('Enable-MSDSMAutomaticClaim');
  },
);

test('a plan that cannot be carried out says what stands in its way, and is not offered', async ({
  openHost,
}) => {
  const page = await openHost(['--demo', 'iscsi-on-team']);
  const host = new HostPage(page);
  const changes = new ChangesPage(page);
  await host.finding('single-session').getByRole('button', { name: 'How to fix …' }).click();
  await expect(changes.plan.getByRole('region', { name: 'What stands in the way' })).toContainText(
    'Install Multipath I/O',
  );
  await expect(changes.apply).toHaveAttribute('aria-disabled', 'true');
  await changes.apply.click({ force: true });
  await expect(changes.dialog).toHaveCount(0);
});

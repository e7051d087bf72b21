/** What a person tells of a host: a waiver, the target's links, a role, a threshold, and a look that is pinned. */
import { bothSchemes, expect, test } from '../launch.ts';
import { HostPage } from '../pages/host.page.ts';
import { PathMapPage } from '../pages/path-map.page.ts';

test(
  'what is said of a host is judged by at once, and listed with what can be taken back',
  bothSchemes,
  async ({ openHost }) => {
    const page = await openHost(['--demo', 'iscsi-on-team']);
    const host = new HostPage(page);
    const wrong = page.getByRole('region', { name: 'Verdict' });
    await expect(wrong).toContainText('1 error');

    const finding = host.finding('iscsi-on-team');
    await finding.getByRole('button', { name: 'Waive …' }).click();
    const form = finding.getByRole('form', { name: 'Waive this finding' });
    await form.getByRole('button', { name: 'Waive', exact: true }).click();
    await expect(form.getByRole('status')).toHaveText('A waiver needs a reason and a last day.');
    await form.getByLabel('Reason').fill('The new adapters are ordered.');
    await form.getByLabel('Until the end of').fill('2999-12-31');
    expect(await host.violations()).toEqual([]);
    await form.getByRole('button', { name: 'Waive', exact: true }).click();
    await expect(wrong).toContainText('1 waived');
    await expect(wrong).not.toContainText('error');
    await host.findings.getByText('1 waived, which counts for nothing').click();
    await expect(finding).toContainText('Until 2999-12-31');
    await expect(finding).toContainText('Waived: error');

    await host.open('Targets');
    await host.targets.getByRole('button', { name: 'Tell its links …' }).click();
    const links = host.targets.getByRole('form', { name: /^The links of iqn/ });
    await links.getByLabel(/^Speed in Gbit\/s/).fill('0,1');
    await links.getByRole('button', { name: 'Tell', exact: true }).click();
    await expect(host.targets).toContainText('100 Mb/s');
    await host.targets.getByText('What the figures rest on').click();
    await expect(host.targets).toContainText('Told by you: one link of 100 Mb/s behind 10.0.10.101.');

    await new PathMapPage(page).station('Team1').first().focus();
    await page.keyboard.press('Enter');
    const role = page.getByRole('form', { name: 'What Team1 is for' });
    await role.getByLabel('That is wrong').selectOption('backup');
    await role.getByRole('button', { name: 'Correct' }).click();
    await expect(page.getByText('backup: it was marked so by you')).toBeVisible();

    await page.keyboard.press('Escape');
    await page.getByRole('navigation', { name: 'Views' }).getByRole('button', { name: 'Settings' }).click();
    const view = page.getByRole('group', { name: 'Settings of this host' });
    await expect(view).toContainText('of a demo host nothing is kept');
    await view.getByRole('button', { name: 'Pin the last look', exact: true }).click();
    await expect(view).toContainText('Nothing changed of what both looks saw.');
    const years = view.getByLabel('driver-age.years in years');
    await years.fill('old');
    await years.blur();
    await expect(view.getByText('driver-age.years is a number of years, 0 or more.')).toBeVisible();
    await years.fill('8');
    await years.blur();
    await view.getByRole('button', { name: 'Set back driver-age.years to 6' }).click();
    await expect(years).toHaveValue('6');
    expect(await host.violations()).toEqual([]);
    expect(await host.overflow()).toBeLessThanOrEqual(0);

    await view.getByRole('button', { name: /^Take back the waiver of iscsi-on-team/ }).click();
    await expect(view.getByText('None. “Waive …”')).toBeVisible();
    await view.getByRole('button', { name: /^Forget the links/ }).click();
    await view.getByRole('button', { name: 'Work it out again for Team1' }).click();
    await expect(wrong).toContainText('1 error');
  },
);

/** The page of a host: what it says of a bad host, a good one, a large one, and one that answers nothing. */
import { bothSchemes, expect, test } from '../launch.ts';
import { HostPage } from '../pages/host.page.ts';

test('says what is wrong, with evidence and the way out', async ({ openHost }) => {
  const host = new HostPage(await openHost(['--demo', 'iscsi-on-team']));
  const finding = host.finding('iscsi-on-team');
  await expect(finding).toBeVisible();
  await expect(finding.getByText('Error', { exact: true })).toBeVisible();
  await expect(finding.getByText('Evidence')).toBeVisible();
  await expect(finding.getByText('Way out')).toBeVisible();
  await expect(host.finding('single-session').getByText('Warning', { exact: true })).toBeVisible();
  await expect(host.findings.getByRole('article').first()).toContainText('iscsi-on-team');
  await host.open('Targets');
  await expect(host.targets).toContainText('Single stream');
  await expect(host.targets).toContainText('1 Gb/s');
  await expect(host.targets.getByText('What the figures rest on')).toBeVisible();
});

test('leaves no doubt that a demo is no real host', async ({ openHost }) => {
  const host = new HostPage(await openHost(['--demo', 'iscsi-on-team']));
  await expect(host.header).toContainText(/demo host iscsi-on-team \(simulated\)/);
  await expect(host.header).toContainText(/elevated/);
  await expect(host.header).toContainText(/Windows Server/);
  await expect(host.header).toContainText(/\d+ of \d+ observed/);
  await expect(host.lookedAt).toHaveAttribute('title', /^\d{4}-\d\d-\d\d \d\d:\d\d UTC$/);
});

test('explains a rule on demand, by keyboard', bothSchemes, async ({ openHost }) => {
  const host = new HostPage(await openHost(['--demo', 'iscsi-on-team']));
  const finding = host.finding('iscsi-on-team');
  const why = finding.getByText('Why this matters');
  await why.focus();
  await host.page.keyboard.press('Enter');
  await expect(finding.getByRole('heading', { level: 4 }).first()).toBeVisible();
  expect(await host.violations()).toEqual([]);
});

test('of a healthy host says that nothing was found', async ({ openHost }) => {
  const host = new HostPage(await openHost(['--demo', 'converged-set']));
  await expect(host.findings).toBeVisible();
  await expect(host.findings.getByText('Error', { exact: true })).toHaveCount(0);
  await expect(host.findings.getByText('Warning', { exact: true })).toHaveCount(0);
  await expect(host.notChecked).toBeVisible();
});

test('of a host that answers nothing says so, and calls nothing fine', async ({ openHost }) => {
  const host = new HostPage(await openHost(['--demo', 'everything-failed']));
  await expect(host.alert).toContainText('nothing could be checked');
  await expect(host.findings).not.toContainText('Nothing found');
  await expect(host.notChecked.getByText(/\d+ not evaluated/)).toBeVisible();
  await expect(host.notChecked.getByText(/\d+ fine/)).toHaveCount(0);
  await host.open('Host');
  await expect(host.notObserved).toContainText(/failed/);
});

for (const demo of ['iscsi-on-team', 'converged-set', 'large', 'everything-failed']) {
  test(
    `of ${demo} is accessible, and fits into a small window and a large text`,
    bothSchemes,
    async ({ openHost }) => {
      const host = new HostPage(await openHost(['--demo', demo]));
      await expect(host.findings).toBeVisible();
      expect(await host.violations()).toEqual([]);
      await host.page.setViewportSize({ width: 1024, height: 700 });
      await expect.poll(() => host.overflow()).toBe(0);
      await host.page.evaluate(() => (document.documentElement.style.fontSize = '200%'));
      await expect.poll(() => host.overflow()).toBe(0);
    },
  );
}

test('goes all the way by keyboard: tabs, tables, back, and the list of keys', async ({ openHost }) => {
  const { page, ...host } = new HostPage(await openHost(['--demo', 'converged-2012r2']));
  const tab = (name: string) => page.getByRole('tab', { name: new RegExp(`^${name}\\b`) });
  await expect(host.findings).toBeVisible();
  await tab('Findings').focus();
  await page.keyboard.press('ArrowRight');
  await expect(tab('Targets')).toBeFocused();
  await expect(tab('Targets')).toHaveAttribute('aria-selected', 'true');
  await page.keyboard.press('End');
  await expect(tab('Host')).toBeFocused();
  await page.keyboard.press('1');
  await expect(host.findings).toBeVisible();

  await page.keyboard.press('t');
  const adapters = page.getByRole('region', { name: 'Network adapters' });
  await expect(adapters).toBeVisible();
  await page.keyboard.press('/');
  await page.keyboard.type('nic1');
  await expect(adapters.getByRole('status').first()).toContainText(/^1 of \d+ rows$/);
  // A letter in a field is a letter, and Escape leads back.
  await page.keyboard.press('Escape');
  await expect(adapters).toHaveCount(0);
  await expect(page.getByRole('region', { name: 'Path map' })).toBeVisible();

  await page.keyboard.press('?');
  const keys = page.getByRole('dialog', { name: 'Keyboard' });
  await expect(keys).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(keys).toBeHidden();
});

test('shows what was found in tables that are searched, sorted and copied, and selects it everywhere', async ({
  openHost,
}) => {
  const host = new HostPage(await openHost(['--demo', 'converged-2012r2']));
  const { page } = host;
  const table = await host.openTable('Network adapters');
  const names = table.getByRole('rowheader');
  const before = await names.allTextContents();
  const header = table.getByRole('columnheader', { name: 'Name' });
  await header.getByRole('button').click();
  await expect(header).toHaveAttribute('aria-sort', 'ascending');
  await header.getByRole('button').click();
  await expect(header).toHaveAttribute('aria-sort', 'descending');
  expect((await names.allTextContents()).map((name) => name.trim())).toEqual(
    before
      .map((name) => name.trim())
      .sort(new Intl.Collator('en', { numeric: true }).compare)
      .reverse(),
  );
  await table.getByRole('searchbox').fill('nic1');
  await expect(names).toHaveCount(1);

  await names.getByRole('button').focus();
  await page.keyboard.press('Enter');
  await expect(names.getByRole('button')).toHaveAttribute('aria-pressed', 'true');
  await expect(host.tab('Selected')).toHaveAttribute('aria-selected', 'true');
  await expect(page.getByRole('heading', { name: 'NIC1', exact: true })).toBeVisible();

  await table.getByRole('button', { name: 'Copy selection' }).click();
  await expect(table.getByText('Copied 1 row')).toBeVisible();
  await table.getByRole('searchbox').fill('');
  await table.getByRole('searchbox').press('Control+V');
  await expect(table.getByRole('searchbox')).toHaveValue(/^Name.*NIC1/);

  await page.keyboard.press('Escape');
  await expect(page.getByRole('button', { name: /^NIC1\b/, pressed: true })).toBeVisible();
});

test(
  'shows what a cmdlet said, one step from its table, and what it could not say',
  bothSchemes,
  async ({ openHost }) => {
    const host = new HostPage(await openHost(['--demo', 'not-elevated']));
    const { page } = host;
    await expect(page.getByRole('list', { name: 'Notes on this look' })).toContainText(/Not elevated: \d+/);
    const table = await host.openTable('Network adapters');
    await table.getByRole('button', { name: 'What the host said: NetAdapter' }).click();
    const raw = page.getByRole('region', { name: 'Observation NetAdapter' });
    await expect(raw.getByText('InterfaceDescription').first()).toBeVisible();
    await raw.getByRole('searchbox').fill('no such word');
    await expect(raw.getByRole('status').filter({ hasText: /^0 of \d+ shown$/ })).toBeVisible();
    expect(await host.violations()).toEqual([]);
    await page.keyboard.press('Escape');
    await expect(table).toBeVisible();

    const switches = await host.openTable('Virtual switches');
    await expect(switches).toContainText(/Not known/);
    const all = await host.openTable('Observations');
    await all.getByRole('searchbox').fill('VMSwitch failed');
    await all.getByRole('rowheader', { name: 'VMSwitch', exact: true }).getByRole('button').click();
    await expect(page.getByRole('region', { name: 'Observation VMSwitch' })).toContainText('not-elevated');
  },
);

test('sends full packets when it is told to, and says what came of each pair', async ({ openHost }) => {
  const host = new HostPage(await openHost(['--demo', 'large']));
  const table = await host.openTable('Packet sizes');
  await expect(table).toContainText('Nobody asked.');
  await table.getByRole('button', { name: 'Send full packets' }).click();
  await expect(table.getByRole('row', { name: /needs fragmentation/ }).first()).toBeVisible();
  await expect(table.getByRole('row', { name: /no answer .*which says nothing/ }).first()).toBeVisible();
  await expect(host.finding('path-mtu')).toContainText('9000 bytes');
  expect(await host.violations()).toEqual([]);
});

for (const forcedColors of ['none', 'active'] as const) {
  test(
    `is accessible in every view and tab, with forced colours ${forcedColors}`,
    bothSchemes,
    async ({ openHost }) => {
      const host = new HostPage(await openHost(['--demo', 'names']));
      await host.page.emulateMedia({ forcedColors });
      await expect(host.findings).toBeVisible();
      for (const tab of ['Targets', 'Selected', 'Changes', 'Host']) {
        await host.open(tab);
        expect(await host.violations(), tab).toEqual([]);
      }
      const table = await host.openTable('Network adapters');
      await table.getByRole('rowheader').last().getByRole('button').click();
      await expect(host.tab('Selected')).toHaveAttribute('aria-selected', 'true');
      expect(await host.violations(), 'table').toEqual([]);
      await host.page.evaluate(() => (document.documentElement.style.fontSize = '200%'));
      await expect.poll(() => host.overflow()).toBe(0);
      await host.page.keyboard.press('f');
      await expect(host.page.getByRole('region', { name: 'All findings' })).toBeVisible();
      expect(await host.violations(), 'findings').toEqual([]);
      await expect.poll(() => host.overflow()).toBe(0);
    },
  );
}

test('looks again, and says that it does', async ({ openHost }) => {
  const host = new HostPage(await openHost(['--demo', 'large']));
  await expect(host.lookAgain).toBeEnabled();
  // A demo answers at once: whoever watches the document sees the progress all the same.
  await host.page.evaluate(() => {
    const seen: string[] = [];
    Object.assign(window, { seen });
    new MutationObserver(() => {
      const bar = document.querySelector('progress');
      if (bar) seen.push(bar.getAttribute('aria-label') ?? '');
    }).observe(document.body, { childList: true, subtree: true, attributes: true });
  });
  await host.lookAgain.focus();
  await host.page.keyboard.press('Enter');
  await expect
    .poll(() => host.page.evaluate(() => (window as unknown as { seen: string[] }).seen))
    .toContain('Looking at the host');
  await expect(host.lookAgain).toBeEnabled();
  await expect(host.lookAgain).toBeFocused();
  await expect(host.findings).toBeVisible();
  await expect(host.alert).toHaveCount(0);
});

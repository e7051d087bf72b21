/** The page of a host: what it says of a bad host, a good one, a large one, and one that answers nothing. */
import { expect, test } from '../launch.ts';
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
  await expect(host.targets).toContainText('Single stream');
  await expect(host.targets).toContainText('1 Gb/s');
});

test('leaves no doubt that a demo is no real host', async ({ openHost }) => {
  const host = new HostPage(await openHost(['--demo', 'iscsi-on-team']));
  await expect(host.header).toContainText(/demo host iscsi-on-team \(simulated\)/);
  await expect(host.header).toContainText(/elevated/);
  await expect(host.header).toContainText(/Windows Server/);
  await expect(host.header).toContainText(/\d+ of \d+ observed/);
  await expect(host.lookedAt).toHaveAttribute('title', /^\d{4}-\d\d-\d\d \d\d:\d\d UTC$/);
});

test('explains a rule on demand, by keyboard', async ({ openHost }) => {
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
  await expect(host.notObserved).toContainText(/failed/);
});

for (const demo of ['iscsi-on-team', 'converged-set', 'large', 'everything-failed']) {
  test(`of ${demo} is accessible, and fits into a small window and a large text`, async ({ openHost }) => {
    const host = new HostPage(await openHost(['--demo', demo]));
    await expect(host.findings).toBeVisible();
    expect(await host.violations()).toEqual([]);
    await host.page.setViewportSize({ width: 1024, height: 700 });
    expect(await host.overflow()).toBe(0);
    await host.page.evaluate(() => (document.documentElement.style.fontSize = '200%'));
    expect(await host.overflow()).toBe(0);
  });
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

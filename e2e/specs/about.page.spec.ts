/** What is fetched when: the views when they are opened, and among them what the program says of itself. */
import { bothSchemes, expect, test } from '../launch.ts';
import { HostPage } from '../pages/host.page.ts';

/** Parts of the page that have been fetched, without their hashes. */
async function fetchedParts(host: HostPage): Promise<string[]> {
  const addresses = await host.page.evaluate(() =>
    performance.getEntriesByType('resource').map(({ name }) => name),
  );
  return addresses.flatMap((address) => /\/([A-Z]\w+)-[\w-]{8}\.js$/.exec(address)?.[1] ?? []);
}

test(
  'says what the program is and whose work is in it, by button and by key',
  bothSchemes,
  async ({ openHost }) => {
    const host = new HostPage(await openHost(['--demo', 'iscsi-on-team']));
    const { page } = host;
    await expect(host.findings).toBeVisible();
    expect((await fetchedParts(host)).filter((part) => !/^(?:LineChart|MapTable)$/.test(part))).toEqual([]);

    const button = host.header.getByRole('button', { name: 'About' });
    await button.click();
    const dialog = page.getByRole('dialog', { name: 'About Switchyard' });
    await expect(dialog).toContainText(/Version \d+\.\d+\.\d+/);
    expect(await fetchedParts(host)).toContain('AboutDialog');
    const chart = dialog.getByText(/^chart\.js/);
    await chart.focus();
    await page.keyboard.press('Enter');
    await expect(dialog.getByRole('group', { name: 'Licence of chart.js' })).toContainText(
      'Permission is hereby granted',
    );
    expect(await host.violations()).toEqual([]);
    await page.keyboard.press('Escape');
    await expect(dialog).toBeHidden();
    await expect(button).toBeFocused();

    // A key that comes before the page has heard of the closing, as no person's does, opens nothing.
    await expect(async () => {
      await page.keyboard.press('a');
      await expect(dialog.getByText(/^svelte/)).toBeVisible({ timeout: 2000 });
    }).toPass();
    await dialog.getByRole('button', { name: 'Close' }).click();
    await expect(dialog).toBeHidden();
  },
);

test(
  'the page in place of a window that ends again and again needs no script',
  bothSchemes,
  async ({ openHost }) => {
    const host = new HostPage(await openHost(['--demo', 'empty']));
    await host.page.goto(new URL('/window-ended.html', host.page.url()).href);
    await expect(host.page.getByRole('link', { name: 'Open the window again' })).toBeVisible();
    expect(await host.page.locator('script').count()).toBe(0);
    expect(await host.violations()).toEqual([]);
  },
);

test('a view that cannot be fetched any more says so, and the page stays', async ({ openHost }) => {
  const host = new HostPage(await openHost(['--demo', 'iscsi-on-team']));
  await expect(host.findings).toBeVisible();
  await host.page.route(/SettingsView-/, (route) => route.abort());
  await host.page.keyboard.press('s');
  await expect(host.alert).toContainText('could not be fetched');
  await host.page.keyboard.press('m');
  await expect(host.page.getByRole('region', { name: 'Path map' })).toBeVisible();
});

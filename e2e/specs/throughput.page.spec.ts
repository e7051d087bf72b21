import { bothSchemes, expect, test } from '../launch.ts';
import { HostPage } from '../pages/host.page.ts';
import { ThroughputPage } from '../pages/throughput.page.ts';

test(
  'recorded traffic is a chart that speaks, and a table with the same figures',
  bothSchemes,
  async ({ openHost }) => {
    const page = await openHost(['--demo', 'iscsi-on-team']);
    const throughput = new ThroughputPage(page);
    await expect(throughput.region).toContainText('Storage adapters');
    await expect(throughput.region).toContainText(/Recorded .*\(5 min, 301 samples\)/);
    await expect(throughput.region).toContainText('Each link 1 Gb/s = 125 MB/s');

    await throughput.chart.focus();
    await page.keyboard.press('End');
    await page.keyboard.press('ArrowLeft');
    await expect(throughput.spoken).toContainText(
      /^\d\d:\d\d:\d\d: NIC1 in [\d.]+ MB\/s, out [\d.]+ MB\/s; NIC2 in 0 B\/s/,
    );
    const before = (await throughput.spoken.textContent()) ?? '';
    await page.keyboard.press('Home');
    await expect(throughput.spoken).not.toHaveText(before);
    await expect(throughput.spoken).toContainText('NIC1 in ');
    await page.keyboard.press('Escape');
    await expect(throughput.spoken).toBeEmpty();

    await throughput.button('NIC2').click();
    await expect(throughput.button('NIC2')).toHaveAttribute('aria-pressed', 'false');
    expect(await new HostPage(page).violations()).toEqual([]);

    await throughput.button('Table').click();
    await expect(throughput.row('NIC1', 'in')).toContainText(/1\d\d MB\/s/);
    await expect(throughput.row('NIC1', 'out')).toContainText('MB/s');
    await expect(throughput.table.getByRole('row')).toHaveCount(1 + 3 * 2);
    expect(await new HostPage(page).violations()).toEqual([]);
  },
);

test('what is selected is what is shown', async ({ openHost }) => {
  const page = await openHost(['--demo', 'mpio-dedicated']);
  const throughput = new ThroughputPage(page);
  const station = (name: RegExp) =>
    page.getByRole('region', { name: 'Path map' }).getByRole('button', { name });
  await expect(throughput.button('iSCSI-A')).toBeVisible();
  await station(/^array1\b/).click();
  await expect(throughput.region).toContainText('Routes to array1');
  for (const session of [1, 2, 3, 4]) await expect(throughput.button(`Session ${session}`)).toBeVisible();
  await expect(throughput.button('iSCSI-A')).toHaveCount(0);
});

test('a host without samples says so in a sentence', async ({ openHost }) => {
  const page = await openHost(['--demo', 'converged-2012r2']);
  const throughput = new ThroughputPage(page);
  await expect(throughput.region).toContainText('No traffic was recorded');
  await expect(throughput.chart).toHaveCount(0);
});

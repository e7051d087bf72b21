import { bothSchemes, expect, run, test } from '../launch.ts';
import { HostPage } from '../pages/host.page.ts';
import { LivePage } from '../pages/live.page.ts';
import { ThroughputPage } from '../pages/throughput.page.ts';

test(
  'live is off until a person wants it, fills the chart and the map, and stops with what it read',
  bothSchemes,
  async ({ openHost }) => {
    const page = await openHost(['--demo', 'mpio-dedicated']);
    const live = new LivePage(page);
    const throughput = new ThroughputPage(page);
    await expect(throughput.region).toContainText(/Recorded /);
    await expect(live.bar).toHaveCount(0);
    await expect(live.answer).toContainText('Spreads: array1 · 25 %');

    await live.switch.click();
    await live.pace.selectOption('every 0.25 s');
    await expect(live.switch).toBeChecked();
    await expect(live.answer).toContainText(/^Counting/);
    await expect(throughput.region).toContainText(/Live .*, \d+ samples/);
    await expect(live.bar).toContainText('A reading takes');
    await throughput.chart.focus();
    await page.keyboard.press('End');
    await expect(throughput.spoken).toContainText(/iSCSI-A in [\d.]+ MB\/s, out [\d.]+ MB\/s/);
    await expect(live.station('iSCSI-A')).toContainText(/MB\/s/);
    expect(await new HostPage(page).violations()).toEqual([]);

    await live.mapTable.click();
    await expect(live.row('Routes', 'Session 1')).toContainText(/MB\/s.*MB\/s.* %/);
    await expect(live.row('Stations', 'iSCSI-A')).toContainText(/MB\/s.*MB\/s.* %/);
    await live.mapTable.click();

    await page.getByRole('button', { name: 'Look again' }).focus();
    await page.keyboard.press('l');
    await expect(live.switch).not.toBeChecked();
    await expect(live.bar).toHaveCount(0);
    await expect(throughput.region).toContainText(/Read live /);
  },
);

test('a recording is shown as fast as wanted, and its verdicts lead to the shares', async ({
  openHost,
}, testInfo) => {
  const file = testInfo.outputPath('team.json');
  expect((await run(['capture', '--demo', 'iscsi-on-team', '-o', file])).code).toBe(0);
  const page = await openHost(['--capture', file]);
  const live = new LivePage(page);
  await live.switch.click();
  await live.speed.selectOption('1000×');
  await expect(live.bar).toContainText('Ended');
  await expect(live.answer).toContainText('One path carries all: vol1');

  // What the counters show now is found like everything else, with the time through which they showed it.
  const host = new HostPage(page);
  const found = host.finding('storage-nic-share');
  await expect(found).toContainText(/Counters showed it for \d+ (seconds|minutes), until 20/);
  await found.getByRole('button', { name: 'Show on map' }).click();
  await expect(live.map.getByRole('status')).toContainText(/routes? lit$/);

  await live.answer.click();
  await expect(live.spread).toContainText(/ of the recording were counted/);
  await expect(live.group('Members of team Team1')).toContainText("Jain's index");
  expect(await new HostPage(page).violations()).toEqual([]);
});

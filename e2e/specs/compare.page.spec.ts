/** The last look beside a capture file that a person chooses in the window. */
import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import type { Capture, RawItem } from '#shared/capture.ts';
import { bothSchemes, expect, run, test } from '../launch.ts';
import { HostPage } from '../pages/host.page.ts';

/** The demo as it was an hour ago, when its second adapter was slower, or as another host. */
async function earlier(file: string, name?: string): Promise<Buffer> {
  const { code, err } = await run(['capture', '--demo', 'iscsi-on-team', '-o', file]);
  expect(code, err).toBe(0);
  const capture = JSON.parse(readFileSync(file, 'utf8')) as Capture;
  const adapters = capture.observations.NetAdapter;
  if (adapters?.status !== 'ok') throw new Error('The demo has no adapters.');
  const slower = (item: RawItem): RawItem =>
    item['Name'] === 'NIC2' ? { ...item, LinkSpeed: '100 Mbps', Speed: 1e8 } : item;
  return Buffer.from(
    JSON.stringify({
      ...capture,
      host: { ...capture.host, name: name ?? capture.host.name },
      takenAt: new Date(Date.parse(capture.takenAt) - 3_600_000).toISOString(),
      observations: { ...capture.observations, NetAdapter: { ...adapters, data: adapters.data.map(slower) } },
    }),
  );
}

test(
  'a capture file is compared with the last look, and a bad one says what is wrong',
  bothSchemes,
  async ({ openHost }, testInfo) => {
    const page = await openHost(['--demo', 'iscsi-on-team']);
    const host = new HostPage(page);
    await page.getByRole('navigation', { name: 'Views' }).getByRole('button', { name: 'Compare' }).click();
    const view = page.getByRole('group', { name: 'Compare' });
    const choose = view.getByLabel(/^Capture file/);

    await choose.setInputFiles({
      name: 'notes.json',
      mimeType: 'application/json',
      buffer: Buffer.from('{"a": 1}'),
    });
    await expect(view.getByRole('alert')).toContainText(
      'The chosen file at format: this is JSON, but not a capture file.',
    );

    const file = await earlier(testInfo.outputPath('demo.json'));
    await choose.setInputFiles({
      name: 'before.json.gz',
      mimeType: 'application/gzip',
      buffer: gzipSync(file),
    });
    const compared = view.getByRole('region', { name: 'What changed on HV01' });
    await expect(compared).toContainText('NIC2 (adapter): link speed 100 Mb/s → 1 Gb/s');
    await expect(compared.getByRole('definition').first()).toContainText('the file before.json.gz');
    await expect(view.getByRole('alert')).toBeHidden();
    expect(await host.violations()).toEqual([]);
    expect(await host.overflow()).toBeLessThanOrEqual(0);

    await choose.setInputFiles({
      name: 'node2.json',
      mimeType: 'application/json',
      buffer: await earlier(testInfo.outputPath('other.json'), 'HV02'),
    });
    const hosts = view.getByRole('region', { name: 'HV02 and HV01: two different hosts' });
    await expect(hosts.getByRole('heading', { name: /^Between the two hosts/ })).toBeVisible();
  },
);

import { expect, test } from '../launch.ts';
import { HostPage } from '../pages/host.page.ts';
import { LoadPage } from '../pages/load.page.ts';

test('a read is planned, confirmed, followed and stopped, and what it showed is told', async ({
  openHost,
}) => {
  const page = await openHost(['--demo', 'iscsi-on-team']);
  await page.getByRole('navigation', { name: 'Views' }).getByRole('button', { name: 'Spread' }).click();
  const load = new LoadPage(page);

  await load.prove('vol1').click();
  await expect(load.source).toHaveValue('disk 1');
  await load.rate.fill('200G');
  await load.show.click();
  await expect(load.plan).toContainText('Not read The rate can be from 8 Mb/s to 1 Gb/s');
  await expect(load.read).toHaveCount(0);

  await load.rate.fill('100M');
  await load.show.click();
  await expect(load.plan).toContainText('It takes up to 100 Mb/s, 10 % of the 1 Gb/s that are certain');
  await expect(load.plan).toContainText(/Read from it now\s*[\d.]+ MB\/s/);
  await expect(load.lines).toContainText('Start-Load -Disk 1 -UniqueId');
  await page.getByText('The script that reads').click();
  await expect(load.script).toContainText('Opens a disk or a file to read');
  expect(await new HostPage(page).violations()).toEqual([]);

  await load.read.click();
  await load.dialog.getByRole('button', { name: 'Cancel' }).click();
  await expect(load.run).toHaveCount(0);
  await load.read.click();
  await load.dialog.getByRole('button', { name: 'Read it now' }).click();
  await expect(load.run.getByRole('status')).toContainText('Reading, 1 reader');
  await expect(load.run).toContainText(/of 20 s, 12\.\d MB\/s/);
  expect(await new HostPage(page).violations()).toEqual([]);
  await load.stop.click();
  await expect(load.run).toContainText(
    /The run with 1 reader ended after \d+ seconds?, because it was stopped\./,
  );
  await expect(load.run).toContainText(/One reader got 12\.\d MB\/s/);
  await expect(load.show).toBeVisible();
});

test('a file on a share is chosen from those that are there', async ({ openHost }) => {
  const page = await openHost(['--demo', 'smb-stuck']);
  await page.getByRole('navigation', { name: 'Views' }).getByRole('button', { name: 'Spread' }).click();
  const load = new LoadPage(page);
  await load.source.selectOption('a file on VMs');
  await load.show.click();
  await expect(load.region).toContainText('Choose a file.');
  await load.file.selectOption('Library\\Windows-Server.iso (5.27 GB)');
  await load.show.click();
  await expect(load.plan).toContainText('\\\\FS01\\VMs\\Library\\Windows-Server.iso, to read alone');
});

/** The report from the page: saved as a file, it reads without the product, in both schemes. */
import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { AxeBuilder } from '@axe-core/playwright';
import { bothSchemes, expect, test } from '../launch.ts';
import { HostPage } from '../pages/host.page.ts';

test('is saved from the page, and reads by itself', bothSchemes, async ({ openHost }, testInfo) => {
  const host = new HostPage(await openHost(['--demo', 'iscsi-on-team']));
  await host.open('Host');
  const saved = host.page.waitForEvent('download');
  await host.page.getByRole('button', { name: 'Save report' }).click();
  const download = await saved;
  expect(download.suggestedFilename()).toMatch(/^switchyard-report-HV01-\d{4}-\d\d-\d\d\.html$/);
  const file = testInfo.outputPath('report.html');
  await download.saveAs(file);

  const page = await host.page.context().newPage();
  const refused: string[] = [];
  page.on('console', (message) => refused.push(message.text()));
  await page.goto(pathToFileURL(file).href);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Storage paths of HV01');
  await expect(page.getByRole('img', { name: /^Path map: 1 route/ })).toBeVisible();
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)).toEqual([]);
  expect(refused).toEqual([]);
  await page.close();
});

test('with stand-ins names nobody', async ({ openHost }, testInfo) => {
  const host = new HostPage(await openHost(['--demo', 'iscsi-on-team']));
  await host.open('Host');
  await host.page.getByRole('checkbox', { name: /^Stand-ins/ }).check();
  const saved = host.page.waitForEvent('download');
  await host.page.getByRole('button', { name: 'Save as Markdown' }).click();
  const download = await saved;
  const file = testInfo.outputPath('report.md');
  await download.saveAs(file);
  const text = readFileSync(file, 'utf8');
  expect(text).toMatch(/^# Storage paths of /);
  expect(text).not.toMatch(/HV01|10\.0\.10\.|corp\.example|storage:vol1/);
});

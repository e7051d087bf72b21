import { expect, test } from '../launch.ts';
import { HostPage } from '../pages/host.page.ts';
import { PathMapPage } from '../pages/path-map.page.ts';

test('the map says of each station what it is and how many routes it carries', async ({ openHost }) => {
  const map = new PathMapPage(await openHost(['--demo', 'converged-2012r2']));
  await expect(map.station('NIC1')).toHaveAccessibleName(/10 Gb\/s\s*, network adapter, 2 routes/);
  await expect(map.station('NIC2')).toHaveAccessibleName(/no route runs through it/);
});

test('a station is selected and left by keyboard, along the tracks', async ({ openHost }) => {
  const page = await openHost(['--demo', 'converged-2012r2']);
  const map = new PathMapPage(page);
  await map.station('NIC1').focus();
  await page.keyboard.press('Enter');
  await expect(map.station('NIC1')).toHaveAttribute('aria-pressed', 'true');
  await page.keyboard.press('ArrowLeft');
  await expect(map.station('ConvergedTeam')).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(map.station('NIC1')).toHaveAttribute('aria-pressed', 'false');
});

test('a finding is shown on the map', async ({ openHost }) => {
  const page = await openHost(['--demo', 'converged-2012r2']);
  const map = new PathMapPage(page);
  const show = new HostPage(page).finding('same-member').getByRole('button', { name: 'Show on map' });
  await show.click();
  await expect(show).toHaveAttribute('aria-pressed', 'true');
  for (const name of ['NIC1', 'Storage-A', 'Storage-B']) {
    await expect(map.station(name)).toHaveAttribute('aria-pressed', 'true');
  }
  await expect(map.station('NIC2')).toHaveAttribute('aria-pressed', 'false');
});

test('a host of many routes gathers them, and shows each on demand', async ({ openHost }) => {
  const page = await openHost(['--demo', 'large']);
  const map = new PathMapPage(page);
  const gathered = await map.region.getByRole('button', { name: /route/ }).count();
  await map.region.getByRole('button', { name: 'Show every route' }).click();
  await expect(map.region.getByRole('button', { name: 'Gather routes' })).toBeVisible();
  expect(await map.region.getByRole('button', { name: /route/ }).count()).toBeGreaterThan(gathered);
});

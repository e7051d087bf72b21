import { bothSchemes, expect, test } from '../launch.ts';
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

test('a host of many routes gathers them, and shows those of one bundle or of all on demand', async ({
  openHost,
}) => {
  const page = await openHost(['--demo', 'large']);
  const map = new PathMapPage(page);
  await expect(map.stations.first()).toBeVisible();
  const gathered = await map.stations.count();
  await map.station('4 sessions').first().focus();
  await page.keyboard.press('o');
  await expect(map.button('Gather routes')).toBeVisible();
  const opened = await map.stations.count();
  expect(opened).toBeGreaterThan(gathered);
  await map.button('Gather routes').click();
  await expect(map.stations).toHaveCount(gathered);
  await map.button('Show every route').click();
  await expect.poll(() => map.stations.count()).toBeGreaterThan(opened);
});

test('the map is zoomed by button and key, and fits again', async ({ openHost }) => {
  const page = await openHost(['--demo', 'mpio-dedicated']);
  const map = new PathMapPage(page);
  await expect(map.station('iSCSI-A')).toBeVisible();
  const whole = await map.drawnWidth();
  await map.button('Zoom in').click();
  await expect.poll(() => map.drawnWidth()).toBeGreaterThan(whole * 1.2);
  await map.station('iSCSI-A').focus();
  await page.keyboard.press('+');
  await expect.poll(() => map.drawnWidth()).toBeGreaterThan(whole * 1.5);
  await page.keyboard.press('0');
  const room = (await map.region.boundingBox())?.width ?? 0;
  await expect.poll(() => map.drawnWidth()).toBeLessThanOrEqual(room);
});

test(
  'everything on the map is in its table, and the signs are explained',
  bothSchemes,
  async ({ openHost }) => {
    const page = await openHost(['--demo', 'converged-2012r2']);
    const map = new PathMapPage(page);
    await map.station('NIC1').focus();
    await page.keyboard.press('v');
    await expect(map.table.getByRole('table')).toHaveCount(2);
    await expect(map.table).toContainText('single point of failure');
    await map.table.getByRole('button', { name: 'ConvergedTeam' }).first().click();
    await map.button('Table').click();
    await expect(map.station('ConvergedTeam')).toHaveAttribute('aria-pressed', 'true');
    await map.button('Legend').click();
    await expect(map.legend).toContainText('Single point of failure');
    await page.keyboard.press('Escape');
    await expect(map.legend).toBeHidden();
    await map.button('Table').click();
    await expect(map.table.getByRole('table')).toHaveCount(2);
    expect(await new HostPage(page).violations()).toEqual([]);
  },
);

test('the map is complete in forced colours', bothSchemes, async ({ openHost }) => {
  const page = await openHost(['--demo', 'iscsi-on-team']);
  await page.emulateMedia({ forcedColors: 'active' });
  const map = new PathMapPage(page);
  await expect(map.station('NIC1')).toBeVisible();
  const strokes = await map.region
    .locator('svg path.way, svg .track path:not(.inside), svg .outline, svg .frame')
    .evaluateAll((marks) =>
      marks.map((mark) => {
        const ground = getComputedStyle(document.body).backgroundColor;
        const { stroke, fill } = getComputedStyle(mark);
        return stroke === ground && fill === ground ? mark.outerHTML : '';
      }),
    );
  expect(strokes.length).toBeGreaterThan(0);
  expect(strokes.filter(Boolean)).toEqual([]);
  expect(await new HostPage(page).violations()).toEqual([]);
});

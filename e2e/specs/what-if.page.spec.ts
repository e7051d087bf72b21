/** A simulation from beginning to end: a cable pulled on the map, what it would mean, and everything back again. */
import { bothSchemes, expect, test } from '../launch.ts';
import { HostPage } from '../pages/host.page.ts';
import { PathMapPage } from '../pages/path-map.page.ts';
import { WhatIfPage } from '../pages/what-if.page.ts';

test(
  'a cable is pulled on the map by keyboard, its loss is said, and undo brings all back',
  bothSchemes,
  async ({ openHost }) => {
    const page = await openHost(['--demo', 'mpio-dedicated']);
    const host = new HostPage(page);
    const map = new PathMapPage(page);
    const whatIf = new WhatIfPage(page);
    await map.station('iSCSI-A').focus();
    await expect(whatIf.banner).toHaveCount(0);
    await page.keyboard.press('c');
    await expect(whatIf.banner).toContainText('Simulation: nothing on the host is changed.');
    await expect(whatIf.changes).toHaveText([/iSCSI-A \(adapter\) fails/]);
    await expect(whatIf.banner).toContainText('2 of 4 paths are left');
    await expect(whatIf.banner).toContainText('possible 20 Gb/s → 10 Gb/s');
    await expect(host.finding('mpio-paths-missing')).toBeVisible();

    await whatIf.open.click();
    await expect(whatIf.view).toContainText('single stream');
    await expect(whatIf.cell('10.0.11.14', 0)).toHaveText(/not connected/);
    await expect(whatIf.cell('10.0.11.14', 2)).toHaveText(/cannot be/);
    await expect(whatIf.cell('10.0.12.14', 2)).toHaveText(/session/);
    await whatIf.cell('10.0.11.14', 0).focus();
    await page.keyboard.press('ArrowDown');
    await expect(whatIf.cell('10.0.12.14', 0)).toBeFocused();
    expect(await host.violations()).toEqual([]);
    expect(await host.overflow()).toBeLessThanOrEqual(0);

    await whatIf.undo.click();
    await expect(whatIf.banner).toHaveCount(0);
    await expect(whatIf.cell('10.0.11.14', 0)).toHaveText(/session/);
    await expect(host.finding('mpio-paths-missing')).toHaveCount(0);
  },
);

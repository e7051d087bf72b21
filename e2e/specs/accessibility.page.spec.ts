/** What somebody needs who sees little, moves little, or has no mouse: every view by keyboard, enlarged, and at rest. */
import type { Page } from 'playwright/test';
import { bothSchemes, expect, test } from '../launch.ts';
import { HostPage } from '../pages/host.page.ts';

/** The views by the keys that open them, each with a part that it alone has. */
const views = [
  { key: 'm', role: 'region', name: 'Path map' },
  { key: 'f', role: 'region', name: 'All findings' },
  { key: 'w', role: 'heading', name: 'What if' },
  { key: 'd', role: 'group', name: 'Spread of the traffic' },
  { key: 'c', role: 'group', name: 'Compare' },
  { key: 's', role: 'group', name: 'Settings of this host' },
  { key: 'h', role: 'heading', name: /^History/ },
  { key: 't', role: 'navigation', name: 'Tables' },
] as const;

/** A window of 1280 x 800 in which the browser shows everything at 200 %. */
const enlarged = { width: 640, height: 400 };

interface Focused {
  readonly name: string;
  readonly isSeen: boolean;
  readonly isMarked: boolean;
}

/** What has the focus, whether it stands in the window, and whether it is marked; undefined past the last. */
async function focused(page: Page): Promise<Focused | undefined> {
  return page.evaluate(() => {
    const at = document.activeElement;
    if (at === null || at === document.body) return undefined;
    const box = at.getBoundingClientRect();
    const style = getComputedStyle(at);
    return {
      name: `${at.tagName} ${at.getAttribute('aria-label') ?? at.textContent.trim()}`.slice(0, 60),
      isSeen:
        box.width > 0 &&
        box.bottom > 0 &&
        box.right > 0 &&
        box.top < window.innerHeight &&
        box.left < window.innerWidth,
      isMarked: at.matches(':focus-visible') && style.outlineStyle !== 'none' && style.outlineWidth !== '0px',
    };
  });
}

/** Everything that Tab comes to, from the top of the page. */
async function tabThrough(page: Page): Promise<Focused[]> {
  await page.evaluate(() => {
    if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
    window.getSelection()?.removeAllRanges();
  });
  const seen: Focused[] = [];
  for (let step = 0; step < 200; step += 1) {
    await page.keyboard.press('Tab');
    const one = await focused(page);
    if (one === undefined) return seen;
    seen.push(one);
  }
  throw new Error(`Tab did not come out of the page: ${seen.map(({ name }) => name).join(', ')}`);
}

test(
  'every view opens by its key, is accessible, and fits when everything is twice as large',
  bothSchemes,
  async ({ openHost }) => {
    const host = new HostPage(await openHost(['--demo', 'converged-2012r2']));
    const { page } = host;
    await expect(host.findings).toBeVisible();
    await page.setViewportSize(enlarged);
    for (const { key, role, name } of views) {
      await page.keyboard.press(key);
      await expect(page.getByRole(role, { name }).first()).toBeVisible();
      expect.soft(await host.violations(), key).toEqual([]);
      expect.soft(await host.overflow(), key).toBeLessThanOrEqual(0);
    }
  },
);

test('Tab comes to everything of a view, marks where it is, and goes out again', async ({ openHost }) => {
  test.slow();
  const host = new HostPage(await openHost(['--demo', 'iscsi-on-team']));
  const { page } = host;
  await expect(host.findings).toBeVisible();
  for (const { key, role, name } of views) {
    await page.keyboard.press(key);
    await expect(page.getByRole(role, { name }).first()).toBeVisible();
    const seen = await tabThrough(page);
    expect
      .soft(
        seen.filter(({ isMarked }) => !isMarked),
        `${key}: not marked`,
      )
      .toEqual([]);
    expect
      .soft(
        seen.filter(({ isSeen }) => !isSeen),
        `${key}: out of sight`,
      )
      .toEqual([]);
    // The views, the tabs and what is wrong are reached from everywhere.
    const names = seen.map((one) => one.name);
    expect(names).toEqual(
      expect.arrayContaining(['BUTTON Look again', 'BUTTON Path map', 'BUTTON Host tables']),
    );
    expect(names.filter((one) => one.startsWith('BUTTON How to fix')).length, key).toBeGreaterThan(0);
  }
});

test('the list of keys names the key of every view, and closes as it was opened: by a key', async ({
  openHost,
}) => {
  const { page, findings } = new HostPage(await openHost(['--demo', 'converged-2012r2']));
  await expect(findings).toBeVisible();
  await page.keyboard.press('?');
  const list = page.getByRole('dialog', { name: 'Keyboard' });
  for (const { key } of views) {
    await expect(list.getByRole('term').getByText(key, { exact: true })).toBeVisible();
  }
  await page.keyboard.press('Escape');
  await expect(list).toBeHidden();
});

/** What moves on the page at this moment. */
function moving(page: Page): Promise<number> {
  return page.evaluate(
    () => document.getAnimations().filter(({ playState }) => playState === 'running').length,
  );
}

test('traffic moves along the map, and stands still for whoever asked for less motion', async ({
  openHost,
}) => {
  const { page, findings } = new HostPage(await openHost(['--demo', 'converged-2012r2']));
  await expect(findings).toBeVisible();
  await page.emulateMedia({ reducedMotion: 'no-preference' });
  await page.keyboard.press('l');
  await expect.poll(() => moving(page)).toBeGreaterThan(0);
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await expect.poll(() => moving(page)).toBe(0);
});

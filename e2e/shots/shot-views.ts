/** The views of the page that `npm run shots` takes pictures of, each with the way there and back. */
import type { LiveSource, LiveState } from '#shared/live.ts';
import type { Locator, Page } from 'playwright/test';

export interface ShotView {
  readonly name: string;
  readonly open: (page: Page) => Promise<void>;
  readonly close: (page: Page) => Promise<void>;
  /** The part of the page that the picture is of; left out: what the window shows. */
  readonly part?: (page: Page) => Locator;
}

const stay = (): Promise<void> => Promise.resolve();

/** Views are fetched when they are first opened. */
async function isFetched(page: Page, inside: string): Promise<void> {
  await page.locator(inside).first().waitFor();
}

/** A view in place of the map, by the key that opens it. */
function view(name: string, key: string): ShotView {
  return {
    name,
    open: async (page) => {
      await page.keyboard.press(key);
      await isFetched(page, 'nav[aria-label="Views"] ~ div > *');
    },
    close: (page) => page.keyboard.press('m'),
  };
}

/** So that lines and figures are there. */
const someReadingsMs = 2500;

/**
 * The cockpit while counters are read, in a state that no demo host comes into by itself: what main tells of the reading
 * is changed on its way to the page.
 */
function reading(name: string, changed: (state: LiveState) => Partial<LiveState>): ShotView {
  const press = (page: Page) => page.getByRole('switch', { name: 'Live' }).click();
  return {
    name,
    open: async (page) => {
      await page.route('**/call', async (route) => {
        const { call } = route.request().postDataJSON() as { call: string };
        const response = await route.fetch();
        if (!call.startsWith('live.st')) return route.fulfill({ response });
        const reply = (await response.json()) as { ok: boolean; value: LiveState };
        return route.fulfill({
          response,
          json: { ...reply, value: { ...reply.value, ...changed(reply.value) } },
        });
      });
      await press(page);
      await page.waitForTimeout(someReadingsMs);
    },
    close: async (page) => {
      await page.unroute('**/call');
      await press(page);
    },
  };
}

const twoSources = (state: LiveState, performance: Partial<LiveSource>): readonly LiveSource[] =>
  (['statistics', 'performance'] as const).map((name) => ({
    name,
    phase: 'running',
    since: state.since,
    failures: 0,
    skipped: 0,
    cost: { medianMs: 48, slowestMs: 90, cpuMsPerReading: 21, cpuPercent: 2.1 },
    ...(name === 'performance' && performance),
  }));
const longAgo = (seconds: number): string => new Date(Date.now() - seconds * 1000).toISOString();

const readings: readonly ShotView[] = [
  reading('live', () => ({})),
  reading('live-stalled', (state) => ({
    phase: 'stalled',
    sources: twoSources(state, { phase: 'stalled', since: longAgo(12), skipped: 12 }),
  })),
  reading('live-failed', (state) => ({
    phase: 'stalled',
    sources: twoSources(state, {
      phase: 'stalled',
      since: longAgo(75),
      failures: 9,
      failure: { kind: 'exited', message: 'PowerShell ended while it was asked (exit code 1).' },
    }),
  })),
  reading('live-slowed', (state) => ({
    intervalMs: 4000,
    slowedBecause:
      'Reading the counters takes 14 % of a processor core, more than the 10 % that Switchyard allows itself.',
    sources: twoSources(state, {}),
  })),
];

export const shotViews: readonly ShotView[] = [
  { name: 'cockpit', open: stay, close: stay },
  {
    name: 'map',
    open: stay,
    close: stay,
    part: (page) => page.getByRole('region', { name: 'Path map' }),
  },
  view('findings', 'f'),
  view('tables', 't'),
  {
    name: 'packets',
    open: async (page) => {
      await page.keyboard.press('t');
      const tables = page.getByRole('navigation', { name: 'Tables' });
      await tables.getByRole('button', { name: /^Packet sizes / }).click();
      await page.getByRole('button', { name: 'Send full packets' }).click();
      await page.getByRole('button', { name: 'Look again', disabled: false }).waitFor();
    },
    close: (page) => page.keyboard.press('m'),
  },
  view('what-if', 'w'),
  view('spread', 'd'),
  {
    name: 'load',
    open: async (page) => {
      await page.keyboard.press('d');
      await page.getByRole('button', { name: 'Prove it with a read …' }).first().click();
      const panel = page.getByRole('region', { name: 'Prove it with a read' });
      await panel.getByRole('button', { name: 'Show what it would do' }).click();
      await panel.getByRole('article').waitFor();
    },
    close: (page) => page.keyboard.press('m'),
  },
  view('settings', 's'),
  {
    name: 'about',
    open: async (page) => {
      await page.keyboard.press('a');
      await isFetched(page, 'dialog[open] li');
    },
    close: (page) => page.keyboard.press('Escape'),
  },
  {
    name: 'legend',
    open: (page) => page.getByRole('button', { name: 'Legend' }).click(),
    close: (page) => page.keyboard.press('Escape'),
  },
  ...readings,
];

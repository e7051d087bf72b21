/** The views of the page that `npm run shots` takes pictures of, each with the way there and back. */
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
];

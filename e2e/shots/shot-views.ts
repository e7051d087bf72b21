/** The views of the page that `npm run shots` takes pictures of, each with the way there and back. */
import type { Page } from 'playwright/test';

export interface ShotView {
  readonly name: string;
  readonly open: (page: Page) => Promise<void>;
  readonly close: (page: Page) => Promise<void>;
}

const stay = (): Promise<void> => Promise.resolve();

export const shotViews: readonly ShotView[] = [
  { name: 'cockpit', open: stay, close: stay },
  {
    name: 'legend',
    open: (page) => page.getByRole('button', { name: 'Legend' }).click(),
    close: (page) => page.keyboard.press('Escape'),
  },
];

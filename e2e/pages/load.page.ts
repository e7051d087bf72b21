/** The bounded read in the view of the spread, by what a person sees and hears of it. */
import type { Locator, Page } from 'playwright/test';

export class LoadPage {
  readonly region: Locator;
  readonly source: Locator;
  readonly file: Locator;
  readonly rate: Locator;
  readonly show: Locator;
  readonly plan: Locator;
  readonly lines: Locator;
  readonly script: Locator;
  readonly read: Locator;
  readonly dialog: Locator;
  readonly run: Locator;
  readonly stop: Locator;
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
    this.region = page.getByRole('region', { name: 'Prove it with a read' });
    this.source = this.region.getByRole('combobox', { name: 'Read from' });
    this.file = this.region.getByRole('combobox', { name: 'File' });
    this.rate = this.region.getByRole('textbox', { name: 'At most, bit/s' });
    this.show = this.region.getByRole('button', { name: 'Show what it would do' });
    this.plan = this.region.getByRole('article', { name: /^Plan: read / });
    this.lines = this.plan.getByRole('group', { name: 'What runs' });
    this.script = this.plan.getByLabel('The script that reads');
    this.read = this.plan.getByRole('button', { name: 'Read …' });
    this.dialog = page.getByRole('dialog', { name: /^Read .*\?$/ });
    this.run = this.region.getByRole('article', { name: /^Read of / });
    this.stop = this.run.getByRole('button', { name: 'Stop' });
  }

  /** The button beside a target. */
  prove(target: string): Locator {
    return this.#page
      .getByRole('listitem')
      .filter({ hasText: target })
      .getByRole('button', { name: 'Prove it with a read …' });
  }
}

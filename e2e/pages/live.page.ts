/** What reads counters, and what they tell, by what a person sees and hears of it. */
import type { Locator, Page } from 'playwright/test';

export class LivePage {
  readonly switch: Locator;
  readonly bar: Locator;
  readonly pace: Locator;
  readonly speed: Locator;
  /** The third answer of the strip. */
  readonly answer: Locator;
  readonly spread: Locator;
  readonly map: Locator;
  /** Shows the map as tables, or as a map again. */
  readonly mapTable: Locator;

  constructor(page: Page) {
    this.switch = page.getByRole('switch', { name: 'Live' });
    this.bar = page.getByRole('region', { name: 'Live reading' });
    this.pace = this.bar.getByRole('combobox', { name: 'Read' });
    this.speed = this.bar.getByRole('combobox', { name: 'Speed' });
    this.answer = page.getByRole('region', { name: 'Verdict' }).getByTitle('Show how it spreads');
    this.spread = page.getByRole('region', { name: 'Does the traffic spread?' });
    this.map = page.getByRole('region', { name: 'Path map' });
    this.mapTable = this.map.getByRole('button', { name: 'Table', exact: true });
  }

  station(name: string): Locator {
    return this.map.getByRole('button', { name: new RegExp(`^${name}\\b`) });
  }

  /** The first row of a table of the map that this stands in. */
  row(table: string, text: string): Locator {
    return this.map
      .getByRole('region', { name: table, exact: true })
      .getByRole('row')
      .filter({ hasText: text })
      .first();
  }

  group(title: string): Locator {
    return this.spread.getByRole('article', { name: new RegExp(`^${title}`) });
  }
}

/** The live chart's place, by what a person sees and hears of it. */
import type { Locator, Page } from 'playwright/test';

export class ThroughputPage {
  readonly region: Locator;
  readonly chart: Locator;
  readonly table: Locator;
  /** What the cursor says. */
  readonly spoken: Locator;

  constructor(page: Page) {
    this.region = page.getByRole('region', { name: 'Throughput' });
    this.chart = this.region.getByRole('slider', { name: /over time$/ });
    this.table = this.region.getByRole('table');
    this.spoken = this.region.locator('[aria-live=polite]');
  }

  /** A control, or an entry of the legend by the name of its subject. */
  button(name: string): Locator {
    return this.region.getByRole('button', { name: new RegExp(`^${name}\\b`) });
  }

  row(name: string, direction: string): Locator {
    return this.table.getByRole('row', { name: new RegExp(`^${name} ${direction} `) });
  }
}

/** The path map, by the names that its stations say. */
import type { Locator, Page } from 'playwright/test';

export class PathMapPage {
  readonly region: Locator;

  constructor(page: Page) {
    this.region = page.getByRole('region', { name: 'Path map' });
  }

  station(name: string): Locator {
    return this.region.getByRole('button', { name: new RegExp(`^${name}\\b.*route`) });
  }
}

/** The path map, by the names that its stations say. */
import type { Locator, Page } from 'playwright/test';

export class PathMapPage {
  readonly region: Locator;
  readonly stations: Locator;
  readonly legend: Locator;
  readonly table: Locator;

  constructor(page: Page) {
    this.region = page.getByRole('region', { name: 'Path map' });
    this.stations = this.region.locator('[data-station]');
    this.legend = page.getByRole('dialog', { name: 'Legend of the path map' });
    this.table = this.region.getByRole('group', { name: 'The map as tables' });
  }

  station(name: string): Locator {
    return this.region.getByRole('button', { name: new RegExp(`^${name}\\b.*route`) });
  }

  button(name: string): Locator {
    return this.region.getByRole('button', { name, exact: true });
  }

  /** Width of the drawing on the screen, in pixels. */
  async drawnWidth(): Promise<number> {
    return (await this.region.locator('.sheet').boundingBox())?.width ?? 0;
  }
}

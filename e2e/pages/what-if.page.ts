/** The simulation, by what a person sees and hears of it. */
import type { Locator, Page } from 'playwright/test';

export class WhatIfPage {
  /** The banner; there only while a simulation is on. */
  readonly banner: Locator;
  readonly changes: Locator;
  readonly undo: Locator;
  readonly open: Locator;
  readonly view: Locator;
  readonly grid: Locator;

  constructor(page: Page) {
    this.banner = page.getByRole('region', { name: 'Simulation' });
    this.changes = this.banner.getByRole('list', { name: 'Simulated changes' }).getByRole('listitem');
    this.undo = this.banner.getByRole('button', { name: 'Undo last' });
    this.open = this.banner.getByRole('button', { name: 'What it means' });
    this.view = page.getByRole('group', { name: 'What if' });
    this.grid = this.view.getByRole('grid');
  }

  cell(from: string, column: number): Locator {
    return this.grid
      .getByRole('row', { name: new RegExp(`^${from}`) })
      .getByRole('gridcell')
      .nth(column);
  }
}

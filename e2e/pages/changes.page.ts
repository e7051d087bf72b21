/** Plans, changes and their history, by what a person sees and hears of them. */
import type { Locator, Page } from 'playwright/test';

export class ChangesPage {
  readonly plan: Locator;
  readonly apply: Locator;
  readonly dialog: Locator;
  readonly change: Locator;
  readonly history: Locator;
  /** Over the cockpit: a change that nobody finished. */
  readonly leftover: Locator;
  /** In a plan. */
  readonly refusals: Locator;

  constructor(page: Page) {
    this.plan = page.getByRole('group', { name: 'How to fix' });
    this.apply = this.plan.getByRole('button', { name: 'Apply this plan …' });
    this.dialog = page.getByRole('dialog');
    this.change = page.getByRole('group', { name: 'Change', exact: true });
    this.history = page.getByRole('group', { name: 'History of changes' });
    this.refusals = this.plan.getByRole('region', { name: 'What stands in the way' });
    this.leftover = page.getByRole('region', { name: 'Change that nobody finished' });
  }

  /** Begins the plan that is shown, on a simulated host. */
  async confirmPlan(): Promise<void> {
    await this.apply.click();
    await this.dialog.getByRole('button', { name: 'Apply to the simulated host' }).click();
  }
}

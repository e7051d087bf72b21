/** The page of a host, by what a person sees and hears of it. */
import { AxeBuilder } from '@axe-core/playwright';
import { expect, type Locator, type Page } from 'playwright/test';

export class HostPage {
  readonly page: Page;
  readonly header: Locator;
  readonly findings: Locator;
  readonly targets: Locator;
  readonly notChecked: Locator;
  readonly notObserved: Locator;
  readonly lookAgain: Locator;
  readonly stop: Locator;
  readonly alert: Locator;
  readonly lookedAt: Locator;

  constructor(page: Page) {
    this.page = page;
    this.header = page.getByRole('banner');
    this.findings = page.getByRole('region', { name: 'What is wrong' });
    this.targets = page.getByRole('region', { name: 'Storage targets' });
    this.notChecked = page.getByRole('region', { name: 'What was not checked' });
    this.notObserved = page.getByRole('region', { name: 'What was not observed' });
    this.lookAgain = page.getByRole('button', { name: 'Look again' });
    this.stop = page.getByRole('button', { name: 'Stop' });
    this.alert = page.getByRole('alert');
    this.lookedAt = this.header.getByRole('time');
  }

  tab(name: string): Locator {
    return this.page.getByRole('tab', { name: new RegExp(`^${name}\\b`) });
  }

  /** A tab, opened. */
  async open(name: string): Promise<void> {
    await this.tab(name).click();
    await expect(this.page.getByRole('tabpanel', { name: new RegExp(`^${name}\\b`) })).toBeVisible();
  }

  /** A table of the host, opened from wherever the page is. */
  async openTable(title: string): Promise<Locator> {
    await this.page
      .getByRole('navigation', { name: 'Views' })
      .getByRole('button', { name: 'Host tables' })
      .click();
    await this.page
      .getByRole('navigation', { name: 'Tables' })
      .getByRole('button', { name: new RegExp(`^${title} `) })
      .click();
    return this.page.getByRole('region', { name: title, exact: true });
  }

  /** The finding of a rule, by its id, which stands beside "Why this matters". */
  finding(rule: string): Locator {
    return this.findings.getByRole('article').filter({ has: this.page.getByText(rule, { exact: true }) });
  }

  /** Accessibility violations in short: the rule, and the elements that break it. */
  async violations(): Promise<string[]> {
    const { violations } = await new AxeBuilder({ page: this.page })
      // Else it opens a page of its own, which the desktop window cannot; our page has no frames.
      .setLegacyMode(true)
      .analyze();
    return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`);
  }

  /** Pixels that the page is wider than the window. */
  overflow(): Promise<number> {
    return this.page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
  }
}

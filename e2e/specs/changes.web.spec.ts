/** Changes with more than one page open on the host: plans that are too late, pages that go away. */
import type { Page } from 'playwright/test';
import { expect, test, type Served } from '../launch.ts';
import { ChangesPage } from '../pages/changes.page.ts';
import { HostPage } from '../pages/host.page.ts';

/** A page of its own session, by a link that nobody used. */
async function openPage(page: Page, served: Served): Promise<{ host: HostPage; changes: ChangesPage }> {
  const links = () =>
    [...served.written().matchAll(/http:\/\/127\.0\.0\.1:\d+\/#[\w-]+/g)].map(([link]) => link);
  const before = links().length;
  served.process.stdin.write('\n');
  await expect.poll(() => links().length).toBeGreaterThan(before);
  await page.goto(links().at(-1) ?? '');
  return { host: new HostPage(page), changes: new ChangesPage(page) };
}

test('a plan is refused where another page has changed the host since, and says what moved', async ({
  context,
  serve,
}) => {
  const served = await serve(['--demo', 'converged-2012r2']);
  const early = await openPage(await context.newPage(), served);
  const late = await openPage(await context.newPage(), served);
  for (const { host, changes } of [early, late]) {
    await host.finding('same-member').getByRole('button', { name: 'How to fix …' }).click();
    await expect(
      changes.plan.getByRole('row', { name: 'LoadBalancingAlgorithm HyperVPort Dynamic' }),
    ).toBeVisible();
  }
  await early.changes.confirmPlan();
  await expect(early.changes.change).toContainText('Done, but the finding is still there');

  await late.changes.confirmPlan();
  await expect(late.changes.change).toContainText('Refused: nothing was changed');
  await expect(late.changes.change).toContainText('The host is no longer as it was when the plan was made.');
  await expect(late.changes.change).toContainText('LoadBalancingAlgorithm');
});

test('a change whose page is closed goes on: a step that fails is undone, and the next page tells of it', async ({
  context,
  serve,
}) => {
  const served = await serve(['--demo', 'german-2019']);
  const page = await context.newPage();
  const first = await openPage(page, served);
  await first.host.finding('converged-vnics').getByRole('button', { name: 'How to fix …' }).click();
  // Somebody on the network has this address: Windows finds out when it is set.
  const address = first.changes.plan.getByLabel('Which address shall the new vNIC have');
  await address.fill('10.0.10.50/24');
  await address.blur();
  await expect(first.changes.plan).toContainText("-IPAddress '10.0.10.50'");
  await first.changes.confirmPlan();
  await expect(first.changes.change).toContainText('Verifying');
  await page.close();

  const next = await openPage(await context.newPage(), served);
  const views = next.host.page.getByRole('navigation', { name: 'Views' });
  await views.getByRole('button', { name: 'History' }).click();
  await expect(next.changes.history).toContainText('Rolled back');
  await expect(next.changes.history).toContainText('Step 2 failed: Another machine holds 10.0.10.50.');
  await expect(next.changes.history).toContainText('the host is as before');
  await expect(next.changes.history).toContainText('It left the host as it was.');
});

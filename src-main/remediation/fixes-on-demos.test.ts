import { expect, it } from 'vitest';
import { listResources } from '../platform/resources.ts';
import { openLab } from '../testing/change-lab.ts';
import { demoScenario } from '../testing/demo-check.ts';
import { fixes } from './catalogue.ts';

const demos = listResources('scenarios').map((name) => name.replace(/\.json$/, ''));

it.each(demos)('plans what it offers on the demo host %s', { timeout: 300_000 }, async (demo) => {
  const lab = openLab({ host: demoScenario(demo) });
  for (const { id, fixes: offered } of lab.look().findings) {
    for (const fix of offered) {
      const plan = await lab.plan({ findings: [id], fix });
      if (!plan.ok) throw new Error(`${fix} on ${demo}: ${plan.failure.message}`);
      const { steps, refusals, problems } = plan.value;
      // There is always something to do, to answer, or a reason why not.
      expect({ fix, told: steps.length + refusals.length + Object.keys(problems).length }).not.toEqual({
        fix,
        told: 0,
      });
      expect(fixes.map((one) => one.id)).toContain(fix);
    }
  }
  await lab.close();
});

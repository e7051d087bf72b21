import { describe, expect, it } from 'vitest';
import type { Check } from '#shared/finding.ts';
import { checkCapture } from '../../src-main/app/check.ts';
import { captureOf } from '../../src-main/hosts/simulated-host/observe.ts';
import { readScenario } from '../../src-main/hosts/simulated-host/read-scenario.ts';
import { readResource } from '../../src-main/platform/resources.ts';
import { faultAnswer, reachAnswer } from './answers.ts';

function demo(id: string): Check {
  const scenario = readScenario(readResource(`scenarios/${id}.json`), id);
  if (!scenario.ok) throw new Error(scenario.failure.message);
  return checkCapture(captureOf(scenario.value), 'demo');
}

describe('the strip', () => {
  it.each([
    ['iscsi-on-team', '1 route to vol1, over team Team1, which chooses among 4 members'],
    ['converged-2012r2', '2 routes to vol1, both through NIC1'],
    ['mpio-dedicated', '4 routes to array1, through 2 NICs'],
    ['everything-failed', 'No storage target could be seen'],
    ['empty', 'No storage target could be seen'],
  ])('says how %s reaches its storage', (id, text) => {
    expect(reachAnswer(demo(id)).text).toBe(text);
  });

  it.each([
    ['iscsi-on-team', 'error', '1 error · 1 warning'],
    ['converged-2012r2', 'warning', '1 warning'],
    ['converged-set', 'fine', 'Nothing wrong was found'],
    ['everything-failed', 'unknown', 'Nothing could be checked · 9 not checked'],
    ['empty', 'none', 'No rule applies to this host'],
  ])('says what is wrong with %s', (id, sign, text) => {
    expect(faultAnswer(demo(id))).toMatchObject({ sign, text });
  });
});

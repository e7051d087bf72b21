/** A demo host, looked at and judged: what the tests of the pages show. */
import type { Capture } from '#shared/capture.ts';
import type { Check } from '#shared/finding.ts';
import { checkCapture } from '../app/check.ts';
import { captureOf } from '../hosts/simulated-host/observe.ts';
import { readScenario } from '../hosts/simulated-host/read-scenario.ts';
import type { Scenario } from '../hosts/simulated-host/scenario.ts';
import { readResource } from '../platform/resources.ts';

/** Throws where there is no demo of this id. */
export function demoScenario(id: string): Scenario {
  const scenario = readScenario(readResource(`scenarios/${id}.json`), id);
  if (!scenario.ok) throw new Error(scenario.failure.message);
  return scenario.value;
}

export function demoCapture(id: string): Capture {
  return captureOf(demoScenario(id));
}

export function demoCheck(id: string): Check {
  return checkCapture(demoCapture(id), 'demo');
}

/** The verdicts on the samples of a simulated host, as a check makes them, with the samples changed on the way. */
import type { Sample } from '#shared/sample.ts';
import type { SpreadGroup, TargetSpread, TrafficJudgement } from '#shared/spread.ts';
import { checkSnapshot } from '../app/check.ts';
import { judgeCapture, trafficLimits } from '../app/traffic.ts';
import { readSnapshot } from '../discovery/read-snapshot.ts';
import { captureOf } from '../hosts/simulated-host/observe.ts';
import type { Scenario } from '../hosts/simulated-host/scenario.ts';

type ChangeSamples = (samples: readonly Sample[]) => readonly Sample[];

/** Throws where the host has fewer than two samples. */
export function judgedTraffic(
  scenario: Scenario,
  change: ChangeSamples = (samples) => samples,
): TrafficJudgement {
  const capture = captureOf(scenario);
  const snapshot = readSnapshot(capture);
  const check = checkSnapshot(snapshot, capture, 'demo');
  const traffic = judgeCapture(
    { samples: change(capture.samples ?? []) },
    check,
    snapshot,
    trafficLimits(),
    'all',
  );
  if (traffic === undefined) throw new Error('The host was not counted.');
  return traffic;
}

export function targetNamed({ targets }: TrafficJudgement, part: string): TargetSpread {
  const found = targets.find(({ name }) => name.includes(part));
  if (found === undefined) throw new Error(`There is no target ${part}.`);
  return found;
}

export function groupOf({ groups }: TrafficJudgement, kind: SpreadGroup['kind'], part = ''): SpreadGroup {
  const found = groups.find((group) => group.kind === kind && group.subject.name.includes(part));
  if (found === undefined) throw new Error(`There is no group ${kind} ${part}.`);
  return found;
}

/** From a capture to everything that is judged and computed of it: the corridor, in one function. */
import {
  everyObservationName,
  isAskedInEveryLook,
  type Capture,
  type ObservationName,
} from '#shared/capture.ts';
import { entityOf } from '#shared/entity.ts';
import type { Check, CheckSource, ObservationGap } from '#shared/finding.ts';
import type { Snapshot } from '#shared/host/snapshot.ts';
import { readSnapshot } from '../discovery/read-snapshot.ts';
import { buildGraph } from '../path-graph/build-graph.ts';
import { buildModel } from '../path-graph/build-model.ts';
import { targetCeilings } from '../path-graph/ceilings.ts';
import type { HostFacts } from '../rules/define-rule.ts';
import { interfaceUses } from '../rules/interface-uses.ts';
import { runRules } from '../rules/run-rules.ts';
import { countedErrors } from '../sampling/counted-errors.ts';
import { leaveItAlone, leaveItAloneThreshold } from '../what-if/leave-it-alone.ts';
import { measuredRates } from './measured-rates.ts';
import { inForce, rulesOf, type JudgeSettings } from './judge-settings.ts';
import { judgeCapture, trafficLimits } from './traffic.ts';

/** Pure: the same capture and settings give the same check. `settings`: what the person set for this host. */
export function checkCapture(capture: Capture, source: CheckSource, settings?: JudgeSettings): Check {
  return judge(readSnapshot(capture), capture, source, settings, capture);
}

/**
 * The same of a snapshot that may have been changed since it was read; what was not observed stays that of the capture.
 * Traffic is not judged: what was counted was counted on the host as it is.
 */
export function checkSnapshot(
  snapshot: Snapshot,
  capture: Capture,
  source: CheckSource,
  settings?: JudgeSettings,
): Check {
  return judge(snapshot, capture, source, settings, {});
}

/** What rules would judge of a capture, without what was counted. */
export function hostFactsOf(capture: Capture, settings?: JudgeSettings): HostFacts {
  const bare = factsOf(readSnapshot(capture));
  return settings === undefined
    ? bare
    : { ...bare, settings: rulesOf(settings, bare.model, baselineOf(settings)).rules };
}

function judge(
  snapshot: Snapshot,
  capture: Capture,
  source: CheckSource,
  settings: JudgeSettings | undefined,
  counted: Pick<Capture, 'samples'>,
): Check {
  const bare = factsOf(snapshot);
  const { model, graph } = bare;
  const resolved = settings && rulesOf(settings, model, baselineOf(settings));
  const set: HostFacts = resolved === undefined ? bare : { ...bare, settings: resolved.rules };
  const targets = targetCeilings(model, graph, snapshot, settings?.host.assumptions);
  const interfaces = interfaceUses(set).map(({ interface: found, uses }) => ({
    interface: entityOf(found),
    uses,
    isCorrected: resolved?.rules.roles?.[found.id] !== undefined,
  }));
  const traffic = judgeCapture(
    counted,
    { model, graph, targets, interfaces },
    snapshot,
    trafficLimits(settings?.host),
  );
  const facts: HostFacts = {
    ...set,
    ...(traffic !== undefined && { traffic }),
    ...countedErrors(counted.samples ?? [], model, snapshot),
  };
  const { findings, rules } = runRules(facts);
  const limit = settings?.host.thresholds[leaveItAloneThreshold.id] ?? leaveItAloneThreshold.preset;
  const alone =
    (capture.samples?.length ?? 0) > 1
      ? leaveItAlone(targets, measuredRates(capture, model, targets, snapshot), limit)
      : undefined;
  const told =
    settings &&
    inForce(settings, findings, {
      targetNames: targets.flatMap(({ name, aliases }) => [name, ...aliases]),
      unused: resolved?.unused ?? [],
    });
  const known = everyObservationName.filter((name) => Object.hasOwn(capture.observations, name));
  const gaps = findGaps(capture, snapshot);
  const lost = new Set(
    gaps.filter(({ status }) => status !== 'partial').map(({ observation }) => observation),
  );
  return {
    source,
    host: capture.host,
    takenAt: capture.takenAt,
    model,
    graph,
    targets,
    findings: told?.findings ?? findings,
    rules,
    interfaces,
    ...(traffic !== undefined && { traffic }),
    observed: { ok: known.filter((name) => !lost.has(name)).length, asked: known.length },
    gaps,
    ...(alone !== undefined && { leaveItAlone: alone }),
    ...(told?.account !== undefined && { settings: told.account }),
  };
}

function factsOf(snapshot: Snapshot): HostFacts {
  const model = buildModel(snapshot);
  return { model, graph: buildGraph(model, snapshot), snapshot };
}

const baselines = new WeakMap<Capture, HostFacts>();

/** Read once for each capture that is pinned: a simulation judges the same host many times. */
function baselineOf({ baseline }: JudgeSettings): HostFacts | undefined {
  if (baseline === undefined) return undefined;
  const found = baselines.get(baseline) ?? factsOf(readSnapshot(baseline));
  baselines.set(baseline, found);
  return found;
}

/**
 * What gave less than everything, in the order of everyObservationName. The reading counts before the raw answer: an
 * answer that came but could not be read is as unknown as one that did not come.
 */
function findGaps(capture: Capture, snapshot: Snapshot): ObservationGap[] {
  return everyObservationName.flatMap((name) => gapOf(name, capture, snapshot) ?? []);
}

function gapOf(name: ObservationName, capture: Capture, snapshot: Snapshot): ObservationGap | undefined {
  const raw = capture.observations[name];
  if (raw === undefined) {
    // What nobody asked for is no gap.
    return isAskedInEveryLook(name) ? { observation: name, status: 'not-asked' } : undefined;
  }
  const readings: Partial<Record<ObservationName, Snapshot['readings'][keyof Snapshot['readings']]>> =
    snapshot.readings;
  const reading = readings[name];
  for (const answer of [raw, reading]) {
    if (answer?.status === 'failed' || answer?.status === 'unavailable') {
      return { observation: name, status: answer.status, error: answer.error };
    }
  }
  const itemErrors =
    reading?.status === 'ok' ? reading.itemErrors : raw.status === 'ok' ? (raw.itemErrors ?? []) : [];
  return itemErrors.length > 0 ? { observation: name, status: 'partial', itemErrors } : undefined;
}

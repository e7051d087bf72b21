/** What counters tell of a host, judged: of a recording in a capture, or of a host that is sampled now. */
import type { Capture } from '#shared/capture.ts';
import type { Check } from '#shared/finding.ts';
import type { Snapshot } from '#shared/host/snapshot.ts';
import type { Sample } from '#shared/sample.ts';
import type { HostSettings } from '#shared/settings.ts';
import type { TrafficJudgement } from '#shared/spread.ts';
import { limitsWith, spreadLimits, type SpreadLimits } from '../spread/limits.ts';
import { judgeRecording } from '../spread/recorded-traffic.ts';
import type { TrafficHost } from '../spread/traffic-host.ts';
import { expectationOf } from '../what-if/expectation.ts';

/** Who uses the figures of the spread verdict, in the ids of thresholds. */
const owner = 'spread';

/** A check judges the end of a recording: longer ones take long to read, and what was an hour ago is over. */
const judgedMs = 300_000;

export function trafficLimits(settings?: Pick<HostSettings, 'thresholds'>): SpreadLimits {
  return limitsWith(
    Object.fromEntries(
      Object.entries(settings?.thresholds ?? {}).flatMap(([id, value]) =>
        id.startsWith(`${owner}.`) ? [[id.slice(owner.length + 1), value] as const] : [],
      ),
    ),
  );
}

/** Every figure of the verdicts on traffic, as others offer theirs. */
export function trafficThresholds() {
  return Object.entries(spreadLimits).map(([name, { value, unit, says }]) => ({
    id: `${owner}.${name}`,
    preset: value,
    unit,
    says,
    usedBy: [owner],
  }));
}

/** What is known of a host beside its counters. */
export function trafficHost(
  about: Pick<Check, 'model' | 'graph' | 'targets' | 'interfaces'>,
  snapshot: Snapshot,
): TrafficHost {
  const { model, graph, targets, interfaces } = about;
  const roles = new Map(
    interfaces.map(({ interface: { id }, uses }) => [id, uses.map(({ role }) => role)] as const),
  );
  const payloads = new Map(
    targets.map(
      (target) => [target.id, expectationOf(target, about, snapshot).overhead.payloadShare] as const,
    ),
  );
  return {
    model,
    graph,
    targets,
    snapshot,
    rolesOf: (id) => roles.get(id) ?? [],
    payloadShareOf: (id) => payloads.get(id) ?? null,
  };
}

function lastOf(samples: readonly Sample[]): readonly Sample[] {
  const end = Date.parse(samples.at(-1)?.at ?? '');
  const first = samples.findIndex(({ at }) => Date.parse(at) >= end - judgedMs);
  return first < 0 ? samples : samples.slice(first);
}

/** `all`: the whole recording, however long. Undefined where it has fewer than two samples. */
export function judgeCapture(
  { samples = [] }: Pick<Capture, 'samples'>,
  about: Pick<Check, 'model' | 'graph' | 'targets' | 'interfaces'>,
  snapshot: Snapshot,
  limits: SpreadLimits,
  part: 'end' | 'all' = 'end',
): TrafficJudgement | undefined {
  if (samples.length < 2) return undefined;
  const { MpioDisk } = snapshot.readings;
  return judgeRecording(
    part === 'all' ? samples : lastOf(samples),
    trafficHost(about, snapshot),
    MpioDisk.status === 'ok' ? MpioDisk.records : [],
    limits,
  );
}

/** What each target got while counters were recorded with the look. */
import type { Capture } from '#shared/capture.ts';
import type { HostModel } from '#shared/host/host-model.ts';
import type { Snapshot } from '#shared/host/snapshot.ts';
import type { TargetCeilings } from '#shared/path-graph.ts';
import type { MeasuredRate } from '#shared/what-if.ts';
import { measuredRate } from '../sampling/measured-rate.ts';
import { recordedSeries } from '../sampling/recorded-series.ts';

const ratesOf = new WeakMap<Capture, ReadonlyMap<string, MeasuredRate>>();

/** By id of the target; kept for each capture, since reading all samples takes a while. */
export function measuredRates(
  capture: Capture,
  model: HostModel,
  targets: readonly TargetCeilings[],
  { readings: { MpioDisk } }: Snapshot,
): ReadonlyMap<string, MeasuredRate> {
  let found = ratesOf.get(capture);
  if (found === undefined) {
    const mpio = MpioDisk.status === 'ok' ? MpioDisk.records : [];
    const window = recordedSeries(capture.samples ?? [], model, mpio)?.window(Infinity);
    found = new Map(
      targets.flatMap((target) => {
        const rate = window === undefined ? undefined : measuredRate(target, model, window);
        return rate === undefined ? [] : [[target.id, rate] as const];
      }),
    );
    ratesOf.set(capture, found);
  }
  return found;
}

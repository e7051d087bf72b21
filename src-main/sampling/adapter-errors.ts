/** Damaged and dropped frames of adapters between the first and the last sample. */
import type { AdapterErrors } from '#shared/adapter-errors.ts';
import type { HostModel } from '#shared/host/host-model.ts';
import type { Sample } from '#shared/sample.ts';
import { attributeTo } from './attribution.ts';
import { countRises } from './count-rises.ts';
import { counterClassNamed, errorCounters } from './counters.ts';

const [receivedErrors, sentErrors, receivedDiscards, sentDiscards] = errorCounters;

/**
 * One entry for each adapter that was counted at least twice; undefined where the samples hold none of these counters:
 * only one of the classes that count adapters has them.
 */
export function adapterErrors(
  samples: readonly Sample[],
  model: HostModel,
): readonly AdapterErrors[] | undefined {
  const adapters = new Set(model.adapters.map(({ id }) => id));
  return countRises(
    samples,
    counterClassNamed('MSFT_NetAdapterStatisticsSettingData'),
    { errors: [receivedErrors, sentErrors], discards: [receivedDiscards, sentDiscards] },
    attributeTo(model, []),
    ['errors'],
  )?.flatMap(({ subjectId, counts, intervalsWithRise, intervals, seconds }) =>
    adapters.has(subjectId)
      ? [{ adapterId: subjectId, ...counts, intervalsWithErrors: intervalsWithRise, intervals, seconds }]
      : [],
  );
}

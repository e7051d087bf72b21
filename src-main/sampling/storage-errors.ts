/** Errors that iSCSI sessions and MPIO paths counted between the first and the last sample. */
import type { PathErrors, SessionErrors } from '#shared/error-counts.ts';
import type { HostModel } from '#shared/host/host-model.ts';
import type { Sample } from '#shared/sample.ts';
import { attributeTo, type MpioInstance } from './attribution.ts';
import { countRises } from './count-rises.ts';
import { counterClassNamed, pathErrorCounters, sessionErrorCounters } from './counters.ts';

/** One entry for each session that was counted at least twice; undefined where the samples hold none of these counters. */
export function sessionErrors(
  samples: readonly Sample[],
  model: HostModel,
): readonly SessionErrors[] | undefined {
  const [digest, timeouts, format] = sessionErrorCounters;
  return countRises(
    samples,
    counterClassNamed('MSiSCSI_SessionStatistics'),
    { digest: [digest], timeouts: [timeouts], format: [format] },
    attributeTo(model, []),
  )?.map(({ counts, intervalsWithRise, ...rest }) => ({
    ...rest,
    ...counts,
    intervalsWithErrors: intervalsWithRise,
  }));
}

/** The same of paths: only the class that every module of MPIO fills counts errors. */
export function pathErrors(
  samples: readonly Sample[],
  model: HostModel,
  mpio: readonly MpioInstance[],
): readonly PathErrors[] | undefined {
  const [failed, retried] = pathErrorCounters;
  return countRises(
    samples,
    counterClassNamed('MPIO_DEVINSTANCE_HEALTH_INFO'),
    { failed: [failed], retried: [retried] },
    attributeTo(model, mpio),
  )?.map(({ counts, intervalsWithRise, ...rest }) => ({
    ...rest,
    ...counts,
    intervalsWithErrors: intervalsWithRise,
  }));
}

/** The samples of a capture as rows of a table, one after the other, however many there are. */
import type { Series } from '#shared/sample.ts';
import { succeed, type Result } from '#shared/result.ts';
import { readSnapshot } from '../discovery/read-snapshot.ts';
import { openRecording } from '../discovery/recording-file.ts';
import { buildModel } from '../path-graph/build-model.ts';
import { SeriesRecorder } from '../sampling/series-recorder.ts';
import { periodOf } from '../sampling/timeline.ts';
import type { Sample } from '#shared/sample.ts';

/** Samples that tell how often they were taken. */
const firstSamples = 20;

export interface MeasuredValue {
  /** ms since 1970. */
  readonly timeMs: number;
  readonly series: Series;
  /** In the unit of the series. */
  readonly value: number;
}

/** Every value of every series, in the order of time; gaps have no row. Answers how many samples there were. */
export async function exportSamples(
  path: string,
  onValues: (values: readonly MeasuredValue[]) => Promise<void>,
): Promise<Result<{ readonly sampleCount: number }>> {
  const opened = await openRecording(path);
  if (!opened.ok) return opened;
  const snapshot = readSnapshot(opened.value.capture);
  const model = buildModel(snapshot);
  const { MpioDisk } = snapshot.readings;
  const mpio = MpioDisk.status === 'ok' ? MpioDisk.records : [];
  let recorder: SeriesRecorder | undefined;
  let held: Sample[] = [];
  let sampleCount = 0;
  const take = async (samples: readonly Sample[]): Promise<void> => {
    recorder ??= new SeriesRecorder({ model, mpio, periodMs: periodOf(samples) ?? 1000, capacity: 1 });
    for (const sample of samples) {
      const { timeMs, values, series } = recorder.take(sample);
      sampleCount += 1;
      await onValues(
        [...values].flatMap(([id, value]) => {
          const one = series.get(id);
          return one === undefined ? [] : [{ timeMs, series: one, value }];
        }),
      );
    }
  };
  for await (const sample of opened.value.samples()) {
    held.push(sample);
    if (recorder === undefined && held.length < firstSamples) continue;
    await take(held);
    held = [];
  }
  await take(held);
  return succeed({ sampleCount });
}

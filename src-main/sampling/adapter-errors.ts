/** From counters of damaged and dropped frames to what came of them between the first and the last sample. */
import type { AdapterErrors } from '#shared/adapter-errors.ts';
import type { HostModel } from '#shared/host/host-model.ts';
import type { CounterRow, Sample } from '#shared/sample.ts';
import { attributeTo } from './attribution.ts';
import { errorCounters } from './counters.ts';
import { readCount } from './instances.ts';

const counterClass = 'MSFT_NetAdapterStatisticsSettingData';
const [receivedErrors, sentErrors, receivedDiscards, sentDiscards] = errorCounters;

interface Reading {
  readonly errors: bigint;
  readonly discards: bigint;
}

interface Count {
  errors: bigint;
  discards: bigint;
  intervalsWithErrors: number;
  intervals: number;
  readonly firstMs: number;
  lastMs: number;
}

/** Undefined where the row does not hold all four: half of them would read as health. */
function readingOf(row: CounterRow): Reading | undefined {
  const [inErrors, outErrors, inDiscards, outDiscards] = [
    receivedErrors,
    sentErrors,
    receivedDiscards,
    sentDiscards,
  ].map((name) => readCount(row[name]));
  return inErrors === undefined ||
    outErrors === undefined ||
    inDiscards === undefined ||
    outDiscards === undefined
    ? undefined
    : { errors: inErrors + outErrors, discards: inDiscards + outDiscards };
}

/**
 * One entry for each adapter that was counted at least twice; undefined where the samples hold none of these counters:
 * only one of the classes that count adapters has them. A counter that was set back counts from there on anew. Pure.
 */
export function adapterErrors(
  samples: readonly Sample[],
  model: HostModel,
): readonly AdapterErrors[] | undefined {
  let isCounted = false;
  const attribute = attributeTo(model, []);
  const last = new Map<string, Reading>();
  const counts = new Map<string, Count>();
  for (const { at, counters } of samples) {
    const ms = Date.parse(at);
    for (const row of counters[counterClass] ?? []) {
      const name = typeof row['Instance'] === 'string' ? row['Instance'] : '';
      const now = readingOf(row);
      isCounted ||= now !== undefined;
      const found = attribute('interface', { key: name, name, row, values: new Map() });
      if (now === undefined || !('subject' in found) || found.subject.kind !== 'adapter') continue;
      const { id } = found.subject;
      const before = last.get(id);
      last.set(id, now);
      if (before === undefined) {
        counts.set(id, {
          errors: 0n,
          discards: 0n,
          intervalsWithErrors: 0,
          intervals: 0,
          firstMs: ms,
          lastMs: ms,
        });
        continue;
      }
      const count = counts.get(id);
      if (count === undefined) continue;
      count.lastMs = ms;
      count.intervals += 1;
      if (now.errors < before.errors || now.discards < before.discards) continue;
      count.errors += now.errors - before.errors;
      count.discards += now.discards - before.discards;
      if (now.errors > before.errors) count.intervalsWithErrors += 1;
    }
  }
  if (!isCounted) return undefined;
  return [...counts].flatMap(([adapterId, count]) =>
    count.intervals === 0
      ? []
      : [
          {
            adapterId,
            errors: Number(count.errors),
            discards: Number(count.discards),
            intervalsWithErrors: count.intervalsWithErrors,
            intervals: count.intervals,
            seconds: Math.round((count.lastMs - count.firstMs) / 1000),
          },
        ],
  );
}

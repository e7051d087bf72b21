/** What `switchyard load --json` prints. Other programs read it: see docs/load.md before changing a name. */
import type { Check } from '#shared/finding.ts';
import type { LoadResult } from '#shared/load.ts';

const format = 'switchyard-load';
const version = 1;

const round = (value: number): number => Math.round(value);

export function renderLoadJson(check: Pick<Check, 'host' | 'source'>, result: LoadResult): object {
  const { plan, stages, verdict, gain, sentences } = result;
  const { target, source, opened, streams, seconds, bitsPerSecond, bytes, ceilings } = plan;
  return {
    format,
    version,
    source: check.source,
    host: check.host.name,
    target,
    read: { ...source, opened },
    bounds: { streams, seconds, bitsPerSecond, bytes },
    ceilings,
    verdict,
    gain: gain === null ? null : Math.round(gain * 100) / 100,
    runs: stages.map((stage) => ({
      streams: stage.streams,
      seconds: Math.round(stage.seconds * 100) / 100,
      bytes: stage.bytes,
      ended: stage.ended,
      bytesPerSecond: round(stage.bytesPerSecond),
      bitsPerSecond: round(stage.bitsPerSecond),
      isHeldByRate: stage.isHeldByRate,
      isUnbuffered: stage.isUnbuffered,
      verdict: stage.spread?.verdict ?? 'not-enough-traffic',
      message: stage.spread?.message ?? null,
      reason: stage.spread?.reason ?? null,
      shares: (stage.group?.read.shares ?? []).map(({ path, bytes: carried, share }) => ({
        path,
        bytes: round(carried),
        share: share === null ? null : Math.round(share * 10_000) / 10_000,
      })),
    })),
    sentences,
  };
}

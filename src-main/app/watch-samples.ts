/** The newest rates of a host as rows of a table: adapters, the ways to storage, disks. */
import type { HostModel } from '#shared/host/host-model.ts';
import type { LiveRate, SamplerState } from '#shared/live.ts';
import { succeed, type Result } from '#shared/result.ts';
import type { WatchRow, WatchView } from '#shared/watch-view.ts';
import { readSnapshot } from '../discovery/read-snapshot.ts';
import { buildModel } from '../path-graph/build-model.ts';
import { SeriesRecorder } from '../sampling/series-recorder.ts';
import { sampleHost, type SampleOptions } from './sample-host.ts';
import type { HostChoice } from './select-host.ts';

interface Watched extends Pick<WatchRow, 'name' | 'group'> {
  readonly id: string;
  readonly bitsPerSecond?: number | null | undefined;
}

/** By where it goes, with the end of its number, which tells it from others between the same two addresses. */
function sessionName({ name, sessionIdentifier, connections }: HostModel['sessions'][number]): string {
  const [first, ...others] = connections;
  if (first?.localAddress === undefined || first.targetAddress === undefined) return name;
  const more = others.length > 0 ? ` +${others.length}` : '';
  return `${first.localAddress} → ${first.targetAddress}${more} (…${sessionIdentifier.slice(-2)})`;
}

function watchedOf(model: HostModel): readonly Watched[] {
  const { adapters, vnics, teamNics, sessions, smbServers, disks } = model;
  return [
    ...adapters
      .filter(({ role }) => role !== 'other')
      .map(({ id, name, speedBitsPerSecond }) => ({
        id,
        name,
        group: 'Adapters' as const,
        bitsPerSecond: speedBitsPerSecond,
      })),
    ...[...teamNics, ...vnics].map(({ id, name }) => ({ id, name, group: 'Team NICs and vNICs' as const })),
    ...sessions.map((session) => ({
      id: session.id,
      name: sessionName(session),
      group: 'iSCSI sessions' as const,
    })),
    ...disks.flatMap(({ id, name, mpio }) =>
      (mpio?.paths ?? []).map(({ pathId }) => ({
        id: `path:${id}/${pathId.toLowerCase()}`,
        name: `${name}, path ${pathId.replace(/^0+/, '')}`,
        group: 'MPIO paths' as const,
      })),
    ),
    ...smbServers.flatMap(({ shares, channels }) => [
      ...shares.map(({ id, name }) => ({ id, name, group: 'SMB' as const })),
      ...channels.map(({ id, name }) => ({ id, name, group: 'SMB' as const })),
    ]),
    ...disks.map(({ id, name }) => ({ id, name, group: 'Disks' as const })),
  ];
}

function viewOf(
  title: string,
  watched: readonly Watched[],
  { timeMs, rates }: { readonly timeMs: number; readonly rates: readonly LiveRate[] },
  { phase, slowedBecause, sources }: SamplerState,
): WatchView {
  const rateOf = new Map(rates.map((rate) => [rate.subjectId, rate]));
  const rows = watched.flatMap(({ id, name, group, bitsPerSecond }): readonly WatchRow[] => {
    const rate = rateOf.get(id);
    if (rate === undefined) return [];
    const { queue, latencyMs } = rate;
    return [
      {
        name,
        group,
        in: rate.in,
        out: rate.out,
        ...(typeof bitsPerSecond === 'number' && bitsPerSecond > 0
          ? { bytesPerSecond: bitsPerSecond / 8 }
          : {}),
        ...(queue === undefined ? {} : { queue }),
        ...(latencyMs === undefined ? {} : { latencyMs }),
      },
    ];
  });
  const costs = sources.flatMap(({ cost }) => cost ?? []);
  const stalled = sources.find((source) => source.phase === 'stalled');
  return {
    title,
    timeMs,
    rows,
    notes: [
      ...(stalled === undefined
        ? []
        : [stalled.failure?.message ?? `The ${stalled.name} counters do not answer.`]),
      ...(slowedBecause === undefined ? [] : [slowedBecause]),
      ...(phase === 'paused' ? ['Paused.'] : []),
    ],
    ...(costs.length === 0 ? {} : { readingMs: costs.reduce((sum, { medianMs }) => sum + medianMs, 0) }),
  };
}

export interface WatchOptions extends Omit<SampleOptions, 'onLooked' | 'onSample'> {
  readonly onView: (view: WatchView) => void;
}

/** A view for each sample; the first has no rates yet. */
export async function watchSamples(
  choice: HostChoice,
  { onView, ...options }: WatchOptions,
): Promise<Result<SamplerState>> {
  let recorder: SeriesRecorder | undefined;
  let watched: readonly Watched[] = [];
  let title = '';
  return sampleHost(choice, {
    ...options,
    onLooked: ({ capture }) => {
      const snapshot = readSnapshot(capture);
      const model = buildModel(snapshot);
      const { MpioDisk } = snapshot.readings;
      watched = watchedOf(model);
      title = capture.host.name;
      recorder = new SeriesRecorder({
        model,
        mpio: MpioDisk.status === 'ok' ? MpioDisk.records : [],
        periodMs: options.intervalMs,
        capacity: 2,
      });
      return Promise.resolve(succeed(undefined));
    },
    onSample: (sample, _, state) => {
      recorder?.setPace(state.intervalMs, 2);
      recorder?.take(sample);
      const latest = recorder?.latest();
      if (latest !== undefined) onView(viewOf(title, watched, latest, state));
    },
  });
}

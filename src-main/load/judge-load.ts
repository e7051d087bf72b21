/** What the two runs of a load show: one reader against many, against the ceilings, and how the paths shared it. */
import type { LoadEnd, LoadPlan, LoadProgress, LoadResult, LoadStage } from '#shared/load.ts';
import type { Route, TargetCeilings } from '#shared/path-graph.ts';
import { isFault } from '#shared/spread-words.ts';
import type { SpreadGroup, TrafficJudgement } from '#shared/spread.ts';
import { counted, formatBitsPerSecond, formatBytesPerSecond } from '#shared/units.ts';
import { targetSpread } from '../spread/target-spread.ts';

/** From this part of the rate on, the rate is what held it back. */
const heldShare = 0.9;
/** Many readers that get this many times what one got get more. */
const more = 1.15;
/** Three windows, and what it takes to begin. */
const besideWindowsSeconds = 3;
const windows = 3;

/** How long the windows are by which a run is judged, in seconds. */
export function loadWindowSeconds(seconds: number): number {
  return Math.floor(((seconds - besideWindowsSeconds) / windows) * 2) / 2;
}

export interface RunSeen {
  readonly streams: number;
  readonly progress: LoadProgress;
  /** What the run was allowed, in byte/s of data. */
  readonly bytesPerSecond: number;
  /** Null where the counters told nothing. */
  readonly traffic: TrafficJudgement | null;
}

export interface LoadTarget {
  readonly target: TargetCeilings;
  readonly routes: readonly Route[];
  /** The disk that is read, by its id; undefined for a file. */
  readonly diskId: string | undefined;
  /** Of what a link carries, the part that is data; null where it is not known. */
  readonly payloadShare: number | null;
  readonly costlyUse: number;
}

/** Other disks of the target may be uneven for reasons of their own. */
function ownGroups({ groups }: TrafficJudgement, { target, diskId }: LoadTarget): readonly SpreadGroup[] {
  return groups.filter(
    ({ kind, subject, targetIds }) =>
      targetIds.includes(target.id) && (kind !== 'mpio' || diskId === undefined || subject.id === diskId),
  );
}

export function judgeRun(seen: RunSeen, about: LoadTarget): LoadStage {
  const { streams, progress, traffic, bytesPerSecond: allowed } = seen;
  const { bytes, seconds, ended = 'stopped', isUnbuffered } = progress;
  const bytesPerSecond = seconds === 0 ? 0 : bytes / seconds;
  const groups = traffic === null ? [] : ownGroups(traffic, about);
  const teams = traffic?.groups.filter(({ kind }) => kind === 'team') ?? [];
  const spread =
    traffic === null
      ? null
      : targetSpread(about.target, about.routes, {
          groups,
          sharedMembers: traffic.sharedMembers,
          costlyUse: about.costlyUse,
          directions: ['read'],
        });
  return {
    streams,
    seconds,
    bytes,
    ended,
    bytesPerSecond,
    bitsPerSecond: (bytesPerSecond * 8) / (about.payloadShare ?? 1),
    isHeldByRate: bytesPerSecond >= heldShare * allowed,
    isUnbuffered,
    spread,
    group: [...groups, ...teams].find(({ id }) => id === spread?.groupId) ?? null,
    direction: spread?.direction ?? null,
  };
}

export function judgeLoad(plan: LoadPlan, stages: readonly LoadStage[]): LoadResult {
  const [one, many] = stages;
  const judged = [many, one].find((stage) => stage?.spread && stage.spread.verdict !== 'not-enough-traffic');
  const gain =
    one === undefined || many === undefined || one.bytesPerSecond === 0
      ? null
      : many.bytesPerSecond / one.bytesPerSecond;
  return {
    plan,
    stages,
    verdict: judged?.spread?.verdict ?? 'not-enough-traffic',
    gain,
    sentences: [
      ...(one === undefined ? [] : [oneText(one, plan)]),
      ...(many === undefined ? [] : [manyText(many, gain, plan)]),
      ...spreadTexts(judged ?? stages.at(-1)),
      ...(one === undefined || many === undefined ? [] : together(one, many, gain)),
      ...earlyTexts(stages),
      ...(stages.some(({ isUnbuffered }) => !isUnbuffered)
        ? [
            'The file could not be opened past the cache of Windows: part of what was read may have come from there, and the rates may be too high.',
          ]
        : []),
    ],
  };
}

function gotText({ bytesPerSecond, bitsPerSecond }: LoadStage): string {
  return `${formatBytesPerSecond(bytesPerSecond)}, ${formatBitsPerSecond(bitsPerSecond)} on the link`;
}

function shareText(bitsPerSecond: number, ceiling: number | null, of: string): string {
  return ceiling === null || ceiling === 0
    ? ''
    : `: ${Math.round((100 * bitsPerSecond) / ceiling)} % of the ${formatBitsPerSecond(ceiling)} ${of}`;
}

function oneText(one: LoadStage, { ceilings }: LoadPlan): string {
  return one.isHeldByRate
    ? `One reader got ${gotText(one)}, which is all that it was allowed.`
    : `One reader got ${gotText(one)}${shareText(one.bitsPerSecond, ceilings.singleStream, 'that a single stream can get')}.`;
}

function manyText(many: LoadStage, gain: number | null, { ceilings }: LoadPlan): string {
  const times = gain === null ? '' : `, ${gain.toFixed(gain < 10 ? 1 : 0)} times as much`;
  if (many.isHeldByRate) {
    return `${counted(many.streams, 'reader')} got ${gotText(many)}${times}, which is all that they were allowed: what the paths can do at most was not tried.`;
  }
  const { guaranteed, possible } = ceilings;
  const isSame = guaranteed !== null && guaranteed === possible;
  return `${counted(many.streams, 'reader')} got ${gotText(many)}${times}${shareText(many.bitsPerSecond, isSame ? guaranteed : possible, isSame ? 'that are certain' : 'that are possible')}${
    isSame || guaranteed === null ? '' : `, with ${formatBitsPerSecond(guaranteed)} certain`
  }.`;
}

function spreadTexts(stage: LoadStage | undefined): readonly string[] {
  const spread = stage?.spread;
  if (spread === undefined) return [];
  if (spread === null)
    return ['The counters of the paths did not answer, so how they shared it is not known.'];
  return [spread.message, ...(spread.reason === undefined ? [] : [spread.reason])];
}

function together(one: LoadStage, many: LoadStage, gain: number | null): readonly string[] {
  const { spread } = many;
  if (spread === null || gain === null) return [];
  if (isFault(spread.verdict) && spread.verdict !== 'leans' && gain < more && !one.isHeldByRate) {
    return ['More readers get no more: what that path gives is all there is.'];
  }
  if (spread.verdict === 'spreads' && gain >= more) return ['More readers get more, and the paths share it.'];
  return [];
}

const early: Readonly<Partial<Record<LoadEnd, string>>> = {
  bytes: 'it had read all that it was allowed',
  stopped: 'it was stopped',
  unattended: 'nobody asked any more how it goes',
  failed: 'a read failed',
};

function earlyTexts(stages: readonly LoadStage[]): readonly string[] {
  return stages.flatMap(({ streams, seconds, ended }) => {
    const why = early[ended];
    return why === undefined
      ? []
      : [
          `The run with ${counted(streams, 'reader')} ended after ${counted(Math.round(seconds), 'second')}, because ${why}.`,
        ];
  });
}

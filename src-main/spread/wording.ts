/** What a verdict says, in sentences with the figures and names in them. */
import type { Direction } from '#shared/path-graph.ts';
import { listed } from '#shared/listed.ts';
import { shortName } from '#shared/short-name.ts';
import type { CounterLayer, DirectionVerdict, OpenReason, SpreadVerdictId } from '#shared/spread.ts';
import { formatAmount, counted } from '#shared/units.ts';
import type { WindowVerdict } from './judge-window.ts';
import type { GroupPlan, PlannedPath } from './plan.ts';
import type { MeteredWindow } from './window-meter.ts';

export interface Told {
  readonly group: GroupPlan;
  readonly direction: Direction;
  readonly judged: WindowVerdict | undefined;
  readonly window: MeteredWindow | undefined;
}

const layerNames: Readonly<Record<CounterLayer, string>> = {
  path: 'the counters of its MPIO paths',
  connection: 'the counters of its iSCSI connections',
  session: 'the counters of its iSCSI sessions',
  channel: 'what the shares moved, split by what their adapters moved',
  interface: 'the counters of the adapters, with all that they carry',
};

export function countedText(
  { layer, isEstimate, areNearerOff }: MeteredWindow,
  isByRequests: boolean,
): string {
  const off = areNearerOff
    ? ' The counters of the paths stand still while the disk moves: they are switched off.'
    : '';
  const how = isByRequests ? ' Shares are compared by requests, bytes are shown.' : '';
  return `${isEstimate ? 'Estimated from' : 'Counted by'} ${layerNames[layer]}.${how}${off}`;
}

/** `37 %`; what is there is never shown as nothing. */
function percent(share: number | null | undefined): string {
  if (share === null || share === undefined) return '0 %';
  if (share > 0 && share < 0.005) return 'under 1 %';
  return `${Math.round(share * 100)} %`;
}

/** A path with the adapter that it leaves by, which is what a person can go and look at. */
function pathName(kind: GroupPlan['kind'], { path, over }: Pick<PlannedPath, 'path' | 'over'>): string {
  if (kind === 'team' || kind === 'channels' || kind === 'vnics') return path.name;
  const name = kind === 'mpio' ? `path ${path.name.replace(/^0+/, '') || '0'}` : shortName(path);
  const [endpoint, ...below] = over;
  // Of several members of a team it is not known which one carries.
  const by = below.length === 1 ? below[0] : endpoint;
  return by === undefined ? name : `${name} over ${shortName(by)}`;
}

function seconds({ fromMs, toMs }: MeteredWindow): string {
  return counted(Math.round((toMs - fromMs) / 1000), 'second');
}

function did(direction: Direction): string {
  return direction === 'read' ? 'read' : 'written';
}

/** What is more than one path: "4 paths", "2 members". */
function pathsWord(kind: GroupPlan['kind'], count: number): string {
  const words: Readonly<Record<GroupPlan['kind'], string>> = {
    mpio: 'path',
    sessions: 'session',
    connections: 'connection',
    channels: 'interface',
    team: 'member',
    vnics: 'vNIC',
  };
  return counted(count, words[kind]);
}

function openText(why: OpenReason, { group, direction, judged, window }: Told): string {
  const moved =
    judged === undefined || window === undefined
      ? ''
      : ` (${formatAmount(judged.bytes)} ${did(direction)} in ${seconds(window)})`;
  switch (why) {
    case 'little-traffic':
      return `Too little moved to tell anything${moved}.`;
    case 'few-flows': {
      const flows = group.directions[direction].flows;
      const known =
        flows === undefined
          ? 'How many flows there are is not known'
          : `${counted(flows.count, flows.noun)} ${flows.count === 1 ? 'is' : 'are'} known`;
      return `${known}: too few to say how evenly a team spreads them${moved}.`;
    }
    case 'shallow-queue':
      return `So few requests wait at a time that this policy always takes the first path${moved}.`;
    case 'gap':
      return 'Counters were missing or set back, and nothing is concluded across such a gap; the next whole window decides.';
    case 'no-counters':
      return 'Nothing counts these paths on this host.';
    case 'other-traffic':
      return `Most of what these adapters moved was something else${moved}.`;
    case 'too-short':
      return `The first window is not over${moved}.`;
    case 'unconfirmed':
      return '';
  }
}

const seenAs: Readonly<Record<SpreadVerdictId, string>> = {
  'wrong-path': 'traffic on a path that should have none',
  'one-path': 'one path with everything',
  'idle-path': 'a path without traffic',
  leans: 'uneven shares',
  spreads: 'even shares',
  'by-design': 'shares as they are meant',
  'not-enough-traffic': 'too little traffic',
};

function shareText({ group, direction, judged }: Told, at: number): string {
  const planned = group.directions[direction].paths[at];
  const figures = judged?.figures[at];
  return planned === undefined ? '' : `${pathName(group.kind, planned)} (${percent(figures?.share)})`;
}

export function messageOf(
  told: Told,
  why: OpenReason | undefined,
  pending: DirectionVerdict['pending'],
): string {
  const { group, direction, judged, window } = told;
  if (why !== undefined && why !== 'unconfirmed') return openText(why, told);
  if (judged === undefined || window === undefined) return openText('too-short', told);
  const { paths } = group.directions[direction];
  const of = `of ${formatAmount(judged.bytes)} ${did(direction)} in ${seconds(window)}`;
  const most = judged.figures.reduce(
    (best, { bytes }, at) => (bytes > (judged.figures[best]?.bytes ?? 0) ? at : best),
    0,
  );
  const about = listed(judged.about.map((at) => shareText(told, at)));
  const carriers = paths.flatMap(({ expected }, at) =>
    expected === 'idle' ? [] : [judged.figures[at]?.share ?? 0],
  );
  const text = ((): string => {
    switch (judged.verdict) {
      case 'spreads': {
        const [low, high] = [percent(Math.min(...carriers)), percent(Math.max(...carriers))];
        const range = low === high ? low : `${low} to ${high}`;
        return `${carriers.length === 2 ? `Both ${pathsWord(group.kind, 2).slice(2)}` : `All ${pathsWord(group.kind, carriers.length)}`} carry their part: ${range} each ${of}.`;
      }
      case 'leans':
        return `${about} ${judged.about.length === 1 ? 'carries' : 'carry'} more than the others ${of}; each should carry ${percent(judged.figures[judged.about[0] ?? 0]?.expectedShare ?? 1 / carriers.length)}.`;
      case 'one-path':
        return carriers.length === 1
          ? `There is one way, ${shareText(told, most)}, for all ${of}.`
          : `${shareText(told, most)} carries everything ${of}; ${pathsWord(group.kind, carriers.length - 1)} beside it ${carriers.length === 2 ? 'carries' : 'carry'} nothing.`;
      case 'idle-path':
        return `${about} should carry and ${judged.about.length === 1 ? 'does' : 'do'} not, ${of}.`;
      case 'wrong-path':
        return `${about} ${judged.about.length === 1 ? 'carries' : 'carry'} traffic that should go elsewhere, ${of}.`;
      case 'by-design':
        return `${shareText(told, most)} carries the most ${of}, as it is set up.`;
      case 'not-enough-traffic':
        return openText(judged.open ?? 'little-traffic', told);
    }
  })();
  if (pending === undefined) return text;
  const seen = `seen in ${pending.windows} of ${counted(pending.of, 'window')} in a row that it takes`;
  return why === 'unconfirmed'
    ? `${text} So far ${seen}.`
    : `${text} Since then ${seenAs[pending.verdict]}, ${seen}.`;
}

const cableEnd =
  'Nothing in the configuration of this host explains it: look at what lies behind it, the cable, the switch and the port of the storage.';

/** The cause that the configuration shows. */
export function reasonOf({ group, direction, judged }: Told): string | undefined {
  if (judged === undefined) return undefined;
  const plan = group.directions[direction];
  switch (judged.verdict) {
    case 'one-path':
      return plan.oneBecause ?? (plan.sharing === 'hash' ? undefined : cableEnd);
    case 'idle-path':
      return plan.sharing === 'hash' ? undefined : cableEnd;
    case 'wrong-path':
      return (
        judged.about.flatMap((at) => plan.paths[at]?.expectedBecause ?? [])[0] ??
        'Only one of these paths should carry at a time.'
      );
    case 'by-design':
      if (plan.sharing === 'in-turn' && plan.paths.filter(({ expected }) => expected !== 'idle').length > 1) {
        return 'Reads and writes are dealt from one turn: where they alternate, each keeps to paths of its own. Both together are even.';
      }
      return plan.designBecause ?? 'The other paths are held back.';
    case 'leans':
    case 'spreads':
    case 'not-enough-traffic':
      return undefined;
  }
}

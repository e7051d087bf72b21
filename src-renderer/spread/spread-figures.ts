/** What stands in the view of the spread: headings, bars and figures of a verdict. */
import { shortName } from '#shared/short-name.ts';
import type {
  BusyQueue,
  DirectionVerdict,
  JudgedWindow,
  NearCeiling,
  PathShare,
  SharedMember,
  SpreadGroup,
  SpreadGroupKind,
  TargetSpread,
  TrafficJudgement,
  TrafficOwner,
  WhoseTraffic,
} from '#shared/spread.ts';
import { isCostly, isFault, verdictWords, type Judged } from '#shared/spread-words.ts';
import { counted, formatAmount } from '#shared/units.ts';
import { listed } from '#shared/listed.ts';

type VerdictSign = 'warning' | 'info' | 'fine' | 'unknown';

export function verdictSign(judged: Judged): {
  readonly kind: VerdictSign;
  readonly word: string;
} {
  const { verdict } = judged;
  const word = verdictWords[verdict];
  return {
    word: `${word.charAt(0).toUpperCase()}${word.slice(1)}`,
    kind: isCostly(judged)
      ? 'warning'
      : isFault(verdict)
        ? 'info'
        : verdict === 'not-enough-traffic'
          ? 'unknown'
          : 'fine',
  };
}

const sharers: Readonly<Record<SpreadGroupKind, string>> = {
  mpio: 'MPIO paths of',
  sessions: 'iSCSI sessions to',
  connections: 'Connections of',
  channels: 'SMB channels to',
  team: 'Members of team',
  vnics: 'Storage vNICs on',
};

export function groupTitle({ kind, subject }: Pick<SpreadGroup, 'kind' | 'subject'>): string {
  return `${sharers[kind]} ${shortName(subject)}`;
}

/** Of a target; while the first window is not over, or the first after a gap, the time is short and not the traffic. */
export function targetSign(
  target: TargetSpread,
  groups: readonly SpreadGroup[],
): { readonly kind: VerdictSign; readonly word: string } {
  const group = groups.find(({ id }) => id === target.groupId);
  const judged = target.direction === null ? undefined : group?.[target.direction];
  return judged?.open === 'too-short' || judged?.open === 'gap'
    ? { kind: 'unknown', word: 'Counting' }
    : verdictSign(target);
}

/** The direction whose verdict is the group's first; one that tells nothing comes last. */
export function directionsOf({
  read,
  write,
}: Pick<SpreadGroup, 'read' | 'write'>): readonly DirectionVerdict[] {
  return write.open === undefined && read.open !== undefined ? [write, read] : [read, write];
}

/** Judged, or not yet but with figures that are worth a look. */
export function isTold({ read, write }: Pick<SpreadGroup, 'read' | 'write'>): boolean {
  return [read, write].some(({ open }) => open === undefined || open === 'unconfirmed');
}

export function pathText({ path, over }: Pick<PathShare, 'path' | 'over'>): string {
  // Of several members of a team it is not known which one carries.
  const by = (over.length > 2 ? over.slice(0, 1) : over).filter(({ id }) => id !== path.id).map(shortName);
  const name = path.kind === 'path' ? `Path ${path.name.replace(/^0+(?=.)/, '')}` : shortName(path);
  return by.length === 0 ? name : `${name} over ${by.join(' › ')}`;
}

export function pathNote({ expected, expectedBecause, use, bytes }: PathShare): string {
  const held =
    expected === 'idle' ? [`held back${expectedBecause === undefined ? '' : `: ${expectedBecause}`}`] : [];
  const link =
    use === null ? [] : [`${use > 0 && use < 0.005 ? 'under 1' : Math.round(use * 100)} % of its link`];
  return [formatAmount(bytes), ...link, ...held].join(' · ');
}

export function windowText({ fromMs, toMs, bytes }: JudgedWindow): string {
  return `${formatAmount(bytes)} in ${counted(Math.round((toMs - fromMs) / 1000), 'second')}`;
}

/** Two decimals are as much as a window tells; 1 only where it is exactly even. */
export function fairnessText(fairness: number): string {
  return fairness < 1 && fairness >= 0.995 ? 'over 0.99' : fairness.toFixed(2);
}

const owners: Readonly<Record<TrafficOwner, string>> = {
  storage: 'Storage',
  vm: 'Virtual machines',
  management: 'Management',
  'live-migration': 'Live migration',
  cluster: 'Cluster',
  backup: 'Backup',
  shared: 'Shared by several roles',
  other: 'No known role',
};

export function ownerName(owner: TrafficOwner): string {
  return owners[owner];
}

export const adviceWords: Readonly<
  Record<WhoseTraffic['advice'], { readonly kind: 'info' | 'fine' | 'unknown'; readonly word: string }>
> = {
  'worth-changing': { kind: 'info', word: 'Worth changing' },
  'leave-it': { kind: 'fine', word: 'Leave it' },
  mixed: { kind: 'info', word: 'Mixed' },
  open: { kind: 'unknown', word: 'Open' },
};

function lasted({ sinceMs, untilMs }: Pick<BusyQueue | NearCeiling, 'sinceMs' | 'untilMs'>): string {
  const seconds = Math.round((untilMs - sinceMs) / 1000);
  return seconds < 120 ? `${seconds} s` : `${Math.round(seconds / 60)} min`;
}

export interface Remark {
  readonly id: string;
  readonly kind: 'warning' | 'info' | 'fine';
  readonly word: string;
  readonly text: string;
}

function memberText({ vnics, member, team, freeMembers, share, direction }: SharedMember): string {
  const free = freeMembers.length === 0 ? '' : ` ${listed(freeMembers.map(shortName))} carries none of it.`;
  return `${listed(vnics.map(shortName))} stand on one member of team ${team.name}: ${member.name}, with ${Math.round(share * 100)} % of what the team ${direction === 'read' ? 'received' : 'sent'}.${free}`;
}

/** What the counters tell beside the shares: ceilings, queues, vNICs on one member. */
export function remarksOf({
  nearCeilings,
  queues,
  sharedMembers,
}: Pick<TrafficJudgement, 'nearCeilings' | 'queues' | 'sharedMembers'>): readonly Remark[] {
  return [
    ...nearCeilings.map((near) => ({
      id: `ceiling ${near.targetId} ${near.direction} ${near.ceiling}`,
      kind: 'warning' as const,
      word: `Near a ceiling for ${lasted(near)}`,
      text: near.message,
    })),
    ...queues.map((queue) => ({
      id: `queue ${queue.disk.id}`,
      kind: queue.isHealthy ? ('fine' as const) : ('warning' as const),
      word: `${queue.isHealthy ? 'Busy and healthy' : 'Deep queue'} for ${lasted(queue)}`,
      text: queue.message,
    })),
    ...sharedMembers.map((shared) => ({
      id: `member ${shared.team.id} ${shared.member.id} ${shared.direction}`,
      kind: 'warning' as const,
      word: 'One member for several',
      text: memberText(shared),
    })),
  ];
}

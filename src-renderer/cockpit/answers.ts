/** The three answers of the strip, each in one short sentence with its figures. */
import { countedFindings, type Check } from '#shared/finding.ts';
import { noTargetText } from '#shared/observed-paths.ts';
import type { Route } from '#shared/path-graph.ts';
import { shortName } from '#shared/short-name.ts';
import {
  spreadVerdicts,
  type DirectionVerdict,
  type OpenReason,
  type TrafficJudgement,
} from '#shared/spread.ts';
import { isCostly, isFault, shareText, verdictWords } from '#shared/spread-words.ts';

type AnswerSign = 'error' | 'warning' | 'info' | 'fine' | 'unknown' | 'none';

export interface Answer {
  readonly question: string;
  readonly sign: AnswerSign;
  readonly text: string;
}

function counted(count: number, one: string, many: string): string {
  return `${count} ${count === 1 ? one : many}`;
}

/** How the routes leave the host: by the NICs that are certain, or by what a team chooses from. */
function egressText(routes: readonly Route[], nameOf: ReadonlyMap<string, string>): string | undefined {
  const certain = new Set<string>();
  const teams = new Map<string, number>();
  for (const { egress } of routes) {
    const [only, another] = egress.adapterIds;
    const adapter = egress.nowAdapterId ?? (another === undefined ? only : undefined);
    if (adapter !== undefined) certain.add(adapter);
    else if (egress.teamId !== undefined) teams.set(egress.teamId, egress.adapterIds.length);
    else return undefined;
  }
  const all = routes.length === 1 ? '' : routes.length === 2 ? 'both ' : 'all ';
  if (teams.size === 0) {
    const [adapter] = certain;
    if (adapter === undefined) return undefined;
    return certain.size === 1
      ? `${all}through ${nameOf.get(adapter) ?? 'one NIC'}`
      : `through ${certain.size} NICs`;
  }
  const [team, ...others] = teams;
  if (team === undefined || others.length > 0 || certain.size > 0) return undefined;
  return `${all}over team ${nameOf.get(team[0]) ?? ''}, which chooses among ${counted(team[1], 'member', 'members')}`;
}

export function reachAnswer(check: Pick<Check, 'graph' | 'targets' | 'gaps'>): Answer {
  const question = 'How does it reach storage?';
  const { targets, graph } = check;
  if (targets.length === 0) {
    // The list of targets says the rest; here is room for the answer alone.
    return { question, sign: 'unknown', text: noTargetText(check).split(/[;.]/)[0] ?? '' };
  }
  const routes = graph.routes.filter(({ isStandby }) => !isStandby);
  const nameOf = new Map(graph.hops.map(({ id, name }) => [id, name]));
  const [only, another] = targets;
  const where =
    only !== undefined && another === undefined
      ? shortName({ kind: 'target', id: only.id, name: only.name })
      : `${targets.length} targets`;
  const standby = graph.routes.length - routes.length;
  const parts = [
    `${counted(routes.length, 'route', 'routes')} to ${where}`,
    egressText(routes, nameOf),
    standby === 0 ? undefined : `${standby} waiting`,
  ];
  return { question, sign: 'none', text: parts.filter((part) => part !== undefined).join(', ') };
}

export function faultAnswer(check: Pick<Check, 'findings' | 'rules'>): Answer {
  const question = 'What is wrong?';
  const counting = countedFindings(check.findings);
  const waived = check.findings.length - counting.length;
  const count = (severity: string): number =>
    counting.filter((finding) => finding.severity === severity).length;
  const [errors, warnings, infos] = [count('error'), count('warning'), count('info')];
  const open = check.rules.filter(({ result }) => result === 'not-evaluated').length;
  const parts = [
    ...(errors > 0 ? [counted(errors, 'error', 'errors')] : []),
    ...(warnings > 0 ? [counted(warnings, 'warning', 'warnings')] : []),
    ...(infos > 0 ? [`${infos} to know`] : []),
  ];
  const missing = [...(open > 0 ? [`${open} not checked`] : []), ...(waived > 0 ? [`${waived} waived`] : [])];
  if (parts.length > 0) {
    const sign = errors > 0 ? 'error' : warnings > 0 ? 'warning' : 'info';
    return { question, sign, text: [...parts, ...missing].join(' · ') };
  }
  if (open > 0) {
    // A rule that does not apply has checked nothing either.
    const isBlind = check.rules.every(({ result }) => result !== 'fine');
    const text = isBlind ? 'Nothing could be checked' : 'Nothing found in what could be checked';
    return { question, sign: 'unknown', text: [text, ...missing].join(' · ') };
  }
  return check.rules.some(({ result }) => result === 'fine')
    ? {
        question,
        sign: 'fine',
        text: waived > 0 ? `Nothing else wrong was found · ${waived} waived` : 'Nothing wrong was found',
      }
    : { question, sign: 'none', text: 'No rule applies to this host' };
}

/** While it is read: what is missing is not traffic but time. */
const countingAgain: Partial<Record<OpenReason, string>> = {
  'too-short': 'Counting: the first window is not over',
  gap: 'Counting anew after a gap in the readings',
};

/** The gravest verdict with its shares: of what is read live where that was begun, else of what was recorded. */
export function spreadAnswer(
  traffic: TrafficJudgement | undefined,
  reading: { readonly isLive: boolean; readonly isOn: boolean },
): Answer {
  const question = 'Does the traffic spread?';
  if (traffic === undefined) {
    return reading.isOn
      ? { question, sign: 'unknown', text: 'Counting: a verdict takes a whole window' }
      : { question, sign: 'unknown', text: 'Not measured: live is off' };
  }
  const worst = spreadVerdicts
    .flatMap((verdict) => traffic.targets.filter((target) => target.verdict === verdict))
    .at(0);
  if (worst === undefined)
    return { question, sign: 'none', text: 'No storage target whose traffic could spread' };
  const alike = traffic.targets.filter(({ verdict }) => verdict === worst.verdict).length;
  const word = verdictWords[worst.verdict];
  const where =
    traffic.targets.length === 1
      ? shortName({ kind: 'target', id: worst.targetId, name: worst.name })
      : alike === traffic.targets.length
        ? `all ${alike} targets`
        : `${alike} of ${traffic.targets.length} targets`;
  const group = traffic.groups.find(({ id }) => id === worst.groupId);
  const judged = worst.direction === null ? undefined : group?.[worst.direction];
  const figures = judged === undefined ? [] : figuresOf(judged, reading.isLive);
  if (worst.verdict === 'not-enough-traffic') {
    const why = reading.isOn && judged?.open !== undefined ? countingAgain[judged.open] : undefined;
    return { question, sign: 'unknown', text: why ?? capitalised(word) };
  }
  const sign = isCostly(worst) ? 'warning' : isFault(worst.verdict) ? 'info' : 'fine';
  return { question, sign, text: [`${capitalised(word)}: ${where}`, ...figures].join(' · ') };
}

/** More shares than these say nothing in a line. */
const mostShares = 4;

function figuresOf({ shares, window, direction }: DirectionVerdict, isLive: boolean): string[] {
  const moved = shares.filter(({ expected }) => expected !== 'idle');
  const [largest] = moved.map(({ share }) => share ?? 0).sort((a, b) => b - a);
  if (window === null || largest === undefined) return [];
  const did = direction === 'read' ? 'read' : 'written';
  const seconds = Math.round((window.toMs - window.fromMs) / 1000);
  const each = [...new Set(moved.map(({ share }) => shareText(share ?? 0)))];
  const what = `of what is ${did}`;
  const parts =
    each.length === 1 && moved.length > 1
      ? `${shareText(largest)} ${what} each`
      : moved.length > mostShares
        ? `up to ${shareText(largest)} ${what} on one of ${moved.length} paths`
        : `${moved.map(({ share }) => shareText(share ?? 0)).join(' / ')} ${what}`;
  return [parts, `${isLive ? 'last ' : ''}${seconds} s${isLive ? '' : ' recorded'}`];
}

function capitalised(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}

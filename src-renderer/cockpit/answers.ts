/** The three answers of the strip, each in one short sentence with its figures. */
import { countedFindings, type Check } from '#shared/finding.ts';
import { noTargetText } from '#shared/observed-paths.ts';
import type { Route } from '#shared/path-graph.ts';
import { shortName } from '#shared/short-name.ts';

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

export function spreadAnswer(): Answer {
  return {
    question: 'Does the traffic spread?',
    sign: 'unknown',
    text: 'Not judged: live is not running yet',
  };
}

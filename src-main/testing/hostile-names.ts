/** The same host with names that would be code, a pattern or the end of a text if anything took them for one. */
import type { ChoiceValue } from '#shared/fix-plan.ts';
import type { Scenario } from '../hosts/simulated-host/scenario.ts';
import type { FixCase } from './fix-cases.ts';

/** Straight and typographic quotes, a subexpression, a backtick, a statement, wildcards, other scripts, a comment. */
export const hostileEnd = '\'\u2019\u201D"$($x)`n;&|[1]*?{0}%\u65e5\u00fc\u{1f600} #';

/** The names that people give: adapters, teams, switches, vNICs, machines, targets, servers and shares. */
function namesIn({ adapters, lbfoTeams, vswitches, vnics, vms, iscsi, smb }: Partial<Scenario>): Set<string> {
  return new Set([
    ...[adapters, lbfoTeams, vswitches, vnics, vms].flatMap((list) => (list ?? []).map(({ name }) => name)),
    ...[iscsi?.targets, iscsi?.sessions, iscsi?.logins].flatMap((list) => (list ?? []).map(({ iqn }) => iqn)),
    ...(smb?.servers ?? []).flatMap(({ name, shares }) => [name, ...shares.map((share) => share.name)]),
  ]);
}

function deepRenamed<T>(value: T, rename: (text: string) => string): T;
function deepRenamed(value: unknown, rename: (text: string) => string): unknown {
  if (typeof value === 'string') return rename(value);
  if (Array.isArray(value)) return value.map((one: unknown) => deepRenamed(one, rename));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [rename(key), deepRenamed(inner, rename)]),
  );
}

/** `end` is put after each name; what a name cannot hold on any Windows (a backslash, a slash) is not in it. */
export function withHostileNames(
  one: Pick<FixCase, 'host' | 'fix' | 'finding' | 'answers' | 'secrets'>,
  end = hostileEnd,
): typeof one {
  const names = [...namesIn(one.host)].sort((a, b) => b.length - a.length);
  const escaped = names.map((name) => name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  const whole = new RegExp(`(?<![\\w.-])(?:${escaped.join('|')})(?![\\w.-])`, 'g');
  const rename = (text: string): string => text.replace(whole, (name) => `${name}${end}`);
  const answers: Readonly<Record<string, ChoiceValue>> = deepRenamed(one.answers ?? {}, rename);
  const secrets = Object.entries(one.secrets ?? {}).map(([key, secret]) => [rename(key), secret] as const);
  return {
    fix: one.fix,
    // Its id is another on this host.
    finding: one.finding.replace(/@.*$/, ''),
    host: deepRenamed(one.host, rename),
    answers,
    secrets: Object.fromEntries(secrets),
  };
}

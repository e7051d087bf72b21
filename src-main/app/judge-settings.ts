/** What a person set for a host, made ready for the corridor: names joined to things, and what came of each setting. */
import type { Capture } from '#shared/capture.ts';
import type { Finding } from '#shared/finding.ts';
import type { HostModel } from '#shared/host/host-model.ts';
import { roleWords, type HostSettings, type SettingsInForce, type ToldRole } from '#shared/settings.ts';
import type { VendorProfile } from '#shared/vendor-profile.ts';
import { formatInstant } from '#shared/age.ts';
import { interfacesOf } from '../path-graph/walks.ts';
import { applyWaivers } from '../rules/apply-waivers.ts';
import type { HostFacts, RuleSettings } from '../rules/define-rule.ts';
import { thresholdsOf } from './thresholds.ts';

/** The settings of one host, with everything read that they name. */
export interface JudgeSettings {
  /** Where they come from, in words. */
  readonly from: string;
  readonly host: HostSettings;
  readonly profile?: VendorProfile;
  readonly baseline?: Capture;
  /** YYYY-MM-DD, by which waivers run out. */
  readonly today: string;
  /** What could not be read of them: one sentence each. */
  readonly ignored: readonly string[];
}

interface Resolved {
  readonly rules: RuleSettings;
  readonly unused: readonly string[];
}

/** Interface names of the settings as ids of this look's model, and the rest that rules take. */
export function rulesOf(settings: JudgeSettings, model: HostModel, baseline?: HostFacts): Resolved {
  const { roles, thresholds } = settings.host;
  const unused: string[] = [];
  const byId: Record<string, readonly ToldRole[]> = {};
  for (const [name, told] of Object.entries(roles)) {
    const key = name.toLowerCase();
    const named = interfacesOf(model).filter((one) => one.id.toLowerCase() === key);
    const found =
      named.length > 0 ? named : interfacesOf(model).filter((one) => one.name.toLowerCase() === key);
    if (found.length === 0) unused.push(`A role is set for ${name}: this host has no such interface now.`);
    for (const { id } of found) byId[id] = told;
  }
  const { profile } = settings;
  return {
    rules: {
      thresholds,
      roles: byId,
      ...(profile !== undefined && { profile }),
      ...(baseline !== undefined && { baseline }),
    },
    unused,
  };
}

/** Findings with their waivers, and the account of what was set. */
export function inForce(
  settings: JudgeSettings,
  findings: readonly Finding[],
  known: { readonly targetNames: readonly string[]; readonly unused: readonly string[] },
): { readonly findings: readonly Finding[]; readonly account: SettingsInForce | undefined } {
  const { host, from, profile, baseline, ignored, today } = settings;
  const waived = applyWaivers(findings, host.waivers, today);
  const names = new Set(known.targetNames.map((name) => name.toLowerCase()));
  const told = [
    ...Object.entries(host.roles).map(
      ([name, roles]) => `${name} is for ${roles.map((role) => roleWords[role]).join(' and ')}, as you said.`,
    ),
    ...thresholdsOf(host).flatMap(({ id, value, unit, preset }) =>
      value === preset ? [] : [`${id} is ${value} ${unit} instead of ${preset}.`],
    ),
    ...(profile === undefined ? [] : [`Compared with what ${profile.name} asks for.`]),
    ...(baseline === undefined ? [] : [`The baseline is the look of ${formatInstant(baseline.takenAt)}.`]),
  ];
  const unused = [
    ...ignored,
    ...known.unused,
    ...host.assumptions.targets.flatMap(({ id }) =>
      names.has(id.toLowerCase()) ? [] : [`Links are told of ${id}: this host reaches no such target now.`],
    ),
    ...waived.unused,
  ];
  const isEmpty = told.length + unused.length + host.waivers.length + host.assumptions.targets.length === 0;
  return { findings: waived.findings, account: isEmpty ? undefined : { from, told, unused } };
}

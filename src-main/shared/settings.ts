/** What a person tells Switchyard about one host, and what becomes of it. The file is described in docs/settings.md. */
import type { PortalLink, TargetLinks, ToldFacts } from './path-graph.ts';
import type { TrafficRole } from './traffic-role.ts';

/** `not-storage`: what Switchyard works out stands, without storage. */
export type ToldRole = TrafficRole | 'not-storage';

/** Somebody decided to live with a finding, until a day. */
export interface Waived {
  readonly reason: string;
  /** The last day on which it counts, YYYY-MM-DD by the clock of the machine that judges. */
  readonly until: string;
  /** Who said so. */
  readonly by?: string;
  /** The day it was said, YYYY-MM-DD. */
  readonly on?: string;
}

/** Covers one finding, or all findings of a rule, or those of a rule that are about nothing but `subjects`. */
export interface Waiver extends Waived {
  /** Id of a finding: rule, `@`, 8 hex digits. */
  readonly finding?: string;
  /** Used where `finding` is left out. */
  readonly rule?: string;
  /** Names or ids of things; without them the rule is waived whatever it is about. */
  readonly subjects?: readonly string[];
}

/** One section of the settings file. */
export interface HostSettings {
  /** Links at the target end. */
  readonly assumptions: ToldFacts;
  readonly waivers: readonly Waiver[];
  /** By id of the threshold. */
  readonly thresholds: Readonly<Record<string, number>>;
  /** By name or id of the interface. */
  readonly roles: Readonly<Record<string, readonly ToldRole[]>>;
  /** Id of a vendor profile. */
  readonly profile?: string;
  /** The capture that is pinned for the host: its path, relative to the settings file. */
  readonly baseline?: string;
}

/** Of a host about which nobody said anything. */
export const noSettings: HostSettings = {
  assumptions: { targets: [] },
  waivers: [],
  thresholds: {},
  roles: {},
};

/** A figure that a verdict turns on, with what is in force. */
export interface ThresholdState {
  /** `driver-age.years`: who uses it, a dot, its name. */
  readonly id: string;
  readonly value: number;
  readonly unit: string;
  readonly preset: number;
  /** Who decided on `value`. */
  readonly from: 'preset' | 'settings';
  /** What it decides, in one sentence. */
  readonly says: string;
  /** Ids of the rules, or names of the verdicts, that turn on it. */
  readonly usedBy: readonly string[];
}

/** What the settings did in one check. */
export interface SettingsInForce {
  /** Where they come from, in words: a file's path, or that they are kept in memory. */
  readonly from: string;
  /** What a reader of the check has to know: one sentence each, such as which interface was marked as what. */
  readonly told: readonly string[];
  /** What was set and did nothing: one sentence each. */
  readonly unused: readonly string[];
}

/** One thing set, or taken back with null. */
export type SettingsEdit =
  | { readonly set: 'waiver'; readonly waiver: Waiver }
  /** `waiver`: as {@link waiverKey} names it. */
  | { readonly set: 'no-waiver'; readonly waiver: string }
  | { readonly set: 'threshold'; readonly id: string; readonly value: number | null }
  | { readonly set: 'roles'; readonly interface: string; readonly roles: readonly ToldRole[] | null }
  | { readonly set: 'profile'; readonly profile: string | null }
  | {
      readonly set: 'links';
      readonly target: string;
      readonly portals: readonly PortalLink[] | null;
    }
  | { readonly set: 'baseline'; readonly baseline: string | null };

/** What a waiver is about, as one text: of one host no two waivers have the same. */
export function waiverKey({
  finding,
  rule,
  subjects,
}: Pick<Waiver, 'finding' | 'rule' | 'subjects'>): string {
  const about = subjects === undefined ? '' : ` (${subjects.join(', ')})`;
  return (finding ?? `${rule ?? ''}${about}`).toLowerCase();
}

/** The settings of the host that is shown, with what they can be set to. */
export interface SettingsState {
  readonly host: string;
  /** Where they are from, in words. */
  readonly from: string;
  /** False: they are forgotten when the program ends. */
  readonly isKept: boolean;
  readonly waivers: readonly (Waiver & { readonly key: string; readonly isExpired: boolean })[];
  /** All there are, set or not. */
  readonly thresholds: readonly ThresholdState[];
  /** By name or id of the interface. */
  readonly roles: Readonly<Record<string, readonly ToldRole[]>>;
  readonly links: readonly TargetLinks[];
  readonly profile?: string;
  readonly profiles: readonly ProfileOffer[];
  /** The look that is pinned. */
  readonly baseline?: { readonly host: string; readonly takenAt: string };
  /** What could not be read: one sentence each. */
  readonly ignored: readonly string[];
}

/** A vendor profile to choose. */
interface ProfileOffer {
  readonly id: string;
  readonly name: string;
  readonly source: string;
}

/** What an interface can be said to be for, in the order in which it is offered. */
export const toldRoles = [
  'storage',
  'not-storage',
  'management',
  'vm',
  'live-migration',
  'cluster',
  'backup',
] as const satisfies readonly ToldRole[];

export const roleWords: Readonly<Record<ToldRole, string>> = {
  storage: 'storage',
  'not-storage': 'not storage',
  management: 'management',
  vm: 'virtual machines',
  'live-migration': 'live migration',
  cluster: 'cluster',
  backup: 'backup',
};

/** What a window may set: it can name no file, so a look is pinned by a call of its own. */
export type PageEdit =
  Exclude<SettingsEdit, { readonly set: 'baseline' }> | { readonly set: 'baseline'; readonly baseline: null };

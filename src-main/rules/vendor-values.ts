/** A host's timers beside those that the chosen vendor asks for: shared by the two rules on timers. */
import type { MpioSettingRecord } from '#shared/host/storage-records.ts';
import type { VendorProfile, VendorSetting } from '#shared/vendor-profile.ts';
import type { HostFacts, RuleFinding, RuleOutcome } from './define-rule.ts';
import { listed } from './wording.ts';

export const settingWords: Readonly<Record<VendorSetting, string>> = {
  pathVerification: 'path verification',
  pathVerificationPeriod: 'path verification period',
  pdoRemovePeriod: 'removal period',
  retryCount: 'retry count',
  retryInterval: 'retry interval',
  customPathRecovery: 'path recovery of its own',
  pathRecoveryInterval: 'path recovery interval',
  diskTimeout: 'disk time-out',
  linkDownTime: 'LinkDownTime',
  maxRequestHoldTime: 'MaxRequestHoldTime',
  srbTimeoutDelta: 'SrbTimeoutDelta',
};

const switches: ReadonlySet<VendorSetting> = new Set(['pathVerification', 'customPathRecovery']);
const counts: ReadonlySet<VendorSetting> = new Set(['retryCount']);

/** `on`, `3`, `20 s`. */
export function worded(setting: VendorSetting, value: number): string {
  if (switches.has(setting)) return value === 0 ? 'off' : 'on';
  return counts.has(setting) ? String(value) : `${value} s`;
}

/** What Get-MPIOSetting says, by setting; a switch is 0 or 1. Undefined where the host does not say it. */
export function mpioValues(
  record: MpioSettingRecord | undefined,
): Readonly<Partial<Record<VendorSetting, number | undefined>>> {
  const asNumber = (value: number | boolean | undefined): number | undefined =>
    value === undefined ? undefined : Number(value);
  return {
    pathVerification: asNumber(record?.isPathVerificationEnabled),
    pathVerificationPeriod: record?.pathVerificationSeconds,
    pdoRemovePeriod: record?.pdoRemoveSeconds,
    retryCount: record?.retryCount,
    retryInterval: record?.retryIntervalSeconds,
    customPathRecovery: asNumber(record?.isPathRecoveryCustom),
    pathRecoveryInterval: record?.pathRecoverySeconds,
    diskTimeout: record?.diskTimeoutSeconds,
  };
}

/** Why there is nothing to compare with, where no vendor was chosen. */
export function withoutProfile({ settings }: HostFacts): string | undefined {
  return settings?.profile === undefined
    ? "No vendor profile is chosen for this host: choose one (check --profile) to compare its timers with what the array's vendor asks for."
    : undefined;
}

/** `actual` gives the values of one setting; several where each adapter has its own. */
export function compareTimers(
  { model }: HostFacts,
  profile: VendorProfile,
  of: readonly VendorSetting[],
  actual: (setting: VendorSetting) => readonly number[] | undefined,
): RuleOutcome {
  const asked = of.flatMap((setting) => {
    const value = profile.values[setting];
    return value === undefined ? [] : [{ setting, value, is: actual(setting) }];
  });
  if (asked.length === 0) return { notApplicable: `${profile.name} asks for none of these values.` };
  const differing = asked.filter(({ value, is }) => is?.some((one) => one !== value) === true);
  if (differing.length > 0) {
    const said = differing.map(
      ({ setting, value, is }) =>
        `${settingWords[setting]} is ${listed([...new Set(is)].map((one) => worded(setting, one)))} instead of ${worded(setting, value)}`,
    );
    const finding: RuleFinding = {
      severity: 'info',
      message: `Compared with ${profile.name}, ${listed(said)}.`,
      subjects: [model.host],
      evidence: {
        profile: profile.id,
        source: profile.source,
        settings: differing.map(({ setting }) => setting),
        values: differing.map(({ is }) => is?.[0] ?? null),
        vendorValues: differing.map(({ value }) => value),
      },
      advice: `Follow the vendor's own page for this array and this Windows, on all nodes alike; the values here are from: ${profile.source}. Vendors disagree with each other, so values of another one are no fault.`,
    };
    return [finding];
  }
  const unknown = asked.filter(({ is }) => is === undefined || is.length === 0);
  return unknown.length > 0
    ? {
        notEvaluated: `The host does not say its ${listed(unknown.map(({ setting }) => settingWords[setting]))}.`,
      }
    : [];
}

import { rule } from './mpio-timers.rule.ts';
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Capture } from '#shared/capture.ts';
import type { RuleResult } from '#shared/finding.ts';
import { lbPolicies } from '#shared/host/storage-records.ts';
import { vendorSettings, type VendorProfile } from '#shared/vendor-profile.ts';
import { readSnapshot } from '../discovery/read-snapshot.ts';
import { hostWith } from '../testing/host-with.ts';
import { factsFrom, failed, withoutProperty } from '../testing/rule-cases.ts';
import { smbTwoAdapters, twoIscsiAdapters } from '../testing/storage-hosts.ts';
import { runRules } from './run-rules.ts';

const folder = new URL('../../resources/profiles/', import.meta.url);
const profiles = readdirSync(folder).map((file) => ({
  file,
  profile: JSON.parse(readFileSync(new URL(file, folder), 'utf8')) as VendorProfile,
}));
const chosen = (id: string): VendorProfile => {
  const found = profiles.find(({ profile }) => profile.id === id)?.profile;
  if (found === undefined) throw new Error(`There is no profile ${id}.`);
  return found;
};
const ask = (capture: Capture, profile?: VendorProfile) =>
  runRules(factsFrom(readSnapshot(capture)), [rule], profile === undefined ? {} : { profile });
const reason = (result: RuleResult | undefined): string =>
  result !== undefined && 'reason' in result ? result.reason : '';

describe('the vendor profiles', () => {
  it.each(profiles)('$file has its values, their source and the name of its file', ({ file, profile }) => {
    expect(file).toBe(`${profile.id}.json`);
    expect(profile.source).toMatch(/\S/);
    for (const [setting, value] of Object.entries(profile.values)) {
      expect(vendorSettings).toContain(setting);
      expect(Number.isInteger(value) && value >= 0).toBe(true);
    }
    expect(lbPolicies).toEqual(expect.arrayContaining([...(profile.policies ?? [])]));
  });

  it('disagree with each other, so that none of them is the truth', () => {
    const periods = new Set(profiles.map(({ profile }) => profile.values.pdoRemovePeriod));
    expect(periods.size).toBeGreaterThan(2);
  });
});

describe('mpio-timers', () => {
  it('says which values differ from the chosen vendor, and from where those are', () => {
    const { findings } = ask(hostWith(twoIscsiAdapters), chosen('netapp-ontap'));
    expect(findings).toHaveLength(1);
    expect(findings[0]?.severity).toBe('info');
    expect(findings[0]?.message).toBe(
      'Compared with NetApp ONTAP, path verification is off instead of on, removal period is 20 s instead of 130 s, retry count is 3 instead of 6, path recovery of its own is off instead of on and path recovery interval is 40 s instead of 30 s.',
    );
    expect(findings[0]?.advice).toMatch(/NetApp documentation/);
  });

  it('is silent where they are the same', () => {
    expect(ask(hostWith(twoIscsiAdapters), chosen('windows-defaults')).rules[0]?.result).toBe('fine');
  });

  it.each([
    ['without a chosen vendor, and tells how to choose one', twoIscsiAdapters, undefined, /--profile/],
    ['without MPIO', smbTwoAdapters, 'netapp-ontap', /not installed/],
    [
      "where a vendor's module holds the disks",
      { ...twoIscsiAdapters, mpio: { disks: [{ disk: 1, policy: 'VS' as const, dsm: 'PowerPath DSM' }] } },
      'netapp-ontap',
      /timers of its own/,
    ],
  ] as const)('is not applicable %s', (_, host, id, expected) => {
    const [result] = ask(hostWith(host), id === undefined ? undefined : chosen(id)).rules;
    expect(result?.result).toBe('not-applicable');
    expect(reason(result)).toMatch(expected);
  });

  it.each([
    ['denied settings', failed('MPIOSetting')],
    ['a value that is not told', withoutProperty('MPIOSetting', 'PDORemovePeriod')],
  ])('does not judge %s', (_, change) => {
    const [result] = ask(change(hostWith(twoIscsiAdapters)), chosen('windows-defaults')).rules;
    expect(result?.result).toBe('not-evaluated');
  });
});

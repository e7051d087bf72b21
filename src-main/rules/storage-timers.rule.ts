/** Time limits of disks and of the iSCSI driver beside those that the chosen vendor asks for. */
import type { VendorSetting } from '#shared/vendor-profile.ts';
import { defineRule } from './define-rule.ts';
import { appliesToInitiator } from './favourites.ts';
import { compareTimers, withoutProfile } from './vendor-values.ts';

const registryNames: Partial<Record<VendorSetting, readonly [key: RegExp, name: string]>> = {
  diskTimeout: [/\\services\\disk$/i, 'timeoutvalue'],
  linkDownTime: [/\\control\\class\\/i, 'linkdowntime'],
  maxRequestHoldTime: [/\\control\\class\\/i, 'maxrequestholdtime'],
  srbTimeoutDelta: [/\\control\\class\\/i, 'srbtimeoutdelta'],
};

export const rule = defineRule({
  id: 'storage-timers',
  severities: ['info'],
  title: 'The time limits of disks and iSCSI are those that the vendor asks for',
  failureTitle: 'Time limits of disks or iSCSI differ from what the vendor asks for',
  needs: ['StorageTimers', 'IscsiSession'],
  fixes: ['mpio-timers-of-vendor'],
  appliesTo: {
    needs: [],
    notApplicable: (facts) => withoutProfile(facts) ?? appliesToInitiator.notApplicable(facts),
  },
  evaluate: (facts) => {
    const profile = facts.settings?.profile;
    if (profile === undefined) return { notApplicable: withoutProfile(facts) ?? '' };
    const { StorageTimers } = facts.snapshot.readings;
    const records = StorageTimers.status === 'ok' ? StorageTimers.records : [];
    return compareTimers(facts, profile, Object.keys(registryNames) as VendorSetting[], (setting) => {
      const [place, asked] = registryNames[setting] ?? [];
      return records.flatMap(({ key, name, value }) =>
        place?.test(key) === true && name.toLowerCase() === asked && value !== undefined ? [value] : [],
      );
    });
  },
});

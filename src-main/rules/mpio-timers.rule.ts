/** Timers and retries of Multipath I/O beside those that the chosen vendor asks for. */
import type { VendorSetting } from '#shared/vendor-profile.ts';
import { defineRule } from './define-rule.ts';
import { appliesToMultipathDisks } from './multipath.ts';
import { compareTimers, mpioValues, withoutProfile } from './vendor-values.ts';

const judged: readonly VendorSetting[] = [
  'pathVerification',
  'pathVerificationPeriod',
  'pdoRemovePeriod',
  'retryCount',
  'retryInterval',
  'customPathRecovery',
  'pathRecoveryInterval',
];

export const rule = defineRule({
  id: 'mpio-timers',
  severities: ['info'],
  title: 'The timers of Multipath I/O are those that the vendor asks for',
  failureTitle: 'The timers of Multipath I/O differ from what the vendor asks for',
  needs: ['MPIOSetting'],
  fixes: ['mpio-timers-of-vendor'],
  appliesTo: {
    needs: [],
    notApplicable: (facts) =>
      withoutProfile(facts) ??
      (facts.snapshot.readings.Disk.status === 'ok' && facts.snapshot.readings.MpioDisk.status !== 'failed'
        ? appliesToMultipathDisks.notApplicable(facts)
        : undefined),
  },
  evaluate: (facts) => {
    const profile = facts.settings?.profile;
    if (profile === undefined) return { notApplicable: withoutProfile(facts) ?? '' };
    const held = facts.model.disks.flatMap(({ mpio }) => mpio ?? []);
    if (
      held.length > 0 &&
      held.every(({ dsmName, isMicrosoftDsm }) => dsmName !== undefined && !isMicrosoftDsm)
    ) {
      return { notApplicable: 'A module of the vendor holds the disks, with timers of its own.' };
    }
    const { MPIOSetting } = facts.snapshot.readings;
    const record = MPIOSetting.status === 'ok' ? MPIOSetting.records[0] : undefined;
    const values = mpioValues(record);
    return compareTimers(facts, profile, judged, (setting) => {
      const value = values[setting];
      return value === undefined ? undefined : [value];
    });
  },
});

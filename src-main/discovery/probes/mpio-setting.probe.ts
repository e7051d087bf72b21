/** Get-MPIOSetting: timers and retries of Multipath I/O. */
import type { MpioSettingRecord } from '#shared/host/storage-records.ts';
import { defineProbe } from '../define-probe.ts';
import { maybe, recordOf } from '../read-record.ts';
import { bool, countNumber } from '../read-values.ts';

export const probe = defineProbe({
  name: 'MPIOSetting',
  record: recordOf<MpioSettingRecord>({
    isPathVerificationEnabled: maybe('PathVerificationState', bool),
    pathVerificationSeconds: maybe('PathVerificationPeriod', countNumber),
    pdoRemoveSeconds: maybe('PDORemovePeriod', countNumber),
    retryCount: maybe('RetryCount', countNumber),
    retryIntervalSeconds: maybe('RetryInterval', countNumber),
    isPathRecoveryCustom: maybe('UseCustomPathRecoveryTime', bool),
    pathRecoverySeconds: maybe('CustomPathRecoveryTime', countNumber),
    diskTimeoutSeconds: maybe('DiskTimeoutValue', countNumber),
  }),
});

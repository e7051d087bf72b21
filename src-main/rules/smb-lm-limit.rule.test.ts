import type { Capture } from '#shared/capture.ts';
import { all, changeItems, failed, testRule, withoutProperty } from '../testing/rule-cases.ts';
import { withObservation } from '../testing/host-with.ts';
import { smbTwoAdapters, twoIscsiAdapters } from '../testing/storage-hosts.ts';
import { rule } from './smb-lm-limit.rule.ts';

const host = { ...smbTwoAdapters, features: ['Hyper-V'] } as const;
const migration = (VirtualMachineMigrationPerformanceOption: string, any = true, isOn = true) =>
  changeItems('VMHost', (item) => ({
    ...item,
    VirtualMachineMigrationEnabled: isOn,
    UseAnyNetworkForMigration: any,
    VirtualMachineMigrationPerformanceOption,
  }));
const answered =
  (name: 'VMMigrationNetwork' | 'SmbBandwidthLimit', ...data: readonly Readonly<Record<string, unknown>>[]) =>
  (capture: Capture): Capture =>
    withObservation(capture, name, { status: 'ok', durationMs: 1, data });

testRule(rule, {
  reports: {
    'SMB over any network': {
      host,
      change: migration('SMB'),
      severity: 'info',
      message: /^Live migration moves machines by SMB and may take SMB1 and SMB2/,
      subjects: ['SMB1', 'SMB2'],
    },
    'SMB over the network of one storage adapter, with a limit on something else': {
      host,
      change: all(
        migration('SMB', false),
        answered('VMMigrationNetwork', { Subnet: '10.0.30.0/24' }),
        answered('SmbBandwidthLimit', { Category: 'Default', BytesPerSecond: 1_000_000 }),
      ),
      severity: 'info',
      message: /may take SMB1/,
    },
  },
  staysSilent: {
    'a limit': {
      host,
      change: all(
        migration('SMB'),
        answered('SmbBandwidthLimit', { Category: 'LiveMigration', BytesPerSecond: 500_000_000 }),
      ),
    },
    'a network of its own': {
      host,
      change: all(migration('SMB', false), answered('VMMigrationNetwork', { Subnet: '172.16.0.0/24' })),
    },
  },
  notApplicable: {
    'compression instead of SMB': { host, change: migration('Compression'), reason: /does not use SMB/ },
    'live migration switched off': { host, change: migration('SMB', true, false) },
    'no storage over SMB': { host: twoIscsiAdapters, change: migration('SMB') },
    'a host without Hyper-V': { host: smbTwoAdapters },
  },
  notEvaluated: {
    'a denied host': { host, change: failed('VMHost') },
    'denied limits': { host, change: all(migration('SMB'), failed('SmbBandwidthLimit')) },
    'a way of moving that is not told': {
      host,
      change: all(migration('SMB'), withoutProperty('VMHost', 'VirtualMachineMigrationPerformanceOption')),
    },
  },
});

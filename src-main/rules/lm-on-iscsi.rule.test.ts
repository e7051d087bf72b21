import { rule } from './lm-on-iscsi.rule.ts';
import type { Capture } from '#shared/capture.ts';
import { all, changeItems, failed, testRule, withoutProperty } from '../testing/rule-cases.ts';
import { withObservation } from '../testing/host-with.ts';
import { smbTwoAdapters, twoIscsiAdapters } from '../testing/storage-hosts.ts';

const migration = (any: boolean, isOn = true) =>
  changeItems('VMHost', (item) => ({
    ...item,
    VirtualMachineMigrationEnabled: isOn,
    UseAnyNetworkForMigration: any,
  }));
const over =
  (...subnets: string[]) =>
  (capture: Capture): Capture =>
    withObservation(capture, 'VMMigrationNetwork', {
      status: 'ok',
      durationMs: 1,
      data: subnets.map((Subnet) => ({ Subnet })),
    });
const clustered = {
  ...twoIscsiAdapters,
  features: [...twoIscsiAdapters.features, 'Failover-Clustering'],
  cluster: { name: 'CLU01' },
};

testRule(rule, {
  reports: {
    'a network of iSCSI among those for live migration': {
      host: twoIscsiAdapters,
      change: all(migration(false), over('192.168.1.0/24', '10.0.10.0/24')),
      severity: 'info',
      message:
        /^Live migration may use 10\.0\.10\.0\/24, where iSCSI leaves from 10\.0\.10\.11 and 10\.0\.20\.11/,
    },
    'the same on a cluster': {
      host: clustered,
      change: all(migration(false), over('10.0.10.0/24')),
      severity: 'warning',
      message: /moving a machine takes the way to storage/,
    },
    'any network': {
      host: clustered,
      change: migration(true),
      severity: 'info',
      message: /may use any network/,
    },
  },
  staysSilent: {
    'a network of its own': {
      host: twoIscsiAdapters,
      change: all(migration(false), over('192.168.1.0/24')),
    },
  },
  notApplicable: {
    'live migration switched off': { host: twoIscsiAdapters, change: migration(false, false) },
    'a host without iSCSI': { host: smbTwoAdapters, change: migration(true) },
    'a host without Hyper-V': { host: { ...twoIscsiAdapters, features: ['Multipath-IO'] } },
  },
  notEvaluated: {
    'a denied host': { host: twoIscsiAdapters, change: failed('VMHost') },
    'a setting that is not told': {
      host: twoIscsiAdapters,
      change: all(
        migration(true),
        over('192.168.1.0/24'),
        withoutProperty('VMHost', 'UseAnyNetworkForMigration'),
      ),
    },
  },
});

import { rule } from './iscsi-service.rule.ts';
import { failed, testRule, withoutProperty } from '../testing/rule-cases.ts';
import { smbTwoAdapters, twoIscsiAdapters } from '../testing/storage-hosts.ts';

const manual = { ...twoIscsiAdapters, msiscsi: { status: 'Running', startType: 'Manual' } } as const;

testRule(rule, {
  reports: {
    'a service that starts on demand beside sessions': {
      host: manual,
      severity: 'warning',
      message:
        'The service MSiSCSI is set to start on demand only (Manual), while this host has 2 iSCSI sessions and 2 favourite logins: after a restart they come back late or not at all.',
      subjects: ['MSiSCSI'],
      advice: /Never stop the service/,
    },
    'one that is disabled': {
      host: { ...twoIscsiAdapters, msiscsi: { status: 'Running', startType: 'Disabled' } },
      severity: 'warning',
      message: /start never \(Disabled\)/,
    },
  },
  staysSilent: { 'a service that starts by itself': { host: twoIscsiAdapters } },
  notApplicable: {
    'a host without iSCSI, whose service is stopped and manual': { host: smbTwoAdapters },
    'local disks and a service that runs for nothing': {
      host: { ...smbTwoAdapters, msiscsi: { status: 'Running', startType: 'Manual' } },
    },
    'adapters with an initiator of their own': {
      host: {
        ...manual,
        iscsi: {
          ...manual.iscsi,
          sessions: manual.iscsi.sessions.map((one) => ({
            ...one,
            initiatorInstance: 'PCI\\VEN_1077\\0',
            isPersistent: false,
          })),
        },
      },
    },
  },
  notEvaluated: {
    'a denied service': { host: manual, change: failed('Service') },
    'a start type that is not told': { host: manual, change: withoutProperty('Service', 'StartType') },
  },
});

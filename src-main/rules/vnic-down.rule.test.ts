import { changeItems, failed, testRule } from '../testing/rule-cases.ts';
import { convergedSet, iqn, session, twoIscsiAdapters } from '../testing/storage-hosts.ts';
import { rule } from './vnic-down.rule.ts';

const disable = changeItems('NetAdapter', (item) =>
  item['Name'] === 'vEthernet (iSCSI2)'
    ? { ...item, Status: 'Disabled', MediaConnectionState: 'Disconnected' }
    : item,
);
const lost = (...connected: readonly boolean[]) => ({
  ...convergedSet,
  iscsi: {
    targets: [{ iqn, portals: ['10.0.10.101', '10.0.20.101'] }],
    sessions: [
      session('10.0.10.11', '10.0.10.101', { isConnected: connected[0] ?? true }),
      session('10.0.20.11', '10.0.20.101', { isConnected: connected[1] ?? true }),
    ],
  },
});

testRule(rule, {
  reports: {
    'one of two storage vNICs disabled': {
      host: lost(true, false),
      change: disable,
      severity: 'warning',
      message:
        /^vEthernet \(iSCSI2\), which storage leaves by, is down \(Disabled\): the sessions from it to .* are not connected\.$/,
      subjects: ['vEthernet (iSCSI2)'],
    },
    'the last way to the target': {
      host: lost(false, false),
      change: disable,
      severity: 'error',
      message: /no other session leads there/,
    },
  },
  staysSilent: { 'storage vNICs that are up': { host: convergedSet } },
  notApplicable: {
    'a spare vNIC that is disabled': {
      host: {
        ...twoIscsiAdapters,
        adapters: [...twoIscsiAdapters.adapters, { name: 'V1' }],
        vswitches: [{ name: 'V', uplink: { adapter: 'V1' } }],
        vnics: [{ name: 'iSCSI2', vswitch: 'V' }],
      },
      change: disable,
    },
  },
  notEvaluated: { 'sessions that could not be read': { host: convergedSet, change: failed('IscsiSession') } },
});

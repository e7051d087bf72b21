import { rule } from './iscsi-target-down.rule.ts';
import { failed, testRule } from '../testing/rule-cases.ts';
import { iqn, session, smbTwoAdapters, twoIscsiAdapters } from '../testing/storage-hosts.ts';

const other = 'iqn.1991-05.com.contoso:array2';
const down = {
  ...twoIscsiAdapters,
  iscsi: {
    targets: [...twoIscsiAdapters.iscsi.targets, { iqn: other, portals: ['10.0.10.102'] }],
    sessions: [
      ...twoIscsiAdapters.iscsi.sessions,
      { ...session('10.0.10.11', '10.0.10.102', { isConnected: false, disks: [] }), iqn: other },
    ],
  },
};

testRule(rule, {
  reports: {
    'a target whose session is not connected': {
      host: down,
      severity: 'warning',
      message: `${other} is a target of this host without a connected session: its disks are not there.`,
      subjects: [other],
      evidence: { sessionsNotConnected: [1] },
    },
  },
  staysSilent: {
    'targets that are connected': { host: twoIscsiAdapters },
    'a target that the array offers and this host does not use': {
      host: { ...down, iscsi: { ...down.iscsi, sessions: twoIscsiAdapters.iscsi.sessions } },
    },
    'one lost session of two': {
      host: {
        ...twoIscsiAdapters,
        iscsi: {
          targets: [{ iqn, portals: ['10.0.10.101', '10.0.20.101'] }],
          sessions: [
            session('10.0.10.11', '10.0.10.101'),
            session('10.0.20.11', '10.0.20.101', { isConnected: false, disks: [] }),
          ],
        },
      },
    },
  },
  notApplicable: { 'a host without iSCSI': { host: smbTwoAdapters } },
  notEvaluated: { 'denied sessions': { host: down, change: failed('IscsiSession') } },
});

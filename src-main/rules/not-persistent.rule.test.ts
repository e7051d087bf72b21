import { rule } from './not-persistent.rule.ts';
import { changeItems, failed, testRule, withoutProperty } from '../testing/rule-cases.ts';
import { iqn, session, smbTwoAdapters, twoIscsiAdapters } from '../testing/storage-hosts.ts';

const two = (more: Parameters<typeof session>[2], disks = twoIscsiAdapters.disks as readonly object[]) => ({
  ...twoIscsiAdapters,
  disks: disks as never,
  iscsi: {
    ...twoIscsiAdapters.iscsi,
    sessions: [session('10.0.10.11', '10.0.10.101'), session('10.0.20.11', '10.0.20.101', more)],
  },
});
const lost = two({ isPersistent: false });

testRule(rule, {
  reports: {
    'a session that is no favourite': {
      host: lost,
      severity: 'warning',
      message: `1 iSCSI session to ${iqn} is no favourite: after a restart Windows does not make it again.`,
      subjects: [iqn],
      evidence: { sessions: 1, disks: [1] },
    },
  },
  staysSilent: {
    'favourites only': { host: twoIscsiAdapters },
    'a session whose favourite is listed all the same': {
      host: twoIscsiAdapters,
      change: changeItems('IscsiSession', (item) => ({ ...item, IsPersistent: false })),
    },
    'a session that is not connected': { host: two({ isPersistent: false, isConnected: false }) },
  },
  notApplicable: {
    'a host that starts from the disk behind it': {
      host: {
        ...two({ isPersistent: false }, [{ number: 1, isBoot: true }]),
        iscsi: { ...lost.iscsi, sessions: [session('10.0.10.11', '10.0.10.101', { isPersistent: false })] },
      },
    },
    "a vendor's service that makes sessions itself": {
      host: { ...lost, mpio: { disks: [{ disk: 1, policy: 'VS', dsm: 'EqualLogic DSM' }] } },
    },
    'a host without iSCSI': { host: smbTwoAdapters },
    'an adapter with an initiator of its own': {
      host: {
        ...lost,
        iscsi: {
          ...lost.iscsi,
          sessions: lost.iscsi.sessions.map((one) => ({ ...one, initiatorInstance: 'PCI\\VEN_1077\\0' })),
        },
      },
    },
  },
  notEvaluated: {
    'denied sessions': { host: lost, change: failed('IscsiSession') },
    'sessions that do not say': { host: lost, change: withoutProperty('IscsiSession', 'IsPersistent') },
  },
});

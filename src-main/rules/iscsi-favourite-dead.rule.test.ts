import { rule } from './iscsi-favourite-dead.rule.ts';
import { changeItems, failed, testRule } from '../testing/rule-cases.ts';
import type { Capture } from '#shared/capture.ts';
import { iqn, session, smbTwoAdapters, twoIscsiAdapters } from '../testing/storage-hosts.ts';

/** One more favourite than the host has sessions for. */
const withLogin =
  (login: Readonly<Record<string, unknown>>) =>
  (capture: Capture): Capture => {
    const observation = capture.observations.IscsiPersistentLogin;
    if (observation?.status !== 'ok') throw new Error('IscsiPersistentLogin did not answer.');
    return {
      ...capture,
      observations: {
        ...capture.observations,
        IscsiPersistentLogin: { ...observation, data: [...observation.data, login] },
      },
    };
  };
const ghost = { TargetName: 'iqn.1991-05.com.contoso:gone', TargetPortal: { Address: '10.0.10.101' } };

testRule(rule, {
  reports: {
    'a favourite of a target that no portal offers any more': {
      host: twoIscsiAdapters,
      change: withLogin(ghost),
      severity: 'warning',
      message: /^1 favourite login to iqn\.1991-05\.com\.contoso:gone \(10\.0\.10\.101\) has no session/,
      subjects: ['iqn.1991-05.com.contoso:gone'],
      advice: /RemovePersistentTarget/,
    },
    'a favourite that is there twice': {
      host: twoIscsiAdapters,
      change: withLogin({ TargetName: iqn, TargetPortal: { Address: '10.0.10.101' } }),
      severity: 'warning',
      message: /1 favourite login/,
      evidence: { logins: [3], sessions: [2] },
    },
    'a favourite over a portal that no session reached': {
      host: twoIscsiAdapters,
      change: withLogin({ TargetName: iqn, TargetPortal: { Address: '10.0.30.101' } }),
      severity: 'warning',
      message: /\(10\.0\.30\.101\) has no session/,
    },
  },
  staysSilent: {
    'a favourite for each session': { host: twoIscsiAdapters },
    'names in another case': {
      host: twoIscsiAdapters,
      change: changeItems('IscsiPersistentLogin', (item) => ({ ...item, TargetName: iqn.toUpperCase() })),
    },
    'an array that moves logins to another of its portals': {
      host: twoIscsiAdapters,
      change: changeItems('IscsiPersistentLogin', (item) => ({
        ...item,
        TargetPortal: { Address: '10.0.10.100', Port: 3260 },
      })),
    },
    'a session that lost its connection, which mpio-paths-missing reports': {
      host: {
        ...twoIscsiAdapters,
        iscsi: {
          ...twoIscsiAdapters.iscsi,
          sessions: [
            session('10.0.10.11', '10.0.10.101'),
            session('10.0.20.11', '10.0.20.101', { isConnected: false, disks: [] }),
          ],
        },
      },
    },
  },
  notApplicable: {
    'a host without iSCSI': { host: smbTwoAdapters },
    'sessions without a favourite': {
      host: {
        ...twoIscsiAdapters,
        iscsi: {
          ...twoIscsiAdapters.iscsi,
          sessions: twoIscsiAdapters.iscsi.sessions.map((one) => ({ ...one, isPersistent: false })),
        },
      },
    },
  },
  notEvaluated: {
    'denied favourites': { host: twoIscsiAdapters, change: failed('IscsiPersistentLogin') },
    'denied sessions': { host: twoIscsiAdapters, change: failed('IscsiSession') },
  },
});

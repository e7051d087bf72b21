import { rule } from './sessions-beyond-need.rule.ts';
import { failed, testRule } from '../testing/rule-cases.ts';
import { convergedSet, iqn, session, smbTwoAdapters, twoIscsiAdapters } from '../testing/storage-hosts.ts';

const secondAddress = {
  ...twoIscsiAdapters,
  addresses: [...twoIscsiAdapters.addresses, { interface: 'iSCSI1', address: '10.0.10.12/24' }],
  iscsi: {
    ...twoIscsiAdapters.iscsi,
    sessions: [...twoIscsiAdapters.iscsi.sessions, session('10.0.10.12', '10.0.10.101')],
  },
};

testRule(rule, {
  reports: {
    'a session from a second address of the same adapter': {
      host: secondAddress,
      severity: 'info',
      message: new RegExp(
        `^1 iSCSI session to ${iqn.replaceAll('.', '\\.')} \\(10\\.0\\.10\\.12 to 10\\.0\\.10\\.101\\) runs over the links of another one`,
      ),
      subjects: [iqn],
      evidence: { surplusSessions: 1 },
    },
  },
  staysSilent: {
    'a session for each link': { host: twoIscsiAdapters },
    'the full mesh of two adapters and two portals in one subnet': {
      host: {
        ...twoIscsiAdapters,
        addresses: [
          { interface: 'iSCSI1', address: '10.0.10.11/24' },
          { interface: 'iSCSI2', address: '10.0.10.12/24' },
        ],
        iscsi: {
          targets: [{ iqn, portals: ['10.0.10.101', '10.0.10.102'] }],
          sessions: ['10.0.10.11', '10.0.10.12'].flatMap((from) =>
            ['10.0.10.101', '10.0.10.102'].map((to) => session(from, to)),
          ),
        },
      },
    },
    'a storage vNIC on each member': { host: convergedSet },
  },
  notApplicable: { 'a host without iSCSI': { host: smbTwoAdapters } },
  notEvaluated: { 'denied connections': { host: secondAddress, change: failed('IscsiConnection') } },
});

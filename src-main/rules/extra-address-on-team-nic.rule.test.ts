import { failed, testRule } from '../testing/rule-cases.ts';
import { convergedSet, iscsiOnTeam, session } from '../testing/storage-hosts.ts';
import { rule } from './extra-address-on-team-nic.rule.ts';

const twoAddresses = {
  ...iscsiOnTeam,
  addresses: [
    { interface: 'Team1', address: '10.0.10.11/24' },
    { interface: 'Team1', address: '10.0.10.12/24' },
  ],
  iscsi: {
    ...iscsiOnTeam.iscsi,
    sessions: [session('10.0.10.11', '10.0.10.101'), session('10.0.10.12', '10.0.10.101')],
  },
} as const;

testRule(rule, {
  reports: {
    'sessions from two addresses of a team NIC': {
      host: twoAddresses,
      severity: 'info',
      message: /^iSCSI sessions leave from 2 addresses of Team1 \(10\.0\.10\.11 and 10\.0\.10\.12\)/,
      subjects: ['Team1'],
    },
  },
  staysSilent: {
    'one address': { host: iscsiOnTeam },
    'a second address that iSCSI does not use, such as one of a cluster': {
      host: { ...twoAddresses, iscsi: iscsiOnTeam.iscsi },
    },
  },
  notApplicable: {
    'sessions from vNICs': { host: convergedSet },
    'no storage over the network': { host: {} },
  },
  notEvaluated: {
    'connections that could not be read': { host: twoAddresses, change: failed('IscsiConnection') },
  },
});

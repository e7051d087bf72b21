import { failed, testRule } from '../testing/rule-cases.ts';
import {
  convergedSet,
  iqn,
  iscsiOnTeam,
  oneSessionOfTwo,
  oneWayOnly,
  session,
  smbTwoAdapters,
  twoIscsiAdapters,
} from '../testing/storage-hosts.ts';
import { rule } from './one-initiator-address.rule.ts';

const oneSubnet = {
  ...twoIscsiAdapters,
  addresses: [
    { interface: 'LAN', address: '192.168.1.10/24', gateway: '192.168.1.1' },
    { interface: 'iSCSI1', address: '10.0.10.11/24' },
    { interface: 'iSCSI2', address: '10.0.10.12/24' },
  ],
  iscsi: {
    targets: [{ iqn, portals: ['10.0.10.101', '10.0.10.102'] }],
    sessions: [session('10.0.10.11', '10.0.10.101'), session('10.0.10.11', '10.0.10.102')],
  },
} as const;

const unbound = (leaves: readonly [string, string]) =>
  ({
    ...oneSubnet,
    iscsi: {
      ...oneSubnet.iscsi,
      sessions: [
        { iqn, disks: [1], connections: [{ from: null, leaves: leaves[0], to: '10.0.10.101' }] },
        { iqn, disks: [1], connections: [{ from: null, leaves: leaves[1], to: '10.0.10.102' }] },
      ],
    },
  }) as const;

testRule(rule, {
  reports: {
    'two sessions from one address while another adapter is idle': {
      host: oneSubnet,
      severity: 'warning',
      message:
        'All 2 iSCSI sessions to Disk 1 leave from 10.0.10.11 on iSCSI1, so they share that adapter, while iSCSI2 also reaches the target and carries none.',
      subjects: [iqn, 'iSCSI1'],
      evidence: { sessions: 2, initiatorAddresses: ['10.0.10.11'], unusedInterfaces: ['iSCSI2'] },
    },
    'unbound sessions that all leave by one adapter': {
      host: unbound(['10.0.10.11', '10.0.10.11']),
      severity: 'warning',
      message: /leave from 10\.0\.10\.11 on iSCSI1/,
    },
    'the same inside a virtual machine, as a note': {
      host: { ...oneSubnet, computer: { name: 'VM01', model: 'Virtual Machine' } },
      severity: 'info',
      message: /share that adapter/,
    },
    'two addresses on one adapter': {
      host: {
        ...oneSubnet,
        addresses: [...oneSubnet.addresses, { interface: 'iSCSI1', address: '10.0.10.13/24' }],
        iscsi: {
          ...oneSubnet.iscsi,
          sessions: [session('10.0.10.11', '10.0.10.101'), session('10.0.10.13', '10.0.10.102')],
        },
      },
      severity: 'warning',
      message: /from 10\.0\.10\.11 and 10\.0\.10\.13 on iSCSI1/,
    },
    'two sessions from one vNIC while a second storage vNIC is idle': {
      host: {
        ...convergedSet,
        iscsi: {
          ...convergedSet.iscsi,
          sessions: [session('10.0.10.11', '10.0.10.101'), session('10.0.10.11', '10.0.10.101')],
        },
      },
      severity: 'warning',
      message: /vEthernet \(iSCSI2\) also reaches the target/,
    },
  },
  staysSilent: {
    'a session from each adapter': { host: twoIscsiAdapters },
    'a session from each storage vNIC': { host: convergedSet },
    'unbound sessions that leave by two adapters': { host: unbound(['10.0.10.11', '10.0.10.12']) },
    'one session: there is nothing to spread': { host: oneSessionOfTwo },
    'a team NIC, which iscsi-on-team reports': {
      host: {
        ...iscsiOnTeam,
        adapters: [...iscsiOnTeam.adapters, { name: 'NIC5', speed: 10e9 }],
        addresses: [...iscsiOnTeam.addresses, { interface: 'NIC5', address: '10.0.10.12/24' }],
        iscsi: {
          ...iscsiOnTeam.iscsi,
          sessions: [session('10.0.10.11', '10.0.10.101'), session('10.0.10.11', '10.0.10.101')],
        },
      },
    },
    'one adapter for storage: there is no other': {
      host: {
        ...oneWayOnly,
        iscsi: {
          targets: [{ iqn, portals: ['10.0.10.101', '10.0.10.102'] }],
          sessions: [session('10.0.10.11', '10.0.10.101'), session('10.0.10.11', '10.0.10.102')],
        },
      },
    },
    'a second adapter that is slower': {
      host: {
        ...oneSubnet,
        adapters: [
          { name: 'LAN', speed: 1e9 },
          { name: 'iSCSI1', speed: 10e9 },
          { name: 'iSCSI2', speed: 1e9 },
        ],
      },
    },
    'a second adapter in another subnet than every portal': {
      host: {
        ...oneSubnet,
        addresses: [
          { interface: 'iSCSI1', address: '10.0.10.11/24' },
          { interface: 'iSCSI2', address: '10.0.20.11/24' },
        ],
      },
    },
  },
  notApplicable: {
    'a host without iSCSI': { host: smbTwoAdapters },
    'an adapter with an initiator of its own': {
      host: {
        ...oneSubnet,
        iscsi: {
          ...oneSubnet.iscsi,
          sessions: oneSubnet.iscsi.sessions.map((one) => ({
            ...one,
            initiatorInstance: 'PCI\\VEN_1077\\0',
          })),
        },
      },
    },
    'targets on this very host': {
      host: {
        ...oneSubnet,
        iscsi: {
          targets: [{ iqn, portals: ['10.0.10.11'] }],
          sessions: [session('10.0.10.11', '10.0.10.11'), session('10.0.10.11', '10.0.10.11')],
        },
      },
    },
  },
  notEvaluated: {
    'denied connections': { host: oneSubnet, change: failed('IscsiConnection'), reason: /IscsiConnection/ },
    'unbound sessions on a host that does not say where they leave': {
      host: unbound(['10.0.10.11', '10.0.10.11']),
      change: (capture) => failed('NetRoute')(failed('NetTCPConnection')(capture)),
      reason: /leave by is not known/,
    },
    'routes that cannot tell what the second adapter is for': {
      host: oneSubnet,
      change: failed('NetRoute'),
      reason: /iSCSI2/,
    },
  },
});

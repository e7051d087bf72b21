import { failed, testRule } from '../testing/rule-cases.ts';
import {
  convergedLbfo,
  convergedSet,
  iqn,
  iscsiOnTeam,
  oneWayOnly,
  session,
  smbTwoAdapters,
  twoIscsiAdapters,
} from '../testing/storage-hosts.ts';
import { rule } from './converged-vnics.rule.ts';

const oneVNic = {
  ...convergedSet,
  vnics: [
    { name: 'Management', vswitch: 'Converged' },
    { name: 'iSCSI1', vswitch: 'Converged' },
  ],
  addresses: [
    { interface: 'vEthernet (Management)', address: '192.168.1.10/24', gateway: '192.168.1.1' },
    { interface: 'vEthernet (iSCSI1)', address: '10.0.10.11/24' },
  ],
  iscsi: oneWayOnly.iscsi,
} as const;

testRule(rule, {
  reports: {
    'one storage vNIC over Switch Embedded Teaming': {
      host: oneVNic,
      severity: 'warning',
      message:
        /^vEthernet \(iSCSI1\) \(10\.0\.10\.11\) is the only vNIC that carries iSCSI to .*: one vNIC is one path for MPIO, although team Converged \(Switch Embedded Teaming\) under it has 2 active members \(pNIC1 and pNIC2\)\.$/,
      subjects: ['vEthernet (iSCSI1)', iqn],
      evidence: { storageVnics: 1, activeMembers: ['pNIC1', 'pNIC2'] },
      advice: /second storage vNIC/,
    },
    'two sessions from the one storage vNIC': {
      host: {
        ...oneVNic,
        iscsi: {
          targets: [{ iqn, portals: ['10.0.10.101', '10.0.10.102'] }],
          sessions: [session('10.0.10.11', '10.0.10.101'), session('10.0.10.11', '10.0.10.102')],
        },
      },
      severity: 'warning',
      message: /only vNIC/,
    },
    'one storage vNIC over LBFO': {
      host: {
        ...convergedLbfo,
        vnics: [{ name: 'iSCSI1', vswitch: 'Converged' }],
        addresses: [{ interface: 'vEthernet (iSCSI1)', address: '10.0.10.11/24' }],
        iscsi: oneWayOnly.iscsi,
      },
      severity: 'warning',
      message: /LBFO/,
    },
    'one storage vNIC that was renamed': {
      host: {
        ...oneVNic,
        vnics: [{ name: 'iSCSI1', adapterName: 'Speichernetz', vswitch: 'Converged' }],
        addresses: [{ interface: 'Speichernetz', address: '10.0.10.11/24' }],
        windows: { release: '2022', language: 'de-DE' },
      },
      severity: 'warning',
      message: /^Speichernetz /,
    },
    'iSCSI on the management vNIC': {
      host: {
        ...oneVNic,
        vnics: [{ name: 'Management', vswitch: 'Converged' }],
        addresses: [{ interface: 'vEthernet (Management)', address: '10.0.10.11/24', gateway: '10.0.10.1' }],
      },
      severity: 'warning',
      message: /^vEthernet \(Management\)/,
    },
    'a management vNIC in the same subnet, which is no second storage vNIC': {
      host: {
        ...oneVNic,
        addresses: [
          { interface: 'vEthernet (Management)', address: '10.0.10.5/24', gateway: '10.0.10.1' },
          { interface: 'vEthernet (iSCSI1)', address: '10.0.10.11/24' },
        ],
      },
      severity: 'warning',
      message: /^vEthernet \(iSCSI1\)/,
    },
  },
  staysSilent: {
    'two storage vNICs in two subnets': { host: convergedSet },
    'two storage vNICs over LBFO': { host: convergedLbfo },
    'two storage vNICs in one subnet': {
      host: {
        ...convergedSet,
        addresses: [
          { interface: 'vEthernet (iSCSI1)', address: '10.0.10.11/24' },
          { interface: 'vEthernet (iSCSI2)', address: '10.0.10.12/24' },
        ],
        iscsi: {
          targets: [{ iqn, portals: ['10.0.10.101'] }],
          sessions: [session('10.0.10.11', '10.0.10.101'), session('10.0.10.12', '10.0.10.101')],
        },
      },
    },
    'two storage vNICs in one VLAN': {
      host: {
        ...convergedSet,
        vnics: [
          { name: 'iSCSI1', vswitch: 'Converged', vlanId: 10 },
          { name: 'iSCSI2', vswitch: 'Converged', vlanId: 10 },
        ],
        addresses: convergedSet.addresses.slice(1),
      },
    },
    'a second storage vNIC that only lacks its session': {
      host: {
        ...convergedSet,
        iscsi: { ...convergedSet.iscsi, sessions: [session('10.0.10.11', '10.0.10.101')] },
      },
    },
  },
  notApplicable: {
    'a host without iSCSI': { host: smbTwoAdapters },
    'adapters of their own for iSCSI': {
      host: twoIscsiAdapters,
      reason: /No iSCSI session leaves by a vNIC/,
    },
    'iSCSI straight on a team, which iscsi-on-team reports': { host: iscsiOnTeam },
    'a vSwitch on one adapter, which a second vNIC would share': {
      host: { ...oneVNic, vswitches: [{ name: 'Converged', uplink: { adapter: 'pNIC1' } }] },
    },
    'a virtual machine': { host: { ...oneVNic, computer: { name: 'VM01', model: 'Virtual Machine' } } },
  },
  notEvaluated: {
    'a denied switch': { host: oneVNic, change: failed('VMSwitch'), reason: /VMSwitch/ },
    'a denied team': { host: oneVNic, change: failed('VMSwitchTeam'), reason: /VMSwitchTeam/ },
    'routes that cannot tell the management vNIC from a spare one': {
      host: {
        ...oneVNic,
        addresses: [
          { interface: 'vEthernet (Management)', address: '10.0.10.5/24', gateway: '10.0.10.1' },
          { interface: 'vEthernet (iSCSI1)', address: '10.0.10.11/24' },
        ],
      },
      change: failed('NetRoute'),
      reason: /vEthernet \(Management\)/,
    },
  },
});

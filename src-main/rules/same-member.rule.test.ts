import { all, failed, testRule } from '../testing/rule-cases.ts';
import {
  convergedLbfo,
  convergedSet,
  iscsiOnTeam,
  session,
  smbTwoAdapters,
  twoIscsiAdapters,
} from '../testing/storage-hosts.ts';
import { rule } from './same-member.rule.ts';

const crowdedLbfo = {
  ...convergedLbfo,
  vnics: [
    { name: 'Management', vswitch: 'Converged', placedOn: 'pNIC2' },
    { name: 'iSCSI1', vswitch: 'Converged', placedOn: 'pNIC1' },
    { name: 'iSCSI2', vswitch: 'Converged', placedOn: 'pNIC1' },
  ],
} as const;
const crowdedSet = {
  ...convergedSet,
  vnics: [
    { name: 'Management', vswitch: 'Converged' },
    { name: 'iSCSI1', vswitch: 'Converged', mappedTo: 'pNIC1' },
    { name: 'iSCSI2', vswitch: 'Converged', mappedTo: 'pNIC1' },
  ],
} as const;
const inMode = (
  teamingMode: 'SwitchIndependent' | 'Lacp',
  lbAlgorithm: 'HyperVPort' | 'Dynamic' | 'TransportPorts',
) =>
  ({
    ...crowdedLbfo,
    lbfoTeams: [{ name: 'Team1', members: ['pNIC1', 'pNIC2'], teamingMode, lbAlgorithm }],
  }) as const;

testRule(rule, {
  reports: {
    'two storage vNICs mapped to one member': {
      host: crowdedSet,
      severity: 'warning',
      message:
        /^2 storage vNICs \(vEthernet \(iSCSI1\) and vEthernet \(iSCSI2\)\) are mapped to pNIC1, one member of team Converged, and share its link/,
      subjects: ['vEthernet (iSCSI1)', 'vEthernet (iSCSI2)', 'pNIC1'],
      evidence: { member: 'pNIC1', technology: 'set', membersWithoutStorageVnic: ['pNIC2'] },
      advice: /Set-VMNetworkAdapterTeamMapping/,
    },
    'two storage vNICs that the queues show on one member of an LBFO team': {
      host: crowdedLbfo,
      severity: 'warning',
      message: /stand on pNIC1, .* hardware queues of that member alone/,
      evidence: { knownFrom: ['queues'], technology: 'lbfo' },
      advice: /LBFO team cannot be told/,
    },
    'the same under Dynamic, for what they receive': {
      host: inMode('SwitchIndependent', 'Dynamic'),
      severity: 'warning',
      message: /share its link, at least for what they receive/,
    },
    'two storage vNICs that the ports show on one member of a SET': {
      host: {
        ...convergedSet,
        vnics: [
          { name: 'iSCSI1', vswitch: 'Converged', placedOn: 'pNIC2' },
          { name: 'iSCSI2', vswitch: 'Converged', placedOn: 'pNIC2' },
        ],
        addresses: convergedSet.addresses.slice(1),
      },
      severity: 'warning',
      message: /stand on pNIC2/,
    },
  },
  staysSilent: {
    'storage vNICs mapped to different members': { host: convergedSet },
    'storage vNICs on different members of an LBFO team': { host: convergedLbfo },
    'a management vNIC beside a storage vNIC': {
      host: {
        ...convergedLbfo,
        vnics: [
          { name: 'Management', vswitch: 'Converged', placedOn: 'pNIC1' },
          { name: 'iSCSI1', vswitch: 'Converged', placedOn: 'pNIC1' },
          { name: 'iSCSI2', vswitch: 'Converged', placedOn: 'pNIC2' },
        ],
      },
    },
    'three storage vNICs on two members, spread as evenly as can be': {
      host: {
        ...convergedSet,
        vnics: [
          { name: 'iSCSI1', vswitch: 'Converged', mappedTo: 'pNIC1' },
          { name: 'iSCSI2', vswitch: 'Converged', mappedTo: 'pNIC2' },
          { name: 'iSCSI3', vswitch: 'Converged', mappedTo: 'pNIC1' },
        ],
        addresses: [
          ...convergedSet.addresses.slice(1),
          { interface: 'vEthernet (iSCSI3)', address: '10.0.10.13/24' },
        ],
        iscsi: {
          ...convergedSet.iscsi,
          sessions: [...convergedSet.iscsi.sessions, session('10.0.10.13', '10.0.10.101')],
        },
      },
    },
  },
  notApplicable: {
    'adapters of their own for iSCSI': { host: twoIscsiAdapters, reason: /two or more storage vNICs/ },
    'a team without a vSwitch': { host: iscsiOnTeam },
    'SMB over adapters of its own': { host: smbTwoAdapters },
    'one active member and one on standby': {
      host: {
        ...crowdedLbfo,
        lbfoTeams: [
          {
            name: 'Team1',
            members: ['pNIC1', { name: 'pNIC2', mode: 'Standby' }],
            teamingMode: 'SwitchIndependent',
            lbAlgorithm: 'HyperVPort',
          },
        ],
      },
    },
    'a virtual machine': { host: { ...crowdedSet, computer: { name: 'VM01', model: 'Virtual Machine' } } },
  },
  notEvaluated: {
    'queues in a mode where every member has all of them': {
      host: inMode('SwitchIndependent', 'TransportPorts'),
      reason: /do not show/,
    },
    'queues of a team that the physical switch spreads over': {
      host: inMode('Lacp', 'HyperVPort'),
      reason: /do not show/,
    },
    'a SET without mapping whose ports say nothing': {
      host: {
        ...convergedSet,
        vnics: [
          { name: 'iSCSI1', vswitch: 'Converged' },
          { name: 'iSCSI2', vswitch: 'Converged' },
        ],
        addresses: convergedSet.addresses.slice(1),
      },
      change: all(
        failed('NetAdapterVPort', 'cmdlet-missing'),
        failed('NetAdapterVmqQueue', 'cmdlet-missing'),
      ),
      reason: /Which member of team Converged carries/,
    },
    'a SET whose mapping cannot be read': {
      host: convergedSet,
      change: failed('VMNetworkAdapterTeamMapping'),
    },
    'a denied member list': { host: crowdedLbfo, change: failed('NetLbfoTeamMember') },
  },
});

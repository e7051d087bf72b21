import { all, changeItems, failed, testRule } from '../testing/rule-cases.ts';
import {
  convergedLbfo,
  convergedSet,
  iscsiOnTeam,
  smbTwoAdapters,
  twoIscsiAdapters,
} from '../testing/storage-hosts.ts';
import { rule } from './member-bindings.rule.ts';

testRule(rule, {
  reports: {
    'IPv4 put back on a member of an LBFO team': {
      host: {
        ...iscsiOnTeam,
        adapters: [
          { name: 'NIC1' },
          { name: 'NIC2', extraBindings: ['ms_tcpip'] },
          { name: 'NIC3' },
          { name: 'NIC4' },
        ],
      },
      severity: 'error',
      message:
        'A physical member of team Team1 has protocols bound: NIC2 (IPv4); only the team may use a member.',
      subjects: ['NIC2', 'Team1'],
      evidence: { members: ['NIC2'], bindings: ['NIC2: ms_tcpip'] },
    },
    'several protocols on several members, in one finding': {
      host: {
        ...iscsiOnTeam,
        adapters: [
          { name: 'NIC1', extraBindings: ['ms_tcpip', 'ms_tcpip6'] },
          { name: 'NIC2', extraBindings: ['ms_server', 'ms_msclient'] },
          { name: 'NIC3' },
          { name: 'NIC4' },
        ],
      },
      severity: 'error',
      message:
        /^2 physical members of team Team1 have protocols bound: NIC1 \(IPv4 and IPv6\) and NIC2 \(Client for Microsoft Networks and File and Printer Sharing\)/,
    },
    'a protocol on a member of a Switch Embedded Team': {
      host: {
        ...convergedSet,
        adapters: [
          { name: 'pNIC1', speed: 10e9, extraBindings: ['ms_tcpip6'] },
          { name: 'pNIC2', speed: 10e9 },
        ],
      },
      severity: 'error',
      message: /pNIC1 \(IPv6\)/,
    },
    'a protocol on a member on Japanese Windows': {
      host: {
        ...iscsiOnTeam,
        windows: { release: '2019', language: 'ja-JP' },
        adapters: [{ name: 'イーサネット', extraBindings: ['ms_tcpip'] }, { name: 'イーサネット 2' }],
        lbfoTeams: [
          {
            name: 'Team1',
            members: ['イーサネット', 'イーサネット 2'],
            teamingMode: 'SwitchIndependent',
            lbAlgorithm: 'Dynamic',
          },
        ],
      },
      severity: 'error',
      message: /イーサネット \(IPv4\)/,
    },
  },
  staysSilent: {
    'a team whose members carry no protocol': { host: iscsiOnTeam },
    'a vSwitch over a team': { host: convergedLbfo },
    'a Switch Embedded Team': { host: convergedSet },
    'bindings that belong on a member': {
      host: iscsiOnTeam,
      change: changeItems('NetAdapterBinding', (item) =>
        ['ms_lldp', 'ms_pacer', 'ms_rspndr', 'ms_lltdio', 'vendor_filter'].includes(
          String(item['ComponentID']),
        )
          ? { ...item, Enabled: true }
          : item,
      ),
    },
    'protocols on an adapter outside the team': {
      host: { ...iscsiOnTeam, adapters: [...iscsiOnTeam.adapters, { name: 'NIC5' }] },
    },
  },
  notApplicable: {
    'a host without a team': { host: twoIscsiAdapters, reason: /no team/ },
    'SMB over adapters of its own': { host: smbTwoAdapters },
  },
  notEvaluated: {
    'denied bindings': { host: iscsiOnTeam, change: failed('NetAdapterBinding') },
    'bindings of one member that are missing': {
      host: iscsiOnTeam,
      change: changeItems('NetAdapterBinding', (item) => (item['Name'] === 'NIC3' ? undefined : item)),
      reason: /NIC3/,
    },
    'teams that were asked, and switches that were denied': { host: iscsiOnTeam, change: failed('VMSwitch') },
    'a member that no adapter is': {
      host: iscsiOnTeam,
      change: all(
        changeItems('NetAdapter', (item) => (item['Name'] === 'NIC4' ? undefined : item)),
        changeItems('NetAdapterBinding', (item) => (item['Name'] === 'NIC4' ? undefined : item)),
      ),
      reason: /NIC4/,
    },
  },
});

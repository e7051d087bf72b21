import { failed, testRule, withoutProperty } from '../testing/rule-cases.ts';
import {
  convergedLbfo,
  convergedSet,
  iqn,
  iscsiOnTeam,
  session,
  smbTwoAdapters,
  twoIscsiAdapters,
} from '../testing/storage-hosts.ts';
import { rule } from './iscsi-on-team.rule.ts';

const twoTeams = {
  ...iscsiOnTeam,
  lbfoTeams: [
    { name: 'TeamA', members: ['NIC1', 'NIC2'], teamingMode: 'SwitchIndependent', lbAlgorithm: 'Dynamic' },
    { name: 'TeamB', members: ['NIC3', 'NIC4'], teamingMode: 'SwitchIndependent', lbAlgorithm: 'Dynamic' },
  ],
  addresses: [
    { interface: 'TeamA', address: '10.0.10.11/24' },
    { interface: 'TeamB', address: '10.0.20.11/24' },
  ],
  iscsi: twoIscsiAdapters.iscsi,
} as const;

testRule(rule, {
  reports: {
    'one session straight on the NIC of a team': {
      host: iscsiOnTeam,
      severity: 'error',
      message:
        /^1 iSCSI session to iqn\.1991-05\.com\.contoso:array1 leaves from 10\.0\.10\.11 straight on Team1, .* MPIO sees one path instead of 4 members \(NIC1, NIC2, NIC3 and NIC4\)/,
      subjects: ['Team1', iqn],
      evidence: { team: 'Team1', activeMembers: ['NIC1', 'NIC2', 'NIC3', 'NIC4'], sessions: 1 },
      advice: /vSwitch over the team/,
    },
    'an unbound session that leaves by the team': {
      host: { ...iscsiOnTeam, iscsi: { ...iscsiOnTeam.iscsi, sessions: [session(null, '10.0.10.101')] } },
      severity: 'error',
      message: /from 10\.0\.10\.11 straight on Team1/,
    },
    'two sessions over one team NIC to two portals': {
      host: {
        ...iscsiOnTeam,
        iscsi: {
          targets: [{ iqn, portals: ['10.0.10.101', '10.0.10.102'] }],
          sessions: [session('10.0.10.11', '10.0.10.101'), session('10.0.10.11', '10.0.10.102')],
        },
      },
      severity: 'error',
      message: /^2 iSCSI sessions/,
    },
    'two MPIO sessions over two team NICs, less gravely': {
      host: twoTeams,
      count: 2,
      severity: 'warning',
      message: /hides its 2 members/,
      subjects: ['TeamA'],
    },
    'two sessions over two team NICs that nothing joins': {
      host: { ...twoTeams, features: ['Hyper-V'], mpio: undefined } as never,
      count: 2,
      severity: 'error',
      message: /one path/,
    },
    'one session on a team and one on an adapter outside it, less gravely': {
      host: {
        ...iscsiOnTeam,
        adapters: [...iscsiOnTeam.adapters, { name: 'NIC5' }],
        addresses: [...iscsiOnTeam.addresses, { interface: 'NIC5', address: '10.0.20.11/24' }],
        iscsi: twoIscsiAdapters.iscsi,
      },
      severity: 'warning',
      message: /^1 iSCSI session/,
    },
    'a team of one, as a note': {
      host: {
        ...iscsiOnTeam,
        lbfoTeams: [
          { name: 'Team1', members: ['NIC1'], teamingMode: 'SwitchIndependent', lbAlgorithm: 'Dynamic' },
        ],
      },
      severity: 'info',
      message: /nothing is hidden/,
    },
    'a team on Server 2022, with Switch Embedded Teaming as a way out': {
      host: { ...iscsiOnTeam, windows: { release: '2022' } },
      severity: 'error',
      message: /./,
      advice: /Switch Embedded Teaming/,
    },
    'a team on German Windows': {
      host: { ...iscsiOnTeam, windows: { release: '2016', language: 'de-DE' } },
      severity: 'error',
      message: /straight on Team1/,
    },
  },
  staysSilent: {
    'a vSwitch between the team and the address': { host: convergedLbfo },
    'vNICs over Switch Embedded Teaming': { host: convergedSet },
    'adapters outside any team': { host: twoIscsiAdapters },
    'a team for everything but iSCSI': {
      host: {
        ...twoIscsiAdapters,
        adapters: [...twoIscsiAdapters.adapters, { name: 'NIC4' }, { name: 'NIC5' }],
        lbfoTeams: [
          { name: 'LANTeam', members: ['NIC4', 'NIC5'], teamingMode: 'Lacp', lbAlgorithm: 'Dynamic' },
        ],
      },
    },
    'client Windows, which has no LBFO': {
      host: {
        ...twoIscsiAdapters,
        windows: { release: '2022', isClient: true },
        features: ['Hyper-V'],
        mpio: undefined,
      } as never,
    },
  },
  notApplicable: {
    'a host without iSCSI': { host: smbTwoAdapters, reason: /initiator service is stopped/ },
    'sessions that are not connected': {
      host: {
        ...iscsiOnTeam,
        iscsi: {
          ...iscsiOnTeam.iscsi,
          sessions: [session('10.0.10.11', '10.0.10.101', { isConnected: false })],
        },
      },
    },
    'an adapter with an initiator of its own': {
      host: {
        ...iscsiOnTeam,
        iscsi: {
          ...iscsiOnTeam.iscsi,
          sessions: [
            session('10.0.10.11', '10.0.10.101', { initiatorInstance: 'PCI\\VEN_14E4&DEV_163A\\0000_0' }),
          ],
        },
      },
      reason: /initiator and addresses of their own/,
    },
    'targets on this very host': {
      host: {
        ...iscsiOnTeam,
        iscsi: {
          targets: [{ iqn, portals: ['127.0.0.1'] }],
          sessions: [session('127.0.0.1', '127.0.0.1')],
        },
      },
      reason: /on this very host/,
    },
    'a virtual machine': {
      host: {
        ...iscsiOnTeam,
        computer: { name: 'VM01', manufacturer: 'Microsoft Corporation', model: 'Virtual Machine' },
      },
      reason: /virtual machine/,
    },
  },
  notEvaluated: {
    'a denied team': { host: iscsiOnTeam, change: failed('NetLbfoTeamNic'), reason: /NetLbfoTeamNic/ },
    'a stopped initiator': { host: iscsiOnTeam, change: failed('IscsiSession', 'service-stopped') },
    'connections that do not say where they leave from': {
      host: {
        ...twoIscsiAdapters,
        iscsi: { ...twoIscsiAdapters.iscsi, sessions: [session(null, '10.0.10.101')] },
      },
      change: (capture) =>
        failed('NetTCPConnection')(
          failed('NetRoute')(withoutProperty('IscsiSession', 'InitiatorPortalAddress')(capture)),
        ),
      reason: /not known/,
    },
  },
});

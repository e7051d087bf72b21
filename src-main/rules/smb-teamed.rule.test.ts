import { failed, testRule } from '../testing/rule-cases.ts';
import { fileServer, iscsiOnTeam, smbTwoAdapters, twoIscsiAdapters } from '../testing/storage-hosts.ts';
import { rule } from './smb-teamed.rule.ts';

const teamed = {
  ...smbTwoAdapters,
  lbfoTeams: [
    { name: 'SMBTeam', members: ['SMB1', 'SMB2'], teamingMode: 'SwitchIndependent', lbAlgorithm: 'Dynamic' },
  ],
  addresses: [
    { interface: 'LAN', address: '192.168.1.10/24', gateway: '192.168.1.1' },
    { interface: 'SMBTeam', address: '10.0.30.11/24' },
  ],
  smb: {
    servers: [
      {
        ...fileServer,
        interfaces: [
          { address: '10.0.30.21', speed: 10e9, rss: true },
          { address: '10.0.30.22', speed: 10e9, rss: true },
        ],
      },
    ],
  },
} as const;

testRule(rule, {
  reports: {
    'a file server reached over the NIC of a team': {
      host: teamed,
      severity: 'warning',
      message:
        'SMB to FS01 leaves by SMBTeam, the NIC of LBFO team SMBTeam: Multichannel sees one interface instead of 2 members (SMB1 and SMB2), and what it reads comes in on one member.',
      subjects: ['SMBTeam', 'FS01'],
      evidence: { team: 'SMBTeam', members: ['SMB1', 'SMB2'], servers: ['FS01'] },
      advice: /supported setup/,
    },
    'a team whose members could speak RDMA': {
      host: {
        ...teamed,
        adapters: smbTwoAdapters.adapters.map((adapter) => ({ ...adapter, rdma: adapter.name !== 'LAN' })),
      },
      severity: 'warning',
      message: /RDMA of SMB1 and SMB2 is lost/,
    },
    'an LACP team, where the physical switch spreads what comes in': {
      host: {
        ...teamed,
        lbfoTeams: [
          { name: 'SMBTeam', members: ['SMB1', 'SMB2'], teamingMode: 'Lacp', lbAlgorithm: 'TransportPorts' },
        ],
      },
      severity: 'warning',
      message: /up to the physical switch/,
    },
    'a server with one link no faster than a member, as a note': {
      host: {
        ...teamed,
        smb: {
          servers: [{ ...fileServer, interfaces: [{ address: '10.0.30.21', speed: 10e9, rss: true }] }],
        },
      },
      severity: 'info',
      message: /SMBTeam/,
      advice: /Nothing to do/,
    },
    'a server with one link faster than a member': {
      host: {
        ...teamed,
        smb: {
          servers: [{ ...fileServer, interfaces: [{ address: '10.0.30.21', speed: 25e9, rss: true }] }],
        },
      },
      severity: 'warning',
      message: /SMBTeam/,
    },
  },
  staysSilent: {
    'adapters outside any team': { host: smbTwoAdapters },
    'a vNIC on a vSwitch over the team': {
      host: {
        ...teamed,
        vswitches: [{ name: 'Converged', uplink: { team: 'SMBTeam' } }],
        vnics: [{ name: 'SMB', vswitch: 'Converged' }],
        addresses: [{ interface: 'vEthernet (SMB)', address: '10.0.30.11/24' }],
      },
    },
    'a team of one': {
      host: {
        ...teamed,
        lbfoTeams: [
          { name: 'SMBTeam', members: ['SMB1'], teamingMode: 'SwitchIndependent', lbAlgorithm: 'Dynamic' },
        ],
      },
    },
    'SMB 2, which knows one connection anyway': {
      host: {
        ...teamed,
        smb: {
          servers: [{ ...teamed.smb.servers[0], shares: [{ ...fileServer.shares[0], dialect: '2.1' }] }],
        },
      },
    },
  },
  notApplicable: {
    'a host without SMB storage': { host: twoIscsiAdapters },
    'iSCSI over a team': { host: iscsiOnTeam },
    'cluster traffic between nodes over a team': {
      host: {
        ...teamed,
        vms: [],
        smb: {
          servers: [
            { ...teamed.smb.servers[0], shares: [{ name: 'Volume1$', dialect: '3.1.1', instance: 'CSV' }] },
          ],
        },
      },
    },
    'administrative shares over a team': {
      host: {
        ...teamed,
        vms: [],
        smb: { servers: [{ ...teamed.smb.servers[0], shares: [{ name: 'SYSVOL', opens: 2 }] }] },
      },
    },
    'a virtual machine': { host: { ...teamed, computer: { name: 'VM01', model: 'Virtual Machine' } } },
  },
  notEvaluated: {
    'a denied team': { host: teamed, change: failed('NetLbfoTeamNic') },
    'denied channels': { host: teamed, change: failed('SmbMultichannelConnection') },
  },
});

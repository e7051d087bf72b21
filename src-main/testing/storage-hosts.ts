/** Hosts that tests of rules start from: each healthy as it stands, each a scenario to be changed in one place. */
import type { Scenario, ScenarioSession } from '../hosts/simulated-host/scenario.ts';

export const iqn = 'iqn.1991-05.com.contoso:array1';

/** A session from an initiator address (null: default initiator) to a portal, with the disk behind it. */
export function session(
  from: string | null,
  to: string,
  more: Partial<ScenarioSession> = {},
): ScenarioSession {
  return { iqn, connections: [{ from, to }], disks: [1], ...more };
}

const server = { windows: { release: '2019' }, computer: { name: 'HV01' } } as const;

/** Two adapters for iSCSI beside one for management, two portals in two subnets, two sessions, round robin. */
export const twoIscsiAdapters = {
  ...server,
  features: ['Hyper-V', 'Multipath-IO'],
  adapters: [
    { name: 'LAN', speed: 1e9 },
    { name: 'iSCSI1', speed: 10e9 },
    { name: 'iSCSI2', speed: 10e9 },
  ],
  addresses: [
    { interface: 'LAN', address: '192.168.1.10/24', gateway: '192.168.1.1' },
    { interface: 'iSCSI1', address: '10.0.10.11/24' },
    { interface: 'iSCSI2', address: '10.0.20.11/24' },
  ],
  iscsi: {
    targets: [{ iqn, portals: ['10.0.10.101', '10.0.20.101'] }],
    sessions: [session('10.0.10.11', '10.0.10.101'), session('10.0.20.11', '10.0.20.101')],
  },
  disks: [{ number: 1 }],
  mpio: { disks: [{ disk: 1, policy: 'RR' }] },
} satisfies Partial<Scenario>;

/** The same host with one session only. */
export const oneSessionOfTwo = {
  ...twoIscsiAdapters,
  iscsi: { ...twoIscsiAdapters.iscsi, sessions: [session('10.0.10.11', '10.0.10.101')] },
} satisfies Partial<Scenario>;

/** An array with one portal and a host with one adapter for it: nothing more is there. */
export const oneWayOnly = {
  ...twoIscsiAdapters,
  adapters: [
    { name: 'LAN', speed: 1e9 },
    { name: 'iSCSI1', speed: 10e9 },
  ],
  addresses: [
    { interface: 'LAN', address: '192.168.1.10/24', gateway: '192.168.1.1' },
    { interface: 'iSCSI1', address: '10.0.10.11/24' },
  ],
  iscsi: {
    targets: [{ iqn, portals: ['10.0.10.101'] }],
    sessions: [session('10.0.10.11', '10.0.10.101')],
  },
} satisfies Partial<Scenario>;

/** Four adapters in one LBFO team with iSCSI straight on its NIC, one session. */
export const iscsiOnTeam = {
  ...server,
  features: ['Hyper-V', 'Multipath-IO'],
  adapters: [{ name: 'NIC1' }, { name: 'NIC2' }, { name: 'NIC3' }, { name: 'NIC4' }],
  lbfoTeams: [
    {
      name: 'Team1',
      members: ['NIC1', 'NIC2', 'NIC3', 'NIC4'],
      teamingMode: 'SwitchIndependent',
      lbAlgorithm: 'Dynamic',
    },
  ],
  addresses: [{ interface: 'Team1', address: '10.0.10.11/24' }],
  iscsi: {
    targets: [{ iqn, portals: ['10.0.10.101'] }],
    sessions: [session('10.0.10.11', '10.0.10.101')],
  },
  disks: [{ number: 1 }],
  mpio: { disks: [{ disk: 1, policy: 'RR' }] },
} satisfies Partial<Scenario>;

/** Two 10 Gbit/s adapters in a SET, a vNIC for management and two for iSCSI, each mapped to a member. */
export const convergedSet = {
  ...server,
  features: ['Hyper-V', 'Multipath-IO'],
  adapters: [
    { name: 'pNIC1', speed: 10e9 },
    { name: 'pNIC2', speed: 10e9 },
  ],
  vswitches: [{ name: 'Converged', uplink: { set: ['pNIC1', 'pNIC2'], lbAlgorithm: 'HyperVPort' } }],
  vnics: [
    { name: 'Management', vswitch: 'Converged' },
    { name: 'iSCSI1', vswitch: 'Converged', mappedTo: 'pNIC1' },
    { name: 'iSCSI2', vswitch: 'Converged', mappedTo: 'pNIC2' },
  ],
  addresses: [
    { interface: 'vEthernet (Management)', address: '192.168.1.10/24', gateway: '192.168.1.1' },
    { interface: 'vEthernet (iSCSI1)', address: '10.0.10.11/24' },
    { interface: 'vEthernet (iSCSI2)', address: '10.0.20.11/24' },
  ],
  iscsi: twoIscsiAdapters.iscsi,
  disks: [{ number: 1 }],
  mpio: { disks: [{ disk: 1, policy: 'RR' }] },
} satisfies Partial<Scenario>;

/** The same over an LBFO team on Server 2012 R2; the queues show each storage vNIC on a member of its own. */
export const convergedLbfo = {
  ...convergedSet,
  windows: { release: '2012R2' },
  lbfoTeams: [
    {
      name: 'Team1',
      members: ['pNIC1', 'pNIC2'],
      teamingMode: 'SwitchIndependent',
      lbAlgorithm: 'HyperVPort',
    },
  ],
  vswitches: [{ name: 'Converged', uplink: { team: 'Team1' } }],
  vnics: [
    { name: 'Management', vswitch: 'Converged', placedOn: 'pNIC1' },
    { name: 'iSCSI1', vswitch: 'Converged', placedOn: 'pNIC1' },
    { name: 'iSCSI2', vswitch: 'Converged', placedOn: 'pNIC2' },
  ],
} satisfies Partial<Scenario>;

/** A file server with two 10 Gbit/s interfaces, RSS, and a share that holds virtual disks. */
export const fileServer = {
  name: 'FS01',
  shares: [{ name: 'VMs', user: 'CONTOSO\\HV01$', dialect: '3.1.1', opens: 12 }],
  interfaces: [
    { address: '10.0.30.21', speed: 10e9, rss: true },
    { address: '10.0.40.21', speed: 10e9, rss: true },
  ],
} as const;

/** Two adapters to a file server with two interfaces of the same kind, virtual disks on it, every pair in use. */
export const smbTwoAdapters = {
  ...server,
  features: ['Hyper-V'],
  adapters: [
    { name: 'LAN', speed: 1e9 },
    { name: 'SMB1', speed: 10e9, rss: true },
    { name: 'SMB2', speed: 10e9, rss: true },
  ],
  addresses: [
    { interface: 'LAN', address: '192.168.1.10/24', gateway: '192.168.1.1' },
    { interface: 'SMB1', address: '10.0.30.11/24' },
    { interface: 'SMB2', address: '10.0.40.11/24' },
  ],
  vms: [{ name: 'VM1', disks: ['\\\\FS01\\VMs\\VM1.vhdx'] }],
  smb: { servers: [fileServer] },
} satisfies Partial<Scenario>;

/** The adapters and sessions of {@link twoIscsiAdapters}, where nothing joins them: each session brings a disk of its own. */
export const shownTwice = {
  ...twoIscsiAdapters,
  iscsi: {
    ...twoIscsiAdapters.iscsi,
    sessions: [
      session('10.0.10.11', '10.0.10.101', { disks: [1] }),
      session('10.0.20.11', '10.0.20.101', { disks: [2] }),
    ],
  },
  disks: [
    { number: 1, uniqueId: '6000D31004704E00' },
    { number: 2, uniqueId: '6000D31004704E00', isOffline: true },
  ],
  mpio: { claimsIscsi: false, disks: [] },
} satisfies Partial<Scenario>;

/** A disk with two optimized paths and two others. */
export const unequal = {
  disk: 1,
  policy: 'RRWS',
  pathStates: ['Active/Optimized', 'Active/Optimized', 'Active/Unoptimized', 'Active/Unoptimized'],
} as const;

/** A disk over Fibre Channel with unequal paths; the network carries none of it. */
export const fibreChannel = {
  ...server,
  features: ['Hyper-V', 'Multipath-IO'],
  adapters: [{ name: 'LAN', speed: 10e9 }],
  addresses: [{ interface: 'LAN', address: '192.168.1.10/24', gateway: '192.168.1.1' }],
  disks: [{ number: 1, busType: 'Fibre Channel' }],
  mpio: { claimsIscsi: false, disks: [unequal] },
} satisfies Partial<Scenario>;

type SmbServer = NonNullable<Scenario['smb']>['servers'][number];

/** {@link smbTwoAdapters} with another file server. */
export function smbWith(
  server: Partial<SmbServer>,
  more: Partial<NonNullable<Scenario['smb']>> = {},
): Partial<Scenario> {
  return { ...smbTwoAdapters, smb: { servers: [{ ...fileServer, ...server }], ...more } };
}

/** The pair in use of a host that uses one. */
export const onePair = [['SMB1', '10.0.30.21']] as const;

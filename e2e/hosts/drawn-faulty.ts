/** Hosts with one fault each, drawn as scenarios, with raw answers laid over where no scenario can say it. */
import { captureOf } from '../../src-main/hosts/simulated-host/observe.ts';
import type { Scenario } from '../../src-main/hosts/simulated-host/scenario.ts';
import type { Capture, ObservationName, RawItem } from '../../src-main/shared/capture.ts';
import type { CorpusHost } from './corpus-host.ts';

type Part = Omit<CorpusHost, 'capture'> & {
  readonly host: Partial<Scenario>;
  /** Laid over the items of an observation, by their `Name` or `InterfaceAlias`. */
  readonly over?: Readonly<Partial<Record<ObservationName, Readonly<Record<string, RawItem>>>>>;
};

function overlay(capture: Capture, over: NonNullable<Part['over']>): Capture {
  const observations = { ...capture.observations };
  for (const [name, patches] of Object.entries(over) as [ObservationName, Record<string, RawItem>][]) {
    const observation = observations[name];
    if (observation?.status !== 'ok') throw new Error(`${name} did not answer.`);
    observations[name] = {
      ...observation,
      data: observation.data.map((item) => ({
        ...item,
        ...patches[String(item['Name'] ?? item['InterfaceAlias'])],
      })),
    };
  }
  return { ...capture, observations };
}

function faulty({ host, over, ...rest }: Part): CorpusHost {
  const capture = captureOf({
    id: rest.id,
    title: rest.id,
    story: rest.modelledOn,
    windows: { release: '2019' },
    computer: { name: 'HV01', domain: 'corp.example' },
    features: ['Hyper-V', 'Multipath-IO'],
    adapters: [],
    ...host,
  });
  return { ...rest, capture: over === undefined ? capture : overlay(capture, over) };
}

const iqn = 'iqn.2001-05.com.equallogic:0-8a0906-vol1';
const adapters = [
  { name: 'LAN', speed: 1e9 },
  { name: 'iSCSI1', speed: 10e9 },
  { name: 'iSCSI2', speed: 10e9 },
] as const;
const lan = { interface: 'LAN', address: '192.168.1.10/24', gateway: '192.168.1.1' } as const;
const addresses = [
  lan,
  { interface: 'iSCSI1', address: '10.0.10.11/24' },
  { interface: 'iSCSI2', address: '10.0.20.11/24' },
] as const;
const session = (from: string | null, to: string, more: object = {}) => ({
  iqn,
  connections: [{ from, to }],
  disks: [1],
  ...more,
});
const iscsi = {
  targets: [{ iqn, portals: ['10.0.10.101', '10.0.20.101'] }],
  sessions: [session('10.0.10.11', '10.0.10.101'), session('10.0.20.11', '10.0.20.101')],
};
const disks = [{ number: 1 }] as const;
const mpio = { disks: [{ disk: 1, policy: 'RR' }] } as const;
const dedicated = { adapters, addresses, iscsi, disks, mpio };

/** Two ports under a vSwitch, a vNIC for management and storage vNICs as named. */
function converged(
  uplink: NonNullable<NonNullable<Scenario['vswitches']>[number]['uplink']>,
  vnics: NonNullable<Scenario['vnics']>,
): Partial<Scenario> {
  return {
    adapters: [
      { name: 'NIC1', speed: 10e9 },
      { name: 'NIC2', speed: 10e9 },
    ],
    vswitches: [{ name: 'Converged', uplink }],
    vnics: [{ name: 'Mgmt', vswitch: 'Converged' }, ...vnics],
    addresses: [
      { interface: 'vEthernet (Mgmt)', address: '192.168.1.10/24', gateway: '192.168.1.1' },
      ...vnics.map(({ name }, at) => ({
        interface: `vEthernet (${name})`,
        address: `10.0.${at + 1}0.11/24`,
      })),
    ],
    iscsi,
    disks,
    mpio,
  };
}
const set = { set: ['NIC1', 'NIC2'], lbAlgorithm: 'HyperVPort' } as const;
const hyperVPort = [
  { name: 'Team1', members: ['NIC1', 'NIC2'], teamingMode: 'SwitchIndependent', lbAlgorithm: 'HyperVPort' },
] as const;

const fileServer = {
  name: 'FS01',
  shares: [{ name: 'VMs', user: 'CORP\\HV01$', dialect: '3.1.1', opens: 12 }],
  interfaces: [
    { address: '10.0.30.21', speed: 10e9, rss: true },
    { address: '10.0.40.21', speed: 10e9, rss: true },
  ],
} as const;
const smb = {
  features: ['Hyper-V'],
  adapters: [
    { name: 'LAN', speed: 1e9 },
    { name: 'SMB1', speed: 10e9, rss: true },
    { name: 'SMB2', speed: 10e9, rss: true },
  ],
  addresses: [
    lan,
    { interface: 'SMB1', address: '10.0.30.11/24' },
    { interface: 'SMB2', address: '10.0.40.11/24' },
  ],
  vms: [{ name: 'VM1', disks: ['\\\\FS01\\VMs\\VM1.vhdx'] }],
  smb: { servers: [fileServer] },
} satisfies Partial<Scenario>;

export const drawnFaulty: readonly CorpusHost[] = [
  faulty({
    id: 'uneven-sessions',
    modelledOn:
      'The old advice of Microsoft on sessions and Round Robin: two sessions from one adapter and one from the other.',
    host: {
      ...dedicated,
      iscsi: {
        targets: [{ iqn, portals: ['10.0.10.101', '10.0.10.102', '10.0.20.101'] }],
        sessions: [...iscsi.sessions, session('10.0.10.11', '10.0.10.102')],
      },
    },
    alarms: { 'iscsi-sessions-uneven': 'warning' },
    ceilings: { [iqn]: [10, 15, 15] },
  }),
  faulty({
    id: 'session-not-persistent',
    modelledOn: 'A second session made by hand and not added to the favourites.',
    host: {
      ...dedicated,
      iscsi: {
        ...iscsi,
        sessions: [
          iscsi.sessions[0] ?? session(null, ''),
          session('10.0.20.11', '10.0.20.101', { isPersistent: false }),
        ],
      },
    },
    alarms: { 'not-persistent': 'warning' },
    ceilings: { [iqn]: [10, 20, 20] },
  }),
  faulty({
    id: 'initiator-service-manual',
    modelledOn: 'MSiSCSI started by hand and left at manual: after a restart nothing is connected.',
    host: { ...dedicated, msiscsi: { status: 'Running', startType: 'Manual' } },
    alarms: { 'iscsi-service': 'warning' },
    ceilings: { [iqn]: [10, 20, 20] },
  }),
  faulty({
    id: 'storage-through-management',
    modelledOn:
      'A session made with the default initiator before the storage port got its address: it leaves by management, in the subnet of storage.',
    host: {
      adapters: [
        { name: 'LAN', speed: 1e9 },
        { name: 'SAN', speed: 10e9 },
      ],
      addresses: [
        { interface: 'LAN', address: '10.0.10.10/24', gateway: '10.0.10.1' },
        { interface: 'SAN', address: '10.0.10.11/24' },
      ],
      iscsi: {
        targets: [{ iqn, portals: ['10.0.10.101'] }],
        sessions: [session('10.0.10.10', '10.0.10.101')],
      },
      disks,
      mpio,
    },
    alarms: { 'wrong-nic': 'warning', 'single-session': 'warning' },
    silent: ['one-physical-path'],
    ceilings: { [iqn]: [1, 1, 1] },
  }),
  faulty({
    id: 'set-member-without-link',
    modelledOn: 'One port of an embedded team lost its cable; both storage vNICs share the other.',
    host: {
      ...converged(set, [
        { name: 'Stor1', vswitch: 'Converged', vlanId: 11 },
        { name: 'Stor2', vswitch: 'Converged', vlanId: 12 },
      ]),
      adapters: [
        { name: 'NIC1', speed: 10e9 },
        { name: 'NIC2', speed: 10e9, status: 'Disconnected' },
      ],
    },
    alarms: { 'path-nic-down': 'warning', 'converged-members': 'warning' },
    silent: ['one-physical-path', 'same-member'],
    ceilings: { [iqn]: [10, 10, 10] },
  }),
  faulty({
    id: 'one-storage-vnic',
    modelledOn: 'A converged host with a single storage vNIC: one path, whatever the team below has.',
    host: {
      ...converged(set, [{ name: 'Stor1', vswitch: 'Converged' }]),
      iscsi: {
        targets: [{ iqn, portals: ['10.0.10.101', '10.0.10.102'] }],
        sessions: [session('10.0.10.11', '10.0.10.101'), session('10.0.10.11', '10.0.10.102')],
      },
    },
    alarms: { 'converged-vnics': 'warning' },
    silent: ['single-session'],
    ceilings: { [iqn]: [10, 10, 10] },
  }),
  faulty({
    id: 'both-vnics-mapped-to-one-member',
    modelledOn: 'Two team mappings that name the same member after a copy and paste.',
    host: converged(set, [
      { name: 'Stor1', vswitch: 'Converged', vlanId: 11, mappedTo: 'NIC1' },
      { name: 'Stor2', vswitch: 'Converged', vlanId: 12, mappedTo: 'NIC1' },
    ]),
    alarms: { 'same-member': 'warning' },
    ceilings: { [iqn]: [10, 10, 10] },
  }),
  faulty({
    id: 'address-hash-under-storage-vnics',
    modelledOn:
      'Windows Server 2012 R2, team switch independent with TransportPorts under the vSwitch: all reads by the primary member.',
    host: {
      windows: { release: '2012R2' },
      lbfoTeams: [{ ...hyperVPort[0], lbAlgorithm: 'TransportPorts' }],
      ...converged({ team: 'Team1' }, [
        { name: 'Stor1', vswitch: 'Converged', vlanId: 11 },
        { name: 'Stor2', vswitch: 'Converged', vlanId: 12 },
      ]),
    },
    alarms: { 'lbfo-receive-primary': 'warning' },
    ceilings: { [iqn]: [10, 10, 20] },
  }),
  faulty({
    id: 'management-beside-the-vswitch',
    modelledOn: 'Management left on a second team NIC beside the vSwitch on the same team.',
    host: {
      windows: { release: '2012R2' },
      features: ['Hyper-V'],
      adapters: [
        { name: 'NIC1', speed: 10e9 },
        { name: 'NIC2', speed: 10e9 },
      ],
      lbfoTeams: [
        { ...hyperVPort[0], teamNics: [{ name: 'Team1' }, { name: 'Team1 - VLAN 42', vlanId: 42 }] },
      ],
      vswitches: [{ name: 'VM', uplink: { team: 'Team1' } }],
      addresses: [{ interface: 'Team1 - VLAN 42', address: '192.168.1.10/24', gateway: '192.168.1.1' }],
    },
    alarms: { 'team-nic-beside-vswitch': 'error' },
    ceilings: {},
  }),
  faulty({
    id: 'protocols-back-on-a-member',
    modelledOn: 'TCP/IP switched on again on a member of a team, to ping from it.',
    host: {
      windows: { release: '2012R2' },
      lbfoTeams: hyperVPort,
      ...converged({ team: 'Team1' }, [
        { name: 'Stor1', vswitch: 'Converged', vlanId: 11 },
        { name: 'Stor2', vswitch: 'Converged', vlanId: 12 },
      ]),
      adapters: [
        { name: 'NIC1', speed: 10e9, extraBindings: ['ms_tcpip'] },
        { name: 'NIC2', speed: 10e9 },
      ],
    },
    alarms: { 'member-bindings': 'error' },
    ceilings: { [iqn]: [10, 10, 20] },
  }),
  faulty({
    id: 'mixed-speed-team',
    modelledOn: 'A 1 Gbit/s port added to a team of 10 Gbit/s "for redundancy".',
    host: {
      windows: { release: '2012R2' },
      features: ['Hyper-V'],
      adapters: [
        { name: 'NIC1', speed: 10e9 },
        { name: 'NIC2', speed: 1e9 },
      ],
      lbfoTeams: hyperVPort,
      addresses: [{ interface: 'Team1', address: '192.168.1.10/24', gateway: '192.168.1.1' }],
    },
    alarms: { 'mixed-speed-members': 'warning' },
    ceilings: {},
  }),
  faulty({
    id: 'lacp-member-out',
    modelledOn:
      'LACP on Windows Server 2012 R2 under the vSwitch of the machines; one port was never added to the channel on the switch.',
    host: {
      windows: { release: '2012R2' },
      features: ['Hyper-V'],
      adapters: [
        { name: 'NIC1', speed: 10e9 },
        { name: 'NIC2', speed: 10e9 },
      ],
      lbfoTeams: [
        {
          name: 'Team1',
          members: ['NIC1', { name: 'NIC2', failure: 'LacpNegotiationIssue' }],
          teamingMode: 'Lacp',
          lbAlgorithm: 'Dynamic',
        },
      ],
      vswitches: [{ name: 'VM', uplink: { team: 'Team1' } }],
      vnics: [{ name: 'Mgmt', vswitch: 'VM' }],
      addresses: [{ interface: 'vEthernet (Mgmt)', address: '192.168.1.10/24', gateway: '192.168.1.1' }],
    },
    alarms: { 'lacp-member-out': 'warning' },
    ceilings: {},
  }),
  faulty({
    id: 'multichannel-switched-off',
    modelledOn: 'Multichannel switched off on the client during a search for a fault, and forgotten.',
    host: {
      ...smb,
      smb: {
        servers: [{ ...fileServer, selected: [['SMB1', '10.0.30.21']] }],
        isMultichannelEnabled: false,
      },
    },
    alarms: { 'multichannel-off': 'warning' },
    silent: ['smb-single-channel'],
    ceilings: { FS01: [10, 10, 10] },
  }),
  faulty({
    id: 'address-in-use-twice',
    modelledOn: 'A second host was given the address of a storage port; Windows marks it Duplicate.',
    host: {
      ...dedicated,
      addresses: [
        lan,
        { interface: 'iSCSI1', address: '10.0.10.11/24' },
        { interface: 'iSCSI2', address: '10.0.20.11/24', state: 'Duplicate' },
      ],
      iscsi: {
        ...iscsi,
        sessions: [
          session('10.0.10.11', '10.0.10.101'),
          session('10.0.20.11', '10.0.20.101', { isConnected: false }),
        ],
      },
    },
    alarms: { 'duplicate-address': 'error', 'mpio-paths-missing': 'warning' },
    ceilings: { [iqn]: [10, 10, 10] },
  }),
  faulty({
    id: 'gateway-on-storage',
    modelledOn: 'A default gateway typed into a storage port, beside that of management.',
    host: {
      ...dedicated,
      addresses: [
        lan,
        { interface: 'iSCSI1', address: '10.0.10.11/24', gateway: '10.0.10.1' },
        { interface: 'iSCSI2', address: '10.0.20.11/24' },
      ],
    },
    alarms: { 'storage-default-gateway': 'warning' },
    silent: ['wrong-nic'],
    ceilings: { [iqn]: [10, 20, 20] },
  }),
  faulty({
    id: 'weak-host-sending',
    modelledOn: 'WeakHostSend switched on for a storage interface after an article on the web.',
    host: dedicated,
    over: { NetIPInterface: { iSCSI1: { WeakHostSend: 'Enabled' } } },
    alarms: { 'weak-host': 'warning' },
    ceilings: { [iqn]: [10, 20, 20] },
  }),
  faulty({
    id: 'storage-on-a-usb-adapter',
    modelledOn: 'A small lab: the second storage port is a USB dongle.',
    host: dedicated,
    over: {
      NetAdapter: {
        iSCSI2: {
          InterfaceDescription: 'Realtek USB 10GbE Family Controller',
          PnPDeviceID: 'USB\\VID_0BDA&PID_8156\\000001',
        },
      },
    },
    alarms: { 'storage-on-usb-nic': 'warning' },
    ceilings: { [iqn]: [10, 20, 20] },
  }),
  faulty({
    id: 'slow-link-negotiated',
    modelledOn: 'A bad cable: a storage port agreed on 100 Mbit/s.',
    host: {
      ...dedicated,
      adapters: [
        { name: 'LAN', speed: 1e9 },
        { name: 'iSCSI1', speed: 1e9 },
        { name: 'iSCSI2', speed: 100e6 },
      ],
    },
    alarms: { 'path-nic-slow': 'warning' },
    // Dealt in strict turn, two paths carry twice the slower one.
    ceilings: { [iqn]: [1, 0.2, 0.2] },
  }),
  faulty({
    id: 'vnics-in-different-vlans',
    modelledOn: 'Two storage vNICs in one subnet, one of them in the wrong VLAN.',
    host: {
      ...converged(set, [
        { name: 'Stor1', vswitch: 'Converged', vlanId: 11, mappedTo: 'NIC1' },
        { name: 'Stor2', vswitch: 'Converged', vlanId: 21, mappedTo: 'NIC2' },
      ]),
      addresses: [
        { interface: 'vEthernet (Mgmt)', address: '192.168.1.10/24', gateway: '192.168.1.1' },
        { interface: 'vEthernet (Stor1)', address: '10.0.10.11/24' },
        { interface: 'vEthernet (Stor2)', address: '10.0.10.12/24' },
      ],
      iscsi: {
        targets: [{ iqn, portals: ['10.0.10.101', '10.0.10.102'] }],
        sessions: [session('10.0.10.11', '10.0.10.101'), session('10.0.10.12', '10.0.10.102')],
      },
    },
    alarms: { 'vlan-mismatch': 'warning' },
    ceilings: { [iqn]: [10, 20, 20] },
  }),
  faulty({
    id: 'cluster-disk-on-one-port',
    modelledOn: 'A cluster node whose shared disk is behind one port and one portal.',
    host: {
      features: ['Hyper-V', 'Multipath-IO', 'Failover-Clustering'],
      adapters: [
        { name: 'LAN', speed: 1e9 },
        { name: 'SAN', speed: 10e9 },
      ],
      addresses: [lan, { interface: 'SAN', address: '10.0.10.11/24' }],
      iscsi: {
        targets: [{ iqn, portals: ['10.0.10.101'] }],
        sessions: [session('10.0.10.11', '10.0.10.101')],
      },
      disks: [{ number: 1, isClustered: true }],
      mpio,
      cluster: { name: 'CL1' },
    },
    alarms: { 'one-physical-path': 'warning' },
    silent: ['single-session'],
    ceilings: { [iqn]: [10, 10, 10] },
  }),
  faulty({
    id: 'disks-not-claimed',
    modelledOn: 'Multipath I/O is installed and iSCSI was never added to it: the disk stands twice.',
    host: {
      ...dedicated,
      iscsi: {
        ...iscsi,
        sessions: [
          session('10.0.10.11', '10.0.10.101', { disks: [1] }),
          session('10.0.20.11', '10.0.20.101', { disks: [2] }),
        ],
      },
      disks: [
        { number: 1, uniqueId: '6000D31004704E0000000000000000AA' },
        { number: 2, uniqueId: '6000D31004704E0000000000000000AA', isOffline: true },
      ],
      mpio: { claimsIscsi: false, disks: [] },
    },
    alarms: { 'mpio-unclaimed': 'error' },
    silent: ['mpio-missing', 'single-session'],
    ceilings: { [iqn]: [10, 10, 10] },
  }),
];

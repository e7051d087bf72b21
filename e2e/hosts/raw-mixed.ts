/** Hosts in which several designs stand side by side, and hosts that were watched for a while or had packets sent. */
import type { RawItem } from '../../src-main/shared/capture.ts';
import type { Sample } from '../../src-main/shared/sample.ts';
import type { CorpusHost } from './corpus-host.ts';
import {
  claimsIscsi,
  disk,
  guidOf,
  ip,
  ipInterface,
  iscsiAnswers,
  macOf,
  madeByWindows,
  mpioDisk,
  optimized,
  port,
  route,
  smbInterface,
  smbPair,
  smbShare,
  systemDisk,
  teamNicRow,
  unoptimized,
  windowsHost,
  type Answers,
} from './windows-shapes.ts';

interface Port {
  readonly index: number;
  readonly name: string;
  readonly address: string;
  readonly speed?: number;
  readonly mtu?: number;
  readonly more?: RawItem;
}

const mellanox = 'Mellanox ConnectX-4 Lx Ethernet Adapter';

/** Ports with an address each; the first holds the default route. */
function ports(all: readonly Port[]) {
  return {
    NetAdapter: all.map(({ index, name, speed = 10e9, mtu = 1500, more }, at) =>
      port(index, name, at === 0 ? mellanox : `${mellanox} #${at + 1}`, speed, {
        MtuSize: mtu,
        DriverProvider: 'Mellanox Technologies Ltd.',
        DriverFileName: 'mlx5.sys',
        ...more,
      }),
    ) as readonly RawItem[],
    NetIPAddress: all.map(({ index, name, address }) => ip(index, name, address)) as readonly RawItem[],
    NetIPInterface: all.map(({ index, name, mtu = 1500 }) =>
      ipInterface(index, name, { NlMtu: mtu }),
    ) as readonly RawItem[],
    NetRoute: [
      route(all[0]?.index ?? 0, '0.0.0.0/0', (all[0]?.address ?? '').replace(/\.\d+\/24$/, '.1')),
      ...all.map(({ index, address }) => route(index, address.replace(/\.\d+\/24$/, '.0/24'))),
    ] as readonly RawItem[],
    NetAdapterAdvancedProperty: all.map(({ name, mtu = 1500 }) => ({
      Name: name,
      RegistryKeyword: '*JumboPacket',
      RegistryValue: [String(mtu + 14)],
    })) as readonly RawItem[],
  } satisfies Answers;
}

const lan: Port = { index: 4, name: 'LAN', address: '192.168.20.15/24', speed: 1e9 };
const nimble = 'iqn.2007-11.com.nimblestorage:vol1-v3b';
const pure = 'iqn.2010-06.com.purestorage:flasharray.4c1f';
const twoPaths = (policy: string) => [
  mpioDisk(1, policy, [
    [optimized, '5|0|0|0'],
    [optimized, '5|0|1|0'],
  ]),
];

/** Echoes as the probe writes them. */
function probe(
  from: string,
  to: string,
  ...echoes: readonly (readonly [size: number, sent: number, answered: number])[]
): RawItem {
  return {
    SourceAddress: from,
    DestinationAddress: to,
    PacketBytes: 9000,
    Echoes: echoes.map(([PacketBytes, Sent, Answered]) => ({ PacketBytes, Sent, Answered })),
    At: '2026-03-02T09:29:40.0000000Z',
    DurationMs: 5210,
  };
}

const jumboPorts = ports([
  lan,
  { index: 7, name: 'ストレージ 1', address: '10.10.1.15/24', mtu: 9000 },
  { index: 9, name: 'ストレージ 2', address: '10.10.2.15/24', mtu: 9000 },
]);
const jumboHost = (name: string, packets: readonly RawItem[]) =>
  windowsHost({
    release: '2019',
    features: ['Hyper-V', 'Multipath-IO'],
    name,
    language: 1041,
    answers: {
      ...jumboPorts,
      ...claimsIscsi,
      ...iscsiAnswers(
        [
          { iqn: nimble, from: '10.10.1.15', to: '10.10.1.101', disks: [1] },
          { iqn: nimble, from: '10.10.2.15', to: '10.10.2.101', disks: [1] },
        ],
        { [nimble]: ['10.10.1.101', '10.10.2.101'] },
      ),
      MpioDisk: twoPaths('LQD'),
      Disk: [systemDisk, disk(1, 'iSCSI')],
      PacketProbe: packets,
    },
  });

const switchPort: CorpusHost = {
  id: 'switch-port-left-at-1500',
  modelledOn:
    'A Japanese host with jumbo frames on host and array, and one switch port that was exchanged and left at 1500: every setting of the host agrees, only packets that were sent show it.',
  capture: jumboHost('HV-大阪01', [
    probe('10.10.1.15', '10.10.1.101', [60, 2, 2], [9000, 3, 3]),
    probe('10.10.2.15', '10.10.2.101', [60, 2, 1], [9000, 3, 0], [1500, 2, 2]),
  ]),
  alarms: { 'path-mtu': 'warning' },
  silent: ['jumbo-mismatch', 'jumbo-partial'],
  ceilings: { [nimble]: [10, 20, 20] },
};

const mutedArray: CorpusHost = {
  id: 'array-that-answers-no-echoes',
  modelledOn:
    'The same with an array of which one port answers no echoes and the other small ones alone, as hardened arrays do: nothing is known of the packets, and nothing is said.',
  capture: jumboHost('HV-大阪02', [
    probe('10.10.1.15', '10.10.1.101', [60, 2, 0]),
    probe('10.10.2.15', '10.10.2.101', [60, 2, 2], [9000, 3, 0], [1500, 2, 0]),
  ]),
  alarms: {},
  silent: ['path-mtu', 'jumbo-mismatch', 'jumbo-partial'],
  ceilings: { [nimble]: [10, 20, 20] },
};

const vsa = 'iqn.2006-06.com.stormagic.svsan:mirror1';
const vsaPorts = ports([lan, { index: 7, name: 'Spiegel', address: '10.10.1.15/24' }]);

const applianceInside: CorpusHost = {
  id: 'storage-appliance-on-an-internal-switch',
  modelledOn:
    'Two nodes with a virtual storage appliance each (StorMagic SvSAN, HPE StoreVirtual VSA on Hyper-V): the host reaches its own appliance over an internal vSwitch and the partner over a cable; failover only with the own one preferred, as the vendor wants it. German.',
  capture: windowsHost({
    release: '2022',
    features: ['Hyper-V', 'Multipath-IO', 'Failover-Clustering'],
    name: 'HV-FILIALE-1',
    language: 1031,
    answers: {
      ...vsaPorts,
      NetAdapter: [
        ...vsaPorts.NetAdapter,
        madeByWindows(21, 'vEthernet (VSA intern)', 'Hyper-V Virtual Ethernet Adapter', 10e9, {
          MacAddress: '00-15-5D-0A-0B-01',
        }),
      ],
      NetIPAddress: [...vsaPorts.NetIPAddress, ip(21, 'vEthernet (VSA intern)', '10.9.9.1/24')],
      NetIPInterface: [...vsaPorts.NetIPInterface, ipInterface(21, 'vEthernet (VSA intern)')],
      NetRoute: [...vsaPorts.NetRoute, route(21, '10.9.9.0/24')],
      VMSwitch: [
        {
          Name: 'VSA intern',
          Id: 'a4f9a3c2-5e58-4a4e-9d0f-3f6a2f8f1d77',
          SwitchType: 'Internal',
          AllowManagementOS: true,
          NetAdapterInterfaceDescription: null,
          NetAdapterInterfaceDescriptions: [],
          EmbeddedTeamingEnabled: false,
        },
      ],
      VMNetworkAdapter: [
        {
          Name: 'VSA intern',
          Id: `Microsoft:A4F9A3C2-5E58-4A4E-9D0F-3F6A2F8F1D77\\${guidOf(21)}`,
          IsManagementOs: true,
          VMName: null,
          SwitchName: 'VSA intern',
          DeviceId: guidOf(21),
          MacAddress: '00155D0A0B01',
          Status: ['Ok'],
          IPAddresses: [],
          BandwidthSetting: null,
        },
      ],
      ...claimsIscsi,
      ...iscsiAnswers(
        [
          { iqn: vsa, from: '10.9.9.1', to: '10.9.9.2', disks: [1] },
          { iqn: vsa, from: '10.10.1.15', to: '10.10.1.16', disks: [1] },
        ],
        { [vsa]: ['10.9.9.2', '10.10.1.16'] },
      ),
      MpioDisk: twoPaths('FOO'),
      Disk: [systemDisk, disk(1, 'iSCSI', { IsClustered: true, FriendlyName: 'StorMagic iSCSI Volume' })],
      Cluster: [{ Name: 'FILIALE', S2DEnabled: 0 }],
    },
  }),
  alarms: {},
  silent: ['mpio-failover-only', 'wrong-nic', 'iscsi-sessions-uneven', 'one-physical-path'],
  ceilings: { [vsa]: [null, null, null] },
};

const teamMembers = [
  port(5, 'Onboard 1', 'Broadcom NetXtreme Gigabit Ethernet #2', 1e9),
  port(6, 'Onboard 2', 'Broadcom NetXtreme Gigabit Ethernet #3', 1e9),
];
const leftoverPorts = ports([
  { index: 7, name: 'SLOT 3 Port 1', address: '10.10.1.15/24', speed: 25e9 },
  { index: 9, name: 'SLOT 3 Port 2', address: '10.10.2.15/24', speed: 25e9 },
]);

const leftovers: CorpusHost = {
  id: 'team-for-management-beside-embedded-team',
  modelledOn:
    'A host that came from 2012 R2 by way of 2019: the LBFO team of the onboard ports still carries management alone, an embedded team carries the machines, storage has ports of its own; a member that was taken out lies disabled, and 4294967295 stands for its speed.',
  capture: windowsHost({
    release: '2022',
    features: ['Hyper-V', 'Multipath-IO'],
    name: 'HV-ALT-03',
    language: 1031,
    answers: {
      ...leftoverPorts,
      NetAdapter: [
        ...leftoverPorts.NetAdapter,
        ...teamMembers,
        port(11, 'SLOT 4 Port 1', `${mellanox} #5`, 25e9),
        port(12, 'SLOT 4 Port 2', `${mellanox} #6`, 25e9),
        port(13, 'Onboard 3', 'Broadcom NetXtreme Gigabit Ethernet #4', 0, {
          Status: 'Disabled',
          MediaConnectionState: 'Unknown',
          Speed: 4294967295,
          ReceiveLinkSpeed: '18446744073709551615',
          TransmitLinkSpeed: '18446744073709551615',
          LinkSpeed: '0 bps',
        }),
        teamNicRow(20, 'Verwaltung', 2e9, { MacAddress: macOf(5) }),
      ],
      NetLbfoTeam: [
        {
          Name: 'Team Verwaltung',
          Members: ['Onboard 1', 'Onboard 2'],
          TeamNics: ['Verwaltung'],
          TeamingMode: 'SwitchIndependent',
          LoadBalancingAlgorithm: 'Dynamic',
          Status: 'Up',
        },
      ],
      NetLbfoTeamMember: ['Onboard 1', 'Onboard 2'].map((name) => ({
        Name: name,
        Team: 'Team Verwaltung',
        AdministrativeMode: 'Active',
        OperationalStatus: 'Active',
        FailureReason: 'NoFailure',
      })),
      NetLbfoTeamNic: [
        { Name: 'Verwaltung', Team: 'Team Verwaltung', VlanID: null, Primary: true, Default: true },
      ],
      NetAdapterBinding: ['Onboard 1', 'Onboard 2'].flatMap((name) => [
        { Name: name, ComponentID: 'ms_implat', Enabled: true },
        { Name: name, ComponentID: 'ms_tcpip', Enabled: false },
        { Name: name, ComponentID: 'ms_lldp', Enabled: true },
      ]),
      VMSwitch: [
        {
          Name: 'VMs',
          Id: 'a4f9a3c2-5e58-4a4e-9d0f-3f6a2f8f1d78',
          SwitchType: 'External',
          AllowManagementOS: false,
          NetAdapterInterfaceDescription: 'Teamed-Interface',
          NetAdapterInterfaceDescriptions: [`${mellanox} #5`, `${mellanox} #6`],
          NetAdapterInterfaceGuid: [guidOf(11), guidOf(12)],
          EmbeddedTeamingEnabled: true,
        },
      ],
      VMSwitchTeam: [
        {
          Name: 'VMs',
          Id: 'a4f9a3c2-5e58-4a4e-9d0f-3f6a2f8f1d78',
          NetAdapterInterfaceDescription: [`${mellanox} #5`, `${mellanox} #6`],
          TeamingMode: 'SwitchIndependent',
          LoadBalancingAlgorithm: 'HyperVPort',
        },
      ],
      NetIPAddress: [...leftoverPorts.NetIPAddress, ip(20, 'Verwaltung', '192.168.20.15/24')],
      NetIPInterface: [...leftoverPorts.NetIPInterface, ipInterface(20, 'Verwaltung')],
      NetRoute: [
        route(20, '0.0.0.0/0', '192.168.20.1'),
        route(20, '192.168.20.0/24'),
        route(7, '10.10.1.0/24'),
        route(9, '10.10.2.0/24'),
      ],
      ...claimsIscsi,
      ...iscsiAnswers(
        [
          { iqn: pure, from: '10.10.1.15', to: '10.10.1.101', disks: [1] },
          { iqn: pure, from: '10.10.2.15', to: '10.10.2.101', disks: [1] },
        ],
        { [pure]: ['10.10.1.101', '10.10.2.101'] },
      ),
      MpioDisk: twoPaths('RR'),
      Disk: [systemDisk, disk(1, 'iSCSI')],
    },
  }),
  alarms: {},
  silent: [
    'iscsi-on-team',
    'lbfo-under-vswitch',
    'member-bindings',
    'path-nic-down',
    'path-nic-slow',
    'set-mode',
  ],
  ceilings: { [pure]: [25, 50, 50] },
};

const odd = ports([
  lan,
  { index: 7, name: 'iSCSI-A', address: '10.10.1.15/24', speed: 25e9 },
  { index: 9, name: 'iSCSI-B', address: '10.10.2.15/24', speed: 25e9 },
]);

const guestsOfWindows: CorpusHost = {
  id: 'linux-vpn-and-radio-beside-storage',
  modelledOn:
    'A lab server of 2025 with the Linux subsystem, a VPN, Wi-Fi, Bluetooth and the network of its management controller, all up or half up, beside two ports for iSCSI.',
  capture: windowsHost({
    release: '2025',
    features: ['Hyper-V', 'Multipath-IO'],
    name: 'LAB-25',
    answers: {
      ...odd,
      NetAdapter: [
        ...odd.NetAdapter,
        madeByWindows(30, 'vEthernet (WSL (Hyper-V firewall))', 'Hyper-V Virtual Ethernet Adapter', 10e9, {
          MacAddress: '00-15-5D-C1-02-03',
        }),
        madeByWindows(31, 'Tailscale', 'Tailscale Tunnel', 100e9, {
          ComponentID: 'wintun',
          PnPDeviceID: 'SWD\\WINTUN\\{37217669-42DA-4657-A55B-0D995D328250}',
          DriverProvider: 'WireGuard LLC',
          DriverFileName: 'wintun.sys',
        }),
        port(32, 'Wi-Fi', 'Intel(R) Wi-Fi 6E AX211 160MHz', 1_200_000_000, {
          PhysicalMediaType: 'Native 802.11',
          MediaType: '802.3',
          DriverFileName: 'Netwtw14.sys',
        }),
        port(33, 'Ethernet 5', 'Remote NDIS Compatible Device', 426_000_000, {
          PnPDeviceID: 'USB\\VID_413C&PID_A102\\6&1F2E3D4C&0&1',
          ComponentID: 'usb\\vid_413c&pid_a102',
          DriverProvider: 'Microsoft',
        }),
        port(34, 'Bluetooth-Netzwerkverbindung', 'Bluetooth Device (Personal Area Network)', 3e6, {
          Status: 'Disconnected',
          MediaConnectionState: 'Disconnected',
        }),
      ],
      NetIPAddress: [
        ...odd.NetIPAddress,
        ip(30, 'vEthernet (WSL (Hyper-V firewall))', '172.27.48.1/20'),
        ip(31, 'Tailscale', '100.101.102.103/32'),
        ip(32, 'Wi-Fi', '192.168.20.77/24', { PrefixOrigin: 'Dhcp' }),
        ip(33, 'Ethernet 5', '169.254.0.2/16', { PrefixOrigin: 'WellKnown' }),
      ],
      NetRoute: [...odd.NetRoute, route(32, '0.0.0.0/0', '192.168.20.1', { RouteMetric: 50 })],
      VMSwitch: [
        {
          Name: 'WSL (Hyper-V firewall)',
          Id: '790e58b4-7939-4434-9358-89ae7ddbe87e',
          SwitchType: 'Internal',
          AllowManagementOS: true,
          NetAdapterInterfaceDescription: null,
          NetAdapterInterfaceDescriptions: [],
          EmbeddedTeamingEnabled: false,
        },
      ],
      VMNetworkAdapter: [
        {
          Name: 'Container NIC 1f2e3d4c',
          Id: `Microsoft:790E58B4-7939-4434-9358-89AE7DDBE87E\\${guidOf(30)}`,
          IsManagementOs: true,
          VMName: null,
          SwitchName: 'WSL (Hyper-V firewall)',
          DeviceId: guidOf(30),
          MacAddress: '00155DC10203',
          Status: ['Ok'],
          IPAddresses: [],
          BandwidthSetting: null,
        },
      ],
      ...claimsIscsi,
      ...iscsiAnswers(
        [
          { iqn: pure, from: '10.10.1.15', to: '10.10.1.101', disks: [1] },
          { iqn: pure, from: '10.10.2.15', to: '10.10.2.101', disks: [1] },
        ],
        { [pure]: ['10.10.1.101', '10.10.2.101'] },
      ),
      MpioDisk: twoPaths('RR'),
      Disk: [systemDisk, disk(1, 'iSCSI')],
    },
  }),
  alarms: {},
  silent: [
    'path-nic-slow',
    'path-nic-down',
    'storage-address',
    'storage-on-usb-nic',
    'inbox-driver',
    'storage-default-gateway',
    'wrong-nic',
    'vnic-down',
  ],
  ceilings: { [pure]: [25, 50, 50] },
};

const slowStandby = ports([
  { ...lan, address: '10.10.3.15/24' },
  { index: 7, name: 'FAST1', address: '10.10.1.15/24', speed: 25e9 },
  { index: 9, name: 'FAST2', address: '10.10.2.15/24', speed: 10e9 },
]);

const speedsInOrder: CorpusHost = {
  id: 'slow-path-held-back-by-the-array',
  modelledOn:
    'An ALUA array with 25 and 10 Gbit/s to the owning node and a 1 Gbit/s way to the other node, which is used only when the fast ones are gone (round robin with subset): mixed speeds on purpose.',
  capture: windowsHost({
    release: '2019',
    features: ['Hyper-V', 'Multipath-IO'],
    name: 'HV-ALUA-7',
    answers: {
      ...slowStandby,
      ...claimsIscsi,
      ...iscsiAnswers(
        [
          { iqn: pure, from: '10.10.1.15', to: '10.10.1.101', disks: [1] },
          { iqn: pure, from: '10.10.2.15', to: '10.10.2.101', disks: [1] },
          { iqn: pure, from: '10.10.3.15', to: '10.10.3.101', disks: [1] },
        ],
        { [pure]: ['10.10.1.101', '10.10.2.101', '10.10.3.101'] },
      ),
      MpioDisk: [
        mpioDisk(1, 'RRWS', [
          [optimized, '5|0|0|0'],
          [optimized, '5|0|1|0'],
          [unoptimized, '5|0|2|0'],
        ]),
      ],
      Disk: [systemDisk, disk(1, 'iSCSI')],
    },
  }),
  alarms: {},
  silent: ['wrong-nic', 'iscsi-sessions-uneven', 'path-nic-slow', 'mpio-failover-only'],
  ceilings: { [pure]: [25, 20, 20] },
};

const scaleOut = 'sofs.corp.contoso.com';
const roce = (name: string, more: RawItem = {}) => [
  { Name: name, RegistryKeyword: '*NetworkDirectTechnology', RegistryValue: ['4'], ...more },
  { Name: name, RegistryKeyword: '*JumboPacket', RegistryValue: ['1514'] },
];
const rdmaPorts = ports([
  lan,
  { index: 7, name: 'RDMA1', address: '10.71.1.15/24', speed: 100e9 },
  { index: 9, name: 'RDMA2', address: '10.71.2.15/24', speed: 100e9 },
]);

const constrained: CorpusHost = {
  id: 'node-of-machines-on-a-file-server-by-smb-direct',
  modelledOn:
    'A cluster node whose machines lie on a scale-out file server: SMB Direct over RoCE with flow control, a Multichannel constraint to the two RDMA ports on purpose, 1 Gbit/s management that reaches the server as well.',
  capture: windowsHost({
    release: '2022',
    features: ['Hyper-V', 'Failover-Clustering'],
    name: 'HV-NODE-4',
    initiator: 'stopped',
    answers: {
      ...rdmaPorts,
      NetAdapterAdvancedProperty: [...roce('RDMA1'), ...roce('RDMA2')],
      NetAdapterRdma: ['RDMA1', 'RDMA2'].map((name) => ({
        Name: name,
        Enabled: true,
        MaxQueuePairCount: 131_056,
      })),
      NetAdapterRss: ['RDMA1', 'RDMA2', 'LAN'].map((name) => ({
        Name: name,
        Enabled: true,
        NumberOfReceiveQueues: 16,
      })),
      NetAdapterQos: ['RDMA1', 'RDMA2'].map((name) => ({
        Name: name,
        Enabled: true,
        OperationalSettings: {
          PriorityFlowControlEnableArray: [false, false, false, true, false, false, false, false],
        },
      })),
      NetQosTrafficClass: [
        { Name: '[Default]', Algorithm: 'ETS', Priority: [0, 1, 2, 4, 5, 6, 7], Bandwidth: 50 },
        { Name: 'SMB', Algorithm: 'ETS', Priority: [3], Bandwidth: 50 },
      ],
      NetQosPolicy: [{ Name: 'SMB', NetDirectPortMatchCondition: 445, PriorityValue8021Action: 3 }],
      NetQosDcbxSetting: [{ Willing: false, PolicySet: 'Global', InterfaceAlias: null }],
      Cluster: [{ Name: 'HVCLUSTER', S2DEnabled: 0 }],
      VMHardDiskDrive: [{ VMName: 'SQL1', Path: `\\\\${scaleOut}\\vms\\SQL1.vhdx` }],
      SmbConnection: [smbShare(scaleOut, 'vms', { ContinuouslyAvailable: true })],
      SmbMultichannelConstraint: [
        { ServerName: scaleOut, InterfaceIndex: 7, InterfaceAlias: 'RDMA1' },
        { ServerName: scaleOut, InterfaceIndex: 9, InterfaceAlias: 'RDMA2' },
      ],
      SmbMultichannelConnection: [
        smbPair(scaleOut, [7, '10.71.1.15', 100e9], [11, '10.71.1.5', 100e9], {
          ClientRdmaCapable: true,
          ServerRdmaCapable: true,
          CurrentChannels: 2,
        }),
        smbPair(scaleOut, [9, '10.71.2.15', 100e9], [12, '10.71.2.5', 100e9], {
          ClientRdmaCapable: true,
          ServerRdmaCapable: true,
          CurrentChannels: 2,
        }),
        smbPair(scaleOut, [4, '192.168.20.15', 1e9], [10, '192.168.20.5', 1e9], { Selected: false }),
      ],
      SmbClientNetworkInterface: [
        smbInterface(4, 'LAN', 1e9, ['192.168.20.15']),
        smbInterface(7, 'RDMA1', 100e9, ['10.71.1.15'], { RdmaCapable: true }),
        smbInterface(9, 'RDMA2', 100e9, ['10.71.2.15'], { RdmaCapable: true }),
      ],
      Disk: [systemDisk],
    },
  }),
  alarms: {},
  silent: [
    'dcb-pfc',
    'ieee-priority',
    'dcbx-willing',
    'ets-sum',
    'smb-constraint',
    'smb-class-mix',
    'channel-not-selected',
    'rdma-partial',
    'smb-dialect',
  ],
  ceilings: { [scaleOut]: [100, 200, 200] },
};

const watchedPorts = ports([
  lan,
  { index: 7, name: 'SAN 1', address: '10.10.1.15/24' },
  { index: 9, name: 'SAN 2', address: '10.10.2.15/24' },
]);
const watched = windowsHost({
  release: '2022',
  features: ['Hyper-V', 'Multipath-IO'],
  name: 'HV-KABEL',
  answers: {
    ...watchedPorts,
    ...claimsIscsi,
    ...iscsiAnswers(
      [
        { iqn: pure, from: '10.10.1.15', to: '10.10.1.101', disks: [1] },
        { iqn: pure, from: '10.10.2.15', to: '10.10.2.101', disks: [1] },
      ],
      { [pure]: ['10.10.1.101', '10.10.2.101'] },
    ),
    MpioDisk: twoPaths('RR'),
    Disk: [systemDisk, disk(1, 'iSCSI')],
    EventSummary: [
      {
        Source: 'Microsoft-Windows-NDIS',
        Id: 10400,
        Level: 3,
        Count: 9,
        First: '2026-02-24T10:00:00.0000000Z',
        Last: '2026-03-02T08:55:00.0000000Z',
        Days: 7,
        IsComplete: true,
        InterfaceGuid: guidOf(9),
      },
    ],
  },
});

/** A minute, every ten seconds: what each path has counted in errors by then. */
function samples(errorsOf: (path: number, step: number) => number): readonly Sample[] {
  return Array.from({ length: 7 }, (_, step) => {
    const moved = String(9_000_000_000 + step * 400_000_000);
    return {
      at: new Date(Date.parse('2026-03-02T09:28:50Z') + step * 10_000).toISOString(),
      counters: {
        MSiSCSI_SessionStatistics: [0, 1].map((path) => ({
          Instance: `${pure}_400001370000000${path + 1}`,
          USID: String(0x4000013700000001n + BigInt(path)),
          BytesReceived: moved,
          BytesSent: moved,
          DigestErrors: String(200 + errorsOf(path, step)),
          ConnectionTimeoutErrors: '3',
          FormatErrors: '0',
        })),
        MPIO_DEVINSTANCE_HEALTH_INFO: [
          {
            Instance: 'MPIO\\DISK&VEN_COMPELNT&PROD_COMPELLENT_VOL&REV_0703\\1&7F6AC24&0&363030300001_0',
            DevInstanceHealthPackets: [0, 1].map((path) => ({
              PathId: String(0x77050000 + path),
              NumberBytesRead: moved,
              NumberBytesWritten: moved,
              NumberReads: String(100_000 + step * 900),
              NumberWrites: String(100_000 + step * 900),
              NumberIoErrors: String(5 + 4 * errorsOf(path, step)),
              NumberRetries: String(40 + errorsOf(path, step)),
            })),
          },
        ],
      },
    };
  });
}

const failingCable: CorpusHost = {
  id: 'cable-that-damages-data-on-its-way',
  modelledOn:
    'One of two storage adapters with a bad transceiver: checksums of its session fail while it is watched, requests are sent again, and Windows has had to reset the adapter for a week. The other path has old totals and nothing new.',
  capture: { ...watched, samples: samples((path, step) => (path === 1 ? step : 0)) },
  alarms: { 'iscsi-errors': 'warning', 'mpio-path-shaky': 'warning', 'nic-flapping': 'warning' },
  ceilings: { [pure]: [10, 20, 20] },
};

const oldTotals: CorpusHost = {
  id: 'errors-of-a-cable-that-was-changed',
  modelledOn:
    'The same host after the transceiver was changed: the totals of errors are as high as they were, and stand still; the resets ended three days before.',
  capture: {
    ...watched,
    observations: {
      ...watched.observations,
      EventSummary: {
        status: 'ok',
        durationMs: 40,
        data: [
          {
            Source: 'Microsoft-Windows-NDIS',
            Id: 10400,
            Level: 3,
            Count: 9,
            First: '2026-02-24T10:00:00.0000000Z',
            Last: '2026-02-27T08:55:00.0000000Z',
            Days: 7,
            IsComplete: true,
            InterfaceGuid: guidOf(9),
          },
        ],
      },
    },
    samples: samples(() => 60),
  },
  alarms: {},
  silent: ['iscsi-errors', 'mpio-path-shaky', 'nic-flapping'],
  ceilings: { [pure]: [10, 20, 20] },
};

export const rawMixed: readonly CorpusHost[] = [
  switchPort,
  mutedArray,
  applianceInside,
  leftovers,
  guestsOfWindows,
  speedsInOrder,
  constrained,
  failingCable,
  oldTotals,
];

/** Hosts with a fault, in the raw shapes of their Windows. */
import type { RawItem } from '../../src-main/shared/capture.ts';
import type { CorpusHost } from './corpus-host.ts';
import {
  claimsIscsi,
  disk,
  guidOf,
  ip,
  ipInterface,
  iscsiAnswers,
  iscsiTarget,
  macOf,
  madeByWindows,
  mpioDisk,
  optimized,
  port,
  refused,
  route,
  smbInterface,
  smbPair,
  smbShare,
  systemDisk,
  teamNicRow,
  windowsHost,
  type Answers,
} from './windows-shapes.ts';

const server = { release: '2019', features: ['Hyper-V', 'Multipath-IO'] } as const;
const target = 'iqn.2000-01.com.synology:rackstation.target-1.8a3b2c';

/** Management at 1 Gbit/s and two ports for storage, by default in two subnets. */
function threePorts(second = '10.10.2.15/24', more: RawItem = {}) {
  const network = second.replace(/\.\d+\/24$/, '.0/24');
  return {
    NetAdapter: [
      port(4, 'Ethernet', 'Broadcom NetXtreme Gigabit Ethernet', 1e9),
      port(7, 'iSCSI 1', 'Intel(R) Ethernet Controller X710 for 10GbE SFP+', 10e9),
      port(9, 'iSCSI 2', 'Intel(R) Ethernet Controller X710 for 10GbE SFP+ #2', 10e9, more),
    ],
    NetIPAddress: [
      ip(4, 'Ethernet', '192.168.20.15/24'),
      ip(7, 'iSCSI 1', '10.10.1.15/24'),
      ip(9, 'iSCSI 2', second),
    ],
    NetIPInterface: [ipInterface(4, 'Ethernet'), ipInterface(7, 'iSCSI 1'), ipInterface(9, 'iSCSI 2')],
    NetRoute: [
      route(4, '0.0.0.0/0', '192.168.20.1'),
      route(4, '192.168.20.0/24'),
      route(7, '10.10.1.0/24'),
      route(9, network),
    ],
  };
}

const login = (from: string, to: string, disks: readonly number[] = [1], more: RawItem = {}) => ({
  iqn: target,
  from,
  to,
  disks,
  more,
});
const pairs = [login('10.10.1.15', '10.10.1.101'), login('10.10.2.15', '10.10.2.101')];
const portals = { [target]: ['10.10.1.101', '10.10.2.101'] };
const both: readonly (readonly [string, string])[] = [
  [optimized, '5|0|0|0'],
  [optimized, '5|0|1|0'],
];

const teamMembers = ['NIC1', 'NIC2', 'NIC3', 'NIC4'];

/** LBFO in the list that PowerShell prints. */
function lbfo(team: string, members: readonly string[], mode: string, algorithm: string): Answers {
  return {
    NetLbfoTeam: [
      {
        Name: team,
        Members: members,
        TeamNics: team,
        TeamingMode: mode,
        LoadBalancingAlgorithm: algorithm,
        Status: 'Up',
      },
    ],
    NetLbfoTeamMember: members.map((name) => ({
      Name: name,
      Team: team,
      AdministrativeMode: 'Active',
      OperationalStatus: 'Active',
      FailureReason: 'NoFailure',
    })),
    NetLbfoTeamNic: [
      {
        Name: team,
        InterfaceDescription: 'Microsoft Network Adapter Multiplexor Driver',
        Team: team,
        VlanID: null,
        Primary: true,
        Default: true,
      },
    ],
  };
}

const onTeam: CorpusHost = {
  id: 'german-iscsi-on-team',
  modelledOn:
    'The article on teaming and MPIO: four ports in one team, iSCSI straight on the team NIC; a German Windows, and a team NIC that reports no usable speed.',
  capture: windowsHost({
    ...server,
    name: 'HV-BERLIN',
    language: 1031,
    answers: {
      NetAdapter: [
        ...teamMembers.map((name, at) =>
          port(3 + at, name, `Intel(R) I350 Gigabit Network Connection${at === 0 ? '' : ` #${at + 1}`}`, 1e9),
        ),
        teamNicRow(15, 'Gespann – Büro', 4e9, {
          MacAddress: macOf(3),
          Speed: 4294967295,
          ReceiveLinkSpeed: 4294967295,
          LinkSpeed: '4,29 Gbps',
        }),
      ],
      ...lbfo('Gespann – Büro', teamMembers, 'SwitchIndependent', 'Dynamic'),
      NetIPAddress: [ip(15, 'Gespann – Büro', '192.168.20.21/24')],
      NetRoute: [route(15, '0.0.0.0/0', '192.168.20.1'), route(15, '192.168.20.0/24')],
      ...claimsIscsi,
      ...iscsiAnswers([login('0.0.0.0', '192.168.20.101')], { [target]: ['192.168.20.101'] }),
      MpioDisk: [mpioDisk(1, 'RR', [[optimized, '5|0|0|0']])],
      Disk: [systemDisk, disk(1, 'iSCSI')],
    },
  }),
  alarms: { 'iscsi-on-team': 'error', 'single-session': 'warning' },
  silent: ['path-nic-slow', 'one-physical-path'],
  ceilings: { [target]: [1, 1, 1] },
};

const lbfo2022: CorpusHost = {
  id: 'lbfo-under-vswitch-2022',
  modelledOn:
    'Windows Server 2022 upgraded in place with a vSwitch on an LBFO team, allowed with AllowNetLbfoTeams: deprecated, refused by default.',
  capture: windowsHost({
    name: 'HV-2022',
    release: '2022',
    features: ['Hyper-V'],
    initiator: 'stopped',
    answers: {
      NetAdapter: [
        port(3, 'NIC1', 'Intel(R) Ethernet Controller X550', 10e9),
        port(4, 'NIC2', 'Intel(R) Ethernet Controller X550 #2', 10e9),
        teamNicRow(15, 'Team1', 20e9, { MacAddress: macOf(3) }),
        madeByWindows(20, 'vEthernet (VM)', 'Hyper-V Virtual Ethernet Adapter', 20e9, {
          MacAddress: macOf(3),
        }),
      ],
      ...lbfo('Team1', ['NIC1', 'NIC2'], 'SwitchIndependent', 'HyperVPort'),
      VMSwitch: [
        {
          Name: 'VM',
          Id: '98094e00-0df1-485b-875c-9a00d9af2f75',
          SwitchType: 'External',
          AllowManagementOS: true,
          NetAdapterInterfaceDescription: 'Microsoft Network Adapter Multiplexor Driver',
          NetAdapterInterfaceDescriptions: ['Microsoft Network Adapter Multiplexor Driver'],
          NetAdapterInterfaceGuid: [guidOf(15)],
          EmbeddedTeamingEnabled: false,
          AllowNetLbfoTeams: true,
        },
      ],
      VMNetworkAdapter: [
        {
          Name: 'VM',
          IsManagementOs: true,
          SwitchName: 'VM',
          DeviceId: guidOf(20),
          MacAddress: macOf(3).replaceAll('-', ''),
          Status: ['Ok'],
        },
      ],
      NetIPAddress: [ip(20, 'vEthernet (VM)', '192.168.20.22/24')],
      NetRoute: [route(20, '0.0.0.0/0', '192.168.20.1'), route(20, '192.168.20.0/24')],
      VMHardDiskDrive: [{ VMName: 'APP', Path: 'D:\\VMs\\APP.vhdx' }],
      Disk: [systemDisk],
    },
  }),
  alarms: { 'lbfo-under-vswitch': 'error' },
  ceilings: {},
};

const seenTwice: CorpusHost = {
  id: 'lun-seen-twice',
  modelledOn:
    'A common question in forums: two sessions to one NAS, no Multipath I/O; the same disk stands twice in Disk Management, one of them offline.',
  capture: windowsHost({
    ...server,
    name: 'HV-TWICE',
    features: ['Hyper-V'],
    answers: {
      ...threePorts(),
      ...iscsiAnswers(
        [login('10.10.1.15', '10.10.1.101', [1]), login('10.10.2.15', '10.10.2.101', [2])],
        portals,
      ),
      Disk: [
        systemDisk,
        disk(1, 'iSCSI', { FriendlyName: 'SYNOLOGY iSCSI Storage SCSI Disk Device' }),
        disk(2, 'iSCSI', {
          FriendlyName: 'SYNOLOGY iSCSI Storage SCSI Disk Device',
          UniqueId: disk(1, 'iSCSI')['UniqueId'],
          SerialNumber: disk(1, 'iSCSI')['SerialNumber'],
          IsOffline: true,
          OperationalStatus: 'Offline',
          OfflineReason: 'Redundant Path',
        }),
      ],
    },
  }),
  alarms: { 'mpio-missing': 'error' },
  silent: ['single-session', 'lun-missing-vs-unhealthy'],
  ceilings: { [target]: [10, 10, 10] },
};

const pathGone: CorpusHost = {
  id: 'mpclaim-path-failed',
  modelledOn:
    'A monitoring script for mpclaim: a disk over Fibre Channel with four paths of which one has failed; the classes do not answer.',
  capture: windowsHost({
    ...server,
    name: 'HV-FC-02',
    initiator: 'stopped',
    answers: {
      NetAdapter: [port(4, 'Ethernet', 'Broadcom NetXtreme E-Series 10Gb', 10e9)],
      NetIPAddress: [ip(4, 'Ethernet', '192.168.20.31/24')],
      NetRoute: [route(4, '0.0.0.0/0', '192.168.20.1'), route(4, '192.168.20.0/24')],
      MpioDisk: refused('cmdlet-missing', 'Invalid class'),
      Mpclaim: [
        {
          Arguments: '-s -d',
          Text: 'MPIO Disk    System Disk  LB Policy    DSM Name\r\n-------------------------\r\nMPIO Disk0   Disk 2       RR           Microsoft DSM\r\n',
        },
        {
          Arguments: '-s -d 0',
          Text: [
            'MPIO Disk0: 04 Paths, Round Robin, Symmetric Access',
            '    Controlling DSM: Microsoft DSM',
            '    SN: 6000D31004704E000000000000000002    ',
            '    Supported Load Balance Policies: FOO RR RRWS LQD WP LB',
            '',
            '    Path ID          State              SCSI Address      Weight',
            '    -----------------------------------------------------',
            '    0000000077050007 Active/Optimized   005|000|007|001   0',
            '    0000000077050006 Active/Optimized   005|000|006|001   0',
            '    0000000077060007 Active/Optimized   006|000|007|001   0',
            '    0000000077060006 Failed             006|000|006|001   0',
          ],
        },
      ],
      Disk: [systemDisk, disk(2, 'Fibre Channel')],
    },
  }),
  alarms: { 'mpio-paths-missing': 'warning' },
  silent: ['one-physical-path'],
  ceilings: { 'Disk 2': [null, null, null] },
};

const unboundOne: CorpusHost = {
  id: 'unbound-sessions-one-interface',
  modelledOn:
    'The quick connect of the iSCSI control panel, twice: both sessions unbound, both ports of the host in the subnet of both portals, so Windows sends everything by one of them.',
  capture: windowsHost({
    ...server,
    name: 'HV-QUICK',
    answers: {
      ...threePorts('10.10.1.16/24'),
      NetIPInterface: [
        ipInterface(4, 'Ethernet'),
        ipInterface(7, 'iSCSI 1', { InterfaceMetric: 15 }),
        ipInterface(9, 'iSCSI 2', { InterfaceMetric: 25 }),
      ],
      NetRoute: [
        route(4, '0.0.0.0/0', '192.168.20.1'),
        route(4, '192.168.20.0/24'),
        route(7, '10.10.1.0/24', '0.0.0.0', { InterfaceMetric: 15 }),
        route(9, '10.10.1.0/24', '0.0.0.0', { InterfaceMetric: 25 }),
      ],
      ...claimsIscsi,
      ...iscsiAnswers([login('0.0.0.0', '10.10.1.101'), login('0.0.0.0', '10.10.1.102')], {
        [target]: ['10.10.1.101', '10.10.1.102'],
      }),
      MpioDisk: [mpioDisk(1, 'RR', both)],
      Disk: [systemDisk, disk(1, 'iSCSI')],
    },
  }),
  alarms: { 'one-initiator-address': 'warning' },
  silent: ['one-physical-path', 'single-session'],
  ceilings: { [target]: [10, 10, 10] },
};

const unboundTwo: CorpusHost = {
  id: 'unbound-sessions-two-interfaces',
  modelledOn:
    'The same quick connect with portals in two subnets: each session leaves by the port of its subnet, which is all well though no address is named.',
  capture: windowsHost({
    ...server,
    name: 'HV-QUICK2',
    answers: {
      ...threePorts(),
      ...claimsIscsi,
      ...iscsiAnswers([login('0.0.0.0', '10.10.1.101'), login('0.0.0.0', '10.10.2.101')], portals),
      MpioDisk: [mpioDisk(1, 'RR', both)],
      Disk: [systemDisk, disk(1, 'iSCSI')],
    },
  }),
  alarms: {},
  hints: ['default-portal'],
  silent: ['one-initiator-address', 'storage-metric'],
  ceilings: { [target]: [10, 20, 20] },
};

const favouriteDead: CorpusHost = {
  id: 'favourite-of-a-retired-portal',
  modelledOn:
    'A favourite login to a portal that was taken out of service stays behind: Windows tries it at every start.',
  capture: windowsHost({
    ...server,
    name: 'HV-FAV',
    release: '2016',
    answers: {
      ...threePorts(),
      ...claimsIscsi,
      ...iscsiAnswers(pairs, portals),
      IscsiPersistentLogin: ['10.10.1.101', '10.10.2.101', '10.10.1.77'].map((address) => ({
        TargetName: target,
        InitiatorInstance: 'ROOT\\ISCSIPRT\\0000_0',
        InitiatorPortNumber: 4294967295,
        TargetPortal: { Address: address, Port: 3260 },
        LoginFlags: 2,
      })),
      MpioDisk: [mpioDisk(1, 'RR', both)],
      Disk: [systemDisk, disk(1, 'iSCSI')],
    },
  }),
  alarms: { 'iscsi-favourite-dead': 'warning' },
  ceilings: { [target]: [10, 20, 20] },
};

const jumbo: CorpusHost = {
  id: 'jumbo-on-one-side-only',
  modelledOn:
    'Jumbo packets set by hand after an adapter was replaced: the interface still sends 9000 bytes, the new adapter takes 1514; display names in German.',
  capture: windowsHost({
    ...server,
    name: 'HV-JUMBO',
    language: 1031,
    answers: {
      ...threePorts(),
      NetIPInterface: [
        ipInterface(4, 'Ethernet'),
        ipInterface(7, 'iSCSI 1', { NlMtu: 9000 }),
        ipInterface(9, 'iSCSI 2', { NlMtu: 9000 }),
      ],
      NetAdapterAdvancedProperty: [
        ['iSCSI 1', '9014 Byte', '9014'],
        ['iSCSI 2', 'Deaktiviert', '1514'],
      ].map(([name, shown, value]) => ({
        Name: name,
        DisplayName: 'Großrahmen',
        DisplayValue: shown,
        RegistryKeyword: '*JumboPacket',
        RegistryValue: [value],
      })),
      ...claimsIscsi,
      ...iscsiAnswers(pairs, portals),
      MpioDisk: [mpioDisk(1, 'RR', both)],
      Disk: [systemDisk, disk(1, 'iSCSI')],
    },
  }),
  alarms: { 'jumbo-mismatch': 'warning' },
  silent: ['jumbo-partial'],
  ceilings: { [target]: [10, 20, 20] },
};

const fileServerAnswers = {
  NetAdapterRss: ['iSCSI 1', 'iSCSI 2'].map((name) => ({
    Name: name,
    Enabled: true,
    NumberOfReceiveQueues: 8,
  })),
  VMHardDiskDrive: [{ VMName: 'APP', Path: '\\\\FS01\\vms\\APP.vhdx' }],
  SmbConnection: [smbShare('FS01', 'vms')],
  SmbClientNetworkInterface: [
    smbInterface(4, 'Ethernet', 1e9, ['192.168.20.15']),
    smbInterface(7, 'iSCSI 1', 10e9, ['10.10.1.15']),
    smbInterface(9, 'iSCSI 2', 10e9, ['10.10.2.15']),
  ],
  Disk: [systemDisk],
} as const;
const firstPair = smbPair('FS01', [7, '10.10.1.15', 10e9], [3, '10.10.1.20', 10e9]);
const secondPair = [
  [9, '10.10.2.15', 10e9],
  [4, '10.10.2.20', 10e9],
] as const;

const oneChannel: CorpusHost = {
  id: 'smb-one-channel-of-two',
  modelledOn:
    'Multichannel that does not use several adapters as expected on Windows Server 2019: two ports of a kind at both ends, one pair in use.',
  capture: windowsHost({
    name: 'HV-SMB1',
    release: '2019',
    features: ['Hyper-V'],
    initiator: 'stopped',
    answers: {
      ...threePorts(),
      ...fileServerAnswers,
      SmbMultichannelConnection: [
        firstPair,
        smbPair('FS01', ...secondPair, { Selected: false, CurrentChannels: 0 }),
      ],
    },
  }),
  alarms: { 'smb-single-channel': 'warning' },
  silent: ['one-physical-path', 'smb-constraint'],
  ceilings: { FS01: [10, 10, 10] },
};

const constrained: CorpusHost = {
  id: 'smb-constraint-forgotten',
  modelledOn:
    'New-SmbMultichannelConstraint made when there was one storage port: a second one was added since, and SMB may not use it.',
  capture: windowsHost({
    name: 'HV-SMB2',
    release: '2022',
    features: ['Hyper-V'],
    initiator: 'stopped',
    answers: {
      ...threePorts(),
      ...fileServerAnswers,
      SmbMultichannelConnection: [
        firstPair,
        smbPair('FS01', ...secondPair, { Selected: false, CurrentChannels: 0 }),
      ],
      SmbMultichannelConstraint: [
        { ServerName: 'fs01', InterfaceGuid: guidOf(7), InterfaceIndex: 7, InterfaceAlias: 'iSCSI 1' },
      ],
    },
  }),
  alarms: { 'smb-constraint': 'warning' },
  silent: ['smb-single-channel'],
  ceilings: { FS01: [10, 10, 10] },
};

const oldNas: CorpusHost = {
  id: 'machines-on-smb-2',
  modelledOn:
    'An old NAS that speaks SMB 2.1 and holds the disks of virtual machines: Hyper-V supports SMB 3 only.',
  capture: windowsHost({
    name: 'HV-SMB3',
    release: '2019',
    features: ['Hyper-V'],
    initiator: 'stopped',
    answers: {
      ...threePorts(),
      ...fileServerAnswers,
      SmbConnection: [smbShare('FS01', 'vms', { Dialect: '2.1' })],
      SmbMultichannelConnection: [],
    },
  }),
  alarms: { 'smb-dialect': 'error' },
  silent: ['smb-single-channel', 'multichannel-off'],
  ceilings: { FS01: [null, null, null] },
};

const apipa: CorpusHost = {
  id: 'crossover-cable-without-addresses',
  modelledOn:
    'A small array on two direct cables; one end of the second cable was never given an address, and the session runs from 169.254.',
  capture: windowsHost({
    ...server,
    name: 'HV-DIRECT',
    answers: {
      ...threePorts('169.254.33.7/16'),
      NetIPAddress: [
        ip(4, 'Ethernet', '192.168.20.15/24'),
        ip(7, 'iSCSI 1', '10.10.1.15/24'),
        ip(9, 'iSCSI 2', '169.254.33.7/16', { PrefixOrigin: 'WellKnown', SuffixOrigin: 'Link' }),
      ],
      NetRoute: [
        route(4, '0.0.0.0/0', '192.168.20.1'),
        route(4, '192.168.20.0/24'),
        route(7, '10.10.1.0/24'),
        route(9, '169.254.0.0/16'),
      ],
      ...claimsIscsi,
      ...iscsiAnswers([login('10.10.1.15', '10.10.1.101'), login('169.254.33.7', '169.254.33.8')], {
        [target]: ['10.10.1.101', '169.254.33.8'],
      }),
      MpioDisk: [mpioDisk(1, 'RR', both)],
      Disk: [systemDisk, disk(1, 'iSCSI')],
    },
  }),
  alarms: { 'storage-address': 'warning' },
  ceilings: { [target]: [10, 20, 20] },
};

const failoverOnly: CorpusHost = {
  id: 'failover-only-by-mistake',
  modelledOn:
    'Failover Only set for a disk of an array with two optimized paths over the Microsoft DSM; no vendor asks for it.',
  capture: windowsHost({
    ...server,
    name: 'HV-FOO',
    answers: {
      ...threePorts(),
      ...claimsIscsi,
      ...iscsiAnswers(pairs, portals),
      MpioDisk: [mpioDisk(1, 'FOO', both)],
      Disk: [systemDisk, disk(1, 'iSCSI')],
    },
  }),
  alarms: { 'mpio-failover-only': 'warning' },
  ceilings: { [target]: [10, 10, 10] },
};

const spareCable: CorpusHost = {
  id: 'one-session-second-port-idle',
  modelledOn:
    'One login in the control panel, a second port and a second portal ready and unused: one stream, one path.',
  capture: windowsHost({
    ...server,
    name: 'HV-ONE',
    release: '2025',
    answers: {
      ...threePorts(),
      ...claimsIscsi,
      ...iscsiAnswers([login('10.10.1.15', '10.10.1.101')], portals),
      MpioDisk: [mpioDisk(1, 'RR', [[optimized, '5|0|0|0']])],
      Disk: [systemDisk, disk(1, 'iSCSI')],
    },
  }),
  alarms: { 'single-session': 'warning' },
  silent: ['one-physical-path', 'mpio-paths-missing'],
  ceilings: { [target]: [10, 10, 10] },
};

const targetGone: CorpusHost = {
  id: 'target-without-a-session',
  modelledOn: 'A target that is discovered and a favourite, and has no session after an array was restarted.',
  capture: windowsHost({
    ...server,
    name: 'HV-GONE',
    answers: {
      ...threePorts(),
      ...claimsIscsi,
      ...iscsiAnswers(pairs, portals),
      IscsiTarget: [
        iscsiTarget(target, ['10.10.1.101', '10.10.2.101']),
        iscsiTarget('iqn.2000-01.com.synology:rackstation.target-2', ['10.10.1.101', '10.10.2.101'], {
          IsConnected: false,
        }),
      ],
      IscsiPersistentLogin: [target, target, 'iqn.2000-01.com.synology:rackstation.target-2'].map(
        (name, at) => ({
          TargetName: name,
          TargetPortal: { Address: at === 1 ? '10.10.2.101' : '10.10.1.101', Port: 3260 },
          LoginFlags: 2,
        }),
      ),
      MpioDisk: [mpioDisk(1, 'RR', both)],
      Disk: [systemDisk, disk(1, 'iSCSI')],
    },
  }),
  alarms: { 'iscsi-target-down': 'warning' },
  silent: ['iscsi-favourite-dead'],
  ceilings: { [target]: [10, 20, 20] },
};

export const rawFaulty: readonly CorpusHost[] = [
  onTeam,
  lbfo2022,
  seenTwice,
  pathGone,
  unboundOne,
  unboundTwo,
  favouriteDead,
  jumbo,
  oneChannel,
  constrained,
  oldNas,
  apipa,
  failoverOnly,
  spareCable,
  targetGone,
];

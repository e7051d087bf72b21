/** Hosts that are told apart only by looking twice: odd shapes, odd designs, several names for one thing. */
import type { RawItem } from '../../src-main/shared/capture.ts';
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
  refused,
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

const server = { release: '2019', features: ['Hyper-V', 'Multipath-IO'] } as const;
const intel = 'Intel(R) Ethernet Controller X710 for 10GbE SFP+';

interface OddPort {
  readonly index: number;
  readonly name: string;
  readonly address: string;
  readonly speed?: number;
}

/** Ports with an address each; the first holds the default route. */
function ports(all: readonly OddPort[]): Answers {
  return {
    NetAdapter: all.map(({ index, name, speed = 10e9 }, at) =>
      port(index, name, at === 0 ? intel : `${intel} #${at + 1}`, speed),
    ),
    NetIPAddress: all.map(({ index, name, address }) => ip(index, name, address)),
    NetIPInterface: all.map(({ index, name }) => ipInterface(index, name)),
    NetRoute: [
      route(all[0]?.index ?? 0, '0.0.0.0/0', (all[0]?.address ?? '').replace(/\.\d+\/24$/, '.1')),
      ...all.flatMap(({ index, address }) =>
        address.includes(':') ? [] : [route(index, address.replace(/\.\d+\/24$/, '.0/24'))],
      ),
    ],
    NetAdapterRss: all.map(({ name }) => ({ Name: name, Enabled: true, NumberOfReceiveQueues: 8 })),
    SmbClientNetworkInterface: all.map(({ index, name, address, speed = 10e9 }) =>
      smbInterface(index, name, speed, [address.replace(/\/.*$/, '')]),
    ),
  };
}

const lan = { index: 4, name: 'LAN', address: '192.168.20.15/24', speed: 1e9 };
const first = { index: 7, name: 'A', address: '10.10.1.15/24' };
const second = { index: 9, name: 'B', address: '10.10.2.15/24' };
const three = ports([lan, first, second]);

const perPort = ['a', 'b'].map((letter) => `iqn.1986-03.com.hp:storage.msa2040.1430${letter}`) as [
  string,
  string,
];

const iqnPerPort: CorpusHost = {
  id: 'an-iqn-for-each-port',
  modelledOn:
    'Arrays that name each port or node a target of its own: one session to each, one disk behind both, joined by MPIO.',
  capture: windowsHost({
    ...server,
    name: 'HV-IQN',
    answers: {
      ...three,
      ...claimsIscsi,
      ...iscsiAnswers(
        [
          { iqn: perPort[0], from: '10.10.1.15', to: '10.10.1.101', disks: [1] },
          { iqn: perPort[1], from: '10.10.2.15', to: '10.10.2.101', disks: [1] },
        ],
        { [perPort[0]]: ['10.10.1.101'], [perPort[1]]: ['10.10.2.101'] },
      ),
      MpioDisk: [
        mpioDisk(1, 'RR', [
          [optimized, '5|0|0|0'],
          [optimized, '5|0|1|0'],
        ]),
      ],
      Disk: [systemDisk, disk(1, 'iSCSI')],
    },
  }),
  alarms: {},
  silent: ['single-session', 'one-physical-path', 'one-initiator-address'],
  ceilings: { [perPort[0]]: [10, 20, 20], [perPort[1]]: [10, 20, 20] },
};

const equalLogic = 'iqn.2001-05.com.equallogic:4-52aed6-2e5f0a1b7-vol';

const hostKit: CorpusHost = {
  id: 'equallogic-host-kit',
  modelledOn:
    'Dell PS Series with the Host Integration Tools: the vendor module holds the disk, its service makes sessions that are no favourites, by the group address.',
  capture: windowsHost({
    ...server,
    name: 'HV-EQL',
    release: '2016',
    answers: {
      ...ports([lan, first, { ...second, address: '10.10.1.16/24' }]),
      ...claimsIscsi,
      MSDSMSupportedHW: [{ VendorId: 'Vendor 8', ProductId: 'Product       16' }],
      MSDSMAutomaticClaimSettings: [
        { BusType: 'iSCSI', Enabled: false },
        { BusType: 'SAS', Enabled: false },
      ],
      ...iscsiAnswers(
        ['10.10.1.15', '10.10.1.16'].map((from, at) => ({
          iqn: equalLogic,
          from,
          to: `10.10.1.${51 + at}`,
          disks: [1],
          more: { IsPersistent: false },
        })),
        { [equalLogic]: ['10.10.1.50'] },
      ),
      IscsiPersistentLogin: [],
      MpioDisk: [
        mpioDisk(
          1,
          'LQD',
          [
            [optimized, '5|0|0|0'],
            [optimized, '5|0|1|0'],
          ],
          { DsmName: 'Dell EqualLogic DSM' },
        ),
      ],
      Disk: [systemDisk, disk(1, 'iSCSI', { FriendlyName: 'EQLOGIC 100E-00  Multi-Path Disk Device' })],
    },
  }),
  alarms: {},
  silent: ['mpio-unclaimed', 'not-persistent', 'mpio-missing', 'mpio-failover-only'],
  ceilings: { [equalLogic]: [10, 10, 20] },
};

const hpe = 'iqn.2000-05.com.3pardata:22210002ac01a2b3';

const unequalSpeeds: CorpusHost = {
  id: 'ten-and-one-gigabit-in-turn',
  modelledOn:
    'A second path added over a spare 1 Gbit/s port, Round Robin over both: dealt in strict turn, two paths carry twice the slower one.',
  capture: windowsHost({
    ...server,
    name: 'HV-MIX',
    answers: {
      ...ports([lan, first, { ...second, speed: 1e9 }]),
      ...claimsIscsi,
      ...iscsiAnswers(
        [
          { iqn: hpe, from: '10.10.1.15', to: '10.10.1.101', disks: [1] },
          { iqn: hpe, from: '10.10.2.15', to: '10.10.2.101', disks: [1] },
        ],
        { [hpe]: ['10.10.1.101', '10.10.2.101'] },
      ),
      MpioDisk: [
        mpioDisk(1, 'RR', [
          [optimized, '5|0|0|0'],
          [optimized, '5|0|1|0'],
        ]),
      ],
      Disk: [systemDisk, disk(1, 'iSCSI')],
    },
  }),
  alarms: {},
  ceilings: { [hpe]: [10, 2, 2] },
};

const alua: CorpusHost = {
  id: 'alua-two-of-four-optimized',
  modelledOn:
    'A mid-range array with two controllers: four sessions, the two to the owning controller optimized, round robin with subset.',
  capture: windowsHost({
    ...server,
    name: 'HV-ALUA',
    answers: {
      ...three,
      ...claimsIscsi,
      MSDSMGlobalDefaultLoadBalancePolicy: [{ Value: 'FOO' }],
      ...iscsiAnswers(
        [
          { iqn: hpe, from: '10.10.1.15', to: '10.10.1.101', disks: [1] },
          { iqn: hpe, from: '10.10.2.15', to: '10.10.2.101', disks: [1] },
          { iqn: hpe, from: '10.10.1.15', to: '10.10.1.102', disks: [1] },
          { iqn: hpe, from: '10.10.2.15', to: '10.10.2.102', disks: [1] },
        ],
        { [hpe]: ['10.10.1.101', '10.10.2.101', '10.10.1.102', '10.10.2.102'] },
      ),
      MpioDisk: [
        mpioDisk(1, 'RRWS', [
          [optimized, '5|0|0|0'],
          [optimized, '5|0|1|0'],
          [unoptimized, '5|0|2|0'],
          [unoptimized, '5|0|3|0'],
        ]),
      ],
      Disk: [systemDisk, disk(1, 'iSCSI')],
    },
  }),
  alarms: {},
  silent: ['iscsi-sessions-uneven', 'mpio-failover-only', 'mpio-paths-missing'],
  ceilings: { [hpe]: [10, 20, 20] },
};

const sixth: CorpusHost = {
  id: 'portals-by-ipv6',
  modelledOn: 'iSCSI over IPv6 with unique local addresses; link-local ones carry their zone.',
  capture: windowsHost({
    ...server,
    name: 'HV-V6',
    release: '2022',
    answers: {
      ...ports([lan, { ...first, address: 'fd00:10:1::15/64' }, { ...second, address: 'fd00:10:2::15/64' }]),
      NetIPAddress: [
        ip(4, 'LAN', '192.168.20.15/24'),
        ip(7, 'A', 'fd00:10:1::15/64'),
        ip(7, 'A', 'fe80::708:c529:1bcb:2432%7/64', { PrefixOrigin: 'WellKnown', SuffixOrigin: 'Link' }),
        ip(9, 'B', 'fd00:10:2:0::15/64'),
        ip(9, 'B', 'fe80::708:c529:1bcb:2433%9/64', { PrefixOrigin: 'WellKnown', SuffixOrigin: 'Link' }),
      ],
      NetRoute: [
        route(4, '0.0.0.0/0', '192.168.20.1'),
        route(7, 'fd00:10:1::/64'),
        route(9, 'fd00:10:2::/64'),
      ],
      ...claimsIscsi,
      ...iscsiAnswers(
        [
          { iqn: hpe, from: 'fd00:10:1::15', to: 'FD00:10:1:0:0:0:0:101', disks: [1] },
          { iqn: hpe, from: 'fd00:10:2::15', to: 'fd00:10:2::101', disks: [1] },
        ],
        { [hpe]: ['fd00:10:1::101', 'fd00:10:2::101'] },
      ),
      MpioDisk: [
        mpioDisk(1, 'RR', [
          [optimized, '5|0|0|0'],
          [optimized, '5|0|1|0'],
        ]),
      ],
      Disk: [systemDisk, disk(1, 'iSCSI')],
    },
  }),
  alarms: {},
  silent: ['iscsi-crosses-subnet', 'storage-address', 'iscsi-portal-unreachable'],
  ceilings: { [hpe]: [10, 20, 20] },
};

const notElevated: CorpusHost = {
  id: 'looked-at-without-rights',
  modelledOn:
    'A look without administrator rights: iSCSI classes, MPIO and Hyper-V refuse, adapters and addresses answer.',
  capture: windowsHost({
    ...server,
    name: 'HV-DENIED',
    answers: {
      ...three,
      ...Object.fromEntries(
        [
          ...[
            'IscsiSession',
            'IscsiConnection',
            'IscsiTarget',
            'IscsiPersistentLogin',
            'MpioDisk',
            'Mpclaim',
          ],
          ...['MSDSMSupportedHW', 'VMSwitch', 'VMSwitchTeam', 'VMNetworkAdapter', 'VMHardDiskDrive'],
          ...['SmbConnection', 'SmbMultichannelConnection', 'Disk'],
        ].map((name) => [name, refused('not-elevated', 'Zugriff verweigert (0x80070005)')]),
      ),
    },
  }),
  alarms: {},
  ceilings: {},
};

const names = ['FS01', 'fs01.corp.contoso.com', '10.10.1.20'];

const manyNames: CorpusHost = {
  id: 'one-file-server-by-three-names',
  modelledOn:
    'A file server used by its short name, its full name and an address: SMB lists the same pairs of interfaces under each.',
  capture: windowsHost({
    name: 'HV-NAMES',
    release: '2022',
    features: ['Hyper-V'],
    initiator: 'stopped',
    answers: {
      ...three,
      VMHardDiskDrive: [
        { VMName: 'VM1', Path: '\\\\FS01\\vms\\VM1.vhdx' },
        { VMName: 'VM2', Path: '\\\\fs01.corp.contoso.com\\vms\\VM2.vhdx' },
        { VMName: 'VM3', Path: '\\\\10.10.1.20\\vms\\VM3.vhdx' },
      ],
      SmbConnection: names.map((name) => smbShare(name, 'vms')),
      SmbMultichannelConnection: names.flatMap((name) => [
        smbPair(name, [7, '10.10.1.15', 10e9], [3, '10.10.1.20', 10e9]),
        smbPair(name, [9, '10.10.2.15', 10e9], [4, '10.10.2.20', 10e9]),
        smbPair(name, [4, '192.168.20.15', 1e9], [2, '192.168.20.20', 1e9], {
          Selected: false,
          CurrentChannels: 0,
        }),
      ]),
      Disk: [systemDisk],
    },
  }),
  alarms: {},
  silent: ['smb-single-channel', 'channel-not-selected'],
  ceilings: { FS01: [10, 20, 20] },
};

const fourToTwo: CorpusHost = {
  id: 'four-ports-to-a-server-with-two',
  modelledOn:
    'Four client ports and two server ports in one subnet: SMB lists every pair as selected, and the server holds the sum.',
  capture: windowsHost({
    name: 'HV-FOUR',
    release: '2019',
    features: ['Hyper-V'],
    initiator: 'stopped',
    answers: {
      ...ports([
        lan,
        ...[1, 2, 3, 4].map((at) => ({ index: 20 + at, name: `SMB${at}`, address: `10.10.5.1${at}/24` })),
      ]),
      VMHardDiskDrive: [{ VMName: 'VM1', Path: '\\\\FS02\\vms\\VM1.vhdx' }],
      SmbConnection: [smbShare('FS02', 'vms')],
      SmbMultichannelConnection: [1, 2, 3, 4].flatMap((at) =>
        [1, 2].map((to) => smbPair('FS02', [20 + at, `10.10.5.1${at}`, 10e9], [to, `10.10.5.2${to}`, 10e9])),
      ),
      Disk: [systemDisk],
    },
  }),
  alarms: {},
  silent: ['smb-single-channel'],
  ceilings: { FS02: [10, 20, 20] },
};

const wrongClass: CorpusHost = {
  id: 'slow-port-preferred-for-rss',
  modelledOn:
    'A Microsoft blog on Multichannel: SMB prefers a 1 Gbit/s port with RSS to a 10 Gbit/s port whose driver reports none.',
  capture: windowsHost({
    name: 'HV-RSS',
    release: '2016',
    features: ['Hyper-V'],
    initiator: 'stopped',
    answers: {
      ...ports([
        { ...lan, address: '10.10.5.15/24' },
        { ...first, name: '10G' },
      ]),
      NetAdapterRss: [
        { Name: 'LAN', Enabled: true, NumberOfReceiveQueues: 8 },
        { Name: '10G', Enabled: false, NumberOfReceiveQueues: 0 },
      ],
      VMHardDiskDrive: [{ VMName: 'VM1', Path: '\\\\FS03\\vms\\VM1.vhdx' }],
      SmbConnection: [smbShare('FS03', 'vms', { Dialect: '3.1.1' })],
      SmbMultichannelConnection: [
        smbPair('FS03', [4, '10.10.5.15', 1e9], [2, '10.10.5.20', 1e9]),
        smbPair('FS03', [7, '10.10.1.15', 10e9], [3, '10.10.1.20', 10e9], {
          Selected: false,
          CurrentChannels: 0,
          ClientRSSCapable: false,
        }),
      ],
      SmbClientNetworkInterface: [
        smbInterface(4, 'LAN', 1e9, ['10.10.5.15']),
        smbInterface(7, '10G', 10e9, ['10.10.1.15'], { RssCapable: false }),
      ],
      Disk: [systemDisk],
    },
  }),
  alarms: { 'smb-class-mix': 'warning' },
  silent: ['smb-single-channel', 'one-physical-path', 'channel-not-selected'],
  ceilings: { FS03: [1, 1, 1] },
};

/** A team of two with what stands on it told by the caller. */
function team(mode: string, algorithm: string, teamNics: readonly RawItem[]): Answers {
  return {
    NetLbfoTeam: [
      {
        Name: 'Team',
        Members: ['P1', 'P2'],
        TeamNics: teamNics.map(({ Name: name }) => name),
        TeamingMode: mode,
        LoadBalancingAlgorithm: algorithm,
        Status: 'Up',
      },
    ],
    NetLbfoTeamMember: ['P1', 'P2'].map((name) => ({
      Name: name,
      Team: 'Team',
      AdministrativeMode: 'Active',
      OperationalStatus: 'Active',
      FailureReason: 'NoFailure',
    })),
    NetLbfoTeamNic: teamNics,
  };
}

const lacp: CorpusHost = {
  id: 'lacp-2012r2-under-vswitch',
  modelledOn:
    'Windows Server 2012 R2, LACP with Dynamic under a vSwitch, two iSCSI vNICs: sound in its day; the switch decides what comes in by which port.',
  capture: windowsHost({
    name: 'HV-LACP',
    release: '2012R2',
    features: ['Hyper-V', 'Multipath-IO'],
    answers: {
      NetAdapter: [
        port(12, 'P1', intel, 10e9),
        port(13, 'P2', `${intel} #2`, 10e9),
        teamNicRow(18, 'Team', 20e9, { MacAddress: macOf(12) }),
        madeByWindows(20, 'Host', 'Hyper-V Virtual Ethernet Adapter', 10e9),
        madeByWindows(21, 'SAN left', 'Hyper-V Virtual Ethernet Adapter #2', 10e9),
        madeByWindows(22, 'SAN right', 'Hyper-V Virtual Ethernet Adapter #3', 10e9),
      ],
      ...team('Lacp', 'Dynamic', [
        {
          Name: 'Team',
          InterfaceDescription: 'Microsoft Network Adapter Multiplexor Driver',
          Team: 'Team',
          VlanID: null,
          Primary: true,
          Default: true,
        },
      ]),
      VMSwitch: [
        {
          Name: 'Converged',
          Id: '98094e00-0df1-485b-875c-9a00d9af2f75',
          SwitchType: 'External',
          AllowManagementOS: true,
          NetAdapterInterfaceDescription: 'Microsoft Network Adapter Multiplexor Driver',
        },
      ],
      VMNetworkAdapter: ['Mgmt', 'iSCSI-1', 'iSCSI-2'].map((name, at) => ({
        Name: name,
        IsManagementOs: true,
        SwitchName: 'Converged',
        DeviceId: guidOf(20 + at),
        MacAddress: macOf(20 + at).replaceAll('-', ''),
        Status: ['Ok'],
      })),
      VMNetworkAdapterVlan: ['Mgmt', 'iSCSI-1', 'iSCSI-2'].map((name) => ({
        ParentAdapter: `VMInternalNetworkAdapter, Name = '${name}'`,
        OperationMode: 'Untagged',
        AccessVlanId: 0,
      })),
      NetIPAddress: [
        ip(20, 'Host', '192.168.20.15/24'),
        ip(21, 'SAN left', '10.10.1.15/24'),
        ip(22, 'SAN right', '10.10.2.15/24'),
      ],
      NetRoute: [
        route(20, '0.0.0.0/0', '192.168.20.1'),
        route(20, '192.168.20.0/24'),
        route(21, '10.10.1.0/24'),
        route(22, '10.10.2.0/24'),
      ],
      ...claimsIscsi,
      ...iscsiAnswers(
        [
          { iqn: hpe, from: '10.10.1.15', to: '10.10.1.101', disks: [1] },
          { iqn: hpe, from: '10.10.2.15', to: '10.10.2.101', disks: [1] },
        ],
        { [hpe]: ['10.10.1.101', '10.10.2.101'] },
      ),
      MpioDisk: [
        mpioDisk(1, 'LQD', [
          [optimized, '5|0|0|0'],
          [optimized, '5|0|1|0'],
        ]),
      ],
      Disk: [systemDisk, disk(1, 'iSCSI')],
    },
  }),
  alarms: {},
  silent: ['iscsi-on-team', 'lbfo-under-vswitch', 'same-member'],
  ceilings: { [hpe]: [10, 10, 20] },
};

const twoTeamNics: CorpusHost = {
  id: 'mpio-over-two-team-nics',
  modelledOn:
    'A forum design: two team NICs with a VLAN each on one LBFO team, and an iSCSI session over either.',
  capture: windowsHost({
    name: 'HV-TNIC',
    release: '2016',
    features: ['Hyper-V', 'Multipath-IO'],
    answers: {
      NetAdapter: [
        port(12, 'P1', intel, 10e9),
        port(13, 'P2', `${intel} #2`, 10e9),
        teamNicRow(18, 'Team - VLAN 11', 20e9, { MacAddress: macOf(12), VlanID: 11 }),
        teamNicRow(19, 'Team - VLAN 12', 20e9, {
          MacAddress: macOf(12),
          VlanID: 12,
          InterfaceDescription: 'Microsoft Network Adapter Multiplexor Driver #2',
        }),
        port(30, 'LAN', 'Broadcom NetXtreme Gigabit Ethernet', 1e9),
      ],
      ...team(
        'SwitchIndependent',
        'Dynamic',
        [11, 12].map((vlan, at) => ({
          Name: `Team - VLAN ${vlan}`,
          InterfaceDescription: `Microsoft Network Adapter Multiplexor Driver${at === 0 ? '' : ' #2'}`,
          Team: 'Team',
          VlanID: vlan,
          Primary: at === 0,
          Default: false,
        })),
      ),
      NetIPAddress: [
        ip(30, 'LAN', '192.168.20.15/24'),
        ip(18, 'Team - VLAN 11', '10.10.1.15/24'),
        ip(19, 'Team - VLAN 12', '10.10.2.15/24'),
      ],
      NetRoute: [
        route(30, '0.0.0.0/0', '192.168.20.1'),
        route(18, '10.10.1.0/24'),
        route(19, '10.10.2.0/24'),
      ],
      ...claimsIscsi,
      ...iscsiAnswers(
        [
          { iqn: hpe, from: '10.10.1.15', to: '10.10.1.101', disks: [1] },
          { iqn: hpe, from: '10.10.2.15', to: '10.10.2.101', disks: [1] },
        ],
        { [hpe]: ['10.10.1.101', '10.10.2.101'] },
      ),
      MpioDisk: [
        mpioDisk(1, 'RR', [
          [optimized, '5|0|0|0'],
          [optimized, '5|0|1|0'],
        ]),
      ],
      Disk: [systemDisk, disk(1, 'iSCSI')],
    },
  }),
  alarms: { 'iscsi-on-team': 'warning' },
  silent: ['tnic-vlan', 'single-session', 'team-nic-not-default'],
  ceilings: { [hpe]: [10, 10, 20] },
};

const smbOnTeam: CorpusHost = {
  id: 'smb-storage-on-a-team',
  modelledOn: 'Machines on a file server, reached over one LBFO team of two ports without a vSwitch between.',
  capture: windowsHost({
    name: 'HV-SMBT',
    release: '2019',
    features: ['Hyper-V'],
    initiator: 'stopped',
    answers: {
      NetAdapter: [
        port(12, 'P1', intel, 10e9),
        port(13, 'P2', `${intel} #2`, 10e9),
        teamNicRow(18, 'Team', 20e9, { MacAddress: macOf(12) }),
      ],
      ...team('SwitchIndependent', 'Dynamic', [
        {
          Name: 'Team',
          InterfaceDescription: 'Microsoft Network Adapter Multiplexor Driver',
          Team: 'Team',
          VlanID: null,
          Primary: true,
          Default: true,
        },
      ]),
      NetIPAddress: [ip(18, 'Team', '10.10.1.15/24')],
      NetIPInterface: [ipInterface(18, 'Team')],
      NetRoute: [route(18, '0.0.0.0/0', '10.10.1.1'), route(18, '10.10.1.0/24')],
      NetAdapterRss: ['P1', 'P2', 'Team'].map((name) => ({
        Name: name,
        Enabled: true,
        NumberOfReceiveQueues: 8,
      })),
      VMHardDiskDrive: [{ VMName: 'VM1', Path: '\\\\FS04\\vms\\VM1.vhdx' }],
      SmbConnection: [smbShare('FS04', 'vms')],
      SmbMultichannelConnection: [smbPair('FS04', [18, '10.10.1.15', 20e9], [3, '10.10.1.20', 40e9])],
      SmbClientNetworkInterface: [
        smbInterface(18, 'Team', 20e9, ['10.10.1.15']),
        smbInterface(12, 'P1', 10e9, [], { RssCapable: false }),
        smbInterface(13, 'P2', 10e9, [], { RssCapable: false }),
      ],
      Disk: [systemDisk],
    },
  }),
  alarms: { 'smb-teamed': 'warning' },
  silent: ['smb-single-channel', 'one-physical-path'],
  ceilings: { FS04: [10, 10, 20] },
};

const roce: CorpusHost = {
  id: 'roce-without-flow-control',
  modelledOn:
    'RoCE v2 adapters for SMB Direct on hosts and switches where nobody configured priority flow control.',
  capture: windowsHost({
    name: 'HV-ROCE',
    release: '2022',
    features: ['Hyper-V', 'Data-Center-Bridging'],
    initiator: 'stopped',
    answers: {
      ...ports([lan, { ...first, speed: 25e9 }, { ...second, speed: 25e9 }]),
      NetAdapterRdma: ['A', 'B'].map((name) => ({ Name: name, Enabled: true, MaxQueuePairCount: 262144 })),
      NetAdapterAdvancedProperty: ['A', 'B'].map((name) => ({
        Name: name,
        DisplayName: 'NetworkDirect Technology',
        DisplayValue: 'RoCEv2',
        RegistryKeyword: '*NetworkDirectTechnology',
        RegistryValue: ['4'],
      })),
      NetAdapterQos: ['A', 'B'].map((name) => ({
        Name: name,
        Enabled: true,
        OperationalSettings: {
          FlowControlEnabled: false,
          TransmissionSelectionEnabled: false,
          PriorityFlowControlEnableArray: [false, false, false, false, false, false, false, false],
        },
      })),
      VMHardDiskDrive: [{ VMName: 'VM1', Path: '\\\\FS05\\vms\\VM1.vhdx' }],
      SmbConnection: [smbShare('FS05', 'vms')],
      SmbMultichannelConnection: [[first, '10.10.1.20'] as const, [second, '10.10.2.20'] as const].map(
        ([{ index, address }, to]) =>
          smbPair('FS05', [index, address.replace('/24', ''), 25e9], [index, to, 25e9], {
            ClientRSSCapable: false,
            ClientRdmaCapable: true,
            ServerRdmaCapable: true,
            CurrentChannels: 2,
            MaxChannels: 2,
          }),
      ),
      SmbClientNetworkInterface: [
        smbInterface(7, 'A', 25e9, ['10.10.1.15'], { RdmaCapable: true }),
        smbInterface(9, 'B', 25e9, ['10.10.2.15'], { RdmaCapable: true }),
      ],
      Disk: [systemDisk],
    },
  }),
  alarms: { 'dcb-pfc': 'warning' },
  silent: ['dcbx-willing', 'ets-sum', 'rdma-not-usable'],
  ceilings: { FS05: [25, 50, 50] },
};

export const rawOdd: readonly CorpusHost[] = [
  iqnPerPort,
  hostKit,
  unequalSpeeds,
  alua,
  sixth,
  notElevated,
  manyNames,
  fourToTwo,
  wrongClass,
  lacp,
  twoTeamNics,
  smbOnTeam,
  roce,
];

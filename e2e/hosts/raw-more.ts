/** More raw hosts: looks with gaps, listings in other languages, and stories of lost paths. */
import type { RawItem } from '../../src-main/shared/capture.ts';
import type { CorpusHost } from './corpus-host.ts';
import {
  claimsIscsi,
  disk,
  guidOf,
  ip,
  ipInterface,
  iscsiAnswers,
  iscsiConnection,
  iscsiSession,
  macOf,
  madeByWindows,
  mpioDisk,
  optimized,
  port,
  refused,
  route,
  sessionId,
  smbInterface,
  smbPair,
  smbShare,
  systemDisk,
  windowsHost,
  type Answers,
} from './windows-shapes.ts';

const server = { release: '2019', features: ['Hyper-V', 'Multipath-IO'] } as const;
const ibm = 'iqn.1986-03.com.ibm:2145.cluster10.node1';
const portals = { [ibm]: ['10.10.1.101', '10.10.2.101'] };
const logins = [
  { iqn: ibm, from: '10.10.1.15', to: '10.10.1.101', disks: [1] },
  { iqn: ibm, from: '10.10.2.15', to: '10.10.2.101', disks: [1] },
];

/** Management at 1 Gbit/s and two 10 Gbit/s ports in two subnets. */
const base = {
  NetAdapter: [
    port(4, 'LAN', 'Broadcom NetXtreme Gigabit Ethernet', 1e9),
    port(7, 'SAN1', 'Mellanox ConnectX-4 Lx Ethernet Adapter', 10e9),
    port(9, 'SAN2', 'Mellanox ConnectX-4 Lx Ethernet Adapter #2', 10e9),
  ],
  NetIPAddress: [
    ip(4, 'LAN', '192.168.20.15/24'),
    ip(7, 'SAN1', '10.10.1.15/24'),
    ip(9, 'SAN2', '10.10.2.15/24'),
  ],
  NetIPInterface: [ipInterface(4, 'LAN'), ipInterface(7, 'SAN1'), ipInterface(9, 'SAN2')],
  NetRoute: [
    route(4, '0.0.0.0/0', '192.168.20.1'),
    route(4, '192.168.20.0/24'),
    route(7, '10.10.1.0/24'),
    route(9, '10.10.2.0/24'),
    route(1, '127.0.0.0/8'),
    route(4, '255.255.255.255/32'),
  ],
} satisfies Answers;

const both = mpioDisk(1, 'RR', [
  [optimized, '5|0|0|0'],
  [optimized, '5|0|1|0'],
]);

const noDiskNumbers: CorpusHost = {
  id: 'sessions-that-tell-no-disks',
  modelledOn:
    'A look whose classes did not join sessions to disks: the disk of MPIO has two paths, so no session is alone.',
  capture: windowsHost({
    ...server,
    name: 'HV-M1',
    answers: {
      ...base,
      ...claimsIscsi,
      ...iscsiAnswers(logins, portals),
      IscsiSession: logins.map(({ from }, at) => iscsiSession(at + 1, ibm, { InitiatorPortalAddress: from })),
      MpioDisk: [both],
      Disk: [systemDisk, disk(1, 'iSCSI')],
    },
  }),
  alarms: {},
  silent: ['single-session', 'mpio-missing', 'mpio-unclaimed'],
  ceilings: { [ibm]: [10, 20, 20] },
};

const unknownConnections: CorpusHost = {
  id: 'unbound-connections-without-sessions',
  modelledOn:
    'The page of Get-IscsiSession: three sessions of one target without an initiator address, and connections that name no session; which leaves where is open.',
  capture: windowsHost({
    ...server,
    name: 'DEEPCORE',
    release: '2012R2',
    answers: {
      ...base,
      ...claimsIscsi,
      IscsiSession: [1, 0xb, 0xf].map((count) =>
        iscsiSession(count, ibm, { InitiatorPortalAddress: null, DiskNumbers: [1] }),
      ),
      IscsiConnection: [1, 2, 3].map((count) => ({
        ConnectionIdentifier: `ffffe0016a1f3010-${count}`,
        InitiatorNodeAddress: '0.0.0.0',
        InitiatorPortNumber: 41458 + count,
        TargetNodeAddress: count === 3 ? '10.10.2.101' : '10.10.1.101',
        TargetPortNumber: 3260,
      })),
      IscsiTarget: [{ NodeAddress: ibm, IsConnected: true }],
      MpioDisk: [
        mpioDisk(1, 'RR', [
          [optimized, '5|0|0|0'],
          [optimized, '5|0|1|0'],
          [optimized, '5|0|2|0'],
        ]),
      ],
      Disk: [systemDisk, disk(1, 'iSCSI')],
    },
  }),
  alarms: {},
  silent: ['one-initiator-address', 'iscsi-sessions-uneven', 'single-session'],
  ceilings: { [ibm]: [null, null, null] },
};

const japaneseListing: CorpusHost = {
  id: 'japanese-mpclaim-listing',
  modelledOn:
    'mpclaim on a Japanese Windows: words and colons of another width, the codes and digits the same.',
  capture: windowsHost({
    ...server,
    name: 'HV-大阪',
    language: 1041,
    answers: {
      ...base,
      ...claimsIscsi,
      ...iscsiAnswers(logins, portals),
      MpioDisk: refused('cmdlet-missing', '無効なクラス'),
      Mpclaim: [
        {
          Arguments: '-s -d',
          Text: 'MPIO ディスク    システム ディスク  LB ポリシー    DSM 名\r\n-----\r\nMPIO ディスク0   ディスク 1       RR           Microsoft DSM\r\n',
        },
        {
          Arguments: ['-s', '-d', '0'],
          Text: [
            'MPIO ディスク0： 02 パス, ラウンド ロビン, 対称アクセス',
            ' 制御 DSM： Microsoft DSM',
            ' SN: 6000D31004704E000000000000000001',
            ' サポートされる負荷分散ポリシー： FOO RR RRWS LQD WP LB',
            '',
            'パス ID          状態              SCSI アドレス      重み',
            '0000000077050000 アクティブ/最適化   005|000|000|000   0',
            '0000000077050001 アクティブ/最適化   005|000|001|000   0',
          ],
        },
      ],
      Disk: [systemDisk, disk(1, 'iSCSI')],
    },
  }),
  alarms: {},
  silent: ['mpio-paths-missing', 'mpio-unclaimed'],
  // States in words of another language are not known: a path may stand by.
  ceilings: { [ibm]: [10, 10, 20] },
};

const portLost: CorpusHost = {
  id: 'storage-port-lost-its-cable',
  modelledOn:
    'A cable pulled from a storage port: its session is reconnecting, the path failed, its address tentative; the other one carries on.',
  capture: windowsHost({
    ...server,
    name: 'HV-CABLE',
    answers: {
      ...base,
      NetAdapter: [
        ...base.NetAdapter.slice(0, 2),
        port(9, 'SAN2', 'Mellanox ConnectX-4 Lx Ethernet Adapter #2', 0, {
          Status: 'Disconnected',
          MediaConnectionState: 'Disconnected',
          LinkSpeed: '0 bps',
        }),
      ],
      NetIPAddress: [
        ip(4, 'LAN', '192.168.20.15/24'),
        ip(7, 'SAN1', '10.10.1.15/24'),
        ip(9, 'SAN2', '10.10.2.15/24', { AddressState: 'Tentative' }),
      ],
      ...claimsIscsi,
      ...iscsiAnswers(
        logins.map((login, at) =>
          at === 0 ? login : { ...login, more: { IsConnected: false, DiskNumbers: [] } },
        ),
        portals,
      ),
      IscsiConnection: [iscsiConnection(1, 1, '10.10.1.15', '10.10.1.101')],
      MpioDisk: [
        mpioDisk(1, 'RR', [
          [optimized, '5|0|0|0'],
          ['Failed', '5|0|1|0'],
        ]),
      ],
      Disk: [systemDisk, disk(1, 'iSCSI')],
    },
  }),
  alarms: { 'mpio-paths-missing': 'warning', 'path-nic-down': 'warning' },
  silent: ['one-physical-path', 'storage-address'],
  ceilings: { [ibm]: [10, 10, 10] },
};

const manyTargets: CorpusHost = {
  id: 'a-target-for-each-volume',
  modelledOn:
    'Arrays with a target for each volume (PS Series, Synology): four volumes, two sessions each, all well but one volume with a single session.',
  capture: windowsHost({
    ...server,
    name: 'HV-VOLS',
    release: '2022',
    answers: {
      ...base,
      ...claimsIscsi,
      ...iscsiAnswers(
        [1, 2, 3, 4].flatMap((volume) =>
          logins
            .slice(0, volume === 4 ? 1 : 2)
            .map((login) => ({ ...login, iqn: `${ibm}.vol${volume}`, disks: [volume] })),
        ),
        Object.fromEntries([1, 2, 3, 4].map((volume) => [`${ibm}.vol${volume}`, portals[ibm]])),
      ),
      MpioDisk: [1, 2, 3, 4].map((volume) =>
        mpioDisk(
          volume,
          'RR',
          volume === 4
            ? [[optimized, '5|0|6|0']]
            : [
                [optimized, `5|0|${2 * volume - 2}|0`],
                [optimized, `5|0|${2 * volume - 1}|0`],
              ],
        ),
      ),
      Disk: [systemDisk, ...[1, 2, 3, 4].map((number) => disk(number, 'iSCSI'))],
    },
  }),
  alarms: { 'single-session': 'warning' },
  silent: ['mpio-paths-missing', 'iscsi-same-pair-twice'],
  ceilings: {
    [`${ibm}.vol1`]: [10, 20, 20],
    [`${ibm}.vol2`]: [10, 20, 20],
    [`${ibm}.vol3`]: [10, 20, 20],
    [`${ibm}.vol4`]: [10, 10, 10],
  },
};

const oneSwitchPort: RawItem = {
  Name: 'vSwitch (Extern)',
  Id: '0b0e3e4c-2a7d-4c3e-9d52-6a0a1c1c7d11',
  SwitchType: 'External',
  AllowManagementOS: true,
  NetAdapterInterfaceDescription: 'Mellanox ConnectX-4 Lx Ethernet Adapter',
  NetAdapterInterfaceDescriptions: ['Mellanox ConnectX-4 Lx Ethernet Adapter'],
  NetAdapterInterfaceGuid: [guidOf(7)],
  EmbeddedTeamingEnabled: false,
};

const smbOverOneSwitchPort: CorpusHost = {
  id: 'machines-over-one-shared-port',
  modelledOn:
    'A small server whose one 10 Gbit/s port carries machines, management and their disks on a file server, through a vSwitch shared with the host; a German name, MAC and speed shared with the port.',
  capture: windowsHost({
    name: 'HV-KLEIN',
    release: '2019',
    features: ['Hyper-V'],
    language: 1031,
    initiator: 'stopped',
    answers: {
      NetAdapter: [
        port(7, 'Ethernet (Docking)', 'Mellanox ConnectX-4 Lx Ethernet Adapter', 10e9, {
          MacAddress: '9C-EB-E8-62-55-E8',
        }),
        madeByWindows(20, 'vEthernet (Extern)', 'Hyper-V Virtual Ethernet Adapter #2', 10e9, {
          MacAddress: '9C-EB-E8-62-55-E8',
        }),
      ],
      VMSwitch: [oneSwitchPort],
      VMNetworkAdapter: [
        {
          Name: 'Extern',
          IsManagementOs: true,
          SwitchName: 'vSwitch (Extern)',
          DeviceId: guidOf(20),
          MacAddress: '9CEBE86255E8',
          Status: ['Ok'],
        },
      ],
      NetIPAddress: [ip(20, 'vEthernet (Extern)', '192.168.20.15/24')],
      NetIPInterface: [ipInterface(20, 'vEthernet (Extern)')],
      NetRoute: [route(20, '0.0.0.0/0', '192.168.20.1'), route(20, '192.168.20.0/24')],
      VMHardDiskDrive: [{ VMName: 'APP', Path: '\\\\NAS\\vms\\APP.vhdx' }],
      SmbConnection: [smbShare('NAS', 'vms')],
      SmbMultichannelConnection: [smbPair('NAS', [20, '192.168.20.15', 10e9], [2, '192.168.20.5', 10e9])],
      SmbClientNetworkInterface: [smbInterface(20, 'vEthernet (Extern)', 10e9, ['192.168.20.15'])],
      Disk: [systemDisk],
    },
  }),
  alarms: { 'one-physical-path': 'warning' },
  silent: ['wrong-nic', 'smb-single-channel', 'same-member', 'mgmt-overlaps-storage'],
  ceilings: { NAS: [10, 10, 10] },
};

const capped: CorpusHost = {
  id: 'storage-vnics-with-a-cap',
  modelledOn:
    'Storage vNICs held to 2 Gbit/s each by a maximum bandwidth, on an embedded team of two 10 Gbit/s ports, mapped apart.',
  capture: windowsHost({
    ...server,
    name: 'HV-CAP',
    answers: {
      ...base,
      NetAdapter: [
        port(7, 'P1', 'Mellanox ConnectX-4 Lx Ethernet Adapter', 10e9),
        port(9, 'P2', 'Mellanox ConnectX-4 Lx Ethernet Adapter #2', 10e9),
        ...['Mgmt', 'SAN1', 'SAN2'].map((name, at) =>
          madeByWindows(20 + at, `vEthernet (${name})`, `Hyper-V Virtual Ethernet Adapter #${at + 1}`, 20e9),
        ),
      ],
      VMSwitch: [
        {
          ...oneSwitchPort,
          Name: 'SET',
          NetAdapterInterfaceDescription: 'Teamed-Interface',
          NetAdapterInterfaceDescriptions: [
            'Mellanox ConnectX-4 Lx Ethernet Adapter',
            'Mellanox ConnectX-4 Lx Ethernet Adapter #2',
          ],
          NetAdapterInterfaceGuid: [guidOf(7), guidOf(9)],
          EmbeddedTeamingEnabled: true,
        },
      ],
      VMSwitchTeam: [
        {
          Name: 'SET',
          NetAdapterInterfaceDescription: [
            'Mellanox ConnectX-4 Lx Ethernet Adapter',
            'Mellanox ConnectX-4 Lx Ethernet Adapter #2',
          ],
          TeamingMode: 'SwitchIndependent',
          LoadBalancingAlgorithm: 'HyperVPort',
        },
      ],
      VMNetworkAdapter: ['Mgmt', 'SAN1', 'SAN2'].map((name, at) => ({
        Name: name,
        IsManagementOs: true,
        SwitchName: 'SET',
        DeviceId: guidOf(20 + at),
        MacAddress: macOf(20 + at).replaceAll('-', ''),
        Status: ['Ok'],
        BandwidthSetting: at === 0 ? null : { MaximumBandwidth: 2_000_000_000, MinimumBandwidthWeight: 10 },
      })),
      VMNetworkAdapterVlan: ['Mgmt', 'SAN1', 'SAN2'].map((name) => ({
        ParentAdapter: `VMInternalNetworkAdapter, Name = '${name}'`,
        OperationMode: 'Untagged',
        AccessVlanId: 0,
      })),
      VMNetworkAdapterTeamMapping: ['SAN1', 'SAN2'].map((name, at) => ({
        ParentAdapter: `VMInternalNetworkAdapter, Name = '${name}'`,
        NetAdapterName: `P${at + 1}`,
        NetAdapterDeviceId: guidOf(7 + 2 * at),
      })),
      NetIPAddress: [
        ip(20, 'vEthernet (Mgmt)', '192.168.20.15/24'),
        ip(21, 'vEthernet (SAN1)', '10.10.1.15/24'),
        ip(22, 'vEthernet (SAN2)', '10.10.2.15/24'),
      ],
      NetIPInterface: [20, 21, 22].map((index) => ipInterface(index, String(index))),
      NetRoute: [
        route(20, '0.0.0.0/0', '192.168.20.1'),
        route(21, '10.10.1.0/24'),
        route(22, '10.10.2.0/24'),
      ],
      ...claimsIscsi,
      ...iscsiAnswers(logins, portals),
      MpioDisk: [both],
      Disk: [systemDisk, disk(1, 'iSCSI')],
    },
  }),
  alarms: {},
  hints: ['vnic-bandwidth-cap'],
  silent: ['same-member', 'wrong-nic'],
  ceilings: { [ibm]: [2, 4, 4] },
};

const mcsOnePair: CorpusHost = {
  id: 'several-connections-over-one-pair',
  modelledOn: 'Two connections in a session that both use one pair of addresses: more threads, no more path.',
  capture: windowsHost({
    ...server,
    name: 'HV-MCS2',
    features: ['Hyper-V'],
    answers: {
      ...base,
      ...iscsiAnswers(logins.slice(0, 1), portals),
      IscsiSession: [
        iscsiSession(1, ibm, {
          InitiatorPortalAddress: '10.10.1.15',
          NumberOfConnections: 2,
          DiskNumbers: [1],
        }),
      ],
      IscsiConnection: [
        iscsiConnection(1, 1, '10.10.1.15', '10.10.1.101'),
        iscsiConnection(2, 1, '10.10.1.15', '10.10.1.101'),
      ],
      IscsiMcsPolicy: [{ SessionIdentifier: sessionId(1), LoadBalancePolicy: 'RR' }],
      Disk: [systemDisk, disk(1, 'iSCSI', { FriendlyName: 'IBM 2145 SCSI Disk Device' })],
    },
  }),
  alarms: { 'iscsi-mcs': 'warning' },
  silent: ['mpio-missing', 'one-physical-path'],
  ceilings: { [ibm]: [10, 10, 10] },
};

const pending: CorpusHost = {
  id: 'mpio-waits-for-a-restart',
  modelledOn:
    'Multipath I/O was just installed and iSCSI claimed; the server was not restarted, so the disk still stands twice.',
  capture: windowsHost({
    ...server,
    name: 'HV-PEND',
    answers: {
      ...base,
      ...claimsIscsi,
      WindowsFeature: [{ Name: 'Multipath-IO', Installed: true, InstallState: 'InstallPending' }],
      ...iscsiAnswers(
        logins.map((login, at) => ({ ...login, disks: [at + 1] })),
        portals,
      ),
      MpioDisk: [],
      Disk: [
        systemDisk,
        disk(1, 'iSCSI'),
        disk(2, 'iSCSI', {
          UniqueId: disk(1, 'iSCSI')['UniqueId'],
          IsOffline: true,
          OfflineReason: 'Redundant Path',
        }),
      ],
    },
  }),
  alarms: { 'mpio-reboot-pending': 'warning' },
  silent: ['mpio-missing', 'mpio-unclaimed', 'single-session'],
  ceilings: { [ibm]: [10, 10, 10] },
};

export const rawMore: readonly CorpusHost[] = [
  noDiskNumbers,
  unknownConnections,
  japaneseListing,
  portLost,
  manyTargets,
  smbOverOneSwitchPort,
  capped,
  mcsOnePair,
  pending,
];

/** Healthy hosts with block storage, in the raw shapes of their Windows. */
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
  iscsiTarget,
  macOf,
  madeByWindows,
  mpioDisk,
  optimized,
  port,
  refused,
  route,
  sessionId,
  systemDisk,
  teamNicRow,
  unoptimized,
  windowsHost,
} from './windows-shapes.ts';

const server = { release: '2019', features: ['Hyper-V', 'Multipath-IO'] } as const;

/** Two 10 Gbit/s ports for iSCSI beside 1 Gbit/s for management: names and numbers as the caller likes them. */
function dedicated(names: readonly [string, string, string], speed: unknown = 10_000_000_000) {
  const [lan, first, second] = names;
  const more = { Speed: speed, ReceiveLinkSpeed: speed, TransmitLinkSpeed: speed };
  return {
    NetAdapter: [
      port(4, lan, 'Broadcom NetXtreme Gigabit Ethernet', 1e9),
      port(7, first, 'Intel(R) Ethernet Controller X710 for 10GbE SFP+', 10e9, more),
      port(9, second, 'Intel(R) Ethernet Controller X710 for 10GbE SFP+ #2', 10e9, more),
    ],
    NetIPAddress: [
      ip(4, lan, '192.168.20.15/24'),
      ip(7, first, '10.10.1.15/24'),
      ip(9, second, '10.10.2.15/24'),
      ip(1, 'Loopback Pseudo-Interface 1', '127.0.0.1/8', { PrefixOrigin: 'WellKnown' }),
    ],
    NetIPInterface: [ipInterface(4, lan), ipInterface(7, first), ipInterface(9, second)],
    NetRoute: [
      route(4, '0.0.0.0/0', '192.168.20.1'),
      route(4, '192.168.20.0/24'),
      route(7, '10.10.1.0/24'),
      route(9, '10.10.2.0/24'),
    ],
  };
}

const compellent = 'iqn.2002-03.com.compellent:5000d31000ba0a2c';
const twoPortals = { [compellent]: ['10.10.1.101', '10.10.2.101'] };
const twoLogins = [
  { iqn: compellent, from: '10.10.1.15', to: '10.10.1.101', disks: [1] },
  { iqn: compellent, from: '10.10.2.15', to: '10.10.2.101', disks: [1] },
];
const roundRobin = [
  mpioDisk(1, 'RR', [
    [optimized, '5|0|0|0'],
    [optimized, '5|0|1|0'],
  ]),
];

const japanese: CorpusHost = {
  id: 'japanese-two-fault-domains',
  modelledOn:
    'Dell SC Series, Microsoft MPIO best practices: two fault domains, a session from each adapter, round robin; a Japanese Windows Server 2019.',
  capture: windowsHost({
    ...server,
    name: 'HV-東京01',
    language: 1041,
    answers: {
      ...dedicated(['イーサネット', 'イーサネット 2', 'イーサネット 3']),
      ...claimsIscsi,
      ...iscsiAnswers(twoLogins, twoPortals),
      MpioDisk: roundRobin,
      Disk: [systemDisk, disk(1, 'iSCSI')],
    },
  }),
  alarms: {},
  silent: ['iscsi-crosses-subnet', 'portal-pairing', 'storage-default-gateway'],
  ceilings: { [compellent]: [10, 20, 20] },
};

const germanListing = [
  'MPIO-Datenträger    Systemdatenträger  LB-Richtlinie    DSM-Name',
  '-------------------------------------------------------------------------------',
  'MPIO-Datenträger0   Datenträger 1      RR               Microsoft DSM',
].join('\r\n');

const german: CorpusHost = {
  id: 'german-2012r2-lbfo-under-vswitch',
  modelledOn:
    'The converged build of its day: Windows Server 2012 R2 in German, LBFO team with Hyper-V port under a vSwitch, two storage vNICs, mpclaim where the classes do not answer.',
  capture: windowsHost({
    name: 'HV-KOELN-02',
    release: '2012R2',
    features: ['Hyper-V', 'Multipath-IO'],
    caption: 'Microsoft Windows Server 2012 R2 Datacenter',
    language: 1031,
    answers: {
      NetAdapter: [
        port(12, 'LAN-Verbindung 3', 'Intel(R) Ethernet Converged Network Adapter X540-T2', 10e9),
        port(13, 'LAN-Verbindung 4', 'Intel(R) Ethernet Converged Network Adapter X540-T2 #2', 10e9),
        port(25, 'Bluetooth-Netzwerkverbindung', 'Bluetooth Device (Personal Area Network)', 3e6, {
          Status: 'Disconnected',
          MediaConnectionState: 'Disconnected',
          PhysicalMediaType: 'BlueTooth',
          HardwareInterface: false,
        }),
        teamNicRow(18, 'Gespann1', 20e9, { MacAddress: macOf(12) }),
        madeByWindows(20, 'vEthernet (Verwaltung)', 'Hyper-V Virtual Ethernet Adapter', 20e9, {
          MacAddress: macOf(12),
        }),
        madeByWindows(21, 'vEthernet (Speicher 1)', 'Hyper-V Virtual Ethernet Adapter #2', 20e9, {
          MacAddress: '00-15-5D-0A-10-01',
        }),
        madeByWindows(22, 'vEthernet (Speicher 2)', 'Hyper-V Virtual Ethernet Adapter #3', 20e9, {
          MacAddress: '00-15-5D-0A-10-02',
        }),
      ],
      NetLbfoTeam: [
        {
          Name: 'Gespann1',
          Members: ['LAN-Verbindung 3', 'LAN-Verbindung 4'],
          TeamNics: 'Gespann1',
          TeamingMode: 'SwitchIndependent',
          LoadBalancingAlgorithm: 'HyperVPort',
          Status: 'Up',
        },
      ],
      NetLbfoTeamMember: [12, 13].map((index) => ({
        Name: `LAN-Verbindung ${index - 9}`,
        InterfaceDescription: `Intel(R) Ethernet Converged Network Adapter X540-T2${index === 13 ? ' #2' : ''}`,
        Team: 'Gespann1',
        AdministrativeMode: 'Active',
        OperationalStatus: 'Active',
        FailureReason: 'NoFailure',
      })),
      NetLbfoTeamNic: [
        {
          Name: 'Gespann1',
          InterfaceDescription: 'Microsoft Network Adapter Multiplexor Driver',
          Team: 'Gespann1',
          VlanID: null,
          Primary: true,
          Default: true,
        },
      ],
      VMSwitch: [
        {
          Name: 'Konvergent',
          Id: '98094e00-0df1-485b-875c-9a00d9af2f75',
          SwitchType: 'External',
          AllowManagementOS: true,
          NetAdapterInterfaceDescription: 'Microsoft Network Adapter Multiplexor Driver',
          BandwidthReservationMode: 'Weight',
        },
      ],
      VMNetworkAdapter: [
        ['Verwaltung', macOf(12).replaceAll('-', '')],
        ['Speicher 1', '00155D0A1001'],
        ['Speicher 2', '00155D0A1002'],
      ].map(([name, mac]) => ({
        Name: name,
        IsManagementOs: true,
        VMName: null,
        SwitchName: 'Konvergent',
        MacAddress: mac,
        Status: ['Ok'],
        IPAddresses: [],
      })),
      VMNetworkAdapterVlan: ['Verwaltung', 'Speicher 1', 'Speicher 2'].map((name, at) => ({
        ParentAdapter: `VMInternalNetworkAdapter, Name = '${name}'`,
        OperationMode: at === 0 ? 'Untagged' : 'Access',
        AccessVlanId: at === 0 ? 0 : 100 + at,
      })),
      VMNetworkAdapterIsolation: [],
      NetIPAddress: [
        ip(20, 'vEthernet (Verwaltung)', '192.168.20.22/24'),
        ip(21, 'vEthernet (Speicher 1)', '10.10.1.22/24'),
        ip(22, 'vEthernet (Speicher 2)', '10.10.2.22/24'),
      ],
      NetRoute: [
        route(20, '0.0.0.0/0', '192.168.20.1'),
        route(20, '192.168.20.0/24'),
        route(21, '10.10.1.0/24'),
        route(22, '10.10.2.0/24'),
      ],
      ...iscsiAnswers(
        [
          { iqn: compellent, from: '10.10.1.22', to: '10.10.1.101', disks: [1] },
          { iqn: compellent, from: '10.10.2.22', to: '10.10.2.101', disks: [1] },
        ],
        twoPortals,
      ),
      ...claimsIscsi,
      MpioDisk: refused('cmdlet-missing', 'Ungültige Klasse'),
      Mpclaim: [
        { Arguments: '-s -d', Text: germanListing },
        {
          Arguments: '-s -d 0',
          Text: [
            'MPIO-Datenträger0: 02 Pfade, Roundrobin, Symmetrischer Zugriff',
            '    Steuerndes DSM: Microsoft DSM',
            `    SN: 6000D31004704E000000000000000001`,
            '    Unterstützte Lastenausgleichsrichtlinien: FOO RR RRWS LQD WP LB',
            '',
            '    Pfad-ID          Status              SCSI-Adresse      Gewichtung',
            '    ---------------------------------------------------------------------------',
            '    0000000077050000 Aktiv/Optimiert     005|000|000|000   0',
            '    0000000077050001 Aktiv/Optimiert     005|000|001|000   0',
          ],
        },
      ],
      Disk: [systemDisk, disk(1, 'iSCSI')],
    },
  }),
  alarms: {},
  silent: ['iscsi-on-team', 'lbfo-under-vswitch', 'single-session', 'mpio-missing'],
  ceilings: { [compellent]: [10, 10, 20] },
};

const starwind = 'iqn.2008-08.com.starwindsoftware:sw1-csv1';
const starwindPartner = 'iqn.2008-08.com.starwindsoftware:sw2-csv1';

const hyperConverged: CorpusHost = {
  id: 'starwind-two-nodes',
  modelledOn:
    'StarWind guidance for a hyper-converged pair of nodes: sessions to 127.0.0.1 and to the partner, policy Failover Only with the local path active.',
  capture: windowsHost({
    ...server,
    name: 'SW1',
    features: ['Hyper-V', 'Multipath-IO', 'Failover-Clustering'],
    answers: {
      ...dedicated(['Ethernet', 'iSCSI/Data', 'Sync']),
      ...claimsIscsi,
      ...iscsiAnswers(
        [
          { iqn: starwind, from: '0.0.0.0', to: '127.0.0.1', disks: [1] },
          { iqn: starwindPartner, from: '10.10.1.15', to: '10.10.1.16', disks: [1] },
        ],
        {
          [starwind]: ['127.0.0.1', '10.10.1.15'],
          [starwindPartner]: ['10.10.1.16'],
        },
      ),
      MpioDisk: [
        mpioDisk(1, 'FOO', [
          [optimized, '5|0|0|0'],
          ['Standby', '5|0|1|0'],
        ]),
      ],
      Disk: [
        systemDisk,
        disk(1, 'iSCSI', { FriendlyName: 'STARWIND STARWIND  Multi-Path Disk Device', IsClustered: true }),
      ],
      Cluster: [{ Name: 'SWCLUSTER', S2DEnabled: 0 }],
    },
  }),
  alarms: {},
  silent: ['mpio-failover-only', 'wrong-nic', 'iscsi-sessions-uneven'],
  ceilings: { [starwind]: [null, null, null], [starwindPartner]: [null, null, null] },
};

const starwindMesh: CorpusHost = {
  id: 'starwind-many-local-sessions',
  modelledOn:
    'StarWind guidance for fast networks: several loopback sessions and two to the partner, Least Queue Depth.',
  capture: windowsHost({
    ...server,
    name: 'SW1',
    answers: {
      ...dedicated(['Ethernet', 'iSCSI1', 'iSCSI2']),
      ...claimsIscsi,
      ...iscsiAnswers(
        [
          { iqn: starwind, from: '0.0.0.0', to: '127.0.0.1', disks: [1] },
          { iqn: starwind, from: '0.0.0.0', to: '127.0.0.1', disks: [1] },
          { iqn: starwind, from: '0.0.0.0', to: '127.0.0.1', disks: [1] },
          { iqn: starwindPartner, from: '10.10.1.15', to: '10.10.1.16', disks: [1] },
        ],
        { [starwind]: ['127.0.0.1'], [starwindPartner]: ['10.10.1.16'] },
      ),
      MpioDisk: [
        mpioDisk(1, 'LQD', [
          [optimized, '5|0|0|0'],
          [optimized, '5|0|1|0'],
          [optimized, '5|0|2|0'],
          [optimized, '5|0|3|0'],
        ]),
      ],
      Disk: [systemDisk, disk(1, 'iSCSI', { FriendlyName: 'STARWIND STARWIND  Multi-Path Disk Device' })],
    },
  }),
  alarms: {},
  silent: ['iscsi-sessions-uneven', 'wrong-nic', 'one-initiator-address'],
  ceilings: { [starwind]: [null, null, null], [starwindPartner]: [10, null, null] },
};

const unknownSpeeds: CorpusHost = {
  id: 'ports-without-a-speed',
  modelledOn:
    'Drivers that answer 4294967295 or 9223372036854775807 for the speed of a link (MIB rows of all ones, KB970663): no speed, neither slow nor fast.',
  capture: windowsHost({
    ...server,
    name: 'HV07',
    answers: {
      ...dedicated(['Ethernet', 'SAN A', 'SAN B'], '18446744073709551615'),
      NetAdapter: [
        port(4, 'Ethernet', 'Broadcom NetXtreme Gigabit Ethernet', 1e9),
        port(7, 'SAN A', 'QLogic FastLinQ QL41262 (VBD Client)', 25e9, {
          Speed: 4294967295,
          ReceiveLinkSpeed: 4294967295,
          LinkSpeed: '4.29 Gbps',
        }),
        port(9, 'SAN B', 'QLogic FastLinQ QL41262 (VBD Client) #2', 25e9, {
          Speed: '9223372036854775807',
          ReceiveLinkSpeed: '9223372036854775807',
          LinkSpeed: '9223372036.85 Gbps',
        }),
        port(14, 'NIC4', 'Broadcom NetXtreme Gigabit Ethernet #2', 0, {
          Status: 'Disconnected',
          MediaConnectionState: 'Disconnected',
          LinkSpeed: '0 bps',
        }),
        port(15, 'NIC5', 'Broadcom NetXtreme Gigabit Ethernet #3', 0, {
          Status: 'Disabled',
          MediaConnectionState: 'Unknown',
          Speed: '18446744073709551615',
        }),
      ],
      ...claimsIscsi,
      ...iscsiAnswers(twoLogins, twoPortals),
      MpioDisk: roundRobin,
      Disk: [systemDisk, disk(1, 'iSCSI')],
    },
  }),
  alarms: {},
  silent: ['path-nic-slow', 'path-nic-down'],
  ceilings: { [compellent]: [null, null, null] },
};

const nameless: CorpusHost = {
  id: 'connections-without-a-session',
  modelledOn:
    'The pages of Get-IscsiSession and Get-IscsiConnection: a connection names no session, its ends are called node addresses, its port has its bytes swapped.',
  capture: windowsHost({
    ...server,
    name: 'DEEPCORE',
    release: '2016',
    answers: {
      ...dedicated(['Ethernet', 'Ethernet 2', 'Ethernet 3']),
      ...claimsIscsi,
      ...iscsiAnswers(twoLogins, twoPortals),
      IscsiSession: twoLogins.map(({ from }, index) =>
        iscsiSession(index + 1, compellent, {
          SessionIdentifier: sessionId(index + 1, 'fffffa800d008430'),
          InitiatorPortalAddress: from,
          DiskNumbers: [1],
        }),
      ),
      IscsiConnection: twoLogins.map(({ from, to }, index) => ({
        ConnectionIdentifier: `fffffa800d008430-${index + 2}`,
        InitiatorNodeAddress: from,
        InitiatorPortNumber: 41458,
        TargetNodeAddress: to,
        TargetPortNumber: 3260,
      })),
      MpioDisk: roundRobin,
      Disk: [systemDisk, disk(1, 'iSCSI')],
    },
  }),
  alarms: {},
  ceilings: { [compellent]: [10, 20, 20] },
};

const numbers: CorpusHost = {
  id: 'enumerations-as-numbers',
  modelledOn:
    'Objects that Windows PowerShell turned into JSON itself: enumerations as numbers, one object instead of a list, booleans of the cluster as 0 and 1.',
  capture: windowsHost({
    ...server,
    name: 'HV08',
    answers: {
      ...dedicated(['Ethernet', 'A', 'B']),
      NetAdapter: [
        port(4, 'Ethernet', 'Broadcom NetXtreme Gigabit Ethernet', 1e9, { MediaConnectionState: 1 }),
        port(7, 'A', 'Intel(R) Ethernet Controller X710 for 10GbE SFP+', 10e9, { MediaConnectionState: 1 }),
        port(9, 'B', 'Intel(R) Ethernet Controller X710 for 10GbE SFP+ #2', 10e9, {
          MediaConnectionState: 1,
          LinkSpeed: '10 Gbps',
        }),
      ],
      NetIPAddress: [
        [4, '192.168.20.15'],
        [7, '10.10.1.15'],
        [9, '10.10.2.15'],
      ].map(([index, address]) => ({
        IPAddress: address,
        InterfaceIndex: index,
        AddressFamily: 2,
        PrefixLength: 24,
        PrefixOrigin: 1,
        SuffixOrigin: 1,
        AddressState: 4,
        SkipAsSource: false,
        Store: 1,
      })),
      ...claimsIscsi,
      ...iscsiAnswers(twoLogins, twoPortals),
      MpioDisk: roundRobin,
      Disk: [
        { ...systemDisk, BusType: 8, HealthStatus: 0, OperationalStatus: 53264 },
        disk(1, 'iSCSI', { BusType: 9, HealthStatus: 0, OperationalStatus: [53264], OfflineReason: 0 }),
      ],
    },
  }),
  alarms: {},
  ceilings: { [compellent]: [10, 20, 20] },
};

const fibreChannel: CorpusHost = {
  id: 'fibre-channel-alua-listing',
  modelledOn:
    'A published mpclaim listing of a Fibre Channel array with ALUA on Windows: two optimized paths, two others, target port groups in lines of their own.',
  capture: windowsHost({
    ...server,
    name: 'HV-FC-01',
    initiator: 'stopped',
    answers: {
      NetAdapter: [port(4, 'Port 1', 'Broadcom NetXtreme E-Series 10Gb', 10e9)],
      NetIPAddress: [ip(4, 'Port 1', '192.168.20.31/24')],
      NetRoute: [route(4, '0.0.0.0/0', '192.168.20.1'), route(4, '192.168.20.0/24')],
      MpioDisk: refused('cmdlet-missing', 'Invalid class'),
      Mpclaim: [
        {
          Arguments: '-s -d',
          Text: `For more information about a particular disk, use 'mpclaim -s -d #' where # is the MPIO disk number.\n\nMPIO Disk    System Disk  LB Policy    DSM Name\n-------------------------------------------------------------------------------\nMPIO Disk1   Disk 3       RRWS         Microsoft DSM\nMPIO Disk0   Disk 2       RRWS         Microsoft DSM\n`,
        },
        ...[0, 1].map((number) => ({
          Arguments: `-s -d ${number}`,
          Text: [
            `MPIO Disk${number}: 04 Paths, Round Robin with Subset, Implicit Only`,
            ' Controlling DSM: Microsoft DSM',
            ` SN: 6000D31004704E00000000000000000${number + 2}`,
            ' Supported Load Balance Policies: FOO RR RRWS LQD WP LB',
            '',
            'Path ID          State              SCSI Address      Weight',
            '---------------------------------------------------------------------------',
            `0000000077050007 Active/Optimized   005|000|007|00${number}   0`,
            '  TPG_State : Active/Optimized  , TPG_Id: 61498, : 58',
            `0000000077050006 Active/Unoptimized   005|000|006|00${number}   0`,
            '  TPG_State : Active/Unoptimized  , TPG_Id: 61498, : 58',
            `* 0000000077060007 Active/Optimized   006|000|007|00${number}   0`,
            '* TPG_State : Active/Optimized  , TPG_Id: 61498, : 58',
            `0000000077060006 Active/Unoptimized   006|000|006|00${number}   0`,
            '  TPG_State : Active/Unoptimized  , TPG_Id: 61498, : 58',
          ],
        })),
      ],
      Disk: [systemDisk, disk(2, 'Fibre Channel'), disk(3, 'Fibre Channel')],
      FibreChannelPort: [
        {
          NodeAddress: '20000024ff4b1c2a',
          PortAddress: '21000024ff4b1c2a',
          ConnectionType: 'Fibre Channel',
          OperationalStatus: 'Operational',
        },
        {
          NodeAddress: '20000024ff4b1c2b',
          PortAddress: '21000024ff4b1c2b',
          ConnectionType: 'Fibre Channel',
          OperationalStatus: 'Operational',
        },
      ],
    },
  }),
  alarms: {},
  silent: ['one-physical-path', 'mpio-missing', 'iscsi-service', 'path-nic-slow', 'mpio-failover-only'],
  ceilings: { 'Disk 2': [null, null, null], 'Disk 3': [null, null, null] },
};

const vendorDsm: CorpusHost = {
  id: 'vendor-dsm-sddsm',
  modelledOn:
    'IBM Subsystem Device Driver DSM over Fibre Channel as mpclaim lists it: policy VS, module IBM SDDDSM; MPIO settings of the vendor.',
  capture: windowsHost({
    ...server,
    name: 'HV-SVC-01',
    initiator: 'stopped',
    answers: {
      NetAdapter: [port(4, 'Ethernet', 'Broadcom NetXtreme E-Series 10Gb', 10e9)],
      NetIPAddress: [ip(4, 'Ethernet', '192.168.20.31/24')],
      NetRoute: [route(4, '0.0.0.0/0', '192.168.20.1'), route(4, '192.168.20.0/24')],
      MSDSMSupportedHW: [{ VendorId: 'Vendor 8', ProductId: 'Product       16' }],
      MSDSMGlobalDefaultLoadBalancePolicy: [{ Value: 'FOO' }],
      MpioDisk: [],
      Mpclaim: [
        {
          Arguments: '-s -d',
          Text: 'MPIO Disk    System Disk  LB Policy    DSM Name\n-----------------------------------------------------\nMPIO Disk11  Disk 11      VS           IBM SDDDSM\n',
        },
      ],
      Disk: [systemDisk, disk(11, 'Fibre Channel', { FriendlyName: 'IBM 2145  Multi-Path Disk Device' })],
    },
  }),
  alarms: {},
  silent: ['mpio-unclaimed', 'mpio-failover-only', 'mpio-paths-missing', 'mpio-timers'],
  ceilings: { 'Disk 11': [null, null, null] },
};

const sasOnly: CorpusHost = {
  id: 'sas-shared-enclosure',
  modelledOn:
    'A two-node cluster on a shared SAS array (Dell MD3200 class): two HBAs, ALUA, no iSCSI at all.',
  capture: windowsHost({
    ...server,
    name: 'HV-SAS-01',
    release: '2016',
    features: ['Hyper-V', 'Multipath-IO', 'Failover-Clustering'],
    initiator: 'stopped',
    answers: {
      NetAdapter: [
        port(4, 'Ethernet', 'Intel(R) I350 Gigabit Network Connection', 1e9),
        port(5, 'Ethernet 2', 'Intel(R) I350 Gigabit Network Connection #2', 1e9),
      ],
      NetIPAddress: [
        ip(4, 'Ethernet', '192.168.20.41/24'),
        ip(5, 'Ethernet 2', '10.0.99.41/24'),
        ip(30, 'LAN-Verbindung* 11', '169.254.1.77/16', { PrefixOrigin: 'WellKnown', SuffixOrigin: 'Link' }),
      ],
      NetRoute: [route(4, '0.0.0.0/0', '192.168.20.1'), route(4, '192.168.20.0/24')],
      MSDSMAutomaticClaimSettings: [
        { BusType: 'iSCSI', Enabled: false },
        { BusType: 'SAS', Enabled: true },
      ],
      MpioDisk: [1, 2].map((number) =>
        mpioDisk(number, 'RRWS', [
          [optimized, `1|0|0|${number}`],
          [unoptimized, `2|0|0|${number}`],
        ]),
      ),
      Disk: [
        systemDisk,
        disk(1, 'SAS', { FriendlyName: 'DELL MD32xx  Multi-Path Disk Device', IsClustered: true }),
        disk(2, 'SAS', { FriendlyName: 'DELL MD32xx  Multi-Path Disk Device', IsClustered: true }),
      ],
      Cluster: [{ Name: 'HVC', S2DEnabled: 0 }],
    },
  }),
  alarms: {},
  silent: ['mpio-unclaimed', 'storage-address', 'one-physical-path', 'mpio-failover-only'],
  ceilings: { 'Disk 1': [null, null, null], 'Disk 2': [null, null, null] },
};

const boot: CorpusHost = {
  id: 'iscsi-boot',
  modelledOn:
    'Boot from an iSCSI LUN by the firmware of the adapter: the session of the boot disk is no favourite, and has to stay.',
  capture: windowsHost({
    ...server,
    name: 'HV-BOOT',
    answers: {
      ...dedicated(['LOM1', 'LOM2', 'LOM3']),
      ...claimsIscsi,
      ...iscsiAnswers(
        twoLogins.map((login) => ({ ...login, disks: [0], more: { IsPersistent: false } })),
        twoPortals,
      ),
      IscsiPersistentLogin: [],
      MpioDisk: [
        mpioDisk(
          1,
          'RR',
          [
            [optimized, '5|0|0|0'],
            [optimized, '5|0|1|0'],
          ],
          { DiskNumber: 0 },
        ),
      ],
      Disk: [disk(0, 'iSCSI', { IsBoot: true, IsSystem: true })],
    },
  }),
  alarms: {},
  silent: ['not-persistent', 'iscsi-favourite-dead'],
  ceilings: { [compellent]: [10, 20, 20] },
};

const offload: CorpusHost = {
  id: 'offload-hba',
  modelledOn:
    'Broadcom NetXtreme II with iSCSI offload (bnx2i): the initiator is the adapter, with addresses that Windows does not have.',
  capture: windowsHost({
    ...server,
    name: 'HV-HBA',
    release: '2016',
    answers: {
      NetAdapter: [port(4, 'Ethernet', 'Broadcom BCM57810 NetXtreme II 10 GigE', 10e9)],
      NetIPAddress: [ip(4, 'Ethernet', '192.168.20.51/24')],
      NetRoute: [route(4, '0.0.0.0/0', '192.168.20.1'), route(4, '192.168.20.0/24')],
      ...claimsIscsi,
      ...iscsiAnswers(
        ['10.10.1.51', '10.10.1.52'].map((from, at) => ({
          iqn: compellent,
          from,
          to: '10.10.1.101',
          disks: [1],
          more: {
            InitiatorInstanceName: `PCI\\VEN_14E4&DEV_168E&SUBSYS_1F5F1028&REV_10\\4&${at}&0&0008_0`,
          },
        })),
        { [compellent]: ['10.10.1.101'] },
      ),
      IscsiHba: [
        {
          InstanceName: 'PCI\\VEN_14E4&DEV_168E\\4&0&0&0008_0',
          DriverName: 'bxois.sys',
          VendorModel: 'BCM57810',
        },
      ],
      MpioDisk: roundRobin,
      Disk: [systemDisk, disk(1, 'iSCSI')],
    },
  }),
  alarms: {},
  silent: ['one-initiator-address', 'storage-address', 'wrong-nic', 'jumbo-mismatch', 'one-physical-path'],
  ceilings: { [compellent]: [null, null, null] },
};

const guest: CorpusHost = {
  id: 'guest-cluster-in-guest-iscsi',
  modelledOn: 'A guest cluster: two virtual NICs for iSCSI inside a Hyper-V machine, MPIO in the guest.',
  capture: windowsHost({
    name: 'SQLNODE1',
    release: '2022',
    features: ['Multipath-IO', 'Failover-Clustering'],
    manufacturer: 'Microsoft Corporation',
    model: 'Virtual Machine',
    answers: {
      ...dedicated(['Ethernet', 'Ethernet 2', 'Ethernet 3']),
      NetAdapter: [
        [4, 'Ethernet', ''],
        [7, 'Ethernet 2', ' #2'],
        [9, 'Ethernet 3', ' #4'],
      ].map(([index, name, number]) =>
        port(Number(index), String(name), `Microsoft Hyper-V Network Adapter${String(number)}`, 10e9, {
          PnPDeviceID: `VMBUS\\{F8615163-DF3E-46C5-913F-F2D2F965ED0E}\\{${String(index)}}`,
          DriverProvider: 'Microsoft',
          DriverDate: '2006-06-21T00:00:00.000Z',
          DriverFileName: 'netvsc.sys',
        }),
      ),
      ...claimsIscsi,
      ...iscsiAnswers(twoLogins, twoPortals),
      MpioDisk: roundRobin,
      Disk: [systemDisk, disk(1, 'iSCSI', { IsClustered: true })],
      Cluster: [{ Name: 'SQLC', S2DEnabled: 0 }],
    },
  }),
  alarms: {},
  silent: ['inbox-driver', 'driver-age', 'one-physical-path'],
  ceilings: { [compellent]: [null, null, null] },
};

const volume = 'iqn.2023-03.net.windows.core.blob.elasticsan.es-x1:vol1';

const elasticSan: CorpusHost = {
  id: 'azure-elastic-san',
  modelledOn:
    'Azure Elastic SAN best practices: 32 sessions from the one NIC of a machine in Azure to a volume behind a private endpoint in another subnet, MPIO with round robin.',
  capture: windowsHost({
    name: 'azvm01',
    release: '2022',
    features: ['Multipath-IO'],
    manufacturer: 'Microsoft Corporation',
    model: 'Virtual Machine',
    answers: {
      NetAdapter: [
        port(6, 'Ethernet', 'Microsoft Hyper-V Network Adapter', 50e9, {
          PnPDeviceID: 'VMBUS\\{F8615163-DF3E-46C5-913F-F2D2F965ED0E}\\{1}',
          DriverProvider: 'Microsoft',
          DriverFileName: 'netvsc.sys',
        }),
        port(11, 'Ethernet 2', 'Mellanox ConnectX-5 Virtual Adapter', 50e9, { DriverProvider: 'Mellanox' }),
      ],
      NetIPAddress: [ip(6, 'Ethernet', '10.20.0.4/24', { PrefixOrigin: 'Dhcp', SuffixOrigin: 'Dhcp' })],
      NetRoute: [route(6, '0.0.0.0/0', '10.20.0.1'), route(6, '10.20.0.0/24')],
      ...claimsIscsi,
      ...iscsiAnswers(
        Array.from({ length: 32 }, () => ({
          iqn: volume,
          from: '0.0.0.0',
          to: '10.20.7.5',
          disks: [1],
        })),
        { [volume]: ['10.20.7.5'] },
      ),
      MpioDisk: [
        mpioDisk(
          1,
          'RR',
          Array.from({ length: 32 }, (_, at) => [optimized, `5|0|${at}|0`] as const),
        ),
      ],
      Disk: [systemDisk, disk(1, 'iSCSI', { FriendlyName: 'MSFT Elastic SAN  Multi-Path Disk Device' })],
    },
  }),
  alarms: {},
  silent: ['wrong-nic'],
  ceilings: { [volume]: [null, null, null] },
};

const severalConnections: CorpusHost = {
  id: 'several-connections-in-a-session',
  modelledOn:
    'Multiple connections per session, as targets such as Celerra or iStor offered: one session, two connections over two adapters, no MPIO.',
  capture: windowsHost({
    ...server,
    name: 'HV-MCS',
    release: '2012R2',
    features: ['Hyper-V'],
    answers: {
      ...dedicated(['Ethernet', 'iSCSI A', 'iSCSI B'], 1_000_000_000),
      IscsiSession: [
        iscsiSession(1, compellent, {
          InitiatorPortalAddress: '10.10.1.15',
          NumberOfConnections: 2,
          DiskNumbers: [1],
        }),
      ],
      IscsiConnection: [
        iscsiConnection(1, 1, '10.10.1.15', '10.10.1.101'),
        iscsiConnection(2, 1, '10.10.2.15', '10.10.2.101'),
      ],
      IscsiTarget: [iscsiTarget(compellent, ['10.10.1.101', '10.10.2.101'])],
      IscsiMcsPolicy: [
        { SessionIdentifier: sessionId(1), LoadBalancePolicy: 'RR', UniqueSessionId: '4000013700000001' },
      ],
      Disk: [systemDisk, disk(1, 'iSCSI', { FriendlyName: 'EMC Celerra SCSI Disk Device' })],
    },
  }),
  alarms: {},
  hints: ['iscsi-mcs'],
  silent: ['single-session', 'mpio-missing', 'one-initiator-address'],
  ceilings: { [compellent]: [1, 2, 2] },
};

const local: CorpusHost = {
  id: 'local-disks-and-spares',
  modelledOn:
    'A single server with local disks: spares without a cable, a management controller on USB, Wi-Fi, a VPN, WSL; MSiSCSI manual and stopped.',
  capture: windowsHost({
    name: 'HV-LOCAL',
    release: '2025',
    features: ['Hyper-V'],
    initiator: 'stopped',
    answers: {
      NetAdapter: [
        port(3, 'Mgmt', 'Broadcom NetXtreme Gigabit Ethernet', 1e9),
        port(7, 'NIC4', 'Broadcom NetXtreme Gigabit Ethernet #2', 0, {
          Status: 'Disconnected',
          MediaConnectionState: 'Disconnected',
        }),
        port(8, 'NIC5', 'Broadcom NetXtreme Gigabit Ethernet #3', 0, { Status: 'Disabled' }),
        port(36, 'Ethernet', 'Remote NDIS Compatible Device #2', 426e6, {
          PnPDeviceID: 'USB\\VID_413C&PID_A102\\5678',
          DriverProvider: 'Microsoft',
        }),
        port(40, 'WLAN', 'Intel(R) Wi-Fi 6 AX201 160MHz', 54e6, { PhysicalMediaType: 'Native 802.11' }),
        madeByWindows(41, 'Ethernet 7', 'PANGP Virtual Ethernet Adapter Secure', 2e9, { Status: 'Disabled' }),
        madeByWindows(42, 'vEthernet (WSL (Hyper-V firewall))', 'Hyper-V Virtual Ethernet Adapter', 10e9),
      ],
      NetIPAddress: [
        ip(3, 'Mgmt', '192.168.20.61/24', { PrefixOrigin: 'Dhcp' }),
        ip(36, 'Ethernet', '169.254.11.3/24', { PrefixOrigin: 'Dhcp' }),
        ip(42, 'vEthernet (WSL (Hyper-V firewall))', '172.22.16.1/20'),
      ],
      NetRoute: [route(3, '0.0.0.0/0', '192.168.20.1'), route(3, '192.168.20.0/24')],
      VMSwitch: [
        {
          Name: 'WSL (Hyper-V firewall)',
          Id: '790e58b4-7939-4434-9358-89ae7ddbe87e',
          SwitchType: 'Internal',
          NetAdapterInterfaceDescription: '',
          NetAdapterInterfaceDescriptions: [],
          EmbeddedTeamingEnabled: false,
        },
      ],
      VMNetworkAdapter: [
        {
          Name: 'WSL (Hyper-V firewall)',
          IsManagementOs: true,
          SwitchName: 'WSL (Hyper-V firewall)',
          DeviceId: guidOf(42),
          MacAddress: macOf(42).replaceAll('-', ''),
          Status: ['Ok'],
        },
      ],
      VMHardDiskDrive: [{ VMName: 'DC1', Path: 'D:\\VMs\\DC1.vhdx' }],
      Disk: [systemDisk, disk(1, 'NVMe', { FriendlyName: 'KIOXIA KCD8' })],
    },
  }),
  alarms: {},
  silent: ['iscsi-service', 'path-nic-down', 'path-nic-slow', 'storage-address', 'storage-on-usb-nic'],
  ceilings: {},
};

export const rawHealthyIscsi: readonly CorpusHost[] = [
  japanese,
  german,
  hyperConverged,
  starwindMesh,
  unknownSpeeds,
  nameless,
  numbers,
  fibreChannel,
  vendorDsm,
  sasOnly,
  boot,
  offload,
  guest,
  elasticSan,
  severalConnections,
  local,
];

/** Healthy hosts with file storage and converged networks, in the raw shapes of their Windows. */
import type { Observation, RawItem } from '../../src-main/shared/capture.ts';
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
  windowsHost,
} from './windows-shapes.ts';

const rdma = {
  ClientRSSCapable: false,
  ClientRdmaCapable: true,
  ServerRdmaCapable: true,
  CurrentChannels: 2,
  MaxChannels: 2,
};
const unused = { Selected: false, CurrentChannels: 0 };

const contoso: CorpusHost = {
  id: 'contoso-hv1-infiniband',
  modelledOn:
    'The page of Get-SmbMultichannelConnection: two RDMA interfaces of 32 Gbit/s selected; the same pairs as RSS, slower ones and pairs across subnets listed as not selected.',
  capture: windowsHost({
    name: 'CONTOSO-HV1',
    release: '2012R2',
    features: ['Hyper-V'],
    initiator: 'stopped',
    answers: {
      NetAdapter: [
        port(12, 'RDMA1', 'Mellanox ConnectX-3 IPoIB Adapter', 32e9, {
          DriverProvider: 'Mellanox',
          MediaType: 'InfiniBand',
        }),
        port(15, 'RDMA2', 'Mellanox ConnectX-3 IPoIB Adapter #2', 32e9, {
          DriverProvider: 'Mellanox',
          MediaType: 'InfiniBand',
        }),
        port(14, 'Ethernet', 'Intel(R) 82599 10 Gigabit Dual Port Network Connection', 10e9),
        port(32, 'ExternalVirtual', 'Broadcom BCM5709C NetXtreme II GigE', 1e9),
      ],
      NetIPAddress: [
        ip(12, 'RDMA1', '192.168.101.13/24'),
        ip(15, 'RDMA2', '192.168.102.13/24'),
        ip(14, 'Ethernet', '192.168.100.13/24'),
        ip(32, 'ExternalVirtual', '172.30.182.10/24'),
      ],
      NetIPInterface: [12, 15, 14, 32].map((index) => ipInterface(index, String(index))),
      NetRoute: [
        route(32, '0.0.0.0/0', '172.30.182.1'),
        route(12, '192.168.101.0/24'),
        route(15, '192.168.102.0/24'),
        route(14, '192.168.100.0/24'),
        route(32, '172.30.182.0/24'),
      ],
      NetAdapterRdma: [
        { Name: 'RDMA1', Enabled: true, MaxQueuePairCount: 196544 },
        { Name: 'RDMA2', Enabled: true, MaxQueuePairCount: 196544 },
      ],
      NetAdapterRss: ['RDMA1', 'RDMA2', 'Ethernet'].map((name) => ({
        Name: name,
        Enabled: true,
        NumberOfReceiveQueues: 8,
      })),
      VMHardDiskDrive: [{ VMName: 'VM1', Path: '\\\\Contoso-SO\\VMS1\\VM1\\VM1.vhdx' }],
      SmbConnection: [
        smbShare('Contoso-SO', 'VMS1', {
          Dialect: '3.02',
          ContinuouslyAvailable: true,
          Credential: 'Contoso\\Contoso-HV1$',
        }),
      ],
      SmbMultichannelConnection: [
        smbPair('Contoso-SO', [15, '192.168.102.13', 32e9], [15, '192.168.102.11', 32e9], rdma),
        smbPair('Contoso-SO', [15, '192.168.102.13', 32e9], [15, '192.168.102.11', 32e9], unused),
        smbPair('Contoso-SO', [12, '192.168.101.13', 32e9], [12, '192.168.101.11', 32e9], rdma),
        smbPair('Contoso-SO', [12, '192.168.101.13', 32e9], [12, '192.168.101.11', 32e9], unused),
        smbPair('Contoso-SO', [14, '192.168.100.13', 10e9], [14, '192.168.100.11', 10e9], {
          ...unused,
          ClientRSSCapable: false,
          ServerRSSCapable: false,
        }),
        smbPair('Contoso-SO', [32, '172.30.182.10', 1e9], [15, '192.168.102.11', 32e9], {
          ...unused,
          ClientRSSCapable: false,
        }),
        smbPair('Contoso-SO', [32, '172.30.182.10', 1e9], [12, '192.168.101.11', 32e9], {
          ...unused,
          ClientRSSCapable: false,
        }),
      ],
      SmbClientNetworkInterface: [
        smbInterface(12, 'RDMA1', 32e9, ['192.168.101.13'], { RdmaCapable: true }),
        smbInterface(15, 'RDMA2', 32e9, ['192.168.102.13'], { RdmaCapable: true }),
        smbInterface(14, 'Ethernet', 10e9, ['192.168.100.13'], { RssCapable: false }),
        smbInterface(32, 'ExternalVirtual', 1e9, ['172.30.182.10'], { RssCapable: false }),
        smbInterface(17, 'isatap.{EF722F0D-0000-0000-0000-000000000000}', 0, ['fe80::5efe:192.168.101.13'], {
          RssCapable: false,
        }),
        smbInterface(16, 'isatap.corp.contoso.com', 3e9, ['2001:4898:0:fff::10'], { RssCapable: false }),
      ],
      Disk: [systemDisk],
    },
  }),
  alarms: {},
  silent: ['smb-single-channel', 'channel-not-selected', 'wrong-nic', 'rdma-not-usable', 'dcb-pfc'],
  ceilings: { 'Contoso-SO': [32, 64, 64] },
};

const clusterAdapter = ip(60, 'Local Area Connection* 11', '169.254.2.110/16', {
  PrefixOrigin: 'WellKnown',
  SuffixOrigin: 'Link',
});

const azureLocal: CorpusHost = {
  id: 'azure-local-hcihost01',
  modelledOn:
    'A host of the Azure Local supportability guides: two intents, SET of two 10 Gbit/s ports with a renamed vNIC, two 25 Gbit/s storage ports with RDMA, the management controller on USB, a spare.',
  capture: windowsHost({
    name: 'hcihost01',
    release: '23H2',
    features: ['Hyper-V', 'Failover-Clustering'],
    initiator: 'stopped',
    answers: {
      NetAdapter: [
        madeByWindows(14, 'vManagement(mgmtcompute)', 'Hyper-V Virtual Ethernet Adapter', 10e9, {
          MacAddress: '5C-6F-69-0E-75-5E',
        }),
        port(13, 'Storage1', 'QLogic FastLinQ QL41262-DE 25GbE Adapter (VBD Client)', 25e9, {
          DriverProvider: 'Marvell Semiconductor, Inc.',
        }),
        port(8, 'Storage2', 'QLogic FastLinQ QL41262-DE 25GbE Adapter (VBD Client) #2', 25e9, {
          DriverProvider: 'Marvell Semiconductor, Inc.',
        }),
        port(
          3,
          'Mgmt_Compute1',
          'Broadcom NetXtreme E-Series Advanced Dual-port 10Gb SFP+ Ethernet Network Daughter Card',
          10e9,
          {
            MacAddress: '5C-6F-69-0E-75-5E',
            DriverProvider: 'Broadcom Inc.',
          },
        ),
        port(
          9,
          'Mgmt_Compute2',
          'Broadcom NetXtreme E-Series Advanced Dual-port 10Gb SFP+ Ethernet Network Daughter Card #2',
          10e9,
          {
            MacAddress: '5C-6F-69-0E-75-5F',
            DriverProvider: 'Broadcom Inc.',
          },
        ),
        port(36, 'Ethernet', 'Remote NDIS Compatible Device #2', 426e6, {
          LinkSpeed: '426.0 Mbps',
          PnPDeviceID: 'USB\\VID_413C&PID_A102\\5678',
          DriverProvider: 'Microsoft',
        }),
        port(7, 'NIC4', 'Broadcom NetXtreme Gigabit Ethernet', 0, {
          Status: 'Disconnected',
          MediaConnectionState: 'Disconnected',
          LinkSpeed: '0 bps',
        }),
      ],
      VMSwitch: [
        {
          Name: 'ConvergedSwitch(mgmtcompute)',
          Id: '98094e00-0df1-485b-875c-9a00d9af2f75',
          SwitchType: 'External',
          AllowManagementOS: true,
          NetAdapterInterfaceDescription: 'Teamed-Interface',
          NetAdapterInterfaceDescriptions: [
            'Broadcom NetXtreme E-Series Advanced Dual-port 10Gb SFP+ Ethernet Network Daughter Card',
            'Broadcom NetXtreme E-Series Advanced Dual-port 10Gb SFP+ Ethernet Network Daughter Card #2',
          ],
          NetAdapterInterfaceGuid: [guidOf(3), guidOf(9)],
          EmbeddedTeamingEnabled: true,
          AllowNetLbfoTeams: false,
          BandwidthReservationMode: 'None',
        },
      ],
      VMSwitchTeam: [
        {
          Name: 'ConvergedSwitch(mgmtcompute)',
          Id: '98094e00-0df1-485b-875c-9a00d9af2f75',
          NetAdapterInterfaceDescription: [
            'Broadcom NetXtreme E-Series Advanced Dual-port 10Gb SFP+ Ethernet Network Daughter Card',
            'Broadcom NetXtreme E-Series Advanced Dual-port 10Gb SFP+ Ethernet Network Daughter Card #2',
          ],
          TeamingMode: 'SwitchIndependent',
          LoadBalancingAlgorithm: 'HyperVPort',
        },
      ],
      VMNetworkAdapter: [
        {
          Name: 'vManagement(mgmtcompute)',
          IsManagementOs: true,
          VMName: '',
          SwitchName: 'ConvergedSwitch(mgmtcompute)',
          MacAddress: '5C6F690E755E',
          DeviceId: guidOf(14),
          Status: ['Ok'],
          IPAddresses: [],
        },
      ],
      VMNetworkAdapterVlan: [
        {
          ParentAdapter: "VMInternalNetworkAdapter, Name = 'vManagement(mgmtcompute)'",
          OperationMode: 'Untagged',
          AccessVlanId: 0,
        },
      ],
      VMNetworkAdapterIsolation: [
        {
          ParentAdapter: "VMInternalNetworkAdapter, Name = 'vManagement(mgmtcompute)'",
          IsolationMode: 'Vlan',
          DefaultIsolationID: 0,
        },
      ],
      NetIntent: [
        { IntentName: 'mgmtcompute', NetAdapterNamesAsList: ['Mgmt_Compute1', 'Mgmt_Compute2'] },
        { IntentName: 'storage', NetAdapterNamesAsList: ['Storage1', 'Storage2'] },
      ],
      NetIPAddress: [
        ip(14, 'vManagement(mgmtcompute)', '192.168.1.21/24'),
        ip(14, 'vManagement(mgmtcompute)', '192.168.1.30/24', { SkipAsSource: true }),
        ip(13, 'Storage1', '10.71.1.21/24'),
        ip(8, 'Storage2', '10.71.2.21/24'),
        ip(36, 'Ethernet', '169.254.0.2/24', { PrefixOrigin: 'Dhcp' }),
        clusterAdapter,
      ],
      NetIPInterface: [14, 13, 8].map((index) => ipInterface(index, String(index))),
      NetRoute: [
        route(14, '0.0.0.0/0', '192.168.1.1'),
        route(14, '192.168.1.0/24'),
        route(13, '10.71.1.0/24'),
        route(8, '10.71.2.0/24'),
      ],
      NetAdapterRdma: ['Storage1', 'Storage2'].map((name) => ({
        Name: name,
        Enabled: true,
        MaxQueuePairCount: 1024,
      })),
      NetAdapterAdvancedProperty: ['Storage1', 'Storage2'].map((name) => ({
        Name: name,
        DisplayName: 'NetworkDirect Technology',
        DisplayValue: 'iWARP',
        RegistryKeyword: '*NetworkDirectTechnology',
        RegistryValue: ['1'],
      })),
      NetAdapterRss: ['Storage1', 'Storage2'].map((name) => ({
        Name: name,
        Enabled: true,
        NumberOfReceiveQueues: 16,
      })),
      SmbMultichannelConnection: ['SBL', 'CSV'].flatMap((instance) => [
        smbPair('hcihost02', [13, '10.71.1.21', 25e9], [13, '10.71.1.22', 25e9], {
          ...rdma,
          SmbInstance: instance,
        }),
        smbPair('hcihost02', [8, '10.71.2.21', 25e9], [8, '10.71.2.22', 25e9], {
          ...rdma,
          SmbInstance: instance,
        }),
      ]),
      SmbConnection: [
        smbShare('hcihost02', 'BlockStorage$', { UserName: 'NT AUTHORITY\\SYSTEM', SmbInstance: 'SBL' }),
      ],
      SmbClientNetworkInterface: [
        smbInterface(13, 'Storage1', 25e9, ['10.71.1.21'], { RdmaCapable: true }),
        smbInterface(8, 'Storage2', 25e9, ['10.71.2.21'], { RdmaCapable: true }),
        smbInterface(14, 'vManagement(mgmtcompute)', 10e9, ['192.168.1.21']),
      ],
      Cluster: [{ Name: 'hci-cl', S2DEnabled: 1 }],
      ClusterNetwork: [
        { Name: 'Management', Address: '192.168.1.0', AddressMask: '255.255.255.0', Role: 3 },
        { Name: 'Storage1', Address: '10.71.1.0', AddressMask: '255.255.255.0', Role: 1 },
        { Name: 'Storage2', Address: '10.71.2.0', AddressMask: '255.255.255.0', Role: 1 },
      ],
      Disk: [systemDisk, disk(5, 'Spaces', { FriendlyName: 'UserStorage_1', IsClustered: true })],
    },
  }),
  alarms: {},
  silent: [
    'storage-address',
    'mgmt-overlaps-storage',
    'mapping-stale',
    'iscsi-service',
    'dcb-pfc',
    'path-nic-slow',
  ],
  ceilings: { hcihost02: [25, 50, 50] },
};

const listed = (data: readonly RawItem[]): Observation => ({ status: 'ok', durationMs: 30, data });

const liveMigration: CorpusHost = {
  ...azureLocal,
  id: 'live-migration-on-storage-ports',
  modelledOn:
    'The same host with live migration over SMB on the storage ports and a bandwidth limit for it, as is usual for Storage Spaces Direct.',
  capture: {
    ...azureLocal.capture,
    observations: {
      ...azureLocal.capture.observations,
      VMHost: listed([
        {
          Name: 'hcihost01',
          VirtualMachineMigrationEnabled: true,
          UseAnyNetworkForMigration: false,
          VirtualMachineMigrationPerformanceOption: 'SMB',
        },
      ]),
      VMMigrationNetwork: listed([
        { Subnet: '10.71.1.0/24', Priority: 0 },
        { Subnet: '10.71.2.0/24', Priority: 1 },
      ]),
      SmbBandwidthLimit: listed([{ Category: 'LiveMigration', BytesPerSecond: 1_500_000_000 }]),
    },
  },
  silent: [...(azureLocal.silent ?? []), 'lm-on-iscsi'],
};

const domainController: CorpusHost = {
  id: 'domain-controller-and-drives',
  modelledOn:
    'A Hyper-V host on which people and services use SYSVOL, IPC$, print$ and a home share; nothing of it is storage.',
  capture: windowsHost({
    name: 'HV-BRANCH',
    release: '2019',
    features: ['Hyper-V'],
    initiator: 'stopped',
    answers: {
      NetAdapter: [port(4, 'Ethernet', 'Intel(R) I350 Gigabit Network Connection', 1e9)],
      NetIPAddress: [ip(4, 'Ethernet', '192.168.20.71/24')],
      NetRoute: [route(4, '0.0.0.0/0', '192.168.20.1'), route(4, '192.168.20.0/24')],
      VMHardDiskDrive: [{ VMName: 'APP', Path: 'D:\\VMs\\APP.vhdx' }],
      SmbConnection: ['SYSVOL', 'IPC$', 'print$', 'C$', 'Home'].map((share) =>
        smbShare('DC01', share, {
          UserName: 'CORP\\admin.berta',
          Credential: 'CORP\\admin.berta',
          NumOpens: share === 'Home' ? 2 : 0,
          Dialect: share === 'Home' ? '2.1' : '3.1.1',
          Signed: true,
        }),
      ),
      SmbMultichannelConnection: [
        smbPair('DC01', [4, '192.168.20.71', 1e9], [6, '192.168.20.10', 10e9], {
          CurrentChannels: 1,
          ClientRSSCapable: false,
        }),
      ],
      Disk: [systemDisk],
    },
  }),
  alarms: {},
  silent: ['smb-dialect', 'smb-single-channel', 'one-physical-path', 'slow-end'],
  ceilings: { DC01: [1, 1, 1] },
};

const nas: CorpusHost = {
  id: 'nas-with-one-interface',
  modelledOn:
    'A NAS with one 10 Gbit/s port that holds the machines of a single server; the server has two ports in that subnet, and Multichannel uses both.',
  capture: windowsHost({
    name: 'HV-NAS',
    release: '2022',
    features: ['Hyper-V'],
    initiator: 'stopped',
    answers: {
      NetAdapter: [
        port(4, 'Ethernet', 'Intel(R) I350 Gigabit Network Connection', 1e9),
        port(7, '10G-A', 'Intel(R) Ethernet Controller X550', 10e9),
        port(9, '10G-B', 'Intel(R) Ethernet Controller X550 #2', 10e9),
      ],
      NetIPAddress: [
        ip(4, 'Ethernet', '192.168.20.81/24'),
        ip(7, '10G-A', '10.10.30.81/24'),
        ip(9, '10G-B', '10.10.30.82/24'),
      ],
      NetIPInterface: [4, 7, 9].map((index) => ipInterface(index, String(index))),
      NetRoute: [route(4, '0.0.0.0/0', '192.168.20.1'), route(7, '10.10.30.0/24'), route(9, '10.10.30.0/24')],
      NetAdapterRss: ['10G-A', '10G-B'].map((name) => ({
        Name: name,
        Enabled: true,
        NumberOfReceiveQueues: 8,
      })),
      VMHardDiskDrive: [{ VMName: 'APP', Path: '\\\\NAS01\\vms\\APP.vhdx' }],
      SmbConnection: [smbShare('NAS01', 'vms')],
      SmbMultichannelConnection: [
        smbPair('NAS01', [7, '10.10.30.81', 10e9], [2, '10.10.30.5', 10e9]),
        smbPair('NAS01', [9, '10.10.30.82', 10e9], [2, '10.10.30.5', 10e9]),
      ],
      SmbClientNetworkInterface: [
        smbInterface(4, 'Ethernet', 1e9, ['192.168.20.81']),
        smbInterface(7, '10G-A', 10e9, ['10.10.30.81']),
        smbInterface(9, '10G-B', 10e9, ['10.10.30.82']),
      ],
      Disk: [systemDisk],
    },
  }),
  alarms: {},
  silent: ['smb-single-channel', 'smb-subnets', 'wrong-nic'],
  ceilings: { NAS01: [10, 10, 10] },
};

const vnicNames = ['Management', 'SMB_A', 'SMB_B'] as const;
const members = [
  'Intel(R) Ethernet Controller E810-XXV for SFP',
  'Intel(R) Ethernet Controller E810-XXV for SFP #2',
] as const;

/** Two 25 Gbit/s ports in an embedded team, one vNIC for management and two for storage. */
function converged(loadBalancing: 'HyperVPort' | 'Dynamic', isMapped: boolean) {
  return {
    NetAdapter: [
      port(5, 'PCIe Slot 2 Port 1', members[0], 25e9),
      port(6, 'PCIe Slot 2 Port 2', members[1], 25e9),
      ...vnicNames.map((name, at) =>
        madeByWindows(
          20 + at,
          `vEthernet (${name})`,
          `Hyper-V Virtual Ethernet Adapter${at === 0 ? '' : ` #${at + 1}`}`,
          50e9,
          {
            MacAddress: at === 0 ? macOf(5) : `00-15-5D-14-0A-0${at}`,
          },
        ),
      ),
    ],
    VMSwitch: [
      {
        Name: 'SETswitch',
        Id: 'a4f9a3c2-5e58-4a4e-9d0f-3f6a2f8f1d10',
        SwitchType: 'External',
        AllowManagementOS: true,
        NetAdapterInterfaceDescription: 'Teamed-Interface',
        NetAdapterInterfaceDescriptions: [...members],
        NetAdapterInterfaceGuid: [guidOf(5), guidOf(6)],
        EmbeddedTeamingEnabled: true,
      },
    ],
    VMSwitchTeam: [
      {
        Name: 'SETswitch',
        Id: 'a4f9a3c2-5e58-4a4e-9d0f-3f6a2f8f1d10',
        NetAdapterInterfaceDescription: [...members],
        TeamingMode: 'SwitchIndependent',
        LoadBalancingAlgorithm: loadBalancing,
      },
    ],
    VMNetworkAdapter: vnicNames.map((name, at) => ({
      Name: name,
      Id: `Microsoft:A4F9A3C2-5E58-4A4E-9D0F-3F6A2F8F1D10\\${guidOf(20 + at)}`,
      IsManagementOs: true,
      VMName: null,
      SwitchName: 'SETswitch',
      DeviceId: guidOf(20 + at),
      MacAddress: (at === 0 ? macOf(5) : `00-15-5D-14-0A-0${at}`).replaceAll('-', ''),
      Status: ['Ok'],
      IPAddresses: [],
      BandwidthSetting: null,
    })),
    VMNetworkAdapterVlan: vnicNames.map((name, at) => ({
      ParentAdapter: `VMInternalNetworkAdapter, Name = '${name}'`,
      OperationMode: at === 0 ? 'Untagged' : 'Access',
      AccessVlanId: at === 0 ? 0 : 710 + at,
    })),
    VMNetworkAdapterTeamMapping: isMapped
      ? ['SMB_A', 'SMB_B'].map((name, at) => ({
          ParentAdapter: `VMInternalNetworkAdapter, Name = '${name}'`,
          NetAdapterName: `pcie slot 2 port ${at + 1}`,
          NetAdapterDeviceId: guidOf(5 + at),
        }))
      : [],
    NetIPAddress: [
      ip(20, 'vEthernet (Management)', '192.168.20.91/24'),
      ip(21, 'vEthernet (SMB_A)', '10.71.1.91/24'),
      ip(22, 'vEthernet (SMB_B)', '10.71.2.91/24'),
    ] as readonly RawItem[],
    NetIPInterface: [20, 21, 22].map((index) => ipInterface(index, String(index))),
    NetRoute: [
      route(20, '0.0.0.0/0', '192.168.20.1'),
      route(20, '192.168.20.0/24'),
      route(21, '10.71.1.0/24'),
      route(22, '10.71.2.0/24'),
    ],
    NetAdapterRss: [21, 22].map((_, at) => ({
      Name: `vEthernet (SMB_${at === 0 ? 'A' : 'B'})`,
      Enabled: true,
      NumberOfReceiveQueues: 4,
    })),
    NetAdapterVmq: ['PCIe Slot 2 Port 1', 'PCIe Slot 2 Port 2'].map((name) => ({
      Name: name,
      Enabled: true,
      NumberOfReceiveQueues: 63,
      BaseProcessorNumber: 0,
      MaxProcessors: 16,
    })),
  };
}

const sofs = {
  VMHardDiskDrive: [{ VMName: 'APP', Path: '\\\\sofs.corp.contoso.com\\csv1\\APP.vhdx' }],
  SmbConnection: [smbShare('sofs.corp.contoso.com', 'csv1', { ContinuouslyAvailable: true })],
  SmbMultichannelConnection: [
    smbPair('sofs.corp.contoso.com', [21, '10.71.1.91', 50e9], [11, '10.71.1.5', 25e9]),
    smbPair('sofs.corp.contoso.com', [22, '10.71.2.91', 50e9], [12, '10.71.2.5', 25e9]),
  ],
  SmbClientNetworkInterface: [
    smbInterface(21, 'vEthernet (SMB_A)', 50e9, ['10.71.1.91']),
    smbInterface(22, 'vEthernet (SMB_B)', 50e9, ['10.71.2.91']),
    smbInterface(5, 'PCIe Slot 2 Port 1', 25e9, [], { RssCapable: false }),
  ],
  Disk: [systemDisk],
};

const setMapped: CorpusHost = {
  id: 'set-two-smb-vnics-mapped',
  modelledOn:
    'Converged networking with Switch Embedded Teaming as Microsoft shows it for SMB: a team mapping for each storage vNIC, letter case as somebody typed it; ports with RDMA switched off.',
  capture: windowsHost({
    name: 'HV-SET-1',
    release: '2019',
    features: ['Hyper-V'],
    initiator: 'stopped',
    answers: { ...converged('HyperVPort', true), ...sofs },
  }),
  alarms: {},
  silent: ['same-member', 'mapping-stale', 'set-mode', 'rdma-not-usable', 'rss-off', 'dcb-pfc'],
  ceilings: { 'sofs.corp.contoso.com': [25, 50, 50] },
};

const setFree: CorpusHost = {
  id: 'set-dynamic-unmapped-iscsi',
  modelledOn:
    'The default of Windows Server 2016: an embedded team with Dynamic, no mapping; two iSCSI vNICs, no RDMA anywhere; default traffic classes and a willing DCBX.',
  capture: windowsHost({
    name: 'HV-SET-2',
    release: '2016',
    features: ['Hyper-V', 'Multipath-IO'],
    answers: {
      ...converged('Dynamic', false),
      ...claimsIscsi,
      ...iscsiAnswers(
        [
          { iqn: 'iqn.1992-08.com.netapp:sn.4082:vs.3', from: '10.71.1.91', to: '10.71.1.101', disks: [1] },
          { iqn: 'iqn.1992-08.com.netapp:sn.4082:vs.3', from: '10.71.2.91', to: '10.71.2.101', disks: [1] },
        ],
        { 'iqn.1992-08.com.netapp:sn.4082:vs.3': ['10.71.1.101', '10.71.2.101'] },
      ),
      MpioDisk: [
        mpioDisk(1, 'RRWS', [
          [optimized, '5|0|0|0'],
          [optimized, '5|0|1|0'],
        ]),
      ],
      Disk: [systemDisk, disk(1, 'iSCSI', { FriendlyName: 'NETAPP LUN C-Mode  Multi-Path Disk Device' })],
      NetQosTrafficClass: [
        { Name: '[Default]', Algorithm: 'ETS', Priority: [0, 1, 2, 3, 4, 5, 6, 7], Bandwidth: 100 },
      ],
      NetQosDcbxSetting: [{ Willing: true, PolicySet: 'Global', InterfaceAlias: null }],
      NetAdapterQos: refused('feature-missing', 'Data-Center-Bridging is not installed.'),
    },
  }),
  alarms: {},
  silent: ['same-member', 'dcbx-willing', 'ets-sum', 'converged-vnics', 'vlan-mismatch'],
  ceilings: { 'iqn.1992-08.com.netapp:sn.4082:vs.3': [25, 25, 50] },
};

export const rawHealthySmb: readonly CorpusHost[] = [
  contoso,
  azureLocal,
  liveMigration,
  domainController,
  nas,
  setMapped,
  setFree,
];

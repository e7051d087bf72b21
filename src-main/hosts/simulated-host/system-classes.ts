/** The classes of the computer itself in root/cimv2, and those behind the SmbShare cmdlets. */
import { datetime, u16, u32, u64, type CimClass, type CimRow } from './cim.ts';
import type { Machine } from './machine.ts';
import { releaseFacts } from './release.ts';
import { hasRss } from './storage-layout.ts';

const cimv2 = 'ROOT/cimv2';
const smbNamespace = 'ROOT/Microsoft/Windows/SMB';

const gibibyte = 1024n ** 3n;

function computerRows({ scenario, isClient, hasFeature }: Machine): CimRow[] {
  const { computer } = scenario;
  const isMember = computer.domain !== undefined;
  return [
    {
      raw: {
        Name: computer.name,
        DNSHostName: computer.name,
        Domain: computer.domain ?? 'WORKGROUP',
        PartOfDomain: isMember,
        DomainRole: u16((isClient ? 0 : 2) + (isMember ? 1 : 0)),
        Manufacturer: computer.manufacturer ?? 'Dell Inc.',
        Model: computer.model ?? 'PowerEdge R740',
        HypervisorPresent: hasFeature('Hyper-V'),
        TotalPhysicalMemory: u64(256n * gibibyte),
        NumberOfLogicalProcessors: u32(32),
        NumberOfProcessors: u32(2),
      },
    },
  ];
}

function captionOf(machine: Machine): string {
  if (machine.isClient) return 'Microsoft Windows 11 Enterprise';
  const year = machine.release === '2012R2' ? '2012 R2' : machine.release;
  return `Microsoft Windows Server ${year} Datacenter`;
}

function operatingSystemRows(machine: Machine): CimRow[] {
  const facts = machine.isClient ? { version: '10.0.22631', build: 22631 } : releaseFacts[machine.release];
  const isGerman = machine.captions.lcid === 1031;
  return [
    {
      raw: {
        Caption: captionOf(machine),
        Version: facts.version,
        BuildNumber: String(facts.build),
        ProductType: u32(machine.isClient ? 1 : 3),
        OperatingSystemSKU: u32(machine.isClient ? 4 : 8),
        OSArchitecture: isGerman ? '64-Bit' : '64-bit',
        OSLanguage: u32(machine.captions.lcid),
        MUILanguages: [machine.scenario.windows.language ?? 'en-US'],
        LastBootUpTime: datetime(bootedAt(machine)),
        CSName: machine.scenario.computer.name,
      },
    },
  ];
}

const firstBoot = Date.parse('2026-01-10T05:30:00.000Z');
const betweenBootsMs = 600_000;

/** Another time after each restart, and the same ones every time. */
function bootedAt({ scenario }: Machine): string {
  return new Date(firstBoot + (scenario.restarts ?? 0) * betweenBootsMs).toISOString();
}

export interface SimService {
  readonly name: string;
  readonly displayName: string;
  readonly status: 'Running' | 'Stopped';
  readonly startType: 'Automatic' | 'Manual' | 'Disabled';
}

export function servicesOf(machine: Machine): SimService[] {
  return [
    { name: 'MSiSCSI', displayName: machine.captions.iscsiService, ...machine.msiscsi },
    { name: 'LanmanServer', displayName: 'Server', status: 'Running', startType: 'Automatic' },
    { name: 'Schedule', displayName: 'Task Scheduler', status: 'Running', startType: 'Automatic' },
    { name: 'LanmanWorkstation', displayName: 'Workstation', status: 'Running', startType: 'Automatic' },
    ...(machine.hasFeature('Hyper-V')
      ? [
          {
            name: 'vmms',
            displayName: 'Hyper-V Virtual Machine Management',
            status: 'Running',
            startType: 'Automatic',
          } as const,
        ]
      : []),
    ...(machine.hasFeature('Failover-Clustering')
      ? [
          {
            name: 'ClusSvc',
            displayName: 'Cluster Service',
            status: machine.scenario.cluster === undefined ? 'Stopped' : 'Running',
            startType: machine.scenario.cluster === undefined ? 'Disabled' : 'Automatic',
          } as const,
        ]
      : []),
  ];
}

const startModes = { Automatic: 'Auto', Manual: 'Manual', Disabled: 'Disabled' } as const;

function serviceRows(machine: Machine): CimRow[] {
  return servicesOf(machine).map((service, position) => ({
    raw: {
      Name: service.name,
      DisplayName: service.displayName,
      State: service.status,
      Status: 'OK',
      StartMode: startModes[service.startType],
      Started: service.status === 'Running',
      ProcessId: u32(service.status === 'Running' ? 1000 + position * 4 : 0),
      SystemName: machine.scenario.computer.name,
    },
  }));
}

function diskDriveRows(machine: Machine): CimRow[] {
  return machine.storage.disks.map((disk) => ({
    raw: {
      DeviceID: `\\\\.\\PHYSICALDRIVE${disk.number}`,
      Index: u32(disk.number),
      PNPDeviceID: disk.pnpDeviceId,
      Model: disk.friendlyName,
      SerialNumber: disk.serialNumber,
      InterfaceType: 'SCSI',
      Size: u64(disk.sizeBytes),
    },
  }));
}

const instanceNumbers = { Default: 0, CSV: 1, SBL: 2, SR: 3 } as const;

function smbConnectionRows(machine: Machine): CimRow[] {
  const { scenario } = machine;
  const netbios = scenario.computer.domain?.split('.')[0]?.toUpperCase() ?? scenario.computer.name;
  return (scenario.smb?.servers ?? []).flatMap((server) =>
    server.shares.map((share) => ({
      raw: {
        ServerName: server.name,
        ShareName: share.name,
        UserName: share.user ?? `${netbios}\\Administrator`,
        Credential: `${netbios}\\${scenario.computer.name}$`,
        Dialect: share.dialect ?? releaseFacts[machine.release].smbDialect,
        NumOpens: u64(share.opens ?? 4),
        ContinuouslyAvailable: false,
        Encrypted: false,
        ...(machine.since('2012R2')
          ? { Redirected: false, SmbInstance: u32(instanceNumbers[share.instance ?? 'Default']) }
          : {}),
        ...(machine.since('2016') ? { Signed: false } : {}),
      },
    })),
  );
}

function multichannelRows(machine: Machine): CimRow[] {
  return machine.storage.smbRows.map((row) => ({
    raw: {
      ServerName: row.server,
      ClientInterfaceIndex: u32(row.client.index),
      ServerInterfaceIndex: u32(row.serverIndex),
      ServerIpAddress: row.serverAddress,
      ClientIpAddress: row.clientAddress,
      ClientInterfaceFriendlyName: row.client.name,
      Selected: row.isSelected,
      Failed: row.isFailed,
      FailureCount: u32(row.isFailed ? 3 : 0),
      ClientRSSCapable: row.clientRss,
      ServerRSSCapable: row.serverRss,
      ClientRdmaCapable: row.clientRdma,
      ServerRdmaCapable: row.serverRdma,
      ClientLinkSpeed: u64(row.clientSpeed),
      ServerLinkSpeed: u64(row.serverSpeed),
      CurrentChannels: u32(row.currentChannels),
      MaxChannels: u32(row.maxChannels),
      ...(machine.since('2012R2') ? { SmbInstance: u32(instanceNumbers[row.instance]) } : {}),
      ...(machine.since('2025')
        ? {
            TcpConnectionCount: u16(row.clientRdma ? 0 : row.currentChannels),
            RdmaConnectionCount: u16(row.clientRdma ? row.currentChannels : 0),
            QuicConnectionCount: u16(0),
          }
        : {}),
    },
  }));
}

function constraintRows(machine: Machine): CimRow[] {
  return (machine.scenario.smb?.constraints ?? []).flatMap((constraint) => {
    const adapter = machine.network.interfaceNamed(constraint.interface);
    if (adapter === undefined) return [];
    return [
      {
        raw: {
          ServerName: constraint.server,
          InterfaceGuid: adapter.guid,
          InterfaceAlias: adapter.name,
          InterfaceIndex: u32(adapter.index),
        },
      },
    ];
  });
}

/** Interfaces as SMB sees them: members of a team or switch without addresses, RSS and RDMA. */
function smbInterfaces(machine: Machine) {
  const vnicsScale = machine.since('2016');
  const addresses = new Map<number, string[]>();
  for (const { interface: holder, prefix, isActive } of machine.network.addresses) {
    if (!isActive) continue;
    const list = addresses.get(holder.index) ?? [];
    list.push(prefix.address);
    addresses.set(holder.index, list);
  }
  return machine.network.interfaces
    .filter(
      (adapter) => !adapter.isHidden && adapter.status !== 'Disabled' && adapter.status !== 'Not Present',
    )
    .map((adapter) => {
      const isMember = !machine.network.hasIpStack(adapter);
      return {
        adapter,
        addresses: addresses.get(adapter.index) ?? [],
        rss: !isMember && hasRss(machine.network, adapter, vnicsScale),
        rdma: !isMember && adapter.hasRdma === true,
      };
    });
}

function smbClientInterfaceRows(machine: Machine): CimRow[] {
  return smbInterfaces(machine).map(({ adapter, addresses, rss, rdma }) => ({
    raw: {
      InterfaceIndex: u32(adapter.index),
      FriendlyName: adapter.name,
      IpAddresses: addresses,
      LinkSpeed: u64(adapter.speed),
      RdmaCapable: rdma,
      RssCapable: rss,
    },
  }));
}

function smbServerInterfaceRows(machine: Machine): CimRow[] {
  return smbInterfaces(machine).flatMap(({ adapter, addresses, rss, rdma }) =>
    addresses.map((address) => ({
      raw: {
        InterfaceIndex: u32(adapter.index),
        ScopeName: '*',
        IpAddress: address,
        FriendlyName: adapter.name,
        LinkSpeed: u64(adapter.speed),
        RdmaCapable: rdma,
        RssCapable: rss,
      },
    })),
  );
}

function smbClientConfigurationRows(machine: Machine): CimRow[] {
  return [
    {
      raw: {
        EnableMultiChannel: machine.scenario.smb?.isMultichannelEnabled ?? true,
        ConnectionCountPerRssNetworkInterface: u32(4),
        MaximumConnectionCountPerServer: u32(32),
        EnableBandwidthThrottling: true,
        EnableLargeMtu: true,
        EnableSecuritySignature: true,
        RequireSecuritySignature: false,
        EnableLoadBalanceScaleOut: true,
        OplocksDisabled: false,
        UseOpportunisticLocking: true,
        EnableByteRangeLockingOnReadOnlyFiles: true,
        EnableInsecureGuestLogons: false,
        SessionTimeout: u32(60),
        ExtendedSessionTimeout: u32(1000),
        KeepConn: u32(600),
        MaxCmds: u32(50),
        WindowSizeThreshold: u32(8),
        DormantFileLimit: u32(1023),
      },
    },
  ];
}

function smbServerConfigurationRows(): CimRow[] {
  return [
    {
      raw: {
        EnableMultiChannel: true,
        MaxChannelPerSession: u32(32),
        EncryptData: false,
        RejectUnencryptedAccess: true,
        RequireSecuritySignature: false,
        EnableSecuritySignature: false,
      },
    },
  ];
}

const smb = { namespace: smbNamespace } as const;
const protectedSmb = { ...smb, isProtected: true } as const;

export const systemClasses: readonly CimClass[] = [
  { namespace: cimv2, name: 'Win32_ComputerSystem', observation: 'ComputerSystem', rows: computerRows },
  {
    namespace: cimv2,
    name: 'Win32_OperatingSystem',
    observation: 'OperatingSystem',
    rows: operatingSystemRows,
  },
  { namespace: cimv2, name: 'Win32_Service', observation: 'Service', rows: serviceRows },
  { namespace: cimv2, name: 'Win32_DiskDrive', rows: diskDriveRows },
  { ...protectedSmb, name: 'MSFT_SmbConnection', observation: 'SmbConnection', rows: smbConnectionRows },
  {
    ...protectedSmb,
    name: 'MSFT_SmbMultichannelConnection',
    observation: 'SmbMultichannelConnection',
    rows: multichannelRows,
  },
  {
    ...protectedSmb,
    name: 'MSFT_SmbMultichannelConstraint',
    observation: 'SmbMultichannelConstraint',
    rows: constraintRows,
  },
  {
    ...protectedSmb,
    name: 'MSFT_SmbClientNetworkInterface',
    observation: 'SmbClientNetworkInterface',
    rows: smbClientInterfaceRows,
  },
  {
    ...smb,
    name: 'MSFT_SmbClientConfiguration',
    observation: 'SmbClientConfiguration',
    rows: smbClientConfigurationRows,
  },
  {
    ...protectedSmb,
    name: 'MSFT_SmbServerNetworkInterface',
    observation: 'SmbServerNetworkInterface',
    rows: smbServerInterfaceRows,
  },
  {
    ...protectedSmb,
    name: 'MSFT_SmbServerConfiguration',
    observation: 'SmbServerConfiguration',
    rows: smbServerConfigurationRows,
  },
  { ...protectedSmb, name: 'MSFT_SmbBandwidthLimit', observation: 'SmbBandwidthLimit', rows: () => [] },
];

/**
 * The classes that count, as Windows has them: names, properties and widths, its spelling of instances. Written from
 * what Windows documents, not from the reader.
 */
import { standardCimv2 } from './adapter-classes.ts';
import { embedded, u32, u64, type CimRow, type CountingClass, type Properties } from './cim.ts';
import type { CmdletValue } from './cmdlet-value.ts';
import type { Machine } from './machine.ts';
import { performanceFrequency, type CounterReading } from './meter.ts';
import type { SimInterface } from './network-layout.ts';
import type { SimDisk, SimMpioDisk, SimMpioPath, SimSession } from './storage-layout.ts';
import { pathKey, type Counted } from './traffic-routes.ts';

/** The characters that an instance name cannot have. */
function instanceName(description: string): string {
  return description.replace(/[()#/\\]/g, (character) =>
    character === '(' ? '[' : character === ')' ? ']' : '_',
  );
}

function counted({ network }: Machine): readonly SimInterface[] {
  return network.interfaces.filter(
    ({ isHidden, status }) => !isHidden && status !== 'Not Present' && status !== 'Disabled',
  );
}

/** 100 ns since 1601, as the clock of a host says that was started on a certain day. */
const startedAt100ns = 134_129_088_000_000_000n;

function performance(name: string, now: CounterReading, values: Properties): CimRow {
  const ticks = Math.round(now.uptime * performanceFrequency);
  return {
    raw: {
      Name: name,
      Caption: null,
      Description: null,
      Frequency_Object: u64(0),
      Frequency_PerfTime: u64(performanceFrequency),
      Frequency_Sys100NS: u64(10_000_000),
      Timestamp_Object: u64(0),
      Timestamp_PerfTime: u64(ticks),
      Timestamp_Sys100NS: u64(startedAt100ns + BigInt(ticks)),
      ...values,
    },
  };
}

/** Both directions of a thing under the names that its class has for them. */
function twoWays(
  now: CounterReading,
  what: Counted,
  key: string,
  incoming: string,
  outgoing: string,
): Properties {
  return { [incoming]: u64(now.bytes(what, key, 'in')), [outgoing]: u64(now.bytes(what, key, 'out')) };
}

function statisticsRows(machine: Machine, now: CounterReading): CimRow[] {
  return counted(machine).map((one) => {
    const received = now.bytes('interface', one.guid, 'in');
    const sent = now.bytes('interface', one.guid, 'out');
    return {
      isHidden: one.isHidden,
      raw: {
        Name: one.name,
        InterfaceDescription: one.description,
        InstanceID: `${one.guid}::${one.name}`,
        Source: u32(2),
        SystemName: machine.scenario.computer.name,
        ReceivedBytes: u64(received),
        ReceivedUnicastPackets: u64(Math.floor(received / 1200)),
        ReceivedMulticastPackets: u64(1000),
        ReceivedBroadcastPackets: u64(2000),
        ReceivedUnicastBytes: u64(received),
        ReceivedMulticastBytes: u64(0),
        ReceivedBroadcastBytes: u64(0),
        ReceivedDiscardedPackets: u64(0),
        ReceivedPacketErrors: u64(0),
        SentBytes: u64(sent),
        SentUnicastPackets: u64(Math.floor(sent / 1200)),
        SentMulticastPackets: u64(1000),
        SentBroadcastPackets: u64(2000),
        SentUnicastBytes: u64(sent),
        SentMulticastBytes: u64(0),
        SentBroadcastBytes: u64(0),
        OutboundDiscardedPackets: u64(0),
        OutboundPacketErrors: u64(0),
        SupportedStatistics: u32(4_163_583),
        RdmaStatistics:
          one.hasRdma === true
            ? embedded(
                'MSFT_NetAdapter_RdmaStatistics',
                twoWays(now, 'rdma', one.guid, 'InboundBytes', 'OutboundBytes'),
              )
            : null,
        RscStatistics: null,
      },
    };
  });
}

function networkAdapterRows(machine: Machine, now: CounterReading): CimRow[] {
  return counted(machine).map((one) =>
    performance(instanceName(one.description), now, {
      ...twoWays(now, 'interface', one.guid, 'BytesReceivedPersec', 'BytesSentPersec'),
      CurrentBandwidth: u64(one.speed),
    }),
  );
}

function rdmaRows(machine: Machine, now: CounterReading): CimRow[] {
  return counted(machine)
    .filter(({ hasRdma }) => hasRdma === true)
    .map(({ description, guid }) =>
      performance(
        description,
        now,
        twoWays(now, 'rdma', guid, 'RDMAInboundBytesPersec', 'RDMAOutboundBytesPersec'),
      ),
    );
}

function virtualAdapterRows({ network }: Machine, now: CounterReading): CimRow[] {
  return network.vmNics.map((nic) =>
    performance(
      `${nic.vmName}_${nic.name}_${nic.vmId}--${nic.adapterId.toLowerCase()}`,
      now,
      twoWays(now, 'vm', nic.adapterId, 'BytesReceivedPersec', 'BytesSentPersec'),
    ),
  );
}

function ofSession(session: SimSession): Properties {
  return {
    Active: true,
    iSCSIName: session.scenario.iqn,
    UniqueAdapterId: u64(session.uniqueAdapterId),
    USID: u64(session.uniqueSessionId),
  };
}

function connected({ storage }: Machine): readonly SimSession[] {
  return storage.sessions.filter(({ isConnected }) => isConnected);
}

function sessionRows(machine: Machine, now: CounterReading): CimRow[] {
  return connected(machine).map((session) => ({
    raw: {
      InstanceName: `${session.scenario.iqn}_${session.uniqueSessionId.toString(16)}`,
      ...ofSession(session),
      ...twoWays(now, 'session', session.id, 'BytesReceived', 'BytesSent'),
      DigestErrors: u64(0),
      ConnectionTimeoutErrors: u64(0),
      FormatErrors: u64(0),
    },
  }));
}

function connectionRows(machine: Machine, now: CounterReading): CimRow[] {
  return connected(machine).flatMap((session) =>
    session.connections.map(({ id }, index) => ({
      raw: {
        InstanceName: `${session.scenario.iqn}_${session.uniqueSessionId.toString(16)}:${index + 1}`,
        ...ofSession(session),
        CID: u32(index + 1),
        ...twoWays(now, 'connection', id, 'BytesReceived', 'BytesSent'),
      },
    })),
  );
}

/** One row for each disk, with a packet for each of its paths. */
function pathRows(
  list: string,
  packetClass: string,
  [incoming, outgoing]: readonly [string, string],
  ended: (count: number) => CmdletValue,
  errors: Properties = {},
) {
  const packet = (now: CounterReading, disk: number, path: SimMpioPath) => {
    const key = pathKey(disk, path);
    return embedded(packetClass, {
      PathId: u64(path.id),
      ...twoWays(now, 'path', key, incoming, outgoing),
      NumberReads: ended(now.pathRequests(key, 'in')),
      NumberWrites: ended(now.pathRequests(key, 'out')),
      ...errors,
    });
  };
  return (disks: readonly SimMpioDisk[], now: CounterReading): CimRow[] =>
    disks.map((disk) => ({
      raw: {
        InstanceName: disk.instanceName,
        Active: true,
        [list]: disk.paths.map((path) => packet(now, disk.disk, path)),
      },
    }));
}

const healthRows = pathRows(
  'DevInstanceHealthPackets',
  'MPIO_DEVINSTANCE_HEALTH_CLASS',
  ['NumberBytesRead', 'NumberBytesWritten'],
  u64,
  { NumberRetries: u64(0), NumberIoErrors: u64(0) },
);
const devicePerfRows = pathRows('PerfInfo', 'MSDSM_DEVICEPATH_PERF', ['BytesRead', 'BytesWritten'], (count) =>
  u32(count % 2 ** 32),
);

function shareRows({ scenario }: Machine, now: CounterReading): CimRow[] {
  return (scenario.smb?.servers ?? []).flatMap((server) =>
    server.shares.map((share) => {
      const key = `\\\\${server.name}\\${share.name}`.toLowerCase();
      return performance(
        `\\${server.name}\\${share.name}`,
        now,
        twoWays(now, 'share', key, 'ReadBytesPersec', 'WriteBytesPersec'),
      );
    }),
  );
}

/** `1 E:` where the disk has a letter, `1` where it has none (offline, or a cluster's). */
function diskInstance(disk: SimDisk, position: number): string {
  if (disk.isSystem) return `${disk.number} C:`;
  const hasLetter = disk.scenario.isClustered !== true && disk.scenario.isOffline !== true && position <= 20;
  return hasLetter ? `${disk.number} ${String.fromCharCode(68 + position)}:` : String(disk.number);
}

function diskRows({ storage }: Machine, now: CounterReading): CimRow[] {
  const wrapped = (value: number) => u32(Math.round(value) % 2 ** 32);
  return storage.disks.map((disk, position) => {
    const reads = now.requests(disk.number, 'in');
    const writes = now.requests(disk.number, 'out');
    return performance(diskInstance(disk, position), now, {
      ...twoWays(now, 'disk', String(disk.number), 'DiskReadBytesPersec', 'DiskWriteBytesPersec'),
      DiskReadsPersec: wrapped(reads.count),
      DiskWritesPersec: wrapped(writes.count),
      AvgDiskReadQueueLength: u64(reads.waiting),
      AvgDiskWriteQueueLength: u64(writes.waiting),
      AvgDiskQueueLength: u64(reads.waiting + writes.waiting),
      CurrentDiskQueueLength: u32(Math.round(reads.queue + writes.queue)),
    });
  });
}

function performanceClass(
  name: string,
  rows: CountingClass['count'],
  needs?: CountingClass['needs'],
): CountingClass {
  return {
    namespace: 'root/cimv2',
    name: `Win32_PerfRawData_${name}`,
    count: rows,
    ...(needs === undefined ? {} : { needs }),
  };
}

const wmi = { namespace: 'root/wmi', isProtected: true } as const;
const wmiInitiator = { ...wmi, needs: 'msiscsi', observation: 'IscsiSession' } as const;
const wmiMpio = { ...wmi, needs: 'multipath-io', observation: 'MpioDisk' } as const;

export const countingClasses: readonly CountingClass[] = [
  {
    namespace: standardCimv2,
    name: 'MSFT_NetAdapterStatisticsSettingData',
    observation: 'NetAdapter',
    count: statisticsRows,
  },
  { ...wmiInitiator, name: 'MSiSCSI_SessionStatistics', count: sessionRows },
  { ...wmiInitiator, name: 'MSiSCSI_ConnectionStatistics', count: connectionRows },
  {
    ...wmiMpio,
    name: 'MPIO_DEVINSTANCE_HEALTH_INFO',
    count: ({ storage }, now) => healthRows(storage.mpioDisks, now),
  },
  {
    ...wmiMpio,
    name: 'MSDSM_DEVICE_PERF',
    // A DSM of another maker answers its own classes, not this one.
    count: ({ storage }, now) =>
      devicePerfRows(
        storage.mpioDisks.filter(({ dsmName }) => dsmName === 'Microsoft DSM'),
        now,
      ),
  },
  performanceClass('Tcpip_NetworkAdapter', networkAdapterRows),
  performanceClass('Counters_RDMAActivity', rdmaRows),
  performanceClass('NvspNicStats_HyperVVirtualNetworkAdapter', virtualAdapterRows, 'hyper-v'),
  performanceClass('Counters_SMBClientShares', shareRows),
  performanceClass('PerfDisk_PhysicalDisk', diskRows),
];

/**
 * The counters that are read: which class has which, how wide they are, and the series that come of them.
 *
 * All are raw and cumulative. Microsoft's names say `Persec` for some; the raw value is a running total all the same.
 * In the order in which they are trusted: where two classes count the same of one thing, the first one counts.
 * resources/powershell/sampling asks for exactly these, and for a class that another stands in for only where that is
 * missing.
 */
import type { SeriesDirection, SeriesMeasure } from '#shared/sample.ts';

/** What the instances of a class stand for. */
export type InstanceKind = 'interface' | 'vm-adapter' | 'session' | 'connection' | 'path' | 'share' | 'disk';

export interface Counter {
  readonly property: string;
  /** Bytes, requests, or 100 ns that requests together spent waiting. */
  readonly kind: 'bytes' | 'requests' | 'waiting';
  readonly bits: 32 | 64;
}

/**
 * `rate`: of a counter of bytes or requests, per second. `mean`: of waiting time over the time that passed, which is the number of
 * requests in flight. `each`: waiting time over the requests that ended, which is the time that one of them took.
 */
export type SeriesRule = {
  readonly measure: SeriesMeasure;
  readonly direction: SeriesDirection;
  readonly part?: 'rdma';
} & (
  | { readonly rate: string }
  | { readonly mean: string }
  | { readonly each: { readonly waiting: string; readonly requests: string } }
);

export interface CounterClass {
  readonly name: string;
  readonly namespace: string;
  /** Which process reads it: performance classes stall for half a minute now and then, and must not hold up the rest. */
  readonly source: 'statistics' | 'performance';
  readonly instance: InstanceKind;
  /** The property that names an instance on Windows; a sample has it as `Instance`. */
  readonly key: string;
  /** Properties beside the counters that tell which instance it is, and when it was read. */
  readonly beside?: readonly string[];
  /** Of these, the one that tells instances of the same name apart, where the host has it. */
  readonly number?: string;
  /** What it means that the host has no such class. Left out: nobody knows. */
  readonly absence?: 'feature-missing' | 'not-on-this-windows';
  /** Instances that stand inside a list of each row, told apart by this key of theirs. */
  readonly within?: { readonly list: string; readonly key: string; readonly beside?: readonly string[] };
  readonly counters: readonly Counter[];
  readonly series: readonly SeriesRule[];
}

function bytes(property: string): Counter {
  return { property, kind: 'bytes', bits: 64 };
}

function waiting(property: string): Counter {
  return { property, kind: 'waiting', bits: 64 };
}

function requests(property: string, bits: Counter['bits'] = 32): Counter {
  return { property, kind: 'requests', bits };
}

/** Paths of MPIO: bytes and requests that ended, each read or written. */
function ofPaths(
  head: Omit<CounterClass, 'instance' | 'absence' | 'counters' | 'series'>,
  [read, write]: readonly [string, string],
  bits: Counter['bits'],
): CounterClass {
  const both = twoWay({ ...head, instance: 'path', absence: 'feature-missing' }, [
    'read',
    read,
    'write',
    write,
  ]);
  return {
    ...both,
    counters: [...both.counters, requests('NumberReads', bits), requests('NumberWrites', bits)],
    series: [...both.series, ...operations('NumberReads', 'NumberWrites')],
  };
}

function operations(reads: string, writes: string): readonly SeriesRule[] {
  return [
    { measure: 'operations', direction: 'read', rate: reads },
    { measure: 'operations', direction: 'write', rate: writes },
  ];
}

/** A class that counts two directions of traffic and nothing else. */
function twoWay(
  head: Omit<CounterClass, 'counters' | 'series'>,
  directions: readonly [SeriesDirection, string, SeriesDirection, string],
  part?: 'rdma',
): CounterClass {
  const [first, firstProperty, second, secondProperty] = directions;
  const more = part === undefined ? {} : { part };
  return {
    ...head,
    counters: [bytes(firstProperty), bytes(secondProperty)],
    series: [
      { measure: 'throughput', direction: first, rate: firstProperty, ...more },
      { measure: 'throughput', direction: second, rate: secondProperty, ...more },
    ],
  };
}

/** Of every performance class. */
const stamps = ['Timestamp_PerfTime', 'Frequency_PerfTime'] as const;

function performance(name: string, beside: readonly string[] = []) {
  return {
    name: `Win32_PerfRawData_${name}`,
    namespace: 'root/cimv2',
    source: 'performance',
    key: 'Name',
    beside: [...stamps, ...beside],
  } as const;
}

function driver(name: string, beside: readonly string[] = []) {
  return { name, namespace: 'root/wmi', source: 'statistics', key: 'InstanceName', beside } as const;
}

const ofSession = ['USID', 'UniqueAdapterId'] as const;

/** Of adapters: frames that came or went damaged, and frames that were dropped for want of room. */
export const errorCounters = [
  'ReceivedPacketErrors',
  'OutboundPacketErrors',
  'ReceivedDiscardedPackets',
  'OutboundDiscardedPackets',
] as const;

/** Of iSCSI sessions: wrong checksums, connections that did not answer in time, PDUs out of form. */
export const sessionErrorCounters = ['DigestErrors', 'ConnectionTimeoutErrors', 'FormatErrors'] as const;

/** Of paths of MPIO: requests that ended in an error, and that were sent again. */
export const pathErrorCounters = ['NumberIoErrors', 'NumberRetries'] as const;

export const counterClasses: readonly CounterClass[] = [
  twoWay(
    {
      name: 'MSFT_NetAdapterStatisticsSettingData',
      namespace: 'root/StandardCimv2',
      source: 'statistics',
      instance: 'interface',
      key: 'InterfaceDescription',
      beside: ['InstanceID', ...errorCounters],
    },
    ['in', 'ReceivedBytes', 'out', 'SentBytes'],
  ),
  twoWay({ ...performance('Tcpip_NetworkAdapter', ['CurrentBandwidth']), instance: 'interface' }, [
    'in',
    'BytesReceivedPersec',
    'out',
    'BytesSentPersec',
  ]),
  twoWay(
    { ...performance('Counters_RDMAActivity'), instance: 'interface' },
    ['in', 'RDMAInboundBytesPersec', 'out', 'RDMAOutboundBytesPersec'],
    'rdma',
  ),
  twoWay(
    {
      ...performance('NvspNicStats_HyperVVirtualNetworkAdapter'),
      instance: 'vm-adapter',
      absence: 'feature-missing',
    },
    ['in', 'BytesReceivedPersec', 'out', 'BytesSentPersec'],
  ),
  twoWay(
    { ...driver('MSiSCSI_SessionStatistics', [...ofSession, ...sessionErrorCounters]), instance: 'session' },
    ['in', 'BytesReceived', 'out', 'BytesSent'],
  ),
  twoWay(
    {
      ...driver('MSiSCSI_ConnectionStatistics', [...ofSession, 'CID']),
      number: 'CID',
      instance: 'connection',
    },
    ['in', 'BytesReceived', 'out', 'BytesSent'],
  ),
  ofPaths(
    {
      ...driver('MPIO_DEVINSTANCE_HEALTH_INFO'),
      within: { list: 'DevInstanceHealthPackets', key: 'PathId', beside: pathErrorCounters },
    },
    ['NumberBytesRead', 'NumberBytesWritten'],
    64,
  ),
  ofPaths(
    { ...driver('MSDSM_DEVICE_PERF'), within: { list: 'PerfInfo', key: 'PathId' } },
    ['BytesRead', 'BytesWritten'],
    32,
  ),
  twoWay({ ...performance('Counters_SMBClientShares'), instance: 'share' }, [
    'read',
    'ReadBytesPersec',
    'write',
    'WriteBytesPersec',
  ]),
  {
    ...performance('PerfDisk_PhysicalDisk'),
    instance: 'disk',
    counters: [
      bytes('DiskReadBytesPersec'),
      bytes('DiskWriteBytesPersec'),
      requests('DiskReadsPersec'),
      requests('DiskWritesPersec'),
      // Not AvgDisksecPerRead: that is 32 bits of 100 ns and wraps within seconds on a busy disk.
      waiting('AvgDiskReadQueueLength'),
      waiting('AvgDiskWriteQueueLength'),
      waiting('AvgDiskQueueLength'),
    ],
    series: [
      { measure: 'throughput', direction: 'read', rate: 'DiskReadBytesPersec' },
      { measure: 'throughput', direction: 'write', rate: 'DiskWriteBytesPersec' },
      {
        measure: 'latency',
        direction: 'read',
        each: { waiting: 'AvgDiskReadQueueLength', requests: 'DiskReadsPersec' },
      },
      {
        measure: 'latency',
        direction: 'write',
        each: { waiting: 'AvgDiskWriteQueueLength', requests: 'DiskWritesPersec' },
      },
      { measure: 'queue', direction: 'both', mean: 'AvgDiskQueueLength' },
      ...operations('DiskReadsPersec', 'DiskWritesPersec'),
    ],
  },
];

export function counterClassNamed(name: string): CounterClass {
  const found = counterClasses.find((cls) => cls.name === name);
  if (found === undefined) throw new Error(`No class of counters is called ${name}.`);
  return found;
}

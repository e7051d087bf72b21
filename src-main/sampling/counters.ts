/**
 * The counters that are read: which class has which, how wide they are, and the series that come of them.
 *
 * All are raw and cumulative. Microsoft's names say `Persec` for some; the raw value is a running total all the same.
 * In the order in which they are trusted: where two classes count the same of one thing, the first one counts.
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
  readonly instance: InstanceKind;
  /** Instances that stand inside a list of each row, told apart by this key of theirs. */
  readonly within?: { readonly list: string; readonly key: string };
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
  head: Pick<CounterClass, 'name' | 'within'>,
  [read, write]: readonly [string, string],
  bits: Counter['bits'],
): CounterClass {
  const both = twoWay({ ...head, namespace: 'root/wmi', instance: 'path' }, ['read', read, 'write', write]);
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

export const counterClasses: readonly CounterClass[] = [
  twoWay(
    {
      name: 'MSFT_NetAdapterStatisticsSettingData',
      namespace: 'root/StandardCimv2',
      instance: 'interface',
    },
    ['in', 'ReceivedBytes', 'out', 'SentBytes'],
  ),
  twoWay({ name: 'Win32_PerfRawData_Tcpip_NetworkAdapter', namespace: 'root/cimv2', instance: 'interface' }, [
    'in',
    'BytesReceivedPersec',
    'out',
    'BytesSentPersec',
  ]),
  twoWay(
    { name: 'Win32_PerfRawData_Counters_RDMAActivity', namespace: 'root/cimv2', instance: 'interface' },
    ['in', 'RDMAInboundBytesPersec', 'out', 'RDMAOutboundBytesPersec'],
    'rdma',
  ),
  twoWay(
    {
      name: 'Win32_PerfRawData_NvspNicStats_HyperVVirtualNetworkAdapter',
      namespace: 'root/cimv2',
      instance: 'vm-adapter',
    },
    ['in', 'BytesReceivedPersec', 'out', 'BytesSentPersec'],
  ),
  twoWay({ name: 'MSiSCSI_SessionStatistics', namespace: 'root/wmi', instance: 'session' }, [
    'in',
    'BytesReceived',
    'out',
    'BytesSent',
  ]),
  twoWay({ name: 'MSiSCSI_ConnectionStatistics', namespace: 'root/wmi', instance: 'connection' }, [
    'in',
    'BytesReceived',
    'out',
    'BytesSent',
  ]),
  ofPaths(
    {
      name: 'MPIO_DEVINSTANCE_HEALTH_INFO',
      within: { list: 'DevInstanceHealthPackets', key: 'PathId' },
    },
    ['NumberBytesRead', 'NumberBytesWritten'],
    64,
  ),
  ofPaths(
    { name: 'MSDSM_DEVICE_PERF', within: { list: 'PerfInfo', key: 'PathId' } },
    ['BytesRead', 'BytesWritten'],
    32,
  ),
  twoWay({ name: 'Win32_PerfRawData_Counters_SMBClientShares', namespace: 'root/cimv2', instance: 'share' }, [
    'read',
    'ReadBytesPersec',
    'write',
    'WriteBytesPersec',
  ]),
  {
    name: 'Win32_PerfRawData_PerfDisk_PhysicalDisk',
    namespace: 'root/cimv2',
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

/**
 * The counter classes of a simulated host at a moment, as Windows gives them: its class and property names, its
 * spelling of instances. Written from what Windows documents, not from the reader.
 */
import type { CounterRow, Sample } from '#shared/sample.ts';
import { hexOf } from './identities.ts';
import type { Machine } from './machine.ts';
import type { SimInterface } from './network-layout.ts';
import type { SimDisk } from './storage-layout.ts';
import { counterName, pathKey, type Counted, type Way } from './traffic-routes.ts';
import { trafficOf } from './traffic.ts';

/** Ticks of the performance counters in a second. */
const performanceFrequency = 10_000_000;

interface Counters {
  /** `seconds` after the beginning; `at` is what the clock on the wall says then. */
  readonly sampleAt: (seconds: number, at: string) => Sample;
}

/** The characters that an instance name cannot have. */
function instanceName(description: string): string {
  return description.replace(/[()#/\\]/g, (character) =>
    character === '(' ? '[' : character === ')' ? ']' : '_',
  );
}

/** `1 E:` where the disk has a letter, `1` where it has none (offline, or a cluster's). */
function diskInstance(disk: SimDisk, position: number): string {
  if (disk.isSystem) return `${disk.number} C:`;
  const hasLetter = disk.scenario.isClustered !== true && disk.scenario.isOffline !== true && position <= 20;
  return hasLetter ? `${disk.number} ${String.fromCharCode(68 + position)}:` : String(disk.number);
}

/** Throws where a demand of the scenario is on something that it does not have. */
function countersOf(machine: Machine): Counters {
  const traffic = trafficOf(machine);
  const { network, storage, scenario } = machine;
  const seed = scenario.computer.name;
  const starts = new Map<string, number>();
  /** What the counter read at the beginning: the host has been up for a while. */
  const startOf = (name: string): number => {
    const known = starts.get(name) ?? Number.parseInt(hexOf(`${seed}|${name}`, 11), 16);
    starts.set(name, known);
    return known;
  };
  const counted = network.interfaces.filter(
    ({ isHidden, status }) => !isHidden && status !== 'Not Present' && status !== 'Disabled',
  );

  return {
    sampleAt: (seconds, at) => {
      const { bytes, requests, pathRequests } = traffic.at(seconds);
      const read = (what: Counted, key: string, way: Way): number => {
        const name = counterName(what, key, way);
        return startOf(name) + Math.round(bytes(name));
      };
      const ended = (path: string, way: Way): number => {
        const name = counterName('path', path, way);
        return startOf(`requests|${name}`) + Math.round(pathRequests(name));
      };
      const stamp = {
        Timestamp_PerfTime: Math.round((seconds + 86_400) * performanceFrequency),
        Frequency_PerfTime: performanceFrequency,
      };
      const performance = (instance: string, values: CounterRow): CounterRow => ({
        Instance: instance,
        ...stamp,
        ...values,
      });
      const adapterRow = (one: SimInterface): CounterRow =>
        scenario.traffic?.adapterCounters === 'performance'
          ? performance(instanceName(one.description), {
              BytesReceivedPersec: read('interface', one.guid, 'in'),
              BytesSentPersec: read('interface', one.guid, 'out'),
              CurrentBandwidth: one.speed,
            })
          : {
              Instance: one.description,
              InstanceID: `${one.guid};0`,
              ReceivedBytes: read('interface', one.guid, 'in'),
              SentBytes: read('interface', one.guid, 'out'),
            };
      const diskRow = (disk: SimDisk, position: number): CounterRow => {
        const wrapped = (value: number) => Math.round(value) % 2 ** 32;
        const waiting = (way: Way) =>
          startOf(`waiting|${disk.number}|${way}`) + Math.round(requests(disk.number, way).waiting);
        return performance(diskInstance(disk, position), {
          DiskReadBytesPersec: read('disk', String(disk.number), 'in'),
          DiskWriteBytesPersec: read('disk', String(disk.number), 'out'),
          DiskReadsPersec: wrapped(requests(disk.number, 'in').count),
          DiskWritesPersec: wrapped(requests(disk.number, 'out').count),
          AvgDiskReadQueueLength: waiting('in'),
          AvgDiskWriteQueueLength: waiting('out'),
          AvgDiskQueueLength: waiting('in') + waiting('out'),
        });
      };
      const all: readonly (readonly [string, readonly CounterRow[]])[] = [
        [
          scenario.traffic?.adapterCounters === 'performance'
            ? 'Win32_PerfRawData_Tcpip_NetworkAdapter'
            : 'MSFT_NetAdapterStatisticsSettingData',
          counted.map(adapterRow),
        ],
        [
          'Win32_PerfRawData_Counters_RDMAActivity',
          counted
            .filter(({ hasRdma }) => hasRdma === true)
            .map(({ description, guid }) =>
              performance(description, {
                RDMAInboundBytesPersec: read('rdma', guid, 'in'),
                RDMAOutboundBytesPersec: read('rdma', guid, 'out'),
              }),
            ),
        ],
        [
          'Win32_PerfRawData_NvspNicStats_HyperVVirtualNetworkAdapter',
          network.vmNics.map((nic) =>
            performance(`${nic.vmName}_${nic.name}_${nic.vmId}--${nic.adapterId.toLowerCase()}`, {
              BytesReceivedPersec: read('vm', nic.adapterId, 'in'),
              BytesSentPersec: read('vm', nic.adapterId, 'out'),
            }),
          ),
        ],
        [
          'MSiSCSI_SessionStatistics',
          storage.sessions
            .filter(({ isConnected }) => isConnected)
            .map((session) => ({
              Instance: `${session.scenario.iqn}_${session.uniqueSessionId.toString(16)}`,
              iSCSIName: session.scenario.iqn,
              // Beyond what a number of JSON can hold.
              UniqueAdapterId: String(session.uniqueAdapterId),
              USID: String(session.uniqueSessionId),
              BytesReceived: read('session', session.id, 'in'),
              BytesSent: read('session', session.id, 'out'),
            })),
        ],
        [
          'MPIO_DEVINSTANCE_HEALTH_INFO',
          storage.mpioDisks.map((disk) => ({
            Instance: disk.instanceName,
            DevInstanceHealthPackets: disk.paths.map((path) => ({
              PathId: Number(path.id),
              NumberBytesRead: read('path', pathKey(disk.disk, path), 'in'),
              NumberBytesWritten: read('path', pathKey(disk.disk, path), 'out'),
              NumberReads: ended(pathKey(disk.disk, path), 'in'),
              NumberWrites: ended(pathKey(disk.disk, path), 'out'),
            })),
          })),
        ],
        [
          'Win32_PerfRawData_Counters_SMBClientShares',
          (scenario.smb?.servers ?? []).flatMap((server) =>
            server.shares.map((share) =>
              performance(`\\${server.name}\\${share.name}`, {
                ReadBytesPersec: read('share', `\\\\${server.name}\\${share.name}`.toLowerCase(), 'in'),
                WriteBytesPersec: read('share', `\\\\${server.name}\\${share.name}`.toLowerCase(), 'out'),
              }),
            ),
          ),
        ],
        ['Win32_PerfRawData_PerfDisk_PhysicalDisk', storage.disks.map(diskRow)],
      ];
      const there = all.filter(([, rows]) => rows.length > 0);
      return {
        at,
        ticks: Object.fromEntries(
          there.map(([name], index) => [name, Math.round((seconds + 86_400) * 1000) + index]),
        ),
        counters: Object.fromEntries(there),
      };
    },
  };
}

/** The samples that were taken of a scenario's host up to the moment it is looked at; undefined where there are none. */
export function recordedSamples(machine: Machine, takenAt: string): readonly Sample[] | undefined {
  const seconds = machine.scenario.traffic?.recordedSeconds;
  if (seconds === undefined) return undefined;
  const counters = countersOf(machine);
  const endMs = Date.parse(takenAt);
  const every = machine.scenario.traffic?.everySeconds ?? 1;
  return Array.from({ length: Math.floor(seconds / every) + 1 }, (_, index) => {
    const second = index * every;
    return counters.sampleAt(second, new Date(endMs - (seconds - second) * 1000).toISOString());
  });
}

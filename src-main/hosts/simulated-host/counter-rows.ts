/** The counters of a simulated host as samples: those that were recorded of it, and those that are read of it now. */
import type { CounterRow, Sample } from '#shared/sample.ts';
import { counterClasses, type CounterClass } from '../../sampling/counters.ts';
import { captureItem, captureValue, objectsIn } from './capture-item.ts';
import type { CmdletObject } from './cmdlet-value.ts';
import { asCimObject } from './cim.ts';
import { countingClasses } from './counter-classes.ts';
import type { Machine } from './machine.ts';
import { createMeter, type CounterReading } from './meter.ts';

/** What a sample keeps of the instances of a class: what the sampling scripts ask for. */
export function counterRows(cls: CounterClass, objects: readonly CmdletObject[]): readonly CounterRow[] {
  const { key, beside = [], within, counters } = cls;
  const counted = counters.map(({ property }) => property);
  return objects.map((source) => {
    const instance = source.props[key];
    return {
      Instance: instance === undefined ? '' : captureValue(instance),
      ...captureItem(source, within === undefined ? [...beside, ...counted] : beside),
      ...(within && {
        [within.list]: objectsIn(source.props[within.list]).map((element) =>
          captureItem(element, [within.key, ...counted, ...(within.beside ?? [])]),
        ),
      }),
    };
  });
}

const classByName = new Map(countingClasses.map((cls) => [cls.name, cls]));
/** Asked for only where the class is missing that it stands in for. */
const standIns: ReadonlySet<string> = new Set(['MSDSM_DEVICE_PERF']);
const adapterClasses = {
  statistics: 'MSFT_NetAdapterStatisticsSettingData',
  performance: 'Win32_PerfRawData_Tcpip_NetworkAdapter',
} as const;

function sampleAt(machine: Machine, now: CounterReading, at: string): Sample {
  const { adapterCounters = 'statistics' } = machine.scenario.traffic ?? {};
  const other = adapterClasses[adapterCounters === 'statistics' ? 'performance' : 'statistics'];
  const read = counterClasses.flatMap((cls): readonly (readonly [string, readonly CounterRow[]])[] => {
    const source = classByName.get(cls.name);
    if (source === undefined || cls.name === other || standIns.has(cls.name)) return [];
    const objects = source
      .count(machine, now)
      .filter(({ isHidden }) => isHidden !== true)
      .map((row) => asCimObject(source.namespace, source.name, row));
    return objects.length === 0 ? [] : [[cls.name, counterRows(cls, objects)]];
  });
  return {
    at,
    ticks: Object.fromEntries(read.map(([name], index) => [name, Math.round(now.uptime * 1000) + index])),
    counters: Object.fromEntries(read),
  };
}

/** The samples that were taken of a scenario's host up to the moment it is looked at; undefined where there are none. */
export function recordedSamples(machine: Machine, takenAt: string): readonly Sample[] | undefined {
  const seconds = machine.scenario.traffic?.recordedSeconds;
  if (seconds === undefined) return undefined;
  const meter = createMeter(machine);
  const endMs = Date.parse(takenAt);
  const every = machine.scenario.traffic?.everySeconds ?? 1;
  return Array.from({ length: Math.floor(seconds / every) + 1 }, (_, index) => {
    const second = index * every;
    const at = new Date(endMs - (seconds - second) * 1000).toISOString();
    return sampleAt(machine, meter.read(machine, second), at);
  });
}

/** What the cmdlets say about one adapter beyond the model, by the adapter: looked up once for each snapshot. */
import type { Adapter } from '#shared/host/host-model.ts';
import type { NetAdapterRecord } from '#shared/host/network-records.ts';
import type { ReadObservationName, RecordOf, Snapshot } from '#shared/host/snapshot.ts';
import { memberAdapters } from '../path-graph/walks.ts';
import type { HostFacts } from './define-rule.ts';
import type { HostInterface } from '../path-graph/walks.ts';

type NamedObservation = {
  [N in ReadObservationName]: RecordOf[N] extends { readonly name: string } ? N : never;
}[ReadObservationName];

interface Lookups {
  readonly adapters: ReadonlyMap<string, NetAdapterRecord>;
  readonly byName: Map<string, ReadonlyMap<string, { readonly name: string }>>;
  readonly properties: ReadonlyMap<string, readonly string[]>;
}

const cache = new WeakMap<Snapshot, Lookups>();

function lookups(snapshot: Snapshot): Lookups {
  let found = cache.get(snapshot);
  if (found === undefined) {
    const { NetAdapter, NetAdapterAdvancedProperty } = snapshot.readings;
    const adapters = NetAdapter.status === 'ok' ? NetAdapter.records : [];
    const properties = NetAdapterAdvancedProperty.status === 'ok' ? NetAdapterAdvancedProperty.records : [];
    found = {
      adapters: new Map(adapters.map((record) => [record.interfaceGuid, record])),
      byName: new Map(),
      properties: new Map(
        properties.map(({ name, registryKeyword, registryValue }) => [
          propertyKey(name, registryKeyword),
          registryValue,
        ]),
      ),
    };
    cache.set(snapshot, found);
  }
  return found;
}

/** Names differ in case between cmdlets for the same adapter. */
function propertyKey(name: string, keyword: string): string {
  return `${keyword.toLowerCase()}\n${name.toLowerCase()}`;
}

/** The row of Get-NetAdapter. */
export function netAdapterOf({ snapshot }: HostFacts, found: HostInterface): NetAdapterRecord | undefined {
  return lookups(snapshot).adapters.get(found.interfaceGuid);
}

/** The record that an observation keyed by adapter name has of an interface; undefined where it lists none. */
export function recordOf<N extends NamedObservation>(
  { snapshot }: HostFacts,
  observation: N,
  found: { readonly name: string },
): RecordOf[N] | undefined {
  const { byName } = lookups(snapshot);
  let records = byName.get(observation);
  if (records === undefined) {
    const reading = snapshot.readings[observation];
    const all = reading.status === 'ok' ? (reading.records as readonly { readonly name: string }[]) : [];
    records = new Map(all.map((record) => [record.name.toLowerCase(), record]));
    byName.set(observation, records);
  }
  return records.get(found.name.toLowerCase()) as RecordOf[N] | undefined;
}

/**
 * The whole number that a driver setting has, by its registry keyword: display names are vendor text in any language.
 * Undefined where the driver has no such setting or it is no number.
 */
export function driverSetting(
  { snapshot }: HostFacts,
  found: { readonly name: string },
  keyword: string,
): number | undefined {
  const [value] = lookups(snapshot).properties.get(propertyKey(found.name, keyword)) ?? [];
  return value !== undefined && /^\d+$/.test(value.trim()) ? Number(value) : undefined;
}

/** Which team each adapter is a member of, with its fellow members. */
export function teamsWithMembers({ model }: HostFacts): readonly {
  readonly team: HostFacts['model']['teams'][number];
  readonly members: readonly Adapter[];
}[] {
  return model.teams.map((team) => ({ team, members: memberAdapters(model, team) }));
}

/** bit/s of several adapters together; undefined where the speed of one is not known. */
export function totalBitsPerSecond(adapters: readonly Adapter[]): number | undefined {
  let total = 0;
  for (const { speedBitsPerSecond } of adapters) {
    if (speedBitsPerSecond === undefined || speedBitsPerSecond === null) return undefined;
    total += speedBitsPerSecond;
  }
  return total;
}

/** Physical adapters of a team or of one vSwitch with the same uplink, whose own speeds differ or not. */
export function distinctSpeeds(adapters: readonly Adapter[]): readonly number[] {
  return [...new Set(adapters.flatMap(({ speedBitsPerSecond }) => speedBitsPerSecond ?? []))].sort(
    (a, b) => a - b,
  );
}

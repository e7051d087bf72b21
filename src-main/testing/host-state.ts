/**
 * The state of a simulated host, property by property, as its own cmdlets tell it. What Windows gives anew with each
 * login (identifiers, ports of connections, places on the bus) is named by the ends of the session instead, number and
 * GUID of an interface that commands make by the interface's name, and lists
 * that have no order of their own are sorted, so that a host that is as it was before has the same state.
 */
import { observationNames } from '#shared/capture.ts';
import { observe } from '../hosts/simulated-host/observe.ts';
import type { SimulatedHost } from '../hosts/simulated-host/simulated-host.ts';
import { stateOf as machineState } from '../hosts/simulated-host/state.ts';

/** By observation, one text for each item or for what stood in the way. */
export type HostState = Readonly<Record<string, readonly string[]>>;

/** Counted or chosen by Windows with each connection. */
const volatile: ReadonlySet<string> = new Set([
  'InitiatorPortNumber',
  'LocalPort',
  'InitiatorSideIdentifier',
  'TargetSideIdentifier',
]);

/** Names for what a login gets anew: by the ends of its session, and which of its kind it is. */
function namesOf({ machine }: SimulatedHost): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  const counts = new Map<string, number>();
  for (const { id, ordinal, scenario, connections, scsi } of machine.storage.sessions) {
    const [first] = scenario.connections;
    const ends = `${scenario.iqn} ${first?.from ?? 'any'} ${first?.to ?? ''}`;
    const count = (counts.get(ends) ?? 0) + 1;
    counts.set(ends, count);
    const name = `<${ends} ${count}>`;
    names.set(id.toLowerCase(), name);
    names.set(String(0x4000013700000000n + BigInt(ordinal)), name);
    names.set(`${scsi.port}|${scsi.bus}|${scsi.target}`, name);
    const path = (0x77n << 24n) | (BigInt(scsi.port) << 16n) | (BigInt(scsi.bus) << 8n) | BigInt(scsi.target);
    names.set(path.toString(16).padStart(16, '0'), name);
    names.set(path.toString(), name);
    for (const [place, connection] of connections.entries()) {
      names.set(connection.id.toLowerCase(), `${name} ${place}`);
    }
  }
  return names;
}

const interfaceNumbers: ReadonlySet<string> = new Set([
  'InterfaceIndex',
  'HigherLayerInterfaceIndices',
  'LowerLayerInterfaceIndices',
]);

interface Names {
  /** By what a login gets. */
  readonly logins: ReadonlyMap<string, string>;
  /** By number. */
  readonly interfaces: ReadonlyMap<string, string>;
  /** By GUID in lower case, of those that commands make. */
  readonly made: ReadonlyMap<string, string>;
}

function namedInterface(value: unknown, { interfaces }: Names): unknown {
  return Array.isArray(value)
    ? value.map((one: unknown) => interfaces.get(String(one)) ?? one).sort()
    : (interfaces.get(String(value)) ?? value);
}

function plain(value: unknown, names: Names): unknown {
  if (Array.isArray(value)) {
    const items = value.map((one) => plain(one, names));
    return items.every((one) => typeof one === 'object' || typeof one === 'string')
      ? items.toSorted((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1))
      : items;
  }
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(
      Object.entries(value)
        .filter(([name]) => !volatile.has(name))
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([name, inner]) => [
          name,
          interfaceNumbers.has(name) ? namedInterface(inner, names) : plain(inner, names),
        ]),
    );
  }
  if (typeof value !== 'string' && typeof value !== 'number') return value;
  const text = String(value).toLowerCase();
  const { logins, interfaces, made } = names;
  const known = logins.get(text) ?? logins.get(text.replace(/^0x/, ''));
  if (known !== undefined && typeof value === 'string') return known;
  if (typeof value === 'string' && /\{[0-9a-f-]{36}\}/i.test(value)) {
    return value.replace(/\{[0-9a-f-]{36}\}/i, (guid) => made.get(guid.toLowerCase()) ?? guid);
  }
  // The zone of a link-local address is a number of an interface.
  const [, address = '', zone = ''] = /^(fe80:.*)%(\d+)$/.exec(text) ?? [];
  if (zone !== '') return `${address}%${interfaces.get(zone) ?? zone}`;
  const place = /^(\d+\|\d+\|\d+)\|(\d+)$/.exec(text);
  const session = place === null ? undefined : logins.get(place[1] ?? '');
  return session === undefined ? value : `${session} ${place?.[2] ?? ''}`;
}

/** What no cmdlet tells, for example from which address a favourite logs in; without what a restart would bring. */
function hidden({ machine }: SimulatedHost): readonly (readonly [string, readonly string[]])[] {
  return Object.entries(machineState(machine))
    .filter(([name]) => name !== 'pending')
    .map(([name, value]) => [`itself ${name}`, [JSON.stringify(value)]]);
}

export function stateOf(host: SimulatedHost): HostState {
  const { interfaces } = host.machine.network;
  const names: Names = {
    logins: namesOf(host),
    interfaces: new Map(interfaces.map(({ index, name }) => [String(index), name])),
    made: new Map(
      interfaces.flatMap(({ kind, guid, name }) =>
        kind === 'team-nic' ? [[guid.toLowerCase(), `<${name}>`]] : [],
      ),
    ),
  };
  return Object.fromEntries([
    ...hidden(host),
    ...observationNames.map((name): readonly [string, readonly string[]] => {
      const { status, ...rest } = observe(host, name);
      if (status !== 'ok') return [name, [status]];
      const data = 'data' in rest && Array.isArray(rest.data) ? rest.data : [];
      return [name, data.map((item) => JSON.stringify(plain(item, names))).sort()];
    }),
  ]);
}

/** The items of `these` that `others` has not, each as often as it is missing. */
function beyond(these: readonly string[], others: readonly string[]): readonly string[] {
  const left = [...others];
  return these.filter((one) => {
    const place = left.indexOf(one);
    if (place >= 0) left.splice(place, 1);
    return place < 0;
  });
}

/** One line for each item that one of the two has and the other has not. */
export function differencesOf(before: HostState, after: HostState): readonly string[] {
  return [...new Set([...Object.keys(before), ...Object.keys(after)])].flatMap((name) => {
    const [was, is] = [before[name] ?? [], after[name] ?? []];
    return [
      ...beyond(was, is).map((one) => `${name} - ${one}`),
      ...beyond(is, was).map((one) => `${name} + ${one}`),
    ];
  });
}

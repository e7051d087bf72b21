/** What is set on an interface by hand, so that it can move to another one as a whole and come back. */
import type { ChangeCommand, FoundValue, Question } from '#shared/change-command.ts';
import type { PropertyChange } from '#shared/fix-plan.ts';
import type { Entity } from '#shared/host/host-model.ts';
import { ipKey, isLinkLocalIp, isUnspecified } from '../path-graph/ip.ts';
import { nameKey, recordsOf } from '../path-graph/joins.ts';
import { interfacesOf, type HostInterface } from '../path-graph/walks.ts';
import type { FixFacts, FixRequest } from './define-fix.ts';

interface SetAddress {
  readonly address: string;
  readonly prefixLength: number;
  readonly skipAsSource: boolean;
}

interface SetRoute {
  readonly prefix: string;
  readonly nextHop: string;
  readonly metric: number;
}

export interface InterfaceSetup {
  readonly addresses: readonly SetAddress[];
  /** The default gateway too. */
  readonly routes: readonly SetRoute[];
  readonly dnsServers: readonly string[];
  /** Undefined: Windows chooses it. */
  readonly metric?: number;
  readonly registersInDns: boolean;
}

/** Observations that a setup is read from. */
export const setupObservations = [
  'NetAdapter',
  'NetIPAddress',
  'NetIPInterface',
  'NetRoute',
  'DnsClient',
] as const;

/** An address that came by itself comes by itself on another interface too, or is another one there. */
const ownOrigins: ReadonlySet<string> = new Set(['wellknown', 'routeradvertisement']);

/** Windows' own metric of a route that names none. */
const usualMetric = 256;

/** The setup, or in one sentence what of it is not known or cannot move. */
export function setupOf(request: FixRequest, holder: HostInterface): InterfaceSetup | string {
  const { readings } = request.snapshot;
  const index = holder.interfaceIndex;
  const sides = recordsOf(readings.NetIPInterface)?.filter((one) => one.interfaceIndex === index);
  const routes = recordsOf(readings.NetRoute);
  const dns = recordsOf(readings.DnsClient)?.find((one) => one.interfaceIndex === index);
  const dnsServers = request.surroundings.dnsServers?.get(index);
  if (sides === undefined || routes === undefined) {
    return `How ${holder.name} is set up could not be read.`;
  }
  if (dnsServers === undefined) return `The DNS servers of ${holder.name} could not be read.`;
  if (dns?.registersAddresses === undefined) {
    return `Whether ${holder.name} registers its addresses in DNS could not be read.`;
  }
  const own = (recordsOf(readings.NetIPAddress) ?? []).filter(
    ({ interfaceIndex, ipAddress, prefixOrigin }) =>
      interfaceIndex === index &&
      !isLinkLocalIp(ipAddress) &&
      !ownOrigins.has((prefixOrigin ?? '').toLowerCase()),
  );
  if (sides.some(({ family, usesDhcp }) => family === 'IPv4' && usesDhcp === true)) {
    return `${holder.name} has its address from a DHCP server, which would give another interface another one.`;
  }
  const unknown = own.find(({ prefixLength }) => prefixLength === undefined);
  if (unknown !== undefined) return `The prefix length of ${unknown.ipAddress} is not known.`;
  const ipv4 = sides.find(({ family }) => family === 'IPv4');
  return {
    addresses: own.map(({ ipAddress, prefixLength = 0, skipAsSource = false }) => ({
      address: ipAddress,
      prefixLength,
      skipAsSource,
    })),
    routes: routes.flatMap(({ interfaceIndex, destinationPrefix, nextHop, routeMetric, protocol }) =>
      interfaceIndex === index &&
      nextHop !== undefined &&
      !isUnspecified(nextHop) &&
      (protocol ?? 'NetMgmt') === 'NetMgmt'
        ? [{ prefix: destinationPrefix, nextHop, metric: routeMetric ?? usualMetric }]
        : [],
    ),
    dnsServers,
    registersInDns: dns.registersAddresses,
    ...(ipv4?.hasAutomaticMetric === false && ipv4.metric !== undefined && { metric: ipv4.metric }),
  };
}

function addressOn(name: string, address: string): Question {
  return {
    read: 'Get-NetIPAddress',
    where: [
      { property: 'InterfaceAlias', is: name },
      { property: 'IPAddress', is: address },
    ],
  };
}

function routeOn(name: string, { prefix, nextHop }: SetRoute): Question {
  return {
    read: 'Get-NetRoute',
    where: [
      { property: 'InterfaceAlias', is: name },
      { property: 'DestinationPrefix', is: prefix },
      { property: 'NextHop', is: nextHop },
    ],
  };
}

/** An interface as commands name it: its number is looked up when they run, by the name that Windows shows then. */
export interface NamedInterface {
  readonly name: string;
  readonly index: FoundValue;
}

/** Name servers, metric and registration, where they are not as Windows has them: harmless before the addresses are there. */
export function settingsGiven(setup: InterfaceSetup, { index }: NamedInterface): readonly ChangeCommand[] {
  return [
    ...(setup.registersInDns
      ? []
      : [
          {
            cmdlet: 'Set-DnsClient',
            parameters: { InterfaceIndex: index, RegisterThisConnectionsAddress: false },
          },
        ]),
    ...(setup.dnsServers.length === 0
      ? []
      : [
          {
            cmdlet: 'Set-DnsClientServerAddress',
            parameters: { InterfaceIndex: index, ServerAddresses: setup.dnsServers },
          },
        ]),
    ...(setup.metric === undefined
      ? []
      : [
          {
            cmdlet: 'Set-NetIPInterface',
            parameters: { InterfaceIndex: index, AddressFamily: 'IPv4', InterfaceMetric: setup.metric },
          },
        ]),
  ];
}

/** Without their conditions: for the way there, which starts from what the plan was made on. */
export function plainly(commands: readonly ChangeCommand[]): readonly ChangeCommand[] {
  return commands.map(({ unless: _, ...command }) => command);
}

/** Addresses, then the routes that rest on them. Each is left out where it is there already. */
export function addressesGiven(
  setup: InterfaceSetup,
  { name, index }: NamedInterface,
): readonly ChangeCommand[] {
  return [
    ...setup.addresses.map(({ address, prefixLength, skipAsSource }): ChangeCommand => ({
      cmdlet: 'New-NetIPAddress',
      parameters: {
        InterfaceIndex: index,
        IPAddress: address,
        PrefixLength: prefixLength,
        ...(skipAsSource && { SkipAsSource: true }),
      },
      unless: { question: addressOn(name, address), isThere: true },
    })),
    ...setup.routes.map((route): ChangeCommand => ({
      cmdlet: 'New-NetRoute',
      parameters: {
        InterfaceIndex: index,
        DestinationPrefix: route.prefix,
        NextHop: route.nextHop,
        RouteMetric: route.metric,
      },
      unless: { question: routeOn(name, route), isThere: true },
    })),
  ];
}

/** Routes, then addresses: Windows keeps a default gateway when its address goes. */
export function addressesTaken(
  setup: InterfaceSetup,
  { name, index }: NamedInterface,
): readonly ChangeCommand[] {
  return [
    ...setup.routes.map((route): ChangeCommand => ({
      cmdlet: 'Remove-NetRoute',
      parameters: { InterfaceIndex: index, DestinationPrefix: route.prefix, NextHop: route.nextHop },
      unless: { question: routeOn(name, route), isThere: false },
    })),
    ...setup.addresses.map(({ address }): ChangeCommand => ({
      cmdlet: 'Remove-NetIPAddress',
      parameters: { InterfaceIndex: index, IPAddress: address },
      unless: { question: addressOn(name, address), isThere: false },
    })),
  ];
}

export function addressesMoved(
  setup: InterfaceSetup,
  of: Entity,
  from: string,
  to: string,
): readonly PropertyChange[] {
  return [
    ...setup.addresses.map(({ address, prefixLength }) => ({
      of,
      property: `Holder of ${address}/${prefixLength}`,
      before: from,
      after: to,
    })),
    ...setup.routes.map(({ prefix, nextHop }) => ({
      of,
      property:
        prefix === '0.0.0.0/0' || prefix === '::/0'
          ? `Gateway ${nextHop}`
          : `Route to ${prefix} by ${nextHop}`,
      before: from,
      after: to,
    })),
  ];
}

/** What of addresses and routes is not on the interface of that name, in one sentence, or undefined. */
export function lacksAddresses(
  { model, snapshot }: FixFacts,
  setup: InterfaceSetup,
  name: string,
): string | undefined {
  const holder = interfacesOf(model).find((one) => nameKey(one.name) === nameKey(name));
  if (holder === undefined) return `There is no interface ${name}.`;
  const own = model.addresses.filter(({ interfaceIndex }) => interfaceIndex === holder.interfaceIndex);
  for (const { address } of setup.addresses) {
    const found = own.find(({ ipAddress }) => ipKey(ipAddress) === ipKey(address));
    if (found === undefined) return `${name} does not hold ${address}.`;
    if (found.state === 'Duplicate') return `Another machine holds ${address}.`;
    if (found.state !== 'Preferred')
      return `${address} is ${found.state ?? 'in a state that is not told'}, not Preferred.`;
  }
  const routes = recordsOf(snapshot.readings.NetRoute) ?? [];
  const missing = setup.routes.find(
    ({ prefix, nextHop }) =>
      !routes.some(
        (one) =>
          one.interfaceIndex === holder.interfaceIndex &&
          one.destinationPrefix === prefix &&
          one.nextHop === nextHop,
      ),
  );
  return missing === undefined
    ? undefined
    : `${name} has no route to ${missing.prefix} by ${missing.nextHop}.`;
}

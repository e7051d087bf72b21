/** Addresses, IP interfaces, routes and the DNS client. */
import type { CmdletError } from '../cmdlet-value.ts';
import type { ChangingCommand, Outcome, Situation } from '../command.ts';
import { nothingFound } from '../errors.ts';
import { networkText, parseIp, parsePrefix } from '../ip.ts';
import type { Machine } from '../machine.ts';
import type { SimAddress, SimInterface } from '../network-layout.ts';
import type { ScenarioAddress } from '../scenario.ts';
import {
  cannotConvert,
  changing,
  numberOf,
  ofCim,
  refused,
  select,
  should,
  systemError,
  textOf,
  withSetting,
  wordOf,
} from './changing.ts';
import { rowsAfter } from './iscsi.ts';

const ip = changing({ module: 'NetTCPIP' });

/** How long Windows looks for another owner of a new address, in milliseconds. */
const detectionMs = 500;

const invalidParameter = 87;
const objectExists = 5010;

/** The interface that a call names by its alias or index, or why there is none. */
function interfaceOf(
  { machine, parameters, command }: Situation,
  className: string,
): SimInterface | CmdletError {
  const alias = parameters.text('InterfaceAlias');
  const index = parameters.text('InterfaceIndex');
  const found = machine.network.interfaces.find((adapter) =>
    alias === undefined
      ? String(adapter.index) === index
      : adapter.name.toLowerCase() === alias.toLowerCase(),
  );
  if (found !== undefined) return found;
  return nothingFound(
    className,
    alias === undefined ? 'InterfaceIndex' : 'InterfaceAlias',
    alias ?? index ?? '',
    command,
  );
}

function entryOf(machine: Machine, address: SimAddress): ScenarioAddress | undefined {
  return machine.scenario.addresses?.[machine.network.addresses.indexOf(address)];
}

function newAddress(situation: Situation): Outcome {
  const { machine, parameters, command, now } = situation;
  const { scenario } = machine;
  const holder = interfaceOf(situation, 'MSFT_NetIPInterface');
  if ('message' in holder) return refused(holder);
  const address = parameters.text('IPAddress') ?? '';
  const parsed = parseIp(address);
  const length = parameters.text('PrefixLength') ?? (parsed?.family === 'IPv6' ? '128' : '32');
  if (
    parsed === undefined ||
    !/^\d+$/.test(length) ||
    Number(length) > (parsed.family === 'IPv6' ? 128 : 32)
  ) {
    return refused(
      systemError(
        invalidParameter,
        `Invalid parameter ${parsed === undefined ? 'IPAddress' : 'PrefixLength'} ${parsed === undefined ? address : length}`,
        command,
      ),
    );
  }
  if (!machine.network.hasIpStack(holder)) {
    return refused(nothingFound('MSFT_NetIPInterface', 'InterfaceIndex', String(holder.index), command));
  }
  if (machine.network.addresses.some((entry) => entry.prefix.address === address)) {
    return refused(systemError(objectExists, 'The object already exists.', command));
  }
  const gateway = parameters.text('DefaultGateway');
  const others = (scenario.addresses ?? []).filter((entry) => {
    const laid = machine.network.addresses.find((candidate) => entryOf(machine, candidate) === entry);
    // An address by hand turns DHCP off on the interface.
    return laid?.interface !== holder || laid.origin !== 'Dhcp' || laid.prefix.ip.family !== parsed.family;
  });
  const added: ScenarioAddress = {
    interface: holder.name,
    address: `${address}/${length}`,
    state: 'Tentative',
    tentativeUntil: now + detectionMs,
    ...(gateway === undefined ? {} : { gateway }),
    ...(parameters.flag('SkipAsSource') ? { skipAsSource: true } : {}),
  };
  const withAddress = { ...scenario, addresses: [...others, added] };
  return {
    scenario:
      parsed.family === 'IPv4' ? withSetting(withAddress, holder.name, { dhcp: undefined }) : withAddress,
    output: rowsAfter('MSFT_NetIPAddress', (text) => text('IPAddress') === address),
  };
}

const addressFilters = [
  'IPAddress',
  'InterfaceIndex',
  'InterfaceAlias',
  'AddressFamily',
  'AddressState',
  'PrefixLength',
  'PrefixOrigin',
  'SuffixOrigin',
  'SkipAsSource',
  'Type',
  'PolicyStore',
];

/** The addresses of the scenario that a call means; without a filter, all of them. */
function addressesMeant(situation: Situation) {
  const { machine } = situation;
  const { rows, errors } = select(situation, 'MSFT_NetIPAddress', addressFilters);
  const objects = situation.parameters.propertyOf('InputObject', 'IPAddress');
  const texts = new Set(
    rows
      .map((row) => textOf(row, 'IPAddress'))
      .filter((text) => objects === undefined || objects.includes(text)),
  );
  return { meant: machine.network.addresses.filter((entry) => texts.has(entry.prefix.address)), errors };
}

function removeAddress(situation: Situation): Outcome {
  const { machine } = situation;
  const { meant, errors } = addressesMeant(situation);
  if (meant.length === 0) return { errors };
  const gone = new Set(meant.map((entry) => entryOf(machine, entry)));
  return {
    scenario: {
      ...machine.scenario,
      addresses: (machine.scenario.addresses ?? []).filter((entry) => !gone.has(entry)),
    },
    errors,
  };
}

function setAddress(situation: Situation): Outcome {
  const { machine, parameters } = situation;
  const length = parameters.text('PrefixLength');
  const skip = parameters.has('SkipAsSource') ? parameters.flag('SkipAsSource') : undefined;
  const isMeant = (name: string) => !['PrefixLength', 'SkipAsSource'].includes(name);
  const { rows, errors } = select(situation, 'MSFT_NetIPAddress', addressFilters.filter(isMeant));
  const texts = new Set(rows.map((row) => textOf(row, 'IPAddress')));
  return {
    scenario: {
      ...machine.scenario,
      addresses: (machine.scenario.addresses ?? []).map((entry) => {
        const [address = '', former = ''] = entry.address.split('/');
        if (!texts.has(address)) return entry;
        return {
          ...entry,
          address: `${address}/${length ?? former}`,
          ...(skip === undefined ? {} : { skipAsSource: skip }),
        };
      }),
    },
    errors,
  };
}

const onOff = ['Enabled', 'Disabled'] as const;

function setInterface(situation: Situation): Outcome {
  const { machine, parameters, command } = situation;
  const { rows, errors } = select(situation, 'MSFT_NetIPInterface', [
    'InterfaceIndex',
    'InterfaceAlias',
    'AddressFamily',
  ]);
  const dhcp = wordOf(situation, 'Dhcp', onOff);
  if (dhcp.error !== undefined) return refused(dhcp.error);
  const automatic = wordOf(situation, 'AutomaticMetric', onOff);
  if (automatic.error !== undefined) return refused(automatic.error);
  const metric = parameters.text('InterfaceMetric');
  if (metric !== undefined && !/^\d+$/.test(metric)) {
    return refused(cannotConvert(command, 'InterfaceMetric', metric, 'System.UInt32'));
  }
  let { scenario } = machine;
  for (const name of new Set(rows.map((row) => textOf(row, 'InterfaceAlias')))) {
    if (metric !== undefined) scenario = withSetting(scenario, name, { metric: Number(metric) });
    if (automatic.value === 'Enabled') scenario = withSetting(scenario, name, { metric: undefined });
    if (dhcp.value === undefined) continue;
    scenario = withSetting(scenario, name, { dhcp: dhcp.value === 'Enabled' });
    // DHCP in, what was set by hand out.
    if (dhcp.value === 'Disabled') continue;
    const manual = new Set(
      machine.network.addresses
        .filter((entry) => entry.interface.name === name && entry.origin === 'Manual')
        .map((entry) => entryOf(machine, entry)),
    );
    scenario = { ...scenario, addresses: (scenario.addresses ?? []).filter((entry) => !manual.has(entry)) };
  }
  return { scenario, errors };
}

function newRoute(situation: Situation): Outcome {
  const { machine, parameters, command } = situation;
  const holder = interfaceOf(situation, 'MSFT_NetIPInterface');
  if ('message' in holder) return refused(holder);
  const prefix = parameters.text('DestinationPrefix') ?? '';
  let network: string;
  try {
    network = networkText(parsePrefix(prefix));
  } catch {
    return refused(systemError(invalidParameter, `Invalid parameter DestinationPrefix ${prefix}`, command));
  }
  const nextHop = parameters.text('NextHop') ?? (prefix.includes(':') ? '::' : '0.0.0.0');
  const metric = Number(parameters.text('RouteMetric') ?? 256);
  const isThere = machine.network.routes.some(
    (route) => route.interface === holder && route.text === network && route.nextHop === nextHop,
  );
  if (isThere) return refused(systemError(objectExists, 'The object already exists.', command));
  const added = { interface: holder.name, prefix: network, nextHop, metric };
  return {
    scenario: { ...machine.scenario, routes: [...(machine.scenario.routes ?? []), added] },
    output: rowsAfter(
      'MSFT_NetRoute',
      (text) => text('DestinationPrefix') === network && text('InterfaceIndex') === String(holder.index),
    ),
  };
}

function removeRoute(situation: Situation): Outcome {
  const { machine } = situation;
  const { scenario } = machine;
  const { rows, errors } = select(situation, 'MSFT_NetRoute', [
    'DestinationPrefix',
    'InterfaceIndex',
    'InterfaceAlias',
    'NextHop',
    'RouteMetric',
    'AddressFamily',
    'Protocol',
  ]);
  const gone = new Set(
    rows.map((row) =>
      [numberOf(row, 'InterfaceIndex'), textOf(row, 'DestinationPrefix'), textOf(row, 'NextHop')].join(' '),
    ),
  );
  const isGone = (holder: SimInterface | undefined, prefix: string, nextHop: string) =>
    holder !== undefined && gone.has([holder.index, prefix, nextHop].join(' '));
  return {
    scenario: {
      ...scenario,
      routes: (scenario.routes ?? []).filter(
        (route, index) => !isGone(machine.network.routes[index]?.interface, route.prefix, route.nextHop),
      ),
      addresses: (scenario.addresses ?? []).map((entry, index) => {
        const { gateway, ...left } = entry;
        const laid = machine.network.addresses[index];
        const everything = laid?.prefix.ip.family === 'IPv6' ? '::/0' : '0.0.0.0/0';
        return gateway !== undefined && isGone(laid?.interface, everything, gateway) ? left : entry;
      }),
    },
    errors,
  };
}

function setDnsClient(situation: Situation): Outcome {
  const { machine, parameters } = situation;
  const { rows, errors } = select(situation, 'MSFT_DNSClient', ['InterfaceIndex', 'InterfaceAlias']);
  if (!parameters.has('RegisterThisConnectionsAddress')) return { errors };
  const registersInDns = parameters.flag('RegisterThisConnectionsAddress');
  const scenario = rows.reduce(
    (before, row) => withSetting(before, textOf(row, 'InterfaceAlias'), { registersInDns }),
    machine.scenario,
  );
  return { scenario, errors };
}

function setDnsServers(situation: Situation): Outcome {
  const { machine, parameters } = situation;
  const { rows, errors } = select(situation, 'MSFT_DNSClientServerAddress', [
    'InterfaceIndex',
    'InterfaceAlias',
  ]);
  const given = parameters.flag('ResetServerAddresses') ? [] : (parameters.texts('ServerAddresses') ?? []);
  const names = new Set(rows.map((row) => textOf(row, 'InterfaceAlias')));
  const scenario = [...names].reduce(
    (before, name) => withSetting(before, name, { dnsServers: given.length === 0 ? undefined : given }),
    machine.scenario,
  );
  return { scenario, errors };
}

const addressParameters = `${ofCim} ${should} AddressFamily InterfaceAlias InterfaceIndex IPAddress PolicyStore PreferredLifetime PrefixLength SkipAsSource Type ValidLifetime`;

export const ipChanges: Readonly<Record<string, ChangingCommand>> = {
  'New-NetIPAddress': ip(`${addressParameters} DefaultGateway`, newAddress),
  'Set-NetIPAddress': ip(
    `${addressParameters} AddressState IncludeAllCompartments@2012R2 InputObject PassThru PrefixOrigin SuffixOrigin@2012R2`,
    setAddress,
  ),
  'Remove-NetIPAddress': ip(
    `${addressParameters} AddressState DefaultGateway IncludeAllCompartments@2012R2 InputObject PassThru PrefixOrigin SuffixOrigin`,
    removeAddress,
    { asks: true },
  ),
  'Set-NetIPInterface': ip(
    `${ofCim} ${should} AddressFamily AutomaticMetric Dhcp Forwarding IncludeAllCompartments@2012R2 InputObject InterfaceAlias InterfaceIndex InterfaceMetric NlMtuBytes PassThru PolicyStore RouterDiscovery WeakHostReceive WeakHostSend`,
    setInterface,
  ),
  'New-NetRoute': ip(
    `${ofCim} ${should} AddressFamily DestinationPrefix InterfaceAlias InterfaceIndex NextHop PolicyStore PreferredLifetime Protocol@2012R2 Publish RouteMetric ValidLifetime`,
    newRoute,
  ),
  'Remove-NetRoute': ip(
    `${ofCim} ${should} AddressFamily CompartmentId@2016 DestinationPrefix IncludeAllCompartments@2012R2 InputObject InterfaceAlias InterfaceIndex NextHop PassThru PolicyStore Protocol@2012R2 RouteMetric`,
    removeRoute,
    { asks: true },
  ),
  'Set-DnsClientServerAddress': changing({ module: 'DnsClient' })(
    `${ofCim} ${should} InputObject InterfaceAlias InterfaceIndex PassThru ResetServerAddresses ServerAddresses Validate`,
    setDnsServers,
  ),
  'Set-DnsClient': changing({ module: 'DnsClient' })(
    `${ofCim} ${should} ConnectionSpecificSuffix InputObject InterfaceAlias InterfaceIndex PassThru RegisterThisConnectionsAddress ResetConnectionSpecificSuffix UseSuffixWhenRegistering`,
    setDnsClient,
  ),
};

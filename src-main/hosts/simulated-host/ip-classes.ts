/** The classes behind the NetTCPIP, DnsClient, NetQos and DcbQos cmdlets, in root/StandardCimv2. */
import { standardCimv2, isBound } from './adapter-classes.ts';
import {
  infinite,
  noUint32,
  seconds,
  shownEnum,
  u16,
  u32,
  u64,
  u8,
  type CimClass,
  type CimRow,
} from './cim.ts';
import { broadcastOf, networkText, parsePrefix } from './ip.ts';
import type { Machine } from './machine.ts';
import type { SimInterface } from './network-layout.ts';

const familyNames = { 2: 'IPv4', 23: 'IPv6' };
const originNames = { 0: 'Other', 1: 'Manual', 2: 'WellKnown', 3: 'Dhcp', 4: 'RouterAdvertisement' };
const suffixNames = { 0: 'Other', 1: 'Manual', 2: 'WellKnown', 3: 'Dhcp', 4: 'Link', 5: 'Random' };
const addressStateNames = { 0: 'Invalid', 1: 'Tentative', 2: 'Duplicate', 3: 'Deprecated', 4: 'Preferred' };
const storeNames = { 0: 'PersistentStore', 1: 'ActiveStore' };
const onOffNames = { 0: 'Disabled', 1: 'Enabled' };

const originNumbers = { Manual: 1, WellKnown: 2, Dhcp: 3 } as const;
const stateNumbers = { Tentative: 1, Duplicate: 2, Deprecated: 3, Preferred: 4 } as const;

interface Loopback {
  readonly index: number;
  readonly name: string;
}

const loopback: Loopback = { index: 1, name: 'Loopback Pseudo-Interface 1' };

interface AddressFields {
  readonly interface: { readonly index: number; readonly name: string };
  readonly address: string;
  readonly length: number;
  readonly origin: number;
  readonly suffix: number;
  readonly state: number;
  readonly store: number;
  readonly skipAsSource?: boolean;
}

function addressRow(fields: AddressFields): CimRow {
  const family = fields.address.includes(':') ? 23 : 2;
  const lifetime = fields.origin === 3 ? seconds(518_400) : infinite;
  return {
    raw: {
      IPAddress: fields.address,
      IPv4Address: family === 2 ? fields.address : null,
      IPv6Address: family === 23 ? fields.address : null,
      InterfaceIndex: u32(fields.interface.index),
      InterfaceAlias: fields.interface.name,
      AddressFamily: u16(family),
      PrefixLength: u8(fields.length),
      Type: u8(1),
      PrefixOrigin: u16(fields.origin),
      SuffixOrigin: u16(fields.suffix),
      AddressState: u16(fields.state),
      SkipAsSource: fields.skipAsSource ?? false,
      ValidLifetime: lifetime,
      PreferredLifetime: lifetime,
      Store: u8(fields.store),
    },
    shown: {
      ifIndex: u32(fields.interface.index),
      AddressFamily: shownEnum('NetIPAddress.AddressFamily', familyNames, family),
      Type: shownEnum('NetIPAddress.Type', { 1: 'Unicast', 2: 'Anycast' }, 1),
      PrefixOrigin: shownEnum('NetIPAddress.PrefixOrigin', originNames, fields.origin),
      SuffixOrigin: shownEnum('NetIPAddress.SuffixOrigin', suffixNames, fields.suffix),
      AddressState: shownEnum('NetIPAddress.AddressState', addressStateNames, fields.state),
      PolicyStore: storeNames[fields.store === 0 ? 0 : 1],
    },
  };
}

/** `fe80::` with the interface part made of the MAC address, as EUI-64 does it. */
function linkLocalOf(adapter: SimInterface): string {
  const bytes = (adapter.mac.match(/../g) ?? []).map((byte) => parseInt(byte, 16));
  const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0] = bytes;
  const group = (high: number, low: number) => ((high << 8) | low).toString(16);
  return `fe80::${group(a ^ 2, b)}:${group(c, 0xff)}:${group(0xfe, d)}:${group(e, f)}`;
}

function isIpv6Alive(machine: Machine, adapter: SimInterface): boolean {
  return (
    machine.network.hasIpStack(adapter) && adapter.isUp && adapter.mac !== '' && isBound(adapter, 'ms_tcpip6')
  );
}

function addressRows(machine: Machine): CimRow[] {
  const rows: CimRow[] = [];
  for (const { interface: holder, prefix, origin, state, isActive, skipAsSource } of machine.network
    .addresses) {
    const common = {
      interface: holder,
      address: prefix.address,
      length: prefix.length,
      origin: originNumbers[origin],
      suffix: originNumbers[origin],
      skipAsSource,
    };
    if (isActive) rows.push(addressRow({ ...common, state: stateNumbers[state], store: 1 }));
    // The store's own row of an address: without a life of its own, hence Invalid.
    if (origin === 'Manual') rows.push(addressRow({ ...common, state: 0, store: 0 }));
  }
  for (const adapter of machine.network.interfaces) {
    if (!isIpv6Alive(machine, adapter)) continue;
    rows.push(
      addressRow({
        interface: adapter,
        address: `${linkLocalOf(adapter)}%${adapter.index}`,
        length: 64,
        origin: 2,
        suffix: 4,
        state: 4,
        store: 1,
      }),
    );
    if (adapter.description.includes('Cluster')) {
      rows.push(
        addressRow({
          interface: adapter,
          address: `169.254.${(adapter.index % 250) + 1}.2`,
          length: 16,
          origin: 2,
          suffix: 4,
          state: 4,
          store: 1,
        }),
      );
    }
  }
  for (const address of ['::1', '127.0.0.1']) {
    rows.push(
      addressRow({
        interface: loopback,
        address,
        length: address === '::1' ? 128 : 8,
        origin: 2,
        suffix: 2,
        state: 4,
        store: 1,
      }),
    );
  }
  return rows;
}

function metricOf(machine: Machine, speed: number): number {
  if (speed >= 2_000_000_000) return machine.since('2016') ? 15 : 5;
  return machine.since('2016') ? 25 : 10;
}

function interfaceRow(
  machine: Machine,
  holder: { readonly index: number; readonly name: string; readonly speed: number; readonly isUp: boolean },
  family: number,
  mtu: ReturnType<typeof u32>,
  usesDhcp: boolean,
): CimRow {
  const metric = machine.settingOf(holder.name)?.metric;
  const dhcp = usesDhcp ? 1 : 0;
  const state = holder.isUp ? 1 : 0;
  const off = shownEnum('NetIPInterface.Status', onOffNames, 0);
  const on = shownEnum('NetIPInterface.Status', onOffNames, 1);
  return {
    raw: {
      InterfaceIndex: u32(holder.index),
      InterfaceAlias: holder.name,
      AddressFamily: u16(family),
      ConnectionState: u8(state),
      Dhcp: u8(dhcp),
      NlMtu: mtu,
      InterfaceMetric: u32(metric ?? (holder.index === 1 ? 75 : metricOf(machine, holder.speed))),
      AutomaticMetric: u8(metric === undefined ? 1 : 0),
      Forwarding: u8(0),
      Advertising: u8(0),
      AdvertiseDefaultRoute: u8(0),
      WeakHostSend: u8(0),
      WeakHostReceive: u8(0),
      IgnoreDefaultRoutes: u8(0),
      RouterDiscovery: u8(family === 23 ? 1 : 2),
      EcnMarking: u8(3),
      ...(machine.since('2016') ? { ClampMss: u8(0) } : {}),
      CompartmentId: u32(1),
      IsolationId: u32(0),
      LowestIfNetLuid: u64(0),
      Store: u8(1),
    },
    shown: {
      ifIndex: u32(holder.index),
      AddressFamily: shownEnum('NetIPInterface.AddressFamily', familyNames, family),
      ConnectionState: shownEnum(
        'NetIPInterface.ConnectionState',
        { 0: 'Disconnected', 1: 'Connected' },
        state,
      ),
      Dhcp: usesDhcp ? on : off,
      AutomaticMetric: metric === undefined ? on : off,
      Forwarding: off,
      Advertising: off,
      AdvertiseDefaultRoute: off,
      WeakHostSend: off,
      WeakHostReceive: off,
      IgnoreDefaultRoutes: off,
      RouterDiscovery: shownEnum(
        'NetIPInterface.RouterDiscovery',
        { 0: 'Disabled', 1: 'Enabled', 2: 'ControlledByDHCP' },
        family === 23 ? 1 : 2,
      ),
      EcnMarking: shownEnum('NetIPInterface.EcnMarking', { 3: 'AppDecide' }, 3),
      PolicyStore: 'ActiveStore',
    },
  };
}

function interfaceRows(machine: Machine): CimRow[] {
  const manual = new Set(
    machine.network.addresses
      .filter((address) => address.origin !== 'Dhcp')
      .map((address) => address.interface.index),
  );
  const rows: CimRow[] = [];
  for (const adapter of machine.network.interfaces) {
    if (!machine.network.hasIpStack(adapter) || adapter.status === 'Disabled') continue;
    if (isBound(adapter, 'ms_tcpip6'))
      rows.push(interfaceRow(machine, adapter, 23, u32(adapter.mtuBytes), true));
    if (isBound(adapter, 'ms_tcpip')) {
      const usesDhcp = machine.settingOf(adapter.name)?.dhcp ?? !manual.has(adapter.index);
      rows.push(interfaceRow(machine, adapter, 2, u32(adapter.mtuBytes), usesDhcp));
    }
  }
  const self = { ...loopback, speed: 0, isUp: true };
  rows.push(
    interfaceRow(machine, self, 23, noUint32, false),
    interfaceRow(machine, self, 2, noUint32, false),
  );
  return rows;
}

function routeRows(machine: Machine): CimRow[] {
  const rows: CimRow[] = [];
  const add = (
    holder: { readonly index: number; readonly name: string; readonly speed: number },
    prefix: string,
    nextHop: string,
    metric: number,
    protocol: 2 | 3,
  ) => {
    const family = prefix.includes(':') ? 23 : 2;
    rows.push({
      raw: {
        DestinationPrefix: prefix,
        NextHop: nextHop,
        InterfaceIndex: u32(holder.index),
        InterfaceAlias: holder.name,
        RouteMetric: u16(metric),
        ...(machine.since('2022')
          ? { InterfaceMetric: u32(holder.index === 1 ? 75 : metricOf(machine, holder.speed)), State: u8(1) }
          : {}),
        ...(machine.since('2016') ? { CompartmentId: u32(1) } : {}),
        AddressFamily: u16(family),
        Protocol: u16(protocol),
        Publish: u8(0),
        Store: u8(1),
        ValidLifetime: infinite,
        PreferredLifetime: infinite,
        TypeOfRoute: u16(3),
      },
      shown: {
        ifIndex: u32(holder.index),
        AddressFamily: shownEnum('NetRoute.AddressFamily', familyNames, family),
        Protocol: shownEnum('NetRoute.Protocol', { 2: 'Local', 3: 'NetMgmt' }, protocol),
        Publish: shownEnum('NetRoute.Publish', { 0: 'No', 1: 'Age', 2: 'Yes' }, 0),
      },
    });
  };
  for (const route of machine.network.routes) {
    add(route.interface, route.text, route.nextHop, route.metric, 3);
  }
  for (const { interface: holder, prefix, state, isActive } of machine.network.addresses) {
    if (!holder.isUp || !isActive || state === 'Duplicate') continue;
    const isIpv4 = prefix.ip.family === 'IPv4';
    const onLink = isIpv4 ? '0.0.0.0' : '::';
    add(holder, networkText(prefix), onLink, 256, 2);
    add(holder, `${prefix.address}/${isIpv4 ? 32 : 128}`, onLink, 256, 2);
    if (isIpv4 && prefix.length < 31) add(holder, `${broadcastOf(prefix)}/32`, onLink, 256, 2);
  }
  for (const adapter of machine.network.interfaces) {
    if (!machine.network.hasIpStack(adapter) || !adapter.isUp) continue;
    if (isBound(adapter, 'ms_tcpip')) {
      add(adapter, '255.255.255.255/32', '0.0.0.0', 256, 2);
      add(adapter, '224.0.0.0/4', '0.0.0.0', 256, 2);
    }
    if (isIpv6Alive(machine, adapter)) {
      add(adapter, 'fe80::/64', '::', 256, 2);
      add(adapter, `${linkLocalOf(adapter)}/128`, '::', 256, 2);
      add(adapter, 'ff00::/8', '::', 256, 2);
    }
  }
  const self = { ...loopback, speed: 0 };
  add(self, networkText(parsePrefix('127.0.0.1/8')), '0.0.0.0', 256, 2);
  add(self, '127.0.0.1/32', '0.0.0.0', 256, 2);
  add(self, '::1/128', '::', 256, 2);
  return rows;
}

const tcpStateNames = { 2: 'Listen', 5: 'Established' };

function tcpRows(machine: Machine): CimRow[] {
  const row = (
    localAddress: string,
    localPort: number,
    remoteAddress: string,
    remotePort: number,
    state: 2 | 5,
  ) => ({
    raw: {
      LocalAddress: localAddress,
      LocalPort: u16(localPort),
      RemoteAddress: remoteAddress,
      RemotePort: u16(remotePort),
      State: u8(state),
      AppliedSetting: null,
      ...(machine.since('2012R2') ? { OwningProcess: u32(4) } : {}),
    },
    shown: { State: shownEnum('NetTCPConnection.State', tcpStateNames, state) },
  });
  const isStopped = machine.msiscsi.status === 'Stopped';
  return [
    row('::', 445, '::', 0, 2),
    row('0.0.0.0', 135, '0.0.0.0', 0, 2),
    ...machine.storage.tcpConnections
      .filter((connection) => !isStopped || connection.remotePort === 445)
      .map((c) => row(c.localAddress, c.localPort, c.remoteAddress, c.remotePort, 5)),
  ];
}

/** Windows registers every interface; whoever keeps a host well leaves out those that lead to storage and cluster alone. */
export function isToBeFound({ network, settingOf }: Machine, name: string): boolean {
  const set = settingOf(name)?.registersInDns;
  if (set !== undefined) return set;
  const addresses = network.addresses.filter((address) => address.interface.name === name);
  return (
    addresses.length === 0 ||
    addresses.some(({ gateway }) => gateway !== undefined) ||
    network.routes.some((route) => route.interface.name === name && route.prefix.length === 0)
  );
}

function dnsClientRows(machine: Machine): CimRow[] {
  return machine.network.interfaces
    .filter(
      (adapter) => !adapter.isHidden && machine.network.hasIpStack(adapter) && adapter.status !== 'Disabled',
    )
    .map((adapter) => ({
      raw: {
        InterfaceAlias: adapter.name,
        InterfaceIndex: u32(adapter.index),
        ConnectionSpecificSuffix: '',
        ConnectionSpecificSuffixSearchList: [],
        RegisterThisConnectionsAddress: isToBeFound(machine, adapter.name),
        UseSuffixWhenRegistering: false,
        Suffix: machine.scenario.computer.domain ?? '',
      },
    }));
}

/** By hand, else as DHCP gave them: none here. One row for each family. */
function dnsServerRows(machine: Machine): CimRow[] {
  return machine.network.interfaces
    .filter((adapter) => !adapter.isHidden && machine.network.hasIpStack(adapter))
    .flatMap((adapter) =>
      ([2, 23] as const).map((family): CimRow => ({
        raw: {
          InterfaceAlias: adapter.name,
          InterfaceIndex: u32(adapter.index),
          AddressFamily: u16(family),
          ServerAddresses: (machine.settingOf(adapter.name)?.dnsServers ?? []).filter(
            (address) => address.includes(':') === (family === 23),
          ),
        },
        shown: {
          AddressFamily: shownEnum('DnsClientServerAddress.AddressFamily', familyNames, family),
        },
      })),
    );
}

/** DCB as hosts with RDMA have it: SMB Direct in a class of its own, without drops. */
function isDcbConfigured(machine: Machine): boolean {
  return (
    machine.hasFeature('Data-Center-Bridging') &&
    machine.network.interfaces.some((adapter) => adapter.kind === 'physical' && adapter.hasRdma === true)
  );
}

function qosPolicyRows(machine: Machine): CimRow[] {
  if (!isDcbConfigured(machine)) return [];
  return [
    {
      raw: {
        Name: 'SMBDirect',
        Owner: u32(1),
        Precedence: u32(127),
        NetworkProfile: u32(0),
        NetDirectPort: u16(445),
        IPProtocol: u8(0),
        Template: u32(0),
        PriorityValue: u8(3),
        MinBandwidthWeight: u8(0),
        ThrottleRate: u64(0),
      },
      shown: {
        Owner: shownEnum('NetQosPolicy.Owner', { 1: 'Machine' }, 1),
        NetworkProfile: shownEnum('NetQosPolicy.NetworkProfile', { 0: 'All' }, 0),
        Template: shownEnum('NetQosPolicy.Template', { 0: 'None' }, 0),
      },
    },
  ];
}

function trafficClassRows(machine: Machine): CimRow[] {
  const row = (name: string, priorities: readonly number[], bandwidth: number): CimRow => ({
    raw: {
      Name: name,
      Algorithm: u8(2),
      Priority: priorities.map((priority) => u8(priority)),
      Bandwidth: u8(bandwidth),
      PolicySet: 'Global',
      InterfaceIndex: null,
      InterfaceAlias: null,
    },
    shown: { Algorithm: shownEnum('NetQosTrafficClass.Algorithm', { 1: 'Strict', 2: 'ETS' }, 2) },
  });
  if (!isDcbConfigured(machine)) return [row('[Default]', [0, 1, 2, 3, 4, 5, 6, 7], 100)];
  return [row('[Default]', [0, 1, 2, 4, 5, 6, 7], 50), row('SMBDirect', [3], 50)];
}

function flowControlRows(machine: Machine): CimRow[] {
  const isConfigured = isDcbConfigured(machine);
  return [0, 1, 2, 3, 4, 5, 6, 7].map((priority) => ({
    raw: {
      Name: String(priority),
      Priority: u8(priority),
      Enabled: isConfigured && priority === 3,
      PolicySet: 'Global',
      InterfaceIndex: null,
      InterfaceAlias: null,
    },
  }));
}

function dcbxRows(machine: Machine): CimRow[] {
  return [
    {
      raw: {
        Name: 'Global',
        Willing: !isDcbConfigured(machine),
        PolicySet: 'Global',
        InterfaceIndex: null,
        InterfaceAlias: null,
      },
    },
  ];
}

const namespace = standardCimv2;

export const ipClasses: readonly CimClass[] = [
  { namespace, name: 'MSFT_NetIPAddress', observation: 'NetIPAddress', rows: addressRows },
  { namespace, name: 'MSFT_NetIPInterface', observation: 'NetIPInterface', rows: interfaceRows },
  { namespace, name: 'MSFT_NetRoute', observation: 'NetRoute', rows: routeRows },
  { namespace, name: 'MSFT_NetTCPConnection', observation: 'NetTCPConnection', rows: tcpRows },
  { namespace, name: 'MSFT_DNSClient', observation: 'DnsClient', rows: dnsClientRows },
  { namespace, name: 'MSFT_DNSClientServerAddress', rows: dnsServerRows },
  { namespace, name: 'MSFT_NetQosPolicySettingData', observation: 'NetQosPolicy', rows: qosPolicyRows },
  {
    namespace,
    name: 'MSFT_NetQosTrafficClassSettingData',
    observation: 'NetQosTrafficClass',
    rows: trafficClassRows,
  },
  {
    namespace,
    name: 'MSFT_NetQosFlowControlSettingData',
    observation: 'NetQosFlowControl',
    rows: flowControlRows,
  },
  { namespace, name: 'MSFT_NetQosDcbxSettingData', observation: 'NetQosDcbxSetting', rows: dcbxRows },
];

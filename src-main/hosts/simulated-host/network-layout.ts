/** Lays out the network of a scenario: interfaces, teams, switches, vNICs and addresses with indices, GUIDs and MACs. */
import { dashed, bracedGuidOf, guidOf, IdentityRegister, macOf } from './identities.ts';
import { isOnLink, parseIp, parsePrefix, type IpPrefix } from './ip.ts';
import { captionsOf, isAtLeast } from './release.ts';
import type {
  Scenario,
  ScenarioAdapter,
  ScenarioLbfoTeam,
  ScenarioVNic,
  ScenarioVSwitch,
} from './scenario.ts';

type InterfaceKind = NonNullable<ScenarioAdapter['kind']> | 'team-nic' | 'vnic' | 'system';

export interface SimInterface {
  readonly name: string;
  readonly description: string;
  /** `{GUID}`, upper case. */
  readonly guid: string;
  readonly index: number;
  readonly luidIndex: number;
  /** Twelve hex digits; empty for rows without a link address. */
  readonly mac: string;
  readonly permanentMac: string;
  readonly kind: InterfaceKind;
  readonly status: NonNullable<ScenarioAdapter['status']>;
  readonly isUp: boolean;
  /** bit/s as Windows shows it; 0 without a link. */
  readonly speed: number;
  readonly mtuBytes: number;
  readonly vlanId: number | null;
  readonly isHidden: boolean;
  readonly hardwareId: string;
  readonly pnpDeviceId: string;
  readonly driver: {
    readonly provider: string;
    readonly file: string;
    readonly version: string;
    readonly date: string;
  };
  /** The LBFO team that it is a member of. */
  readonly team?: string;
  /** The vSwitch that stands on it: as its only uplink, or as a member of its embedded team. */
  readonly vswitch?: string;
  readonly extraBindings: readonly string[];
  /** Protocols switched on or off by hand, by component. */
  readonly bindings: Readonly<Record<string, boolean>>;
  readonly hasRss?: boolean;
  readonly hasRdma?: boolean;
  readonly hasVmq?: boolean;
  readonly pci?: readonly [number, number, number, number];
  higher: number[];
  lower: number[];
}

interface SimTeamMember {
  readonly adapter: SimInterface;
  readonly mode: 'Active' | 'Standby';
  readonly state: 'Active' | 'Standby' | 'Failed';
  readonly failure: string;
}

interface SimTeam {
  readonly scenario: ScenarioLbfoTeam;
  readonly members: readonly SimTeamMember[];
  readonly nics: readonly { readonly interface: SimInterface; readonly vlanId?: number }[];
  readonly status: 'Up' | 'Down' | 'Degraded';
}

export interface SimVSwitch {
  readonly scenario: ScenarioVSwitch;
  readonly name: string;
  /** Without braces. */
  readonly id: string;
  readonly type: 'External' | 'Internal' | 'Private';
  readonly isEmbeddedTeam: boolean;
  /** What Windows names as its uplinks: an adapter, a team NIC, or the members of its embedded team. */
  readonly uplinks: readonly SimInterface[];
  /** The physical adapters that carry it in the end. */
  readonly members: readonly SimInterface[];
  /** True where each member has queues of its own (Sum-of-Queues); else every member carries every address. */
  readonly isSumOfQueues: boolean;
}

export interface SimVNic {
  readonly scenario: ScenarioVNic;
  readonly name: string;
  readonly vswitch: SimVSwitch;
  readonly interface: SimInterface;
  readonly id: string;
  readonly adapterId: string;
  readonly mappedTo?: SimInterface;
}

export interface SimVmNic {
  readonly vmName: string;
  readonly vmId: string;
  readonly name: string;
  readonly vswitch: SimVSwitch;
  readonly mac: string;
  readonly id: string;
  readonly adapterId: string;
  readonly vlanId?: number;
  readonly placedOn?: string;
}

export interface SimAddress {
  readonly interface: SimInterface;
  readonly prefix: IpPrefix;
  readonly origin: 'Manual' | 'Dhcp' | 'WellKnown';
  readonly state: 'Preferred' | 'Tentative' | 'Duplicate' | 'Deprecated';
  readonly gateway?: string;
  /** False on a disabled interface: known to the store, not alive. */
  readonly isActive: boolean;
  readonly skipAsSource: boolean;
}

interface SimRoute {
  readonly interface: SimInterface;
  readonly prefix: IpPrefix;
  readonly text: string;
  readonly nextHop: string;
  readonly metric: number;
}

export interface NetworkLayout {
  readonly interfaces: readonly SimInterface[];
  readonly interfaceNamed: (name: string) => SimInterface | undefined;
  readonly teams: readonly SimTeam[];
  readonly vswitches: readonly SimVSwitch[];
  readonly vnics: readonly SimVNic[];
  readonly vmNics: readonly SimVmNic[];
  readonly addresses: readonly SimAddress[];
  /** Routes named by the scenario and the gateways of its addresses. */
  readonly routes: readonly SimRoute[];
  /** MAC addresses that each physical adapter serves: host vNICs and VMs, by the adapter's lower-case name. */
  readonly queues: ReadonlyMap<
    string,
    readonly { readonly mac: string; readonly vlanId: number; readonly vmName: string }[]
  >;
  /** The address that traffic to `remote` leaves from: on-link first, then by a route. */
  readonly sourceFor: (remote: string) => SimAddress | undefined;
  /** Whether it has an IP stack: not a member of a team, not under a vSwitch, not a mere shell. */
  readonly hasIpStack: (adapter: SimInterface) => boolean;
}

const gigabit = 1_000_000_000;

interface Hardware {
  readonly description: string;
  readonly maker: string;
  readonly hardwareId: string;
  readonly provider: string;
  readonly file: string;
}

const hardwareBySpeed: readonly (Hardware & { readonly upTo: number })[] = [
  {
    upTo: gigabit,
    description: 'Intel(R) I350 Gigabit Network Connection',
    maker: 'A0369F',
    hardwareId: 'pci\\ven_8086&dev_1521',
    provider: 'Intel',
    file: 'e1r.sys',
  },
  {
    upTo: 10 * gigabit,
    description: 'Intel(R) Ethernet Converged Network Adapter X710',
    maker: '3CFDFE',
    hardwareId: 'pci\\ven_8086&dev_1572',
    provider: 'Intel',
    file: 'i40ea68.sys',
  },
  {
    upTo: 40 * gigabit,
    description: 'Mellanox ConnectX-4 Lx Ethernet Adapter',
    maker: '506B4B',
    hardwareId: 'pci\\ven_15b3&dev_1015',
    provider: 'Mellanox Technologies Ltd.',
    file: 'mlx5.sys',
  },
  {
    upTo: Infinity,
    description: 'Mellanox ConnectX-6 Dx Adapter',
    maker: '0C42A1',
    hardwareId: 'pci\\ven_15b3&dev_101d',
    provider: 'Mellanox Technologies Ltd.',
    file: 'mlx5.sys',
  },
];

const hardwareByKind: Partial<Record<InterfaceKind, Hardware>> = {
  guest: {
    description: 'Microsoft Hyper-V Network Adapter',
    maker: '00155D',
    hardwareId: 'VMBUS\\{f8615163-df3e-46c5-913f-f2d2f965ed0e}',
    provider: 'Microsoft',
    file: 'netvsc.sys',
  },
  'management-usb': {
    description: 'Remote NDIS Compatible Device',
    maker: 'D08E79',
    hardwareId: 'usb\\vid_413c&pid_a102',
    provider: 'Microsoft',
    file: 'rndismp6.sys',
  },
  wireless: {
    description: 'Intel(R) Wi-Fi 6 AX201 160MHz',
    maker: '4C796E',
    hardwareId: 'pci\\ven_8086&dev_06f0',
    provider: 'Intel',
    file: 'Netwtw10.sys',
  },
  bluetooth: {
    description: 'Bluetooth Device (Personal Area Network)',
    maker: '4C796E',
    hardwareId: 'bth\\ms_bthpan',
    provider: 'Microsoft',
    file: 'bthpan.sys',
  },
  vpn: {
    description: 'PANGP Virtual Ethernet Adapter Secure',
    maker: '025041',
    hardwareId: 'ROOT\\NET',
    provider: 'Palo Alto Networks',
    file: 'pangpd.sys',
  },
};

const virtualDrivers = {
  teamNic: { hardwareId: 'COMPOSITEBUS\\MS_IMPLAT_MP', provider: 'Microsoft', file: 'NdisImPlatform.sys' },
  vnic: { hardwareId: 'vms_mp', provider: 'Microsoft', file: 'vmswitch.sys' },
  system: { hardwareId: 'ms_system', provider: 'Microsoft', file: 'ndis.sys' },
} as const;

function hardwareOf(kind: InterfaceKind, speed: number): Hardware {
  const byKind = hardwareByKind[kind];
  if (byKind !== undefined) return byKind;
  const bySpeed = hardwareBySpeed.find((hardware) => speed <= hardware.upTo);
  if (bySpeed === undefined) throw new Error(`No adapter of ${speed} bit/s`);
  return bySpeed;
}

function unknown(who: string, kind: string, name: string): Error {
  return new Error(`${who} names the ${kind} "${name}", which the scenario does not have`);
}

/** Throws where parts of the scenario do not fit together, naming both ends. */
export function layOutNetwork(scenario: Scenario, ids = new IdentityRegister()): NetworkLayout {
  const { release } = scenario.windows;
  const seed = scenario.computer.name;
  const captions = captionsOf(scenario.windows.language ?? 'en-US');
  const interfaces: SimInterface[] = [];
  const byName = new Map<string, SimInterface>();
  const settings = new Map((scenario.settings ?? []).map((entry) => [entry.interface.toLowerCase(), entry]));

  function uniqueDescription(name: string, base: string): string {
    return ids.text('description', name, () => {
      const inUse = ids.textsOf('description');
      let count = 1;
      let text = base;
      while (inUse.has(text)) text = `${base} #${(count += 1)}`;
      return text;
    });
  }

  function add(
    fields: Omit<
      SimInterface,
      | 'index'
      | 'luidIndex'
      | 'guid'
      | 'isUp'
      | 'higher'
      | 'lower'
      | 'permanentMac'
      | 'extraBindings'
      | 'bindings'
    > & { readonly permanentMac?: string; readonly extraBindings?: readonly string[] },
  ): SimInterface {
    const position = interfaces.length;
    const set = settings.get(fields.name.toLowerCase());
    // A restart of the adapter takes the link away for as long as it lasts.
    const status =
      fields.status === 'Up' && set?.restartsUntil !== undefined ? 'Disconnected' : fields.status;
    const hasRss = set?.rss ?? fields.hasRss;
    const made: SimInterface = {
      ...fields,
      status,
      speed: status === fields.status ? fields.speed : 0,
      mac: ids.text('mac', fields.name, () => fields.mac),
      permanentMac: fields.permanentMac ?? ids.text('mac', fields.name, () => fields.mac),
      extraBindings: fields.extraBindings ?? [],
      bindings: set?.bindings ?? {},
      guid: ids.text('guid', fields.name, (suffix) =>
        bracedGuidOf(`${seed}|interface|${fields.name}${suffix}`),
      ),
      index: ids.number('index', fields.name, 3 + position),
      luidIndex: ids.number('luid', fields.name, 32768 + position),
      isUp: status === 'Up',
      ...(hasRss === undefined ? {} : { hasRss }),
      higher: [],
      lower: [],
    };
    const key = made.name.toLowerCase();
    if (byName.has(key)) throw new Error(`Two interfaces of the scenario are named "${made.name}"`);
    byName.set(key, made);
    interfaces.push(made);
    return made;
  }

  const teamOfMember = new Map<string, string>();
  for (const team of scenario.lbfoTeams ?? []) {
    for (const member of team.members) {
      teamOfMember.set((typeof member === 'string' ? member : member.name).toLowerCase(), team.name);
    }
  }
  const vswitchOfUplink = new Map<string, string>();
  const teamNicNames = new Map<string, string>();
  for (const team of scenario.lbfoTeams ?? []) {
    teamNicNames.set(team.name.toLowerCase(), team.teamNics?.[0]?.name ?? team.name);
    for (const nic of team.teamNics ?? []) teamNicNames.set(nic.name.toLowerCase(), nic.name);
  }
  for (const vswitch of scenario.vswitches ?? []) {
    if (vswitch.uplink === undefined) continue;
    const names =
      'adapter' in vswitch.uplink
        ? [vswitch.uplink.adapter]
        : 'set' in vswitch.uplink
          ? vswitch.uplink.set
          : [teamNicNames.get(vswitch.uplink.team.toLowerCase()) ?? vswitch.uplink.team];
    for (const name of names) vswitchOfUplink.set(name.toLowerCase(), vswitch.name);
  }
  const placeOf = (name: string) => {
    const team = teamOfMember.get(name.toLowerCase());
    const vswitch = vswitchOfUplink.get(name.toLowerCase());
    return { ...(team === undefined ? {} : { team }), ...(vswitch === undefined ? {} : { vswitch }) };
  };

  for (const [position, adapter] of scenario.adapters.entries()) {
    const kind = adapter.kind ?? 'physical';
    const nominal = adapter.speed ?? gigabit;
    const hardware = hardwareOf(kind, nominal);
    const status = adapter.status ?? 'Up';
    const isPci = kind === 'physical';
    const slot = Math.floor(position / 2);
    add({
      name: adapter.name,
      description: uniqueDescription(adapter.name, adapter.description ?? hardware.description),
      kind,
      status,
      speed: status === 'Up' ? nominal : 0,
      mac: macOf(`${seed}|${adapter.name}`, hardware.maker),
      mtuBytes: adapter.mtu ?? 1500,
      vlanId: adapter.vlanId ?? null,
      isHidden: false,
      hardwareId: hardware.hardwareId,
      pnpDeviceId: `${hardware.hardwareId.toUpperCase()}\\${4 + position}&2A7B3E1C&0&00E0`,
      driver: {
        provider: adapter.driverProvider ?? hardware.provider,
        file: hardware.file,
        version: '12.18.13.0',
        date: '2021-06-14',
      },
      extraBindings: adapter.extraBindings ?? [],
      ...placeOf(adapter.name),
      ...(adapter.rss === undefined ? {} : { hasRss: adapter.rss }),
      ...(adapter.rdma === undefined ? {} : { hasRdma: adapter.rdma }),
      ...(adapter.vmq === undefined ? {} : { hasVmq: adapter.vmq }),
      ...(isPci ? { pci: adapter.pci ?? [24 + position, 0, 0, 1 + slot] } : {}),
    });
  }

  const interfaceNamed = (name: string) => byName.get(name.toLowerCase());

  const teams: SimTeam[] = (scenario.lbfoTeams ?? []).map((team) => {
    const members = team.members.map((entry): SimTeamMember => {
      const given = typeof entry === 'string' ? { name: entry } : entry;
      const adapter = interfaceNamed(given.name);
      if (adapter === undefined) throw unknown(`Team "${team.name}"`, 'adapter', given.name);
      const mode = given.mode ?? 'Active';
      const failure =
        given.failure ??
        (adapter.isUp
          ? 'NoFailure'
          : adapter.status === 'Not Present'
            ? 'NicNotPresent'
            : 'PhysicalMediaDisconnected');
      return { adapter, mode, failure, state: failure === 'NoFailure' ? mode : 'Failed' };
    });
    const alive = members.filter((member) => member.state !== 'Failed');
    // A standby member takes over only when no active one is left.
    const active = alive.filter((member) => member.mode === 'Active');
    const carrying = active.length > 0 ? active : alive;
    const status = alive.length === 0 ? 'Down' : alive.length < members.length ? 'Degraded' : 'Up';
    const nics = (team.teamNics ?? [{ name: team.name }]).map((nic) => {
      const vlanId = 'vlanId' in nic ? nic.vlanId : undefined;
      const lead = carrying[0] ?? members[0];
      const made = add({
        name: nic.name,
        description: uniqueDescription(nic.name, 'Microsoft Network Adapter Multiplexor Driver'),
        kind: 'team-nic',
        status: status === 'Down' ? 'Disconnected' : 'Up',
        speed: carrying.reduce((sum, member) => sum + member.adapter.speed, 0),
        mac: lead?.adapter.mac ?? '',
        mtuBytes: Math.min(...members.map((member) => member.adapter.mtuBytes)),
        vlanId: vlanId ?? null,
        isHidden: false,
        hardwareId: virtualDrivers.teamNic.hardwareId,
        pnpDeviceId: `COMPOSITEBUS\\MS_IMPLAT_MP\\${bracedGuidOf(`${seed}|${team.name}|${nic.name}`)}`,
        driver: { ...virtualDrivers.teamNic, version: '6.3.9600.16384', date: '2006-06-21' },
        ...placeOf(nic.name),
      });
      for (const member of members) {
        made.lower.push(member.adapter.index);
        member.adapter.higher.push(made.index);
      }
      return { interface: made, ...(vlanId === undefined ? {} : { vlanId }) };
    });
    return { scenario: team, members, nics, status };
  });
  const teamOfNic = new Map(teams.flatMap((team) => team.nics.map((nic) => [nic.interface, team] as const)));

  const vswitches: SimVSwitch[] = (scenario.vswitches ?? []).map((vswitch) => {
    const who = `vSwitch "${vswitch.name}"`;
    const { uplink } = vswitch;
    const named = (name: string, kind: string) => {
      const found = interfaceNamed(name);
      if (found === undefined) throw unknown(who, kind, name);
      return found;
    };
    const uplinks =
      uplink === undefined
        ? []
        : 'set' in uplink
          ? uplink.set.map((name) => named(name, 'adapter'))
          : 'adapter' in uplink
            ? [named(uplink.adapter, 'adapter')]
            : [named(teamNicNames.get(uplink.team.toLowerCase()) ?? uplink.team, 'team')];
    const [first] = uplinks;
    const team = first === undefined ? undefined : teamOfNic.get(first);
    return {
      scenario: vswitch,
      name: vswitch.name,
      id: ids.text('vswitch', vswitch.name, (suffix) => guidOf(`${seed}|vswitch|${vswitch.name}${suffix}`)),
      type: vswitch.type ?? (uplink === undefined ? 'Internal' : 'External'),
      isEmbeddedTeam: uplink !== undefined && 'set' in uplink,
      uplinks,
      members: team === undefined ? uplinks : team.members.map((member) => member.adapter),
      isSumOfQueues:
        team === undefined ||
        (team.scenario.teamingMode === 'SwitchIndependent' &&
          (team.scenario.lbAlgorithm === 'HyperVPort' || team.scenario.lbAlgorithm === 'Dynamic')),
    };
  });
  const vswitchNamed = new Map(vswitches.map((vswitch) => [vswitch.name.toLowerCase(), vswitch]));
  const findVSwitch = (who: string, name: string) => {
    const found = vswitchNamed.get(name.toLowerCase());
    if (found === undefined) throw unknown(who, 'vSwitch', name);
    return found;
  };

  const hostId = guidOf(`${seed}|host`).toUpperCase();
  const macTaken = new Set<string>();
  const vnics: SimVNic[] = (scenario.vnics ?? []).map((vnic, position) => {
    const who = `vNIC "${vnic.name}"`;
    const vswitch = findVSwitch(who, vnic.vswitch);
    const member = vswitch.members[0];
    // The first vNIC of an external switch takes the address of a port; Hyper-V makes the others.
    const copied = macTaken.has(vswitch.name) ? undefined : member?.mac;
    macTaken.add(vswitch.name);
    const isUp = vswitch.uplinks.length === 0 || vswitch.uplinks.some((uplink) => uplink.isUp);
    const isAlone = vswitch.uplinks.length === 1 && vswitch.uplinks[0]?.kind !== 'team-nic';
    const nominal = isAlone && isAtLeast(release, '2016') ? (vswitch.uplinks[0]?.speed ?? 0) : 10 * gigabit;
    const adapterName = vnic.adapterName ?? `vEthernet (${vnic.name})`;
    const made = add({
      name: adapterName,
      description: uniqueDescription(adapterName, 'Hyper-V Virtual Ethernet Adapter'),
      kind: 'vnic',
      status: isUp ? 'Up' : 'Disconnected',
      speed: isUp ? nominal : 0,
      mac: copied ?? macOf(`${seed}|vnic|${vnic.vswitch}|${vnic.name}`, '00155D'),
      mtuBytes: vnic.mtu ?? 1500,
      vlanId: null,
      isHidden: false,
      hardwareId: virtualDrivers.vnic.hardwareId,
      pnpDeviceId: `ROOT\\VMS_MP\\${String(ids.number('vnic', adapterName, position)).padStart(4, '0')}`,
      driver: { ...virtualDrivers.vnic, version: '10.0.14393.0', date: '2006-06-21' },
      ...(vnic.rdma === undefined ? {} : { hasRdma: vnic.rdma }),
    });
    const mappedTo = vnic.mappedTo === undefined ? undefined : interfaceNamed(vnic.mappedTo);
    for (const name of [vnic.mappedTo, vnic.placedOn]) {
      if (name !== undefined && interfaceNamed(name) === undefined) throw unknown(who, 'adapter', name);
    }
    const adapterId = ids.text('port', adapterName, (suffix) =>
      guidOf(`${seed}|port|${vnic.vswitch}|${vnic.name}${suffix}`).toUpperCase(),
    );
    return {
      scenario: vnic,
      name: vnic.name,
      vswitch,
      interface: made,
      id: `Microsoft:${hostId}\\${adapterId}`,
      adapterId,
      ...(mappedTo === undefined ? {} : { mappedTo }),
    };
  });

  const vmNics: SimVmNic[] = (scenario.vms ?? []).flatMap((vm) => {
    const vmId = guidOf(`${seed}|vm|${vm.name}`);
    return (vm.vnics ?? []).map((nic, position): SimVmNic => {
      const who = `Virtual machine "${vm.name}"`;
      if (nic.placedOn !== undefined && interfaceNamed(nic.placedOn) === undefined) {
        throw unknown(who, 'adapter', nic.placedOn);
      }
      const adapterId = guidOf(`${seed}|vmnic|${vm.name}|${position}`).toUpperCase();
      return {
        vmName: vm.name,
        vmId,
        name: nic.name ?? captions.vmAdapter,
        vswitch: findVSwitch(who, nic.vswitch),
        mac: macOf(`${seed}|vmnic|${vm.name}|${position}`, '00155D'),
        id: `Microsoft:${vmId.toUpperCase()}\\${adapterId}`,
        adapterId,
        ...(nic.vlanId === undefined ? {} : { vlanId: nic.vlanId }),
        ...(nic.placedOn === undefined ? {} : { placedOn: nic.placedOn }),
      };
    });
  });

  const queues = placeAddresses(vswitches, vnics, vmNics);
  addHiddenInterfaces();

  const hasIpStack = (adapter: SimInterface) =>
    adapter.kind === 'system'
      ? adapter.description.includes('Cluster')
      : (adapter.bindings['ms_tcpip'] ??
        (adapter.extraBindings.includes('ms_tcpip') ||
          (adapter.team === undefined && adapter.vswitch === undefined && adapter.status !== 'Not Present')));

  const vnicInterface = new Map(vnics.map((vnic) => [vnic.name.toLowerCase(), vnic.interface]));
  const holderOf = (who: string, name: string) => {
    const found =
      interfaceNamed(name) ??
      vnicInterface.get(name.toLowerCase()) ??
      interfaceNamed(teamNicNames.get(name.toLowerCase()) ?? '');
    if (found === undefined) throw unknown(who, 'interface', name);
    return found;
  };

  const addresses: SimAddress[] = (scenario.addresses ?? []).map((entry) => {
    const holder = holderOf(`Address ${entry.address}`, entry.interface);
    const isBoundOff = holder.bindings['ms_tcpip'] === false;
    if (!hasIpStack(holder) && !isBoundOff) {
      throw new Error(
        `Address ${entry.address} stands on "${holder.name}", which is a member of a team or switch and has no IP`,
      );
    }
    return {
      interface: holder,
      prefix: parsePrefix(entry.address),
      origin: entry.origin ?? 'Manual',
      state: isBoundOff ? 'Tentative' : (entry.state ?? (holder.isUp ? 'Preferred' : 'Tentative')),
      isActive: !isBoundOff && (holder.status === 'Up' || holder.status === 'Disconnected'),
      skipAsSource: entry.skipAsSource ?? false,
      ...(entry.gateway === undefined ? {} : { gateway: entry.gateway }),
    };
  });

  const routes: SimRoute[] = (scenario.routes ?? []).map((route) => {
    const prefix = parsePrefix(route.prefix);
    return {
      interface: holderOf(`Route ${route.prefix}`, route.interface),
      prefix,
      text: route.prefix,
      nextHop: route.nextHop,
      metric: route.metric ?? 256,
    };
  });
  for (const address of addresses) {
    if (address.gateway === undefined || !address.interface.isUp || !address.isActive) continue;
    const text = address.prefix.ip.family === 'IPv4' ? '0.0.0.0/0' : '::/0';
    routes.push({
      interface: address.interface,
      prefix: parsePrefix(text),
      text,
      nextHop: address.gateway,
      metric: 256,
    });
  }

  const usable = addresses.filter(
    (address) => address.interface.isUp && address.state === 'Preferred' && !address.skipAsSource,
  );
  const sourceFor = (remote: string): SimAddress | undefined => {
    const ip = parseIp(remote);
    if (ip === undefined) return undefined;
    const onLink = usable.find((address) => isOnLink(address.prefix, ip));
    if (onLink !== undefined) return onLink;
    const route = routes
      .filter((entry) => entry.interface.isUp && isOnLink(entry.prefix, ip))
      .sort((a, b) => b.prefix.length - a.prefix.length || a.metric - b.metric)[0];
    return usable.find(
      (address) => address.interface === route?.interface && address.prefix.ip.family === ip.family,
    );
  };

  return {
    interfaces,
    interfaceNamed,
    teams,
    vswitches,
    vnics,
    vmNics,
    addresses,
    routes,
    queues,
    sourceFor,
    hasIpStack,
  };

  function addHiddenInterfaces(): void {
    const hidden = (
      name: string,
      description: string,
      mac: string,
      status: SimInterface['status'],
      speed = 0,
    ) =>
      add({
        name,
        description: uniqueDescription(name, description),
        kind: 'system',
        status,
        speed,
        mac,
        mtuBytes: 1500,
        vlanId: null,
        isHidden: true,
        hardwareId: virtualDrivers.system.hardwareId,
        pnpDeviceId: `ROOT\\SYSTEM\\${String(interfaces.length).padStart(4, '0')}`,
        driver: { ...virtualDrivers.system, version: '10.0.14393.0', date: '2006-06-21' },
      });
    hidden(captions.kernelDebugger, 'Microsoft Kernel Debug Network Adapter', '', 'Not Present');
    hidden(`${captions.hiddenConnection} 11`, 'WAN Miniport (Network Monitor)', '', 'Up');
    for (const vswitch of vswitches) {
      const speed = vswitch.uplinks[0]?.speed ?? 10 * gigabit;
      const made = hidden(
        `vSwitch (${vswitch.name})`,
        'Hyper-V Virtual Switch Extension Adapter',
        '',
        'Up',
        speed,
      );
      for (const uplink of vswitch.uplinks) {
        made.lower.push(uplink.index);
        uplink.higher.push(made.index);
      }
    }
    if (scenario.cluster !== undefined) {
      hidden(
        `${captions.hiddenConnection} 3`,
        'Microsoft Failover Cluster Virtual Adapter',
        macOf(`${seed}|cluster`, '02A1B2'),
        'Up',
        10 * gigabit,
      );
    }
  }
}

function placeAddresses(
  vswitches: readonly SimVSwitch[],
  vnics: readonly SimVNic[],
  vmNics: readonly SimVmNic[],
): NetworkLayout['queues'] {
  const queues = new Map<string, { mac: string; vlanId: number; vmName: string }[]>();
  const turns = new Map<SimVSwitch, number>();
  const place = (
    vswitch: SimVSwitch,
    mac: string,
    vlanId: number,
    vmName: string,
    wanted: string | undefined,
  ) => {
    const turn = turns.get(vswitch) ?? 0;
    turns.set(vswitch, turn + 1);
    const up = vswitch.members.filter((member) => member.isUp);
    const chosen = up.find((member) => member.name.toLowerCase() === wanted?.toLowerCase());
    const spread = up.length === 0 ? [] : up.slice(turn % up.length, (turn % up.length) + 1);
    const carriers = !vswitch.isSumOfQueues ? up : chosen === undefined ? spread : [chosen];
    for (const carrier of carriers) {
      const key = carrier.name.toLowerCase();
      const list = queues.get(key) ?? [];
      list.push({ mac: dashed(mac), vlanId, vmName });
      queues.set(key, list);
    }
  };
  for (const vswitch of vswitches) turns.set(vswitch, 0);
  for (const vnic of vnics) {
    const wanted = vnic.mappedTo?.name ?? vnic.scenario.placedOn;
    place(vnic.vswitch, vnic.interface.mac, vnic.scenario.vlanId ?? 0, '', wanted);
  }
  for (const nic of vmNics) place(nic.vswitch, nic.mac, nic.vlanId ?? 0, nic.vmName, nic.placedOn);
  return queues;
}

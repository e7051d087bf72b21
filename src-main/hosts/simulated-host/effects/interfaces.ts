/** What changes share that name, rename or remove interfaces of a scenario. */
import type { Machine } from '../machine.ts';
import type { SimInterface } from '../network-layout.ts';
import type { Scenario } from '../scenario.ts';

function isNamed(name: string, other: string): boolean {
  return name.toLowerCase() === other.toLowerCase();
}

/** The scenario without what stands on an interface: its addresses, routes, settings and SMB constraints. */
export function withoutStack(machine: Machine, scenario: Scenario, adapter: SimInterface): Scenario {
  const addresses = new Set(
    machine.network.addresses.flatMap((entry, index) =>
      entry.interface === adapter ? [machine.scenario.addresses?.[index]] : [],
    ),
  );
  const routes = new Set(
    (machine.scenario.routes ?? []).filter(
      (_, index) => machine.network.routes[index]?.interface === adapter,
    ),
  );
  const { smb } = scenario;
  return {
    ...scenario,
    addresses: (scenario.addresses ?? []).filter((entry) => !addresses.has(entry)),
    routes: (scenario.routes ?? []).filter((entry) => !routes.has(entry)),
    settings: (scenario.settings ?? []).filter((entry) => !isNamed(entry.interface, adapter.name)),
    ...(smb === undefined
      ? {}
      : {
          smb: {
            ...smb,
            constraints: (smb.constraints ?? []).filter((entry) => !isNamed(entry.interface, adapter.name)),
          },
        }),
  };
}

/** The scenario in which an interface bears another name, wherever it is named. */
export function withName(scenario: Scenario, from: string, to: string): Scenario {
  const renamed = (name: string) => (isNamed(name, from) ? to : name);
  const { smb } = scenario;
  return {
    ...scenario,
    adapters: scenario.adapters.map((adapter) => ({ ...adapter, name: renamed(adapter.name) })),
    lbfoTeams: (scenario.lbfoTeams ?? []).map((team) => ({
      ...team,
      members: team.members.map((member) =>
        typeof member === 'string' ? renamed(member) : { ...member, name: renamed(member.name) },
      ),
      teamNics: (team.teamNics ?? [{ name: team.name }]).map((nic) => ({ ...nic, name: renamed(nic.name) })),
    })),
    vswitches: (scenario.vswitches ?? []).map((vswitch) => {
      const { uplink } = vswitch;
      if (uplink === undefined) return vswitch;
      if ('adapter' in uplink) return { ...vswitch, uplink: { adapter: renamed(uplink.adapter) } };
      if ('set' in uplink) return { ...vswitch, uplink: { ...uplink, set: uplink.set.map(renamed) } };
      return { ...vswitch, uplink: { team: renamed(uplink.team) } };
    }),
    vnics: (scenario.vnics ?? []).map((vnic) => ({
      ...vnic,
      adapterName: renamed(vnic.adapterName ?? `vEthernet (${vnic.name})`),
      ...(vnic.mappedTo === undefined ? {} : { mappedTo: renamed(vnic.mappedTo) }),
      ...(vnic.placedOn === undefined ? {} : { placedOn: renamed(vnic.placedOn) }),
    })),
    addresses: (scenario.addresses ?? []).map((entry) => ({ ...entry, interface: renamed(entry.interface) })),
    routes: (scenario.routes ?? []).map((entry) => ({ ...entry, interface: renamed(entry.interface) })),
    settings: (scenario.settings ?? []).map((entry) => ({ ...entry, interface: renamed(entry.interface) })),
    ...(smb === undefined
      ? {}
      : {
          smb: {
            ...smb,
            constraints: (smb.constraints ?? []).map((entry) => ({
              ...entry,
              interface: renamed(entry.interface),
            })),
            servers: smb.servers.map((server) => ({
              ...server,
              ...(server.selected === undefined
                ? {}
                : { selected: server.selected.map(([name, address]) => [renamed(name), address] as const) }),
              ...(server.failed === undefined
                ? {}
                : { failed: server.failed.map(([name, address]) => [renamed(name), address] as const) }),
            })),
          },
        }),
  };
}

/** Addresses are written on the name that Windows shows, also where the scenario named a vNIC or a team. */
export function withShownNames(machine: Machine): Scenario {
  const { scenario, network } = machine;
  return {
    ...scenario,
    addresses: (scenario.addresses ?? []).map((entry, index) => ({
      ...entry,
      interface: network.addresses[index]?.interface.name ?? entry.interface,
    })),
    routes: (scenario.routes ?? []).map((entry, index) => ({
      ...entry,
      interface: network.routes[index]?.interface.name ?? entry.interface,
    })),
  };
}

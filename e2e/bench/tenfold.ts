/** A host several times (ten, unless told) as large as another: so many of it in one, each with names, addresses and disks of its own. */
import type { Scenario, ScenarioMpio, ScenarioSmb } from '../../src-main/hosts/simulated-host/scenario.ts';

/** `10.0.10.11/24` becomes `17.0.10.11/24` in the seventh copy: networks stay apart as they were. */
function addressIn(copy: number, address: string): string {
  return address.replace(/^\d+/, (first) => String(Number(first) + copy));
}

function nameIn(copy: number, name: string): string {
  return `${name} ${copy}`;
}

function inCopy(scenario: Scenario, copy: number) {
  const name = (text: string): string => nameIn(copy, text);
  const address = (text: string): string => addressIn(copy, text);
  // The system disk is number 0 of every host.
  const shift = copy * Math.max(1, ...(scenario.disks ?? []).map(({ number }) => number));
  const disk = (number: number): number => number + shift;
  return {
    adapters: scenario.adapters.map(({ pci: _, ...adapter }) => ({ ...adapter, name: name(adapter.name) })),
    lbfoTeams: (scenario.lbfoTeams ?? []).map((team) => ({
      ...team,
      name: name(team.name),
      members: team.members.map((member) =>
        typeof member === 'string' ? name(member) : { ...member, name: name(member.name) },
      ),
      ...(team.teamNics && { teamNics: team.teamNics.map((nic) => ({ ...nic, name: name(nic.name) })) }),
    })),
    vswitches: (scenario.vswitches ?? []).map(({ uplink, ...vswitch }) => ({
      ...vswitch,
      name: name(vswitch.name),
      ...(uplink && {
        uplink:
          'set' in uplink
            ? { ...uplink, set: uplink.set.map(name) }
            : 'team' in uplink
              ? { team: name(uplink.team) }
              : { adapter: name(uplink.adapter) },
      }),
    })),
    vnics: (scenario.vnics ?? []).map((vnic) => ({
      ...vnic,
      name: name(vnic.name),
      adapterName: name(vnic.adapterName ?? `vEthernet (${vnic.name})`),
      vswitch: name(vnic.vswitch),
      ...(vnic.mappedTo !== undefined && { mappedTo: name(vnic.mappedTo) }),
      ...(vnic.placedOn !== undefined && { placedOn: name(vnic.placedOn) }),
    })),
    vms: (scenario.vms ?? []).map((vm) => ({
      ...vm,
      name: name(vm.name),
      ...(vm.vnics && {
        vnics: vm.vnics.map((vnic) => ({
          ...vnic,
          vswitch: name(vnic.vswitch),
          ...(vnic.placedOn !== undefined && { placedOn: name(vnic.placedOn) }),
        })),
      }),
    })),
    addresses: (scenario.addresses ?? []).map(({ gateway: _, ...held }) => ({
      ...held,
      interface: name(held.interface),
      address: address(held.address),
    })),
    targets: (scenario.iscsi?.targets ?? []).map((target) => ({
      iqn: `${target.iqn}-${copy}`,
      portals: target.portals.map(address),
    })),
    sessions: (scenario.iscsi?.sessions ?? []).map((session) => ({
      ...session,
      iqn: `${session.iqn}-${copy}`,
      connections: session.connections.map((connection) => ({
        to: address(connection.to),
        ...(connection.from !== undefined && {
          from: connection.from === null ? null : address(connection.from),
        }),
        ...(connection.leaves !== undefined && { leaves: address(connection.leaves) }),
      })),
      ...(session.disks && { disks: session.disks.map(disk) }),
    })),
    mpioDisks: (scenario.mpio?.disks ?? []).map((held): ScenarioMpio['disks'][number] => ({
      ...held,
      disk: disk(held.disk),
    })),
    disks: (scenario.disks ?? []).map((found) => ({
      ...found,
      number: disk(found.number),
      ...(found.uniqueId !== undefined && { uniqueId: `${found.uniqueId}${copy}` }),
    })),
    servers: (scenario.smb?.servers ?? []).map((server): ScenarioSmb['servers'][number] => ({
      ...server,
      name: `${server.name}-${copy}`,
      interfaces: server.interfaces.map((found) => ({ ...found, address: address(found.address) })),
      ...(server.selected && {
        selected: server.selected.map(([client, to]) => [name(client), address(to)] as const),
      }),
    })),
  };
}

export function tenfold(scenario: Scenario, copies = 10): Scenario {
  const all = Array.from({ length: copies }, (_, copy) => inCopy(scenario, copy));
  // Its traffic names disks and shares as they were; nothing is measured of it.
  const { traffic: _, ...quiet } = scenario;
  const { iscsi, mpio, smb } = scenario;
  return {
    ...quiet,
    id: `${scenario.id}-${copies}-fold`,
    adapters: all.flatMap(({ adapters }) => adapters),
    lbfoTeams: all.flatMap(({ lbfoTeams }) => lbfoTeams),
    vswitches: all.flatMap(({ vswitches }) => vswitches),
    vnics: all.flatMap(({ vnics }) => vnics),
    vms: all.flatMap(({ vms }) => vms),
    addresses: all.flatMap(({ addresses }) => addresses),
    routes: [],
    disks: all.flatMap(({ disks }) => disks),
    ...(iscsi && {
      iscsi: {
        ...iscsi,
        targets: all.flatMap(({ targets }) => targets),
        sessions: all.flatMap(({ sessions }) => sessions),
      },
    }),
    ...(mpio && { mpio: { ...mpio, disks: all.flatMap(({ mpioDisks }) => mpioDisks) } }),
    ...(smb && { smb: { ...smb, servers: all.flatMap(({ servers }) => servers) } }),
  };
}

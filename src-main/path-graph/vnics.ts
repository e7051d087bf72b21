/** vNICs of the management OS: their adapter, switch, VLAN, cap, team mapping, and where their MAC address is seen. */
import type { Team, VNic, VSwitch } from '#shared/host/host-model.ts';
import type { VMNetworkAdapterRecord } from '#shared/host/network-records.ts';
import type { Snapshot } from '#shared/host/snapshot.ts';
import type { FoundInterface, Interfaces } from './adapters.ts';
import { findOnly, groupBy, guidKey, isKnownAbsent, known, macKey, nameKey, recordsOf } from './joins.ts';
import type { Find, Ledger } from './joins.ts';
import type { Switches } from './switches.ts';

/** What Hyper-V adds to the adapter of a vNIC. */
export type VNicFacts = Pick<
  VNic,
  'vnicName' | 'vswitchId' | 'vlanId' | 'mappedMember' | 'seenOnAdapterIds' | 'maximumBandwidthBitsPerSecond'
>;

/** Settings rows name their vNIC by id where the release gives one, by its name in Hyper-V otherwise. */
function findSetting<T extends { readonly vnicName: string; readonly vnicId?: string }>(
  rows: readonly T[],
): (vnic: VMNetworkAdapterRecord) => T | undefined {
  const byId = findOnly(rows, (row) => (row.vnicId === undefined ? undefined : nameKey(row.vnicId)));
  const byName = findOnly(rows, (row) => nameKey(row.vnicName));
  return (vnic) => (vnic.id === undefined ? undefined : byId(nameKey(vnic.id))) ?? byName(nameKey(vnic.name));
}

function isHostRow(row: { readonly vmName?: string | null; readonly isManagementOs?: boolean }): boolean {
  return row.isManagementOs ?? !row.vmName;
}

/** VLAN or isolation, whichever the host uses; the other then says untagged. */
function findVlan(snapshot: Snapshot): (vnic: VMNetworkAdapterRecord) => number | null | undefined {
  const { VMNetworkAdapterVlan, VMNetworkAdapterIsolation } = snapshot.readings;
  const vlans = recordsOf(VMNetworkAdapterVlan);
  const isolations = recordsOf(VMNetworkAdapterIsolation);
  const vlanOf = findSetting((vlans ?? []).filter(isHostRow));
  const isolationOf = findSetting((isolations ?? []).filter(isHostRow));
  return (vnic) => {
    const isolation = isolationOf(vnic);
    if (/^vlan$/i.test(isolation?.isolationMode ?? '') && isolation?.defaultIsolationId) {
      return isolation.defaultIsolationId;
    }
    const vlan = vlanOf(vnic);
    if (vlan?.operationMode === 'Access') return vlan.accessVlanId === 0 ? null : vlan.accessVlanId;
    const isUntagged = vlan?.operationMode === 'Untagged';
    const isIsolationAnswered = isolations !== undefined || isKnownAbsent(VMNetworkAdapterIsolation);
    return isUntagged && isIsolationAnswered ? null : undefined;
  };
}

/**
 * A vNIC's queue on a member tells its place only where the team pins each switch port to one member and the member's
 * queues are its own (sum of queues): Switch Embedded Teaming, or LBFO switch independent with Hyper-V port or Dynamic.
 * Otherwise every member holds queues for every vNIC (min queues), and seeing one proves nothing.
 */
export function queuesShowPlacement(team: Team): boolean {
  if (team.technology === 'set') return true;
  return (
    team.teamingMode === 'SwitchIndependent' &&
    (team.lbAlgorithm === 'HyperVPort' || team.lbAlgorithm === 'Dynamic')
  );
}

/** The adapters whose queues or ports hold a MAC address; undefined where neither could be read. */
function findSightings(
  snapshot: Snapshot,
  interfaces: Interfaces,
): ((mac: string) => readonly FoundInterface[]) | undefined {
  const { NetAdapterVmqQueue, NetAdapterVPort } = snapshot.readings;
  const queues = recordsOf(NetAdapterVmqQueue);
  const ports = recordsOf(NetAdapterVPort);
  if (queues === undefined && ports === undefined) return undefined;
  const seen = new Map<string, Set<FoundInterface>>();
  for (const row of [...(ports ?? []), ...(queues ?? [])]) {
    const adapter = interfaces.byName(nameKey(row.name));
    if (adapter === undefined) continue;
    for (const address of row.macAddresses) {
      const mac = macKey(address);
      if (mac === undefined) continue;
      const there = seen.get(mac);
      if (there === undefined) seen.set(mac, new Set([adapter]));
      else there.add(adapter);
    }
  }
  return (mac) => [...(seen.get(mac) ?? [])];
}

/** `Storage` of `vEthernet (Storage)`: the name that Hyper-V gives to a vNIC's adapter until somebody renames it. */
function nameInsideVEthernet(name: string): string | undefined {
  return /^vEthernet \((.*)\)$/i.exec(name)?.[1];
}

function findAdapterOf(interfaces: Interfaces): (vnic: VMNetworkAdapterRecord) => FoundInterface | undefined {
  const vnics = interfaces.all.filter((found) => found.kind === 'vnic');
  const byGuid = findOnly(vnics, (found) => found.interfaceGuid);
  const byMac = findOnly(vnics, (found) => macKey(found.macAddress));
  const byName: Find<FoundInterface> = findOnly(vnics, (found) => nameKey(found.name));
  return (vnic) =>
    (vnic.deviceId ? byGuid(guidKey(vnic.deviceId)) : undefined) ??
    byMac(macKey(vnic.macAddress)) ??
    byName(nameKey(`vEthernet (${vnic.name})`));
}

/** By id of the vNIC's adapter. */
export function findVNics(
  snapshot: Snapshot,
  interfaces: Interfaces,
  switches: Switches,
  teams: ReadonlyMap<string, Team>,
  ledger: Ledger,
): ReadonlyMap<string, VNicFacts> {
  const { VMNetworkAdapter, VMNetworkAdapterTeamMapping } = snapshot.readings;
  const everyRecord = recordsOf(VMNetworkAdapter) ?? [];
  const records = everyRecord.filter((record) => record.isManagementOs);
  const vlanOf = findVlan(snapshot);
  const mappingOf = findSetting(recordsOf(VMNetworkAdapterTeamMapping) ?? []);
  const nameIsShared = groupBy(records, (record) => nameKey(record.name));
  const sightings = findSightings(snapshot, interfaces);
  const usersOfMac = groupBy(everyRecord, (record) => macKey(record.macAddress));
  const adapterOf = findAdapterOf(interfaces);

  const teamBelow = (vswitch: VSwitch | undefined): Team | undefined =>
    vswitch?.uplink !== undefined && 'teamId' in vswitch.uplink
      ? teams.get(vswitch.uplink.teamId)
      : undefined;

  const mappedMember = (
    record: VMNetworkAdapterRecord,
    found: FoundInterface,
    team: Team | undefined,
  ): VNic['mappedMember'] => {
    const mapping = mappingOf(record);
    if (mapping === undefined) {
      // Only a SET maps vNICs to members: elsewhere there is no mapping, whether it could be read or not.
      const isKnown =
        recordsOf(VMNetworkAdapterTeamMapping) !== undefined || isKnownAbsent(VMNetworkAdapterTeamMapping);
      return isKnown || (team !== undefined && team.technology !== 'set') ? null : undefined;
    }
    // Two vNICs of one name share their rows unless the host gives ids.
    if (mapping.vnicId === undefined && (nameIsShared.get(nameKey(record.name))?.length ?? 0) > 1)
      return undefined;
    const { memberInterfaceGuid: guid, memberName } = mapping;
    // The GUID is what Windows goes by; the name is as typed on the day and may fit another adapter by now.
    const adapter = guid
      ? interfaces.byGuid(guidKey(guid))
      : memberName
        ? interfaces.byName(nameKey(memberName))
        : undefined;
    const name = memberName ?? adapter?.name ?? guid ?? '';
    const isMember = team?.members.some((member) => member.adapterId === adapter?.id) === true;
    if (adapter !== undefined && isMember) return { name, adapterId: adapter.id };
    ledger.leaveUnjoined(
      found,
      adapter === undefined
        ? `The team mapping of ${found.name} names ${name}, and no network adapter is that one.`
        : team === undefined
          ? `The team mapping of ${found.name} names ${name}, but the team under the vNIC is not known.`
          : `The team mapping of ${found.name} names ${name}, which is no member of team ${team.name}.`,
    );
    return { name };
  };

  const seenOn = (found: FoundInterface, team: Team | undefined): readonly string[] | undefined => {
    const mac = macKey(found.macAddress);
    if (sightings === undefined || mac === undefined || team === undefined) return undefined;
    if (!queuesShowPlacement(team) || (usersOfMac.get(mac)?.length ?? 0) > 1) return undefined;
    const members = new Set(team.members.map((member) => member.adapterId));
    const seen = sightings(mac).filter(({ id }) => members.has(id));
    // The first vNIC of a switch copies the MAC address of a port, and that port then shows it for itself.
    if (seen.some((adapter) => macKey(adapter.macAddress) === mac)) return undefined;
    return seen.map(({ id }) => id);
  };

  const facts = new Map<string, VNicFacts>();
  for (const record of records) {
    const found = adapterOf(record);
    if (found === undefined || facts.has(found.id)) {
      const key = record.deviceId ? guidKey(record.deviceId) : nameKey(record.id ?? record.name);
      ledger.leaveUnjoined(
        { kind: 'vnic', id: `vnic:${key}`, name: record.name },
        found === undefined
          ? `No network adapter is the vNIC ${record.name} of the management OS.`
          : `The adapter ${found.name} already belongs to another vNIC than ${record.name}.`,
      );
      continue;
    }
    const vswitch =
      (record.switchId ? switches.byGuid(guidKey(record.switchId)) : undefined) ??
      (record.switchName ? switches.byName(nameKey(record.switchName)) : undefined);
    if (vswitch === undefined) {
      ledger.leaveUnjoined(
        found,
        `The vSwitch of ${found.name} (${record.switchName ?? 'not named'}) was not found.`,
      );
    }
    const team = teamBelow(vswitch);
    const cap = record.maximumBandwidthBitsPerSecond;
    facts.set(found.id, {
      vnicName: record.name,
      ...known({
        vswitchId: vswitch?.id,
        vlanId: vlanOf(record),
        mappedMember: mappedMember(record, found, team),
        seenOnAdapterIds: seenOn(found, team),
        maximumBandwidthBitsPerSecond: cap === 0 ? null : cap,
      }),
    });
  }
  for (const found of interfaces.all) {
    if (found.kind !== 'vnic' || facts.has(found.id)) continue;
    ledger.leaveUnjoined(
      found,
      `Hyper-V did not say which vNIC of the management OS has the adapter ${found.name}.`,
    );
    facts.set(found.id, { vnicName: nameInsideVEthernet(found.name) ?? found.name });
  }
  return facts;
}

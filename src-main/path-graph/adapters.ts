/** The rows of Get-NetAdapter as interfaces, each with its role, and the ways other answers name them. */
import type { Adapter, CardSlot, InterfaceRole, NetInterface } from '#shared/host/host-model.ts';
import type { NetAdapterRecord } from '#shared/host/network-records.ts';
import type { Snapshot } from '#shared/host/snapshot.ts';
import { classifyInterface } from './classify-interface.ts';
import type { PresentedByTeam } from './classify-interface.ts';
import { findOnly, groupBy, guidKey, isKnownAbsent, known, nameKey, recordsOf } from './joins.ts';
import type { Find, Ledger } from './joins.ts';

/** An interface before teams, switches and addresses are joined to it. */
export interface FoundInterface extends Omit<NetInterface, 'addressIds'>, Pick<Adapter, 'cardSlot'> {
  readonly role: InterfaceRole;
}

export interface Interfaces {
  readonly all: readonly FoundInterface[];
  readonly byId: ReadonlyMap<string, FoundInterface>;
  readonly byGuid: Find<FoundInterface>;
  readonly byDescription: Find<FoundInterface>;
  readonly byName: Find<FoundInterface>;
  readonly byIndex: (index: number | undefined) => FoundInterface | undefined;
}

const kinds = {
  physical: 'adapter',
  guest: 'adapter',
  other: 'adapter',
  vnic: 'vnic',
  'team-nic': 'team-nic',
} as const;

/** Whether LBFO says that it presents an adapter; where it could not be asked, undefined. */
function presentedByTeam(snapshot: Snapshot): PresentedByTeam {
  const { NetLbfoTeamNic, NetLbfoTeam } = snapshot.readings;
  const teamNics = recordsOf(NetLbfoTeamNic);
  if (teamNics !== undefined && NetLbfoTeamNic.status === 'ok') {
    const isWhole = NetLbfoTeamNic.itemErrors.length === 0;
    const names = new Set(teamNics.map((teamNic) => nameKey(teamNic.name)));
    const descriptions = new Set(
      teamNics.flatMap(({ interfaceDescription }) =>
        interfaceDescription === undefined ? [] : [nameKey(interfaceDescription)],
      ),
    );
    return (record) =>
      descriptions.has(nameKey(record.interfaceDescription)) || names.has(nameKey(record.name))
        ? true
        : isWhole
          ? false
          : undefined;
  }
  if (isKnownAbsent(NetLbfoTeamNic) && isKnownAbsent(NetLbfoTeam)) return () => false;
  const names = new Set((recordsOf(NetLbfoTeam) ?? []).flatMap((team) => (team.teamNics ?? []).map(nameKey)));
  return (record) => (names.has(nameKey(record.name)) ? true : undefined);
}

function isUp(record: NetAdapterRecord): boolean {
  return record.status === undefined ? record.mediaConnected === true : /^up$/i.test(record.status);
}

/** Component ids of the enabled bindings of each adapter, by its name; adapters without a row are not in it. */
function bindingsByName(snapshot: Snapshot): (name: string) => readonly string[] | undefined {
  const rows = groupBy(recordsOf(snapshot.readings.NetAdapterBinding) ?? [], (row) => nameKey(row.name));
  return (name) =>
    rows.get(nameKey(name))?.flatMap(({ enabled, componentId }) => (enabled ? [componentId] : []));
}

/** GT/s of each generation of PCI Express and what its line coding leaves of it, by the code that Windows reports. */
const laneBitsPerSecond: Readonly<Record<number, number>> = {
  1: 2.5e9 * (8 / 10),
  2: 5e9 * (8 / 10),
  3: 8e9 * (128 / 130),
  4: 16e9 * (128 / 130),
  5: 32e9 * (128 / 130),
};

/** The place of each adapter on the PCI bus, by its name; adapters without bus and device are not in it. */
function slotsByName(snapshot: Snapshot): (name: string) => CardSlot | undefined {
  const row = findOnly(recordsOf(snapshot.readings.NetAdapterHardwareInfo) ?? [], ({ name }) =>
    nameKey(name),
  );
  return (name) => {
    const { segment, bus, device, slot, pcieLinkWidth, pcieLinkSpeedCode } = row(nameKey(name)) ?? {};
    if (typeof bus !== 'number' || typeof device !== 'number') return undefined;
    const lane = laneBitsPerSecond[pcieLinkSpeedCode ?? 0];
    return {
      card: `${segment ?? 0}:${bus}:${device}`,
      ...known({
        // Firmware counts what is soldered to the board as slot 0.
        slot: slot || undefined,
        bitsPerSecond: lane === undefined || !pcieLinkWidth ? undefined : Math.floor(lane * pcieLinkWidth),
      }),
    };
  };
}

export function findInterfaces(snapshot: Snapshot, isVirtualMachine: boolean, ledger: Ledger): Interfaces {
  const presented = presentedByTeam(snapshot);
  const bindingsOf = bindingsByName(snapshot);
  const slotOf = slotsByName(snapshot);
  const rssOf = findOnly(recordsOf(snapshot.readings.NetAdapterRss) ?? [], ({ name }) => nameKey(name));
  const all = (recordsOf(snapshot.readings.NetAdapter) ?? []).map((record): FoundInterface => {
    const role = classifyInterface(record, { isVirtualMachine, presentedByTeam: presented });
    const kind = kinds[role];
    const interfaceGuid = guidKey(record.interfaceGuid);
    return {
      kind,
      role,
      id: ledger.idFor(kind, interfaceGuid),
      name: record.name,
      interfaceGuid,
      interfaceIndex: record.interfaceIndex,
      description: record.interfaceDescription,
      isUp: isUp(record),
      ...known({
        macAddress: record.macAddress,
        status: record.status,
        speedBitsPerSecond: record.speedBitsPerSecond,
        mtuBytes: record.mtuBytes,
        enabledBindings: bindingsOf(record.name),
        rssQueues: rssOf(nameKey(record.name))?.receiveQueues,
        cardSlot: role === 'physical' ? slotOf(record.name) : undefined,
      }),
    };
  });
  const byIndex = findOnly(all, (found) => String(found.interfaceIndex));
  return {
    all,
    byId: new Map(all.map((found) => [found.id, found])),
    byGuid: findOnly(all, (found) => found.interfaceGuid),
    byDescription: findOnly(all, (found) => nameKey(found.description)),
    byName: findOnly(all, (found) => nameKey(found.name)),
    byIndex: (index) => (index === undefined ? undefined : byIndex(String(index))),
  };
}

/** By GUID, then description, then name: whichever finds one first. */
export function findNamed(
  interfaces: Interfaces,
  named: {
    readonly guid?: string | null | undefined;
    readonly description?: string | null | undefined;
    readonly name?: string | null | undefined;
  },
): FoundInterface | undefined {
  const { guid, description, name } = named;
  return (
    (guid ? interfaces.byGuid(guidKey(guid)) : undefined) ??
    (description ? interfaces.byDescription(nameKey(description)) : undefined) ??
    (name ? interfaces.byName(nameKey(name)) : undefined)
  );
}

/** Everything that was found on a host as tables: what their columns say, and which observation each of them rests on. */
import type { ObservationName } from './capture.ts';
import type { Check } from './finding.ts';
import { groupGaps } from './gap-text.ts';
import type { Entity, NetInterface } from './host/host-model.ts';
import type { NetAdapterRecord } from './host/network-records.ts';
import type { Reading } from './host/snapshot.ts';
import type { HostRecords } from './observed.ts';
import { largestAnswered, packetVerdict, verdictWords, whyNoVerdict } from './packet-probe.ts';
import { formatBitsPerSecond } from './units.ts';
import type { CellValue, Column } from './table-cells.ts';

export interface TableRow {
  readonly key: string;
  /** What a row is about, as map and findings know it; left out where they do not know it. */
  readonly entityId?: string;
  readonly cells: readonly CellValue[];
  /** A word that the host's own item of it holds. */
  readonly rawWord: string;
}

export interface HostTable {
  readonly id: string;
  readonly title: string;
  /** True: a row is the thing itself. False: a part of it, such as a connection of a session. */
  readonly isOfThings: boolean;
  readonly columns: readonly Column<TableRow>[];
  readonly rows: readonly TableRow[];
  /** In the order of importance. */
  readonly observations: readonly ObservationName[];
  /** What an empty table means: that there are none, or that it is not known. */
  readonly emptyText: string;
  /** True: rows may be missing, because not every observation was answered in full. */
  readonly isIncomplete: boolean;
}

interface TableOf<Thing> {
  readonly id: string;
  readonly title: string;
  readonly isOfThings?: boolean;
  readonly things: readonly Thing[];
  readonly entityId?: (thing: Thing) => string | undefined;
  readonly rawWord: (thing: Thing) => string;
  readonly observations: readonly ObservationName[];
  /** Where it was not asked for at all, and nothing is amiss. */
  readonly emptyText?: string | undefined;
  readonly columns: readonly (readonly [
    title: string,
    value: (thing: Thing) => CellValue,
    format?: (value: number) => string,
  ])[];
}

type TableMaker = <Thing>(table: TableOf<Thing>) => HostTable;

const plain = (value: number): string => String(value);

/** A disk's size, in the powers of 1024 that Windows shows. */
export function formatBytes(bytes: number): string {
  const units = ['bytes', 'KB', 'MB', 'GB', 'TB', 'PB'];
  let step = 0;
  let shown = bytes;
  while (step < units.length - 1 && Number(shown.toPrecision(3)) >= 1000) {
    shown /= 1024;
    step += 1;
  }
  return `${Number(shown.toPrecision(3))} ${units[step] ?? ''}`;
}

function tableMaker(check: Pick<Check, 'gaps'>): TableMaker {
  return ({ id, title, isOfThings = true, things, entityId, rawWord, observations, emptyText, columns }) => {
    const gaps = check.gaps.filter(({ observation }) => observations.includes(observation));
    const open = gaps.filter(({ error }) => {
      const kind = error?.kind;
      return kind !== 'feature-missing' && kind !== 'not-on-this-windows';
    });
    const reasons = groupGaps(open.length > 0 ? open : gaps).map(
      ({ names, reason }) => `${names.join(', ')}: ${reason}`,
    );
    const isAllAbsent = open.length === 0 && gaps.length === observations.length;
    return {
      id,
      title,
      isOfThings,
      observations,
      isIncomplete: open.length > 0,
      emptyText:
        emptyText ??
        (open.length > 0
          ? `Not known. ${reasons.join(' ')}`
          : isAllAbsent
            ? `There can be none. ${reasons.join(' ')}`
            : 'None: the host was asked and has none.'),
      columns: columns.map(([columnTitle, _value, format], index) => ({
        id: columnTitle,
        title: columnTitle,
        value: (row) => row.cells[index],
        ...(format && { format }),
      })),
      rows: things.map((thing, index) => {
        const entity = entityId?.(thing);
        return {
          key: String(index),
          ...(entity !== undefined && { entityId: entity }),
          cells: columns.map(([, value]) => value(thing)),
          rawWord: rawWord(thing),
        };
      }),
    };
  };
}

function recordsOf<T>(reading: Reading<T> | undefined): readonly T[] | undefined {
  return reading?.status === 'ok' ? reading.records : undefined;
}

function driverText(record: NetAdapterRecord | undefined): string | null | undefined {
  if (record?.driverVersion === undefined) return undefined;
  if (record.driverVersion === null) return null;
  return [record.driverProvider, record.driverVersion, record.driverDate].filter(Boolean).join(' · ');
}

const roleWords: Readonly<Record<NetInterface['role'], string>> = {
  physical: 'physical',
  guest: 'of the virtual machine that this is',
  vnic: 'virtual, of the host',
  'team-nic': 'of a team',
  other: 'not for storage',
};

const idOf = ({ id }: Entity): string => id;
const nameOf = ({ name }: Entity): string => name;

/** `records` undefined: not there yet; what rests on them is not known so far. */
export function hostTables(
  check: Pick<Check, 'model' | 'gaps'>,
  records: HostRecords | undefined,
): readonly HostTable[] {
  const { model } = check;
  const table = tableMaker(check);
  const names = new Map<string, string>(
    [
      ...model.adapters,
      ...model.teams,
      ...model.teamNics,
      ...model.vswitches,
      ...model.vnics,
      ...model.targets,
      ...model.targetPortals,
      ...model.sessions,
      ...model.smbServers,
    ].map(({ id, name }) => [id, name]),
  );
  const named = (id: string | undefined): string | undefined =>
    id === undefined ? undefined : names.get(id);
  const allNamed = (ids: readonly string[] | undefined): readonly string[] | undefined =>
    ids?.map((id) => names.get(id) ?? id);
  const addresses = new Map(model.addresses.map(({ id, name }) => [id, name]));
  const addressesOf = ({ addressIds }: NetInterface): readonly string[] =>
    addressIds.map((id) => addresses.get(id) ?? id);
  const drivers = new Map(
    (recordsOf(records?.adapters) ?? []).map((record) => [record.interfaceGuid, record]),
  );
  const isLost = (name: ObservationName): boolean =>
    check.gaps.some(({ observation, status }) => observation === name && status !== 'partial');
  /** Undefined stands for "in none" where what would say so was answered. */
  const orNone = (
    value: string | undefined,
    ...rests: readonly ObservationName[]
  ): string | null | undefined => value ?? (rests.some(isLost) ? undefined : null);
  const stateOf = ({ status, isUp }: NetInterface): string => status ?? (isUp ? 'Up' : 'Down');
  const speed = ({ speedBitsPerSecond }: NetInterface): number | null | undefined => speedBitsPerSecond;

  const network: readonly HostTable[] = [
    table({
      id: 'adapters',
      title: 'Network adapters',
      things: model.adapters,
      entityId: idOf,
      rawWord: nameOf,
      observations: ['NetAdapter'],
      columns: [
        ['Name', nameOf],
        ['Description', ({ description }) => description],
        ['State', stateOf],
        ['Speed', speed, formatBitsPerSecond],
        ['Role', ({ role }) => roleWords[role]],
        ['Team', ({ teamId }) => orNone(named(teamId), 'NetLbfoTeam', 'VMSwitchTeam')],
        ['vSwitch', ({ vswitchId }) => orNone(named(vswitchId), 'VMSwitch')],
        ['Addresses', addressesOf],
        ['Largest packet', ({ mtuBytes }) => mtuBytes, (bytes) => `${bytes} bytes`],
        ['MAC address', ({ macAddress }) => macAddress],
        ['Driver', ({ interfaceGuid }) => driverText(drivers.get(interfaceGuid))],
        ['Index', ({ interfaceIndex }) => interfaceIndex, plain],
      ],
    }),
    table({
      id: 'teams',
      title: 'Teams',
      things: model.teams,
      entityId: idOf,
      rawWord: nameOf,
      observations: ['NetLbfoTeam', 'VMSwitchTeam'],
      columns: [
        ['Name', nameOf],
        ['Kind', ({ technology }) => (technology === 'lbfo' ? 'LBFO' : 'Switch Embedded Teaming')],
        ['Status', ({ status }) => status],
        ['Teaming mode', ({ teamingMode }) => teamingMode],
        ['Load balancing', ({ lbAlgorithm }) => lbAlgorithm],
        ['Members', ({ members }) => members.map(nameOfMember)],
        ['Team NICs', ({ technology, teamNicIds }) => (technology === 'set' ? null : allNamed(teamNicIds))],
        ['vSwitch', ({ vswitchId }) => orNone(named(vswitchId), 'VMSwitch')],
      ],
    }),
    table({
      id: 'members',
      title: 'Team members',
      isOfThings: false,
      things: model.teams.flatMap((team) => team.members.map((member) => ({ team, member }))),
      entityId: ({ member }) => member.adapterId,
      rawWord: ({ member }) => member.name,
      observations: ['NetLbfoTeamMember', 'VMSwitchTeam'],
      columns: [
        ['Member', ({ member }) => member.name],
        ['Team', ({ team }) => team.name],
        ['Mode', ({ member }) => member.mode],
        ['State', ({ member }) => member.state],
        ['Reason', ({ member }) => member.failureReason],
      ],
    }),
    table({
      id: 'team-nics',
      title: 'Team NICs',
      things: model.teamNics,
      entityId: idOf,
      rawWord: nameOf,
      observations: ['NetLbfoTeamNic', 'NetAdapter'],
      columns: [
        ['Name', nameOf],
        ['Team', ({ teamId }) => named(teamId)],
        ['State', stateOf],
        ['VLAN', ({ vlanId }) => vlanId, plain],
        ['Primary', ({ isPrimary }) => isPrimary],
        ['vSwitch', ({ vswitchId }) => orNone(named(vswitchId), 'VMSwitch')],
        ['Addresses', addressesOf],
        ['Largest packet', ({ mtuBytes }) => mtuBytes, (bytes) => `${bytes} bytes`],
        ['MAC address', ({ macAddress }) => macAddress],
        ['Description', ({ description }) => description],
      ],
    }),
    table({
      id: 'vswitches',
      title: 'Virtual switches',
      things: model.vswitches,
      entityId: idOf,
      rawWord: nameOf,
      observations: ['VMSwitch'],
      columns: [
        ['Name', nameOf],
        ['Type', ({ switchType }) => switchType],
        [
          'Uplink',
          ({ switchType, uplink }) =>
            uplink === undefined
              ? switchType === 'Internal' || switchType === 'Private'
                ? null
                : undefined
              : named('teamId' in uplink ? uplink.teamId : uplink.adapterId),
        ],
      ],
    }),
    table({
      id: 'vnics',
      title: 'Virtual adapters of the host',
      things: model.vnics,
      entityId: idOf,
      rawWord: ({ vnicName }) => vnicName,
      observations: ['VMNetworkAdapter', 'NetAdapter'],
      columns: [
        ['Name', nameOf],
        ['In Hyper-V', ({ vnicName }) => vnicName],
        ['vSwitch', ({ vswitchId }) => named(vswitchId)],
        ['VLAN', ({ vlanId }) => vlanId, plain],
        ['State', stateOf],
        ['Addresses', addressesOf],
        ['Mapped to', ({ mappedMember }) => (mappedMember === null ? null : mappedMember?.name)],
        ['Seen on', ({ seenOnAdapterIds }) => allNamed(seenOnAdapterIds)],
        [
          'Bandwidth limit',
          ({ maximumBandwidthBitsPerSecond: most }) => (most === 0 ? null : most),
          formatBitsPerSecond,
        ],
        ['Largest packet', ({ mtuBytes }) => mtuBytes, (bytes) => `${bytes} bytes`],
        ['MAC address', ({ macAddress }) => macAddress],
      ],
    }),
    table({
      id: 'addresses',
      title: 'IP addresses',
      things: model.addresses,
      entityId: idOf,
      rawWord: ({ ipAddress }) => ipAddress,
      observations: ['NetIPAddress'],
      columns: [
        ['Address', ({ ipAddress }) => ipAddress],
        ['Interface', ({ interfaceId }) => named(interfaceId)],
        ['Family', ({ family }) => family],
        ['Prefix length', ({ prefixLength }) => prefixLength, plain],
        ['State', ({ state }) => state],
        ['Origin', ({ origin }) => origin],
        ['Index', ({ interfaceIndex }) => interfaceIndex, plain],
      ],
    }),
    table({
      id: 'packets',
      title: 'Packet sizes',
      isOfThings: false,
      things: recordsOf(records?.packets) ?? [],
      entityId: ({ sourceAddress }) =>
        model.addresses.find(({ ipAddress }) => ipAddress === sourceAddress)?.interfaceId,
      rawWord: ({ destinationAddress }) => destinationAddress,
      observations: ['PacketProbe'],
      ...(records?.packets.status !== 'ok' &&
        records?.packets.status !== 'failed' && {
          emptyText:
            'Nobody asked. Packets as large as the interfaces send are sent on request only, to every end of storage.',
        }),
      columns: [
        ['From', ({ sourceAddress }) => sourceAddress],
        ['To', ({ destinationAddress }) => destinationAddress],
        ['Packet', ({ packetBytes }) => packetBytes, (bytes) => `${bytes} bytes`],
        ['Result', (probe) => verdictWords[packetVerdict(probe)]],
        [
          'Passed up to',
          (probe) => (probe.echoes.length === 0 ? null : largestAnswered(probe) || null),
          (bytes) => `${bytes} bytes`,
        ],
        ['Why', whyNoVerdict],
        ['Sent', ({ at }) => at ?? null],
        ['Took', ({ durationMs }) => durationMs ?? null, (ms) => `${ms} ms`],
      ],
    }),
  ];

  const storage: readonly HostTable[] = [
    table({
      id: 'targets',
      title: 'iSCSI targets',
      things: model.targets,
      entityId: idOf,
      rawWord: ({ nodeAddress }) => nodeAddress,
      observations: ['IscsiTarget', 'IscsiSession'],
      columns: [
        ['Target', ({ nodeAddress }) => nodeAddress],
        ['Connected', ({ isConnected }) => isConnected],
        ['Sessions', ({ sessionIds }) => sessionIds.length, plain],
        ['Portals', ({ portalIds }) => allNamed(portalIds)],
      ],
    }),
    table({
      id: 'sessions',
      title: 'iSCSI sessions',
      things: model.sessions,
      entityId: idOf,
      rawWord: ({ sessionIdentifier }) => sessionIdentifier,
      observations: ['IscsiSession'],
      columns: [
        ['Session', ({ sessionIdentifier }) => sessionIdentifier],
        ['Target', ({ targetId }) => named(targetId)],
        ['Connected', ({ isConnected }) => isConnected],
        ['Persistent', ({ isPersistent }) => isPersistent],
        ['Address at login', ({ boundAddress }) => boundAddress],
        [
          'Connections',
          ({ numberOfConnections, connections }) =>
            numberOfConnections ?? (isLost('IscsiConnection') ? undefined : connections.length),
          plain,
        ],
        ['Disks', ({ diskNumbers }) => diskNumbers?.map(String)],
        ['By an HBA', ({ isOffloaded }) => isOffloaded],
        ['To this host', ({ isLoopback }) => isLoopback],
      ],
    }),
    table({
      id: 'connections',
      title: 'iSCSI connections',
      isOfThings: false,
      things: model.sessions.flatMap((session) => session.connections),
      entityId: ({ sessionId }) => sessionId,
      rawWord: nameOf,
      observations: ['IscsiConnection', 'NetTCPConnection'],
      columns: [
        ['Connection', nameOf],
        ['Session', ({ sessionId }) => named(sessionId)],
        ['Local address', ({ localAddress }) => localAddress],
        [
          'Known from',
          ({ localAddressSource }) =>
            localAddressSource &&
            { bound: 'the login', tcp: 'the TCP table', route: 'the routes' }[localAddressSource],
        ],
        ['Interface', ({ interfaceId }) => named(interfaceId)],
        ['Target address', ({ targetAddress }) => targetAddress],
        ['Target port', ({ targetPort }) => targetPort, plain],
      ],
    }),
    table({
      id: 'portals',
      title: 'iSCSI portals',
      things: model.targetPortals,
      entityId: idOf,
      rawWord: ({ address }) => address,
      observations: ['IscsiTargetPortal', 'IscsiTarget', 'IscsiConnection'],
      columns: [
        ['Address', ({ address }) => address],
        ['Port', ({ port }) => port, plain],
        ['Targets', ({ targetIds }) => allNamed(targetIds)],
      ],
    }),
    table({
      id: 'disks',
      title: 'Disks',
      things: model.disks,
      entityId: idOf,
      rawWord: ({ serialNumber, number }) => serialNumber ?? String(number),
      observations: ['Disk', 'MpioDisk'],
      columns: [
        ['Number', ({ number }) => number, plain],
        ['Name', nameOf],
        ['Bus', ({ busType }) => busType],
        ['Size', ({ sizeBytes }) => sizeBytes, formatBytes],
        ['Offline', ({ isOffline }) => isOffline],
        ['MPIO policy', ({ mpio }) => (mpio === undefined ? orNone(undefined, 'MpioDisk') : mpio.lbPolicy)],
        [
          'MPIO paths',
          ({ mpio }) => (mpio === undefined ? orNone(undefined, 'MpioDisk') : mpio.paths.length),
          plain,
        ],
        ['MPIO module', ({ mpio }) => (mpio === undefined ? orNone(undefined, 'MpioDisk') : mpio.dsmName)],
        ['iSCSI sessions', ({ sessionIds }) => sessionIds?.length, plain],
        ['Clustered', ({ isClustered }) => isClustered],
        ['Boot or system', ({ isBootOrSystem }) => isBootOrSystem],
        ['Serial number', ({ serialNumber }) => serialNumber],
        ['Unique id', ({ uniqueId }) => uniqueId],
      ],
    }),
    table({
      id: 'paths',
      title: 'MPIO paths',
      isOfThings: false,
      things: model.disks.flatMap((disk) => (disk.mpio?.paths ?? []).map((path) => ({ disk, path }))),
      entityId: ({ disk }) => disk.id,
      rawWord: ({ path }) => path.pathId,
      observations: ['MpioDisk', 'Mpclaim'],
      columns: [
        ['Path', ({ path }) => path.pathId],
        ['Disk', ({ disk }) => disk.number, plain],
        ['State', ({ path }) => path.state],
        ['SCSI address', ({ path }) => path.scsiAddress],
        ['Weight', ({ path }) => path.weight, plain],
        ['Preferred', ({ path }) => path.isPreferred],
      ],
    }),
    table({
      id: 'servers',
      title: 'SMB servers',
      things: model.smbServers,
      entityId: idOf,
      rawWord: nameOf,
      observations: ['SmbConnection', 'SmbMultichannelConnection'],
      columns: [
        ['Server', nameOf],
        ['Also known as', ({ aliases }) => aliases],
        ['Shares', ({ shares }) => shares.map(({ shareName }) => shareName)],
        [
          'Interface pairs',
          ({ channels }) => (isLost('SmbMultichannelConnection') ? undefined : channels.length),
          plain,
        ],
        ['This host', ({ isLoopback }) => isLoopback],
      ],
    }),
    table({
      id: 'channels',
      title: 'SMB interface pairs',
      things: model.smbServers.flatMap(({ channels }) => channels),
      entityId: idOf,
      rawWord: ({ serverIpAddress, name }) => serverIpAddress ?? name,
      observations: ['SmbMultichannelConnection'],
      columns: [
        ['Pair', nameOf],
        ['Server', ({ serverId }) => named(serverId)],
        ['Interface', ({ clientInterfaceId }) => named(clientInterfaceId)],
        ['Chosen', ({ isSelected }) => isSelected],
        ['Failed', ({ isFailed }) => isFailed],
        ['Client address', ({ clientIpAddress }) => clientIpAddress],
        ['Server address', ({ serverIpAddress }) => serverIpAddress],
        ['Client speed', ({ clientLinkBitsPerSecond }) => clientLinkBitsPerSecond, formatBitsPerSecond],
        ['Server speed', ({ serverLinkBitsPerSecond }) => serverLinkBitsPerSecond, formatBitsPerSecond],
        ['Connections', ({ currentChannels }) => currentChannels, plain],
        ['Client RSS', ({ clientRssCapable }) => clientRssCapable],
        ['Server RSS', ({ serverRssCapable }) => serverRssCapable],
        ['Client RDMA', ({ clientRdmaCapable }) => clientRdmaCapable],
        ['Server RDMA', ({ serverRdmaCapable }) => serverRdmaCapable],
        ['Instance', ({ smbInstance }) => smbInstance],
      ],
    }),
    table({
      id: 'shares',
      title: 'SMB shares',
      things: model.smbServers.flatMap(({ shares }) => shares),
      entityId: idOf,
      rawWord: ({ shareName }) => shareName,
      observations: ['SmbConnection'],
      columns: [
        ['Share', ({ shareName }) => shareName],
        ['Server', ({ serverId }) => named(serverId)],
        ['Storage', ({ isStorage }) => isStorage],
        ['Why', ({ storageReason }) => storageReason],
        ['Open files', ({ openFiles }) => openFiles, plain],
        ['Dialect', ({ dialect }) => dialect],
        ['Instance', ({ smbInstance }) => smbInstance],
      ],
    }),
  ];

  const system: readonly HostTable[] = [
    table({
      id: 'services',
      title: 'Services',
      things: recordsOf(records?.services) ?? [],
      rawWord: nameOfMember,
      observations: ['Service'],
      columns: [
        ['Name', nameOfMember],
        ['Status', ({ status }) => status],
        ['Start', ({ startType }) => startType],
      ],
    }),
    table({
      id: 'features',
      title: 'Roles and features',
      things: recordsOf(records?.features) ?? [],
      rawWord: nameOfMember,
      observations: ['WindowsFeature'],
      columns: [
        ['Name', nameOfMember],
        ['Installed', ({ isInstalled }) => isInstalled],
        ['State', ({ installState }) => installState],
      ],
    }),
  ];
  return [...network, ...storage, ...system];
}

function nameOfMember({ name }: { readonly name: string }): string {
  return name;
}

/** Adds things to a host, as Windows would then list them; each new adapter is made like one that is there. */
import type { Adapter, HostModel, IscsiTarget, Team } from '#shared/host/host-model.ts';
import type { NetAdapterRecord } from '#shared/host/network-records.ts';
import type { Reading, ReadObservationName, RecordOf, Snapshot } from '#shared/host/snapshot.ts';
import type { MpioDiskRecord } from '#shared/host/storage-records.ts';
import type { Change } from '#shared/what-if.ts';
import { formatBitsPerSecond } from '#shared/units.ts';
import {
  ipKey,
  isLinkLocalIp,
  isLoopbackIp,
  isUnspecified,
  parseIp,
  prefixContains,
  prefixOf,
} from '../path-graph/ip.ts';
import { guidKey, isKnownAbsent, nameKey } from '../path-graph/joins.ts';
import { interfaceById, interfacesOf, memberAdapters } from '../path-graph/walks.ts';

export type Addition = Exclude<Change, { readonly change: 'fail' }>;

export type Added =
  | { readonly snapshot: Snapshot; readonly text: string; readonly notes: readonly string[] }
  | { readonly refused: string; readonly text: string };

type Readings = Snapshot['readings'];
/** New records by observation; they are added where the host answered, and left out where it did not. */
type NewRecords = { readonly [N in ReadObservationName]?: readonly RecordOf[N][] };

function withRecords(snapshot: Snapshot, more: NewRecords): Snapshot {
  const readings: Record<string, Reading<unknown>> = { ...snapshot.readings };
  for (const [name, records] of Object.entries(more)) {
    const reading = readings[name];
    if (reading?.status === 'ok') {
      readings[name] = { ...reading, records: [...reading.records, ...(records as readonly unknown[])] };
    }
  }
  // Each list was of its own name's records before, and is of the same now.
  return { ...snapshot, readings: readings as unknown as Readings };
}

function changeRecords<N extends ReadObservationName>(
  snapshot: Snapshot,
  name: N,
  change: (record: RecordOf[N]) => RecordOf[N],
): Snapshot {
  const reading: Reading<RecordOf[N]> = snapshot.readings[name];
  if (reading.status !== 'ok') return snapshot;
  return {
    ...snapshot,
    readings: { ...snapshot.readings, [name]: { ...reading, records: reading.records.map(change) } },
  };
}

function recordsIn<N extends ReadObservationName>(snapshot: Snapshot, name: N): readonly RecordOf[N][] {
  const reading: Reading<RecordOf[N]> = snapshot.readings[name];
  return reading.status === 'ok' ? reading.records : [];
}

/** Rows of these observations say how an adapter is set, by its name: the new one is set like its model. */
const settingsByName = [
  'NetAdapterBinding',
  'NetAdapterRss',
  'NetAdapterRdma',
  'NetAdapterVmq',
  'NetAdapterAdvancedProperty',
] as const;

interface NewInterface {
  readonly name: string;
  readonly like: string;
  readonly record: Pick<NetAdapterRecord, 'interfaceDescription' | 'speedBitsPerSecond'>;
  readonly address?: { readonly address: string; readonly prefixLength: number };
}

/** The GUID of the nth thing that a simulation adds: of a form that no Windows gives. */
function newGuid(snapshot: Snapshot): string {
  const taken = new Set(recordsIn(snapshot, 'NetAdapter').map((row) => guidKey(row.interfaceGuid)));
  for (let number = 1; ; number += 1) {
    const guid = `00000000-0000-0000-0000-${number.toString(16).padStart(12, '0')}`;
    if (!taken.has(guid)) return guid;
  }
}

function addInterface(
  snapshot: Snapshot,
  { name, like, record, address }: NewInterface,
): { snapshot: Snapshot; guid: string; index: number } {
  const rows = recordsIn(snapshot, 'NetAdapter');
  const model = rows.find((row) => nameKey(row.name) === nameKey(like));
  const index = Math.max(0, ...rows.map((row) => row.interfaceIndex)) + 1;
  const guid = newGuid(snapshot);
  const settings = Object.fromEntries(
    settingsByName.map((observation) => [
      observation,
      recordsIn(snapshot, observation)
        .filter((row) => nameKey(row.name) === nameKey(like))
        .map((row) => ({ ...row, name })),
    ]),
  );
  const ip = address === undefined ? undefined : parseIp(address.address);
  const prefix = address === undefined ? undefined : prefixOf(address.address, address.prefixLength);
  const ipRows: NewRecords =
    address === undefined || ip === undefined || prefix === undefined
      ? {}
      : {
          NetIPAddress: [
            {
              ipAddress: address.address,
              interfaceIndex: index,
              interfaceAlias: name,
              family: ip.family,
              prefixLength: address.prefixLength,
              state: 'Preferred',
            },
          ],
          NetIPInterface: [
            {
              interfaceIndex: index,
              interfaceAlias: name,
              family: ip.family,
              isConnected: true,
              ...(typeof model?.mtuBytes === 'number' && { mtuBytes: model.mtuBytes }),
            },
          ],
          NetRoute: [
            {
              destinationPrefix: `${address.address}/${address.prefixLength}`,
              nextHop: ip.family === 'IPv4' ? '0.0.0.0' : '::',
              interfaceIndex: index,
            },
          ],
        };
  const added = withRecords(snapshot, {
    ...settings,
    ...ipRows,
    NetAdapter: [
      {
        ...model,
        name,
        interfaceGuid: guid,
        interfaceIndex: index,
        status: 'Up',
        mediaConnected: true,
        macAddress:
          `02-57-49-00-${(index >> 8).toString(16).padStart(2, '0')}-${(index & 0xff).toString(16).padStart(2, '0')}`.toUpperCase(),
        ...record,
      },
    ],
  });
  return { snapshot: added, guid, index };
}

/** Why an address cannot be given to the host, or undefined. */
function addressRefused(model: HostModel, address: string, prefixLength: number): string | undefined {
  if (parseIp(address) === undefined || prefixOf(address, prefixLength) === undefined) {
    return `${address}/${prefixLength} is no address with a prefix length.`;
  }
  if (isLoopbackIp(address) || isLinkLocalIp(address) || isUnspecified(address)) {
    return `${address} reaches no other machine's storage.`;
  }
  return model.addresses.some(({ ipAddress }) => ipKey(ipAddress) === ipKey(address))
    ? `The host has ${address} already.`
    : undefined;
}

function nameRefused(model: HostModel, name: string): string | undefined {
  return interfacesOf(model).some((found) => nameKey(found.name) === nameKey(name))
    ? `An adapter of the host is called ${name} already.`
    : undefined;
}

function addNic(snapshot: Snapshot, model: HostModel, change: Addition & { change: 'add-nic' }): Added {
  const { name, to } = change;
  const text = (where: string, speed?: number | null): string =>
    `${name}${typeof speed === 'number' ? ` (${formatBitsPerSecond(speed)})` : ''} is added ${where}`;
  const team: Team | undefined =
    'memberOf' in to
      ? model.teams.find(
          ({ id, vswitchId, technology }) =>
            id === to.memberOf ||
            (technology === 'set' && vswitchId === to.memberOf) ||
            (technology === 'lbfo' && vswitchId === to.memberOf),
        )
      : undefined;
  const where = 'memberOf' in to ? `to team ${team?.name ?? ''}` : `with ${to.address}/${to.prefixLength}`;
  const refuse = (refused: string): Added => ({ refused, text: text(where, change.bitsPerSecond) });
  if ('memberOf' in to && team === undefined) {
    const vswitch = model.vswitches.find(({ id }) => id === to.memberOf);
    return {
      text: text(`to ${vswitch === undefined ? 'a team' : `vSwitch ${vswitch.name}`}`, change.bitsPerSecond),
      refused:
        vswitch === undefined
          ? 'The host has no such team.'
          : `vSwitch ${vswitch.name} stands on no team, so it takes no second adapter.`,
    };
  }
  const wrong =
    nameRefused(model, name) ??
    ('memberOf' in to ? undefined : addressRefused(model, to.address, to.prefixLength));
  if (wrong !== undefined) return refuse(wrong);
  const physical = model.adapters.filter(({ role }) => role === 'physical' || role === 'guest');
  const like: Adapter | undefined =
    (team === undefined ? undefined : memberAdapters(model, team)[0]) ??
    physical.find(({ addressIds, teamId }) => addressIds.length > 0 && teamId === undefined) ??
    physical[0];
  if (like === undefined) return refuse('No adapter of the host is known that the new one could be like.');
  const speed = change.bitsPerSecond ?? like.speedBitsPerSecond;
  const { snapshot: withNic, guid } = addInterface(snapshot, {
    name,
    like: like.name,
    record: {
      interfaceDescription: `Simulated adapter ${name}`,
      ...(speed !== undefined && { speedBitsPerSecond: speed }),
    },
    ...('memberOf' in to ? {} : { address: to }),
  });
  const done = (changed: Snapshot): Added => ({
    snapshot: changed,
    text: text(where, speed),
    notes: [`${name} is taken to be set as ${like.name} is.`],
  });
  if (team === undefined) return done(withNic);
  if (team.technology === 'lbfo') {
    const joined = withRecords(withNic, {
      NetLbfoTeamMember: [
        {
          name,
          team: team.name,
          interfaceGuid: guid,
          administrativeMode: 'Active',
          operationalStatus: 'Active',
        },
      ],
    });
    return done(
      changeRecords(joined, 'NetLbfoTeam', (row) =>
        nameKey(row.name) === nameKey(team.name) && row.members !== undefined
          ? { ...row, members: [...row.members, name] }
          : row,
      ),
    );
  }
  const isItsSwitch = (id: string | undefined): boolean =>
    id !== undefined && `vswitch:${guidKey(id)}` === team.vswitchId;
  const onSwitch = changeRecords(withNic, 'VMSwitch', (row) =>
    isItsSwitch(row.id) ? { ...row, uplinkInterfaceGuids: [...(row.uplinkInterfaceGuids ?? []), guid] } : row,
  );
  return done(
    changeRecords(onSwitch, 'VMSwitchTeam', (row) =>
      isItsSwitch(row.id) || (row.id === undefined && nameKey(row.name) === nameKey(team.name))
        ? { ...row, memberInterfaceGuids: [...(row.memberInterfaceGuids ?? []), guid] }
        : row,
    ),
  );
}

function addVNic(snapshot: Snapshot, model: HostModel, change: Addition & { change: 'add-vnic' }): Added {
  const vswitch = model.vswitches.find(({ id }) => id === change.vswitchId);
  const text = `vNIC ${change.name} with ${change.address}/${change.prefixLength} is added to ${vswitch?.name ?? 'a vSwitch'}`;
  const name = `vEthernet (${change.name})`;
  const like = model.vnics.find(({ vswitchId }) => vswitchId === change.vswitchId) ?? model.vnics[0];
  const wrong =
    (vswitch === undefined ? 'The host has no such vSwitch.' : undefined) ??
    nameRefused(model, name) ??
    addressRefused(model, change.address, change.prefixLength);
  if (wrong !== undefined || vswitch === undefined) return { refused: wrong ?? '', text };
  const { snapshot: withNic, guid } = addInterface(snapshot, {
    name,
    like: like?.name ?? '',
    // What tells a vNIC of the management OS from any other adapter.
    record: { interfaceDescription: 'Hyper-V Virtual Ethernet Adapter', speedBitsPerSecond: null },
    address: { address: change.address, prefixLength: change.prefixLength },
  });
  return {
    text,
    notes: [
      `${name} is taken to be in the VLAN of its subnet, mapped to no member of a team and without a bandwidth limit.`,
    ],
    snapshot: withRecords(withNic, {
      VMNetworkAdapter: [
        {
          name: change.name,
          isManagementOs: true,
          switchName: vswitch.name,
          switchId: vswitch.id.replace(/^vswitch:/, ''),
          deviceId: guid,
        },
      ],
    }),
  };
}

/** The target that a portal is meant of: the only one that has it, or that the host has at all. */
function targetMeant(
  model: HostModel,
  targetId: string | undefined,
  among: readonly IscsiTarget[],
): IscsiTarget | string {
  if (targetId !== undefined) {
    return model.targets.find(({ id }) => id === targetId) ?? 'The host knows no such target.';
  }
  const [only, another] = among;
  if (only === undefined) return 'No target of the host has that portal.';
  if (another !== undefined)
    return `Several targets could be meant: ${among.map(({ name }) => name).join(', ')}.`;
  return only;
}

/** The disks behind a new session: the same as behind the others, once more each where MPIO holds none of them together. */
function disksBehind(
  snapshot: Snapshot,
  model: HostModel,
  target: IscsiTarget,
): { readonly numbers?: readonly number[]; readonly more: NewRecords; readonly duplicates: number } {
  const own = model.sessions.filter((session) => session.targetId === target.id);
  if (own.length === 0 || own.some(({ diskNumbers }) => diskNumbers === undefined))
    return { more: {}, duplicates: 0 };
  const numbers = [...new Set(own.flatMap(({ diskNumbers }) => diskNumbers ?? []))].sort((a, b) => a - b);
  const { MpioDisk } = snapshot.readings;
  const isMultipathKnown = MpioDisk.status === 'ok' || isKnownAbsent(MpioDisk);
  const rows = recordsIn(snapshot, 'Disk');
  let next = Math.max(-1, ...rows.map(({ number }) => number)) + 1;
  const copies = numbers.flatMap((number) => {
    const disk = model.disks.find((one) => one.number === number);
    const row = rows.find((one) => one.number === number);
    if (disk === undefined || row === undefined || disk.mpio !== undefined || !isMultipathKnown) return [];
    return [{ of: number, row: { ...row, number: next++, isOffline: true } }];
  });
  return {
    numbers: numbers.map((number) => copies.find((copy) => copy.of === number)?.row.number ?? number),
    more: { Disk: copies.map(({ row }) => row) },
    duplicates: copies.length,
  };
}

/** Where a simulated session puts a disk: on a port that no host has. */
function scsiAddressOf(ordinal: number, diskNumber: number): string {
  return `255|0|${ordinal}|${diskNumber}`;
}

/** One more path for each multipath disk that the session leads to. */
function withPath(
  record: MpioDiskRecord,
  numbers: readonly number[],
  model: HostModel,
  ordinal: number,
): MpioDiskRecord {
  const disk = model.disks.find(({ number }) => number === record.diskNumber);
  if (disk === undefined || !numbers.includes(disk.number) || record.paths.length === 0) return record;
  const states = new Set(record.paths.map(({ state }) => state));
  // Under failover only a further path waits; where the array tells its paths apart, which kind this is stays open.
  const state =
    record.lbPolicy === 'FOO'
      ? 'Standby'
      : states.size === 1 && states.has('Active/Optimized')
        ? 'Active/Optimized'
        : undefined;
  return {
    ...record,
    paths: [
      ...record.paths,
      {
        pathId: `ffff${ordinal.toString(16).padStart(12, '0')}`,
        scsiAddress: scsiAddressOf(ordinal, disk.number),
        ...(state !== undefined && { state }),
      },
    ],
  };
}

function addSession(
  snapshot: Snapshot,
  model: HostModel,
  change: Addition & { change: 'add-session' },
): Added {
  const { initiatorAddress, portalAddress } = change;
  const text = `A session from ${initiatorAddress} to ${portalAddress} is added`;
  const refuse = (refused: string): Added => ({ refused, text });
  const { IscsiSession, IscsiConnection } = snapshot.readings;
  if (IscsiSession.status !== 'ok' || IscsiConnection.status !== 'ok') {
    return refuse('The sessions of the host could not be read.');
  }
  const from = model.addresses.find(({ ipAddress }) => ipKey(ipAddress) === ipKey(initiatorAddress));
  if (from === undefined) return refuse(`The host has no address ${initiatorAddress}.`);
  const remote = parseIp(portalAddress);
  if (remote === undefined) return refuse(`${portalAddress} is no address.`);
  for (const one of [initiatorAddress, portalAddress]) {
    if (isLoopbackIp(one) || isLinkLocalIp(one)) return refuse(`${one} reaches no other machine's storage.`);
  }
  if (parseIp(initiatorAddress)?.family !== remote.family) {
    return refuse('One address is IPv4 and the other IPv6.');
  }
  const portals = model.targetPortals.filter(({ address }) => ipKey(address) === ipKey(portalAddress));
  const meant = targetMeant(
    model,
    change.targetId,
    model.targets.filter(({ portalIds }) => portals.some(({ id }) => portalIds.includes(id))),
  );
  if (typeof meant === 'string') return refuse(meant);
  const port = portals.find(({ id }) => meant.portalIds.includes(id))?.port ?? 3260;
  const ordinal = IscsiSession.records.length + 1;
  const sessionIdentifier = `simulated-${ordinal}`;
  const { numbers, more, duplicates } = disksBehind(snapshot, model, meant);
  const prefix = from.prefixLength === undefined ? undefined : prefixOf(from.ipAddress, from.prefixLength);
  const isOnLink = prefix !== undefined && prefixContains(prefix, remote);
  const endpoint = interfaceById(model, from.interfaceId);
  const added = withRecords(snapshot, {
    ...more,
    IscsiSession: [
      {
        sessionIdentifier,
        targetNodeAddress: meant.nodeAddress,
        initiatorPortalAddress: initiatorAddress,
        isConnected: true,
        isPersistent: true,
        numberOfConnections: 1,
        initiatorInstanceName: 'ROOT\\ISCSIPRT\\0000_0',
        ...(numbers !== undefined && {
          diskNumbers: numbers,
          scsiAddresses: numbers.map((number) => scsiAddressOf(ordinal, number)),
        }),
      },
    ],
    IscsiConnection: [
      {
        connectionIdentifier: `${sessionIdentifier}-1`,
        sessionIdentifier,
        initiatorAddress,
        targetAddress: portalAddress,
        targetPort: port,
      },
    ],
  });
  const withPaths = (['MpioDisk', 'Mpclaim'] as const).reduce(
    (changed, name) => changeRecords(changed, name, (row) => withPath(row, numbers ?? [], model, ordinal)),
    added,
  );
  return {
    text,
    snapshot: withPaths,
    notes: [
      ...(isOnLink
        ? []
        : [
            `${portalAddress} is not in the subnet of ${initiatorAddress}: whether the login gets through is not known.`,
          ]),
      ...(endpoint?.isUp === false
        ? [`${endpoint.name}, which holds ${initiatorAddress}, has no link.`]
        : []),
      ...(duplicates > 0
        ? [
            `MPIO does not hold the disks of ${meant.name}: Windows would list them once more for the new session, which makes it no second path.`,
          ]
        : []),
    ],
  };
}

function addPortal(snapshot: Snapshot, model: HostModel, change: Addition & { change: 'add-portal' }): Added {
  const { address, port = 3260 } = change;
  const meant = targetMeant(model, change.targetId, model.targets);
  const text = `Portal ${address}${typeof meant === 'string' ? '' : ` of ${meant.name}`} is added`;
  if (typeof meant === 'string') return { refused: meant, text };
  if (parseIp(address) === undefined) return { refused: `${address} is no address.`, text };
  const { IscsiTarget } = snapshot.readings;
  const row = recordsIn(snapshot, 'IscsiTarget').find(
    ({ nodeAddress }) => nameKey(nodeAddress) === nameKey(meant.nodeAddress),
  );
  if (IscsiTarget.status !== 'ok' || row === undefined) {
    return { refused: 'The targets of the host could not be read.', text };
  }
  const isThere = model.targetPortals.some(
    (portal) =>
      ipKey(portal.address) === ipKey(address) && portal.port === port && meant.portalIds.includes(portal.id),
  );
  if (isThere) return { refused: `${meant.name} has that portal already.`, text };
  return {
    text,
    notes: ['A portal alone carries nothing: it takes a session to it.'],
    snapshot: changeRecords(snapshot, 'IscsiTarget', (one) =>
      one === row ? { ...one, portals: [...(one.portals ?? []), { address, port }] } : one,
    ),
  };
}

/** `model` is that of `snapshot`. */
export function addToHost(snapshot: Snapshot, model: HostModel, change: Addition): Added {
  switch (change.change) {
    case 'add-nic':
      return addNic(snapshot, model, change);
    case 'add-vnic':
      return addVNic(snapshot, model, change);
    case 'add-session':
      return addSession(snapshot, model, change);
    case 'add-portal':
      return addPortal(snapshot, model, change);
  }
}

/**
 * What two looks are compared by: for each kind of thing a key that outlives a restart, and the facts that a person
 * would call a change. Counters, times and the numbers that Windows gives anew at every start are none.
 */
import { entityOf } from '#shared/entity.ts';
import type { Check } from '#shared/finding.ts';
import type { Entity, IscsiSession } from '#shared/host/host-model.ts';
import type { ReadObservationName, Snapshot } from '#shared/host/snapshot.ts';
import { formatBitsPerSecond } from '#shared/units.ts';
import { ipKey } from '../path-graph/ip.ts';
import { guidKey, nameKey, recordsOf } from '../path-graph/joins.ts';
import { interfaceById, portalById } from '../path-graph/walks.ts';

/** One look, judged. */
export interface Look {
  readonly check: Check;
  readonly snapshot: Snapshot;
}

/** Undefined: not known, and no difference to anything. */
type Facts = Readonly<Record<string, string | undefined>>;

export interface Thing {
  readonly key: string;
  readonly entity: Entity;
  readonly facts: Facts;
}

export interface KindOfThing {
  /** In the plural, as in "network adapters". */
  readonly what: string;
  /** Without these nothing is known of the kind: an empty list would only look like one. */
  readonly needs: readonly ReadObservationName[];
  readonly things: (look: Look) => readonly Thing[];
}

const none = 'none';

function rate(bitsPerSecond: number | null | undefined): string | undefined {
  return bitsPerSecond === null
    ? none
    : bitsPerSecond === undefined
      ? undefined
      : formatBitsPerSecond(bitsPerSecond);
}

function yesOrNo(value: boolean | undefined): string | undefined {
  return value === undefined ? undefined : value ? 'yes' : 'no';
}

function textOf(value: string | number | null | undefined): string | undefined {
  return value === null ? none : value === undefined ? undefined : String(value);
}

/** Undefined only where the list itself is: an empty one is a fact. */
function list(values: readonly string[] | undefined): string | undefined {
  return values === undefined ? undefined : values.length === 0 ? none : values.toSorted().join(', ');
}

function endsOf({ model }: Check, session: IscsiSession): string {
  return session.connections
    .map(
      ({ localAddress, targetPortalId, targetAddress }) =>
        `${localAddress ?? '?'} → ${portalById(model, targetPortalId)?.name ?? targetAddress ?? '?'}`,
    )
    .toSorted()
    .join(', ');
}

/** "3 Active/Optimized, 1 Failed". */
function pathStates(states: readonly (string | undefined)[]): string {
  return [...Map.groupBy(states, (state) => state ?? 'state not known')]
    .map(([state, alike]) => `${alike.length} ${state}`)
    .toSorted()
    .join(', ');
}

const windows: KindOfThing = {
  what: 'Windows',
  needs: ['OperatingSystem'],
  things: ({ check: { model }, snapshot: { host, readings } }) => [
    {
      key: 'host',
      entity: entityOf(model.host),
      facts: {
        edition: model.host.caption,
        version: recordsOf(readings.OperatingSystem)?.[0]?.version,
        elevated: yesOrNo(host.elevated),
      },
    },
  ],
};

const features: KindOfThing = {
  what: 'roles and features',
  needs: ['WindowsFeature'],
  things: ({ snapshot: { readings } }) =>
    (recordsOf(readings.WindowsFeature) ?? []).map(({ name, isInstalled, installState }) => ({
      key: nameKey(name),
      entity: { id: `service:feature/${nameKey(name)}`, kind: 'service', name },
      facts: { installed: yesOrNo(isInstalled), state: installState },
    })),
};

const services: KindOfThing = {
  what: 'services',
  needs: ['Service'],
  things: ({ snapshot: { readings } }) =>
    (recordsOf(readings.Service) ?? []).map(({ name, status, startType }) => ({
      key: nameKey(name),
      entity: { id: `service:${nameKey(name)}`, kind: 'service', name },
      facts: { status, start: startType },
    })),
};

const adapters: KindOfThing = {
  what: 'network adapters',
  needs: ['NetAdapter'],
  things: ({ check: { model }, snapshot: { readings } }) => {
    const records = new Map(
      (recordsOf(readings.NetAdapter) ?? []).map((record) => [guidKey(record.interfaceGuid), record]),
    );
    const jumbo = new Map(
      (recordsOf(readings.NetAdapterAdvancedProperty) ?? []).flatMap(
        ({ name, registryKeyword, registryValue }) =>
          registryKeyword === '*JumboPacket' ? [[nameKey(name), list(registryValue)] as const] : [],
      ),
    );
    return model.adapters
      .filter(({ role }) => role !== 'other')
      .map((adapter) => {
        const record = records.get(guidKey(adapter.interfaceGuid));
        return {
          key: adapter.id,
          entity: entityOf(adapter),
          facts: {
            name: adapter.name,
            status: adapter.status,
            'link speed': rate(adapter.speedBitsPerSecond),
            'driver version': textOf(record?.driverVersion),
            'jumbo packet': jumbo.get(nameKey(adapter.name)),
            bindings: list(adapter.enabledBindings),
          },
        };
      });
  },
};

const teams: KindOfThing = {
  what: 'teams',
  needs: ['NetLbfoTeam', 'NetLbfoTeamMember', 'VMSwitch', 'VMSwitchTeam'],
  things: ({ check: { model } }) =>
    model.teams.map((team) => ({
      key: team.id,
      entity: entityOf(team),
      facts: {
        members: list(
          team.members.map(({ name, mode, state }) => {
            const said = state ?? mode;
            return said === undefined || said === 'Active' ? name : `${name} (${said.toLowerCase()})`;
          }),
        ),
        mode: team.teamingMode,
        algorithm: team.lbAlgorithm,
        status: team.status,
      },
    })),
};

const vswitches: KindOfThing = {
  what: 'vSwitches',
  needs: ['VMSwitch'],
  things: ({ check: { model } }) =>
    model.vswitches.map((vswitch) => {
      const { uplink } = vswitch;
      const under =
        uplink === undefined
          ? undefined
          : 'teamId' in uplink
            ? model.teams.find(({ id }) => id === uplink.teamId)
            : interfaceById(model, uplink.adapterId);
      return {
        key: vswitch.id,
        entity: entityOf(vswitch),
        facts: { name: vswitch.name, type: vswitch.switchType, uplink: under?.name ?? none },
      };
    }),
};

const vnics: KindOfThing = {
  what: 'vNICs',
  needs: ['NetAdapter', 'VMNetworkAdapter'],
  things: ({ check: { model } }) =>
    model.vnics.map((vnic) => ({
      key: vnic.id,
      entity: entityOf(vnic),
      facts: {
        name: vnic.name,
        status: vnic.status,
        vSwitch: model.vswitches.find(({ id }) => id === vnic.vswitchId)?.name,
        VLAN: vnic.vlanId === null ? 'untagged' : textOf(vnic.vlanId),
        'mapped to': vnic.mappedMember === null ? none : vnic.mappedMember?.name,
        'bandwidth limit': rate(vnic.maximumBandwidthBitsPerSecond),
      },
    })),
};

const addresses: KindOfThing = {
  what: 'addresses',
  needs: ['NetIPAddress', 'NetAdapter'],
  things: ({ check: { model } }) =>
    model.addresses.flatMap((address) => {
      const holder = interfaceById(model, address.interfaceId);
      // What no listed interface holds is the cluster's or the loopback's own.
      if (holder === undefined) return [];
      return [
        {
          key: ipKey(address.ipAddress),
          entity: entityOf(address),
          facts: {
            'network adapter': holder.name,
            'prefix length': textOf(address.prefixLength),
            state: address.state,
            origin: address.origin,
          },
        },
      ];
    }),
};

/** Sessions with the same ends are told apart by nothing that lasts: they are counted. */
const sessions: KindOfThing = {
  what: 'iSCSI sessions',
  needs: ['IscsiSession', 'IscsiConnection'],
  things: ({ check }) =>
    [...Map.groupBy(check.model.sessions, (session) => `${session.targetId}|${endsOf(check, session)}`)].map(
      ([key, alike]): Thing => {
        const [first] = alike;
        const target = check.model.targets.find(({ id }) => id === first?.targetId);
        const ends = first === undefined ? '' : endsOf(check, first);
        return {
          key,
          entity: {
            id: first?.id ?? key,
            kind: 'session',
            name: `${ends === '' ? 'connections not known' : ends} (${target?.name ?? 'target not known'})`,
          },
          facts: {
            number: String(alike.length),
            connected: list(alike.map(({ isConnected }) => yesOrNo(isConnected) ?? 'not known')),
            persistent: list(alike.map(({ isPersistent }) => yesOrNo(isPersistent) ?? 'not known')),
          },
        };
      },
    ),
};

const disks: KindOfThing = {
  what: 'disks',
  needs: ['Disk'],
  things: ({ check: { model } }) =>
    [...Map.groupBy(model.disks, ({ id, uniqueId }) => (uniqueId ? uniqueId.toLowerCase() : id))].flatMap(
      ([key, alike]): Thing[] =>
        alike.map((disk, index) => ({
          // One disk seen twice is two rows with one identity.
          key: `${key}/${index}`,
          entity: entityOf(disk),
          facts: {
            offline: yesOrNo(disk.isOffline),
            'path policy': disk.mpio?.lbPolicy,
            paths:
              disk.mpio === undefined ? undefined : pathStates(disk.mpio.paths.map(({ state }) => state)),
            DSM: disk.mpio?.dsmName,
          },
        })),
    ),
};

const channels: KindOfThing = {
  what: 'SMB channels',
  needs: ['SmbMultichannelConnection', 'NetAdapter'],
  things: ({ check: { model } }) =>
    model.smbServers.flatMap((server) =>
      [
        ...Map.groupBy(
          server.channels,
          ({ clientInterfaceId, clientInterfaceIndex, serverIpAddress, serverInterfaceIndex, smbInstance }) =>
            [
              server.id,
              clientInterfaceId ?? clientInterfaceIndex,
              serverIpAddress === undefined ? serverInterfaceIndex : ipKey(serverIpAddress),
              smbInstance,
            ].join('|'),
        ),
      ].map(([key, alike]): Thing => {
        const [first] = alike;
        return {
          key,
          entity: first === undefined ? { id: key, kind: 'channel', name: key } : entityOf(first),
          facts: {
            selected: yesOrNo(alike.some(({ isSelected }) => isSelected)),
            failed: yesOrNo(alike.some(({ isFailed }) => isFailed)),
            speed: rate(first?.clientLinkBitsPerSecond),
          },
        };
      }),
    ),
};

/** From the computer out to the disks. A new kind is one entry. */
export const kindsOfThings: readonly KindOfThing[] = [
  windows,
  features,
  services,
  adapters,
  teams,
  vswitches,
  vnics,
  addresses,
  sessions,
  channels,
  disks,
];

/** Hosts for the tests of the ceilings: a fabric, endpoints on it, and sessions or interface pairs, in few words. */
import type {
  LbAlgorithm,
  NetAdapterHardwareRecord,
  NetQosPolicyRecord,
  TeamingMode,
  VMNetworkAdapterRecord,
} from '#shared/host/network-records.ts';
import type { Snapshot } from '#shared/host/snapshot.ts';
import type {
  IscsiMcsPolicyRecord,
  LbPolicy,
  MpioPathState,
  SmbBandwidthLimitRecord,
  SmbClientConfigurationRecord,
  SmbMultichannelConnectionRecord,
} from '#shared/host/storage-records.ts';
import type { TargetCeilings, ToldFacts } from '#shared/path-graph.ts';
import { buildGraph } from './build-graph.ts';
import { buildModel } from './build-model.ts';
import { targetCeilings } from './ceilings.ts';
import {
  address,
  connection,
  disk,
  gigabit,
  hostVNic,
  iqn,
  member,
  nic,
  route,
  session,
  snapshotWith,
  teamNic,
  vnicAdapter,
  vswitch,
} from './hand-built-snapshot.ts';

export interface CeilingHost {
  /** `plain`: each endpoint is a NIC. `team`: the endpoint is the NIC of an LBFO team; the others are vNICs. */
  readonly fabric: 'plain' | 'team' | 'team-and-switch' | 'set' | 'switch-on-nic' | 'internal-switch';
  /** Gbit/s of each NIC. */
  readonly speeds: readonly number[];
  readonly mode?: TeamingMode;
  readonly algorithm?: LbAlgorithm;
  /** By position of the NIC; Active where not given. */
  readonly members?: readonly ('Active' | 'Standby' | 'Failed')[];
  /** The position of the NIC whose address the team NIC has; one of its own where not given. */
  readonly primary?: number;
  /** vNICs; 1 where not given. */
  readonly vnics?: number;
  /** By position of the vNIC: the position of the NIC that it is mapped to. */
  readonly mapped?: readonly (number | undefined)[];
  /** By position of the vNIC, Gbit/s. */
  readonly caps?: readonly (number | undefined)[];
  /** By position of the vNIC: the position of the NIC in whose queues it is seen. */
  readonly seen?: readonly number[];
  /** Each from an endpoint to a portal, by position; a session with several connections is a list of them. */
  readonly sessions?: readonly (
    readonly [endpoint: number, portal: number] | readonly (readonly [number, number])[]
  )[];
  readonly mcsPolicy?: LbPolicy;
  readonly policy?: LbPolicy | 'unknown' | 'unclaimed';
  readonly dsmName?: string;
  readonly globalPolicy?: string;
  /** By position of the session. */
  readonly states?: readonly MpioPathState[];
  readonly weights?: readonly number[];
  /** The host does not say which session reaches which SCSI address. */
  readonly arePathsUnjoined?: boolean;
  /** Interface pairs of SMB, from an endpoint to an interface of the server. */
  readonly pairs?: readonly (Partial<SmbMultichannelConnectionRecord> & {
    readonly from: number;
    readonly to: number;
  })[];
  /** File server without interface pairs: the endpoints that its TCP connections leave from. */
  readonly smbByTcp?: readonly number[];
  /** Of Windows; that of Windows Server 2022 where not given. */
  readonly buildNumber?: number;
  readonly isVirtualMachine?: true;
  /** The portals are addresses of the host itself. */
  readonly isOwnTarget?: true;
  readonly smb?: SmbClientConfigurationRecord;
  readonly qos?: readonly NetQosPolicyRecord[];
  readonly smbLimits?: readonly SmbBandwidthLimitRecord[];
  readonly hardware?: readonly NetAdapterHardwareRecord[];
  /** NICs without a link, by position. */
  readonly down?: readonly number[];
}

const teamIndex = 20;
const vnicIndex = 31;

function ip(endpoint: number): string {
  return `10.0.10.${11 + endpoint}`;
}

export function portalAddress(portal: number): string {
  return `10.0.10.${101 + portal}`;
}

export function snapshotOf(host: CeilingHost): Snapshot {
  const { fabric, speeds, sessions = [], pairs = [], policy = 'RR' } = host;
  const count = fabric === 'plain' ? speeds.length : fabric === 'team' ? 1 : (host.vnics ?? 1);
  const positions = Array.from({ length: count }, (_, position) => position);
  const isLbfo = fabric === 'team' || fabric === 'team-and-switch';
  const isOverSwitch = !isLbfo && fabric !== 'plain' ? true : fabric === 'team-and-switch';
  const index = (endpoint: number): number =>
    fabric === 'plain' ? endpoint + 1 : fabric === 'team' ? teamIndex : vnicIndex + endpoint;
  const nics = speeds.map((speed, position) =>
    nic(position + 1, {
      speedBitsPerSecond: speed * gigabit,
      status: host.down?.includes(position) === true ? 'Disconnected' : 'Up',
    }),
  );
  const macAddress = host.primary === undefined ? undefined : nics[host.primary]?.macAddress;
  const primaryAddress = macAddress === undefined ? {} : { macAddress };
  const vnic = (position: number): VMNetworkAdapterRecord => {
    const cap = host.caps?.[position];
    return hostVNic(vnicIndex + position, `V${position}`, 50, {
      ...(cap !== undefined && { maximumBandwidthBitsPerSecond: cap * gigabit }),
    });
  };
  const connections = sessions.map((one): readonly (readonly [number, number])[] =>
    typeof one[0] === 'number'
      ? [one as readonly [number, number]]
      : (one as readonly (readonly [number, number])[]),
  );
  const mcsPolicy: readonly IscsiMcsPolicyRecord[] =
    host.mcsPolicy === undefined
      ? []
      : sessions.map((_, position) => ({
          sessionIdentifier: session(position + 1).sessionIdentifier,
          lbPolicy: host.mcsPolicy as LbPolicy,
        }));
  return snapshotWith({
    NetAdapter: [
      ...nics,
      ...(isLbfo
        ? [teamNic(teamIndex, 'Team1', { speedBitsPerSecond: 99 * gigabit, ...primaryAddress })]
        : []),
      ...(isOverSwitch ? positions.map((position) => vnicAdapter(vnicIndex + position, `V${position}`)) : []),
    ],
    NetAdapterHardwareInfo: host.hardware ?? [],
    NetLbfoTeam: isLbfo
      ? [
          {
            name: 'Team1',
            members: nics.map(({ name }) => name),
            teamNics: ['Team1'],
            teamingMode: host.mode ?? 'SwitchIndependent',
            ...(host.algorithm !== undefined && { lbAlgorithm: host.algorithm }),
          },
        ]
      : [],
    NetLbfoTeamMember: isLbfo
      ? nics.map((_, position) =>
          member('Team1', position + 1, {
            administrativeMode: host.members?.[position] === 'Standby' ? 'Standby' : 'Active',
            operationalStatus: host.members?.[position] ?? 'Active',
          }),
        )
      : [],
    NetLbfoTeamNic: isLbfo
      ? [
          {
            name: 'Team1',
            team: 'Team1',
            interfaceDescription: `Microsoft Network Adapter Multiplexor Driver #${teamIndex}`,
          },
        ]
      : [],
    VMSwitch: !isOverSwitch
      ? []
      : [
          fabric === 'set'
            ? vswitch(50, {
                uplinkDescription: 'Teamed-Interface',
                uplinkDescriptions: nics.map(({ interfaceDescription }) => interfaceDescription),
                isEmbeddedTeam: true,
              })
            : fabric === 'internal-switch'
              ? vswitch(50, { switchType: 'Internal' })
              : vswitch(50, {
                  uplinkDescription:
                    fabric === 'switch-on-nic'
                      ? (nics[0]?.interfaceDescription ?? '')
                      : `Microsoft Network Adapter Multiplexor Driver #${teamIndex}`,
                  isEmbeddedTeam: false,
                }),
        ],
    VMSwitchTeam:
      fabric === 'set'
        ? [
            {
              name: 'Switch50',
              memberDescriptions: nics.map(({ interfaceDescription }) => interfaceDescription),
              ...(host.algorithm !== undefined && { lbAlgorithm: host.algorithm }),
            },
          ]
        : [],
    VMNetworkAdapter: isOverSwitch ? positions.map(vnic) : [],
    VMNetworkAdapterTeamMapping: positions.flatMap((position) => {
      const place = host.mapped?.[position];
      return place === undefined ? [] : [{ vnicName: `V${position}`, memberName: `NIC${place + 1}` }];
    }),
    NetAdapterVmqQueue: (host.seen ?? []).map((place, position) => ({
      name: `NIC${place + 1}`,
      macAddresses: [vnicAdapter(vnicIndex + position, '').macAddress ?? ''],
    })),
    NetIPAddress: positions.map((position) => address(index(position), ip(position))),
    NetRoute: positions.map((position) => route(index(position), '10.0.10.0/24')),
    IscsiSession: connections.map((own, position) =>
      session(position + 1, {
        initiatorPortalAddress: ip(own[0]?.[0] ?? 0),
        numberOfConnections: own.length,
        diskNumbers: [policy === 'unclaimed' ? position + 1 : 1],
        ...(host.arePathsUnjoined !== true && { scsiAddresses: [`5|0|${position}|0`] }),
      }),
    ),
    IscsiConnection: connections.flatMap((own, position) =>
      own.map(([from, to], nth) =>
        connection(position + 1, ip(from), host.isOwnTarget === true ? ip(to) : portalAddress(to), {
          connectionIdentifier: `c-${position}-${nth}`,
        }),
      ),
    ),
    IscsiTarget: sessions.length === 0 ? [] : [{ nodeAddress: iqn, isConnected: true }],
    IscsiMcsPolicy: mcsPolicy,
    Disk:
      policy === 'unclaimed'
        ? sessions.map((_, position) => disk(position + 1, { uniqueId: 'one disk', isOffline: position > 0 }))
        : sessions.length > 0
          ? [disk(1)]
          : [],
    MpioDisk:
      policy === 'unclaimed' || sessions.length < 2
        ? []
        : [
            {
              instanceName: 'MPIO\\DISK1_0',
              diskNumber: 1,
              dsmName: host.dsmName ?? 'Microsoft DSM',
              ...(policy !== 'unknown' && { lbPolicy: policy }),
              paths: sessions.map((_, position) => ({
                pathId: String(position + 1).padStart(16, '0'),
                state: host.states?.[position] ?? 'Active/Optimized',
                scsiAddress: `5|0|${position}|0`,
                ...(host.weights !== undefined && { weight: host.weights[position] ?? 0 }),
              })),
            },
          ],
    MSDSMGlobalDefaultLoadBalancePolicy:
      host.globalPolicy === undefined ? [] : [{ policy: host.globalPolicy }],
    ComputerSystem: host.isVirtualMachine === true ? [{ name: 'HV01', model: 'Virtual Machine' }] : [],
    NetTCPConnection: (host.smbByTcp ?? []).map((from) => ({
      localAddress: ip(from),
      localPort: 50_000 + from,
      remoteAddress: '10.0.10.201',
      remotePort: 445,
    })),
    SmbConnection:
      pairs.length === 0 && host.smbByTcp === undefined
        ? []
        : [{ serverName: 'NAS1', shareName: 'vms', smbInstance: 'CSV' as const }],
    OperatingSystem: [{ buildNumber: host.buildNumber ?? 20348, productType: 3 }],
    NetQosPolicy: host.qos ?? [],
    SmbBandwidthLimit: host.smbLimits ?? [],
    VMHardDiskDrive: pairs.length === 0 ? [] : [{ path: '\\\\NAS1\\vms\\a.vhdx' }],
    SmbClientConfiguration: host.smb === undefined ? [] : [host.smb],
    SmbMultichannelConnection: pairs.map(({ from, to, ...more }) => ({
      serverName: 'NAS1',
      clientInterfaceIndex: index(from),
      clientIpAddress: ip(from),
      serverInterfaceIndex: 40 + to,
      serverIpAddress: `10.0.10.${201 + to}`,
      isSelected: true,
      smbInstance: 'CSV' as const,
      ...more,
    })),
  });
}

/** The figures of the one target of the host. */
export function ceilingsOf(host: CeilingHost, told?: ToldFacts): TargetCeilings {
  const snapshot = snapshotOf(host);
  const model = buildModel(snapshot);
  const [target] = targetCeilings(model, buildGraph(model, snapshot), snapshot, told);
  if (target === undefined) throw new Error('The host has no target.');
  return target;
}

/**
 * Limits that software sets on traffic: bandwidth limits of SMB, which slow both directions, and throttling policies of
 * QoS, which slow what the host sends. A cap over all streams of a target together, so the figures under it are the
 * lower of the two: a flow with one more link that everything passes.
 */
import type { Entity, HostModel, Share } from '#shared/host/host-model.ts';
import type { NetQosPolicyRecord } from '#shared/host/network-records.ts';
import type { Snapshot } from '#shared/host/snapshot.ts';
import type { Ceiling, DirectionCeilings, HeldBack, PathCeilings } from '#shared/path-graph.ts';
import { formatBitsPerSecond } from '#shared/units.ts';
import { isAdministrativeShare } from './smb.ts';
import { ofBoth } from './one-figure.ts';

export interface Throttle {
  readonly bitsPerSecond: number;
  /** Of what the host sends alone. */
  readonly isOfSending: boolean;
  /** What is limited by what, without the figure. */
  readonly says: string;
}

export interface Throttles {
  readonly host: Entity;
  /** Of traffic that goes by TCP to one of these ports. */
  readonly ofSending: (protocol: 'iSCSI' | 'SMB', ports: readonly number[]) => Throttle | undefined;
  readonly ofShare: (share: Share) => Throttle | undefined;
  /** What may be slowed and cannot be told, one sentence each. */
  readonly assumptions: Readonly<Record<'iSCSI' | 'SMB', readonly string[]>>;
}

function isAbout(policy: NetQosPolicyRecord, protocol: string, ports: readonly number[]): boolean {
  const template = policy.template?.toLowerCase();
  if (template === 'default' || template === protocol.toLowerCase()) return true;
  return (
    template === 'none' &&
    typeof policy.ipPort === 'number' &&
    ports.includes(policy.ipPort) &&
    policy.ipProtocol?.toLowerCase() !== 'udp'
  );
}

/** Storage leaves by the kernel: a policy for one program does not meet it. One by subnets or users might. */
function maybeAbout({ template, ipPort }: NetQosPolicyRecord): boolean {
  return template === undefined || (template.toLowerCase() === 'none' && (ipPort ?? 0) === 0);
}

export function readThrottles(model: HostModel, snapshot: Snapshot): Throttles {
  const { NetQosPolicy, SmbBandwidthLimit, VMHardDiskDrive } = snapshot.readings;
  const { kind, id, name } = model.host;
  const policies = (NetQosPolicy.status === 'ok' ? NetQosPolicy.records : []).filter(
    ({ throttleRate, appPath }) => (throttleRate ?? 0) > 0 && (appPath ?? '') === '',
  );
  // Windows Server 2012 states byte/s in places and bit/s in others.
  const isUnitKnown = model.host.release !== undefined && model.host.release !== '2012';
  const limits = new Map(
    (SmbBandwidthLimit.status === 'ok' ? SmbBandwidthLimit.records : []).map(
      ({ category, bytesPerSecond }) => [category.toLowerCase(), 8 * bytesPerSecond] as const,
    ),
  );
  const limitOf = (category: 'Default' | 'VirtualMachine'): Throttle | undefined => {
    const bitsPerSecond = limits.get(category.toLowerCase());
    return bitsPerSecond === undefined || bitsPerSecond === 0
      ? undefined
      : {
          bitsPerSecond,
          isOfSending: false,
          says: `SMB traffic of the kind ${category} is limited to`,
        };
  };
  const open = (protocol: 'iSCSI' | 'SMB', ports: readonly number[]): readonly string[] =>
    policies.flatMap((policy) =>
      maybeAbout(policy) || (!isUnitKnown && isAbout(policy, protocol, ports))
        ? [
            `QoS policy ${policy.name} slows some of what the host sends; whether, and to what, it slows this traffic could not be read.`,
          ]
        : [],
    );
  return {
    host: { kind, id, name },
    ofSending: (protocol, ports) => {
      const [slowest] = policies
        .filter((policy) => isUnitKnown && isAbout(policy, protocol, ports))
        .toSorted((a, b) => (a.throttleRate ?? 0) - (b.throttleRate ?? 0));
      return slowest === undefined
        ? undefined
        : {
            bitsPerSecond: slowest.throttleRate ?? 0,
            isOfSending: true,
            says: `QoS policy ${slowest.name} slows what the host sends to`,
          };
    },
    ofShare: ({ shareName, smbInstance, isOfVirtualMachines }) => {
      if (isAdministrativeShare(shareName)) return undefined;
      if (isOfVirtualMachines === true) return limitOf('VirtualMachine');
      // What a cluster instance carries is of neither kind for certain, and so is a share whose use is not known.
      const isPlain = (smbInstance ?? 'Default') === 'Default' && VMHardDiskDrive.status === 'ok';
      return isPlain ? limitOf('Default') : undefined;
    },
    assumptions: {
      iSCSI: open('iSCSI', [3260]),
      SMB: [
        ...open('SMB', [445]),
        ...(limits.has('default') || limits.has('virtualmachine')
          ? ['A bandwidth limit of SMB holds for all servers together; here it is taken for this one alone.']
          : []),
      ],
    },
  };
}

/** Figures that are not known stay so. */
export function throttled(figures: PathCeilings, throttle: Throttle | undefined, by: Entity): PathCeilings {
  if (throttle === undefined) return figures;
  const { bitsPerSecond: most, isOfSending, says } = throttle;
  const isOver = ({ bitsPerSecond }: Ceiling): boolean => bitsPerSecond !== null && bitsPerSecond > most;
  const lower = <T extends Ceiling>(ceiling: T): T =>
    isOver(ceiling) ? { ...ceiling, bitsPerSecond: most } : ceiling;
  const held: HeldBack = { by: [by], sentence: `${says} ${formatBitsPerSecond(most)}.` };
  const direction = (of: DirectionCeilings): DirectionCeilings => ({
    ...of,
    oneCopy: lower(of.oneCopy),
    guaranteed: lower(of.guaranteed),
    possible: lower(of.possible),
    guaranteedHeldBack: isOver(of.guaranteed) ? held : of.guaranteedHeldBack,
    possibleHeldBack: isOver(of.possible) ? held : of.possibleHeldBack,
    ...(of.now !== undefined && { now: lower(of.now) }),
  });
  const read = isOfSending ? figures.read : direction(figures.read);
  const write = direction(figures.write);
  const isSingleOver = !isOfSending && isOver(figures.singleStream);
  return {
    ...figures,
    singleStream: isSingleOver ? lower(figures.singleStream) : figures.singleStream,
    singleStreamLimitedBy: isSingleOver ? [by] : figures.singleStreamLimitedBy,
    oneCopy: ofBoth(read.oneCopy, write.oneCopy, 'higher'),
    guaranteed: ofBoth(read.guaranteed, write.guaranteed, 'lower'),
    possible: ofBoth(read.possible, write.possible, 'higher'),
    read,
    write,
    afterFailover: figures.afterFailover.map((one) => ({
      ...one,
      ...(!isOfSending && {
        read: { guaranteed: lower(one.read.guaranteed), possible: lower(one.read.possible) },
      }),
      write: { guaranteed: lower(one.write.guaranteed), possible: lower(one.write.possible) },
    })),
  };
}

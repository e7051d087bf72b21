/** Lays out the storage of a scenario: sessions, connections, disks, MPIO paths and SMB channels. */
import type { LbPolicy, MpioPathState, SmbInstance } from '#shared/host/storage-records.ts';
import { hexOf, IdentityRegister } from './identities.ts';
import { isOnLink, parseIp } from './ip.ts';
import type { NetworkLayout, SimAddress, SimInterface } from './network-layout.ts';
import { isAtLeast, releaseFacts } from './release.ts';
import type { Scenario, ScenarioDisk, ScenarioSession, ScenarioSmb } from './scenario.ts';

export interface SimConnection {
  /** `<adapter hex>-<n hex>`. */
  readonly id: string;
  /** The address that the login named; `0.0.0.0` where it named none. */
  readonly initiatorAddress: string;
  /** Where the TCP connection really leaves; undefined for an HBA with a stack of its own, and without a way. */
  readonly source?: { readonly address: string; readonly port: number };
  readonly initiatorPort: number;
  readonly targetAddress: string;
  readonly targetPort: number;
}

export interface SimSession {
  readonly scenario: ScenarioSession;
  readonly id: string;
  readonly ordinal: number;
  readonly uniqueAdapterId: bigint;
  readonly uniqueSessionId: bigint;
  readonly instance: string;
  readonly isConnected: boolean;
  readonly isPersistent: boolean;
  /** What the login named, or empty. */
  readonly portalAddress: string;
  readonly connections: readonly SimConnection[];
  readonly disks: readonly number[];
  readonly scsi: { readonly port: number; readonly bus: number; readonly target: number };
}

export interface SimDisk {
  readonly scenario: ScenarioDisk;
  readonly number: number;
  readonly busType: NonNullable<ScenarioDisk['busType']>;
  readonly sizeBytes: bigint;
  readonly uniqueId: string;
  readonly serialNumber: string;
  readonly friendlyName: string;
  readonly vendor: string;
  readonly product: string;
  readonly isSystem: boolean;
  readonly mpio?: SimMpioDisk;
  /** PnP instance id as Win32_DiskDrive writes it. */
  readonly pnpDeviceId: string;
}

export interface SimMpioPath {
  readonly id: bigint;
  readonly state: MpioPathState;
  /** Nothing goes over it, whatever its state says. */
  readonly isQuiet: boolean;
  readonly scsi: {
    readonly port: number;
    readonly bus: number;
    readonly target: number;
    readonly lun: number;
  };
}

export interface SimMpioDisk {
  readonly ordinal: number;
  readonly disk: number;
  readonly policy: LbPolicy;
  readonly dsmName: string;
  readonly instanceName: string;
  readonly paths: readonly SimMpioPath[];
}

interface SimSmbRow {
  readonly server: string;
  readonly instance: SmbInstance;
  readonly client: SimInterface;
  readonly clientAddress: string;
  readonly serverAddress: string;
  readonly serverIndex: number;
  readonly clientSpeed: number;
  readonly serverSpeed: number;
  readonly clientRss: boolean;
  readonly serverRss: boolean;
  readonly clientRdma: boolean;
  readonly serverRdma: boolean;
  readonly isSelected: boolean;
  readonly isFailed: boolean;
  readonly currentChannels: number;
  readonly maxChannels: number;
}

interface SimTcpConnection {
  readonly localAddress: string;
  readonly localPort: number;
  readonly remoteAddress: string;
  readonly remotePort: number;
}

export interface StorageLayout {
  readonly initiator: string;
  readonly sessions: readonly SimSession[];
  readonly disks: readonly SimDisk[];
  readonly diskNumbered: (number: number) => SimDisk | undefined;
  readonly mpioDisks: readonly SimMpioDisk[];
  readonly lunOf: (iqn: string, disk: number) => number;
  readonly smbRows: readonly SimSmbRow[];
  readonly tcpConnections: readonly SimTcpConnection[];
}

export const softwareInitiator = 'ROOT\\ISCSIPRT\\0000_0';
const iscsiPort = 3260;
const smbPort = 445;
const gibibyte = 1024n ** 3n;
/** Local ports of TCP connections: from here on, and round again. */
const firstPort = 49700;
const portCount = 15_301;

export function isSoftwareInitiator(instance: string): boolean {
  return instance.startsWith('ROOT\\ISCSIPRT\\');
}

/** `10.0.10.101:3260` or `[fd00::1]:3260` or without a port. */
export function parsePortal(text: string): { readonly address: string; readonly port: number } {
  const bracketed = /^\[([^\]]+)\](?::(\d+))?$/.exec(text);
  const plain = /^([^:]+):(\d+)$/.exec(text);
  const match = bracketed ?? plain;
  return { address: match?.[1] ?? text, port: Number(match?.[2] ?? iscsiPort) };
}

/** The port as Get-IscsiConnection gives it: in network byte order. */
function byteSwapped(port: number): number {
  return ((port & 0xff) << 8) | (port >> 8);
}

/** Held by every host, on no interface. */
function isLoopback(address: string): boolean {
  return address.startsWith('127.') || address === '::1';
}

export function layOutStorage(
  scenario: Scenario,
  network: NetworkLayout,
  ids = new IdentityRegister(),
): StorageLayout {
  const seed = scenario.computer.name;
  const { release } = scenario.windows;
  const hasMpio = scenario.features.includes('Multipath-IO') && scenario.windows.isClient !== true;
  let nextPort = firstPort;
  const seenPairs = new Map<string, number>();
  const tcpConnections: SimTcpConnection[] = [];
  const connect = (localAddress: string, remoteAddress: string, remotePort: number) => {
    const pair = `${localAddress}|${remoteAddress}|${remotePort}`;
    const nth = (seenPairs.get(pair) ?? 0) + 1;
    seenPairs.set(pair, nth);
    const port = ids.number('port', `${pair}|${nth}`, nextPort);
    const made = {
      localAddress,
      localPort: firstPort + ((port - firstPort) % portCount),
      remoteAddress,
      remotePort,
    };
    nextPort += 1;
    tcpConnections.push(made);
    return made;
  };

  const iscsi = scenario.iscsi ?? { targets: [], sessions: [] };
  const domain = scenario.computer.domain;
  const initiator =
    iscsi.initiator ??
    `iqn.1991-05.com.microsoft:${seed.toLowerCase()}${domain === undefined ? '' : `.${domain.toLowerCase()}`}`;

  const instances = [
    ...new Set([softwareInitiator, ...iscsi.sessions.map((s) => s.initiatorInstance ?? softwareInitiator)]),
  ];
  // TCP outlives a link that is away for seconds, but not an address that is gone from the host.
  const held = new Set(
    network.addresses.filter((address) => address.isActive).map((address) => address.prefix.address),
  );
  const canLive = (session: ScenarioSession) =>
    !isSoftwareInitiator(session.initiatorInstance ?? softwareInitiator) ||
    session.connections.every(({ from }) => typeof from !== 'string' || held.has(from) || isLoopback(from));
  const ordinals = new Map<string, number>();
  let nextConnection = 1;
  const sessions = iscsi.sessions.map((session): SimSession => {
    const instance = session.initiatorInstance ?? softwareInitiator;
    const ordinal = session.ordinal ?? (ordinals.get(instance) ?? 0) + 1;
    ordinals.set(instance, ordinal);
    // A kernel address: another one after each start of Windows.
    const start = scenario.restarts === undefined ? '' : `|${scenario.restarts}`;
    const adapterHex = `${releaseFacts[release].kernelAddressPrefix}${hexOf(`${seed}|${instance}${start}`, 8)}`;
    const uniqueSessionId = 0x4000013700000000n + BigInt(ordinal);
    const isConnected = (session.isConnected ?? true) && canLive(session);
    const connections = !isConnected
      ? []
      : session.connections.map((connection, position): SimConnection => {
          const portal = parsePortal(connection.to);
          const bound = connection.from ?? undefined;
          const local = isSoftwareInitiator(instance)
            ? (bound ?? connection.leaves ?? network.sourceFor(portal.address)?.prefix.address)
            : undefined;
          const tcp = local === undefined ? undefined : connect(local, portal.address, portal.port);
          const number = ids.number('connection', `${instance}|${ordinal}|${position}`, nextConnection++);
          const id = `${adapterHex}-${number.toString(16)}`;
          return {
            id,
            initiatorAddress: bound ?? '0.0.0.0',
            initiatorPort: tcp === undefined ? 0 : byteSwapped(tcp.localPort),
            targetAddress: portal.address,
            targetPort: portal.port,
            ...(tcp === undefined ? {} : { source: { address: tcp.localAddress, port: tcp.localPort } }),
          };
        });
    const zeroBased = ordinal - 1;
    return {
      scenario: session,
      id: `${adapterHex}-${uniqueSessionId.toString(16)}`,
      ordinal,
      uniqueAdapterId: BigInt(`0x${adapterHex}`),
      uniqueSessionId,
      instance,
      isConnected,
      isPersistent: session.isPersistent ?? true,
      portalAddress: session.connections[0]?.from ?? '',
      connections,
      disks: session.disks ?? [],
      scsi: {
        port: 5 + instances.indexOf(instance),
        bus: Math.floor(zeroBased / 256),
        target: zeroBased % 256,
      },
    };
  });

  const declared = new Map((scenario.disks ?? []).map((disk) => [disk.number, disk]));
  for (const session of sessions) {
    for (const number of session.disks) if (!declared.has(number)) declared.set(number, { number });
  }
  for (const { disk } of scenario.mpio?.disks ?? []) {
    if (!declared.has(disk)) declared.set(disk, { number: disk, busType: 'Fibre Channel' });
  }
  if (!declared.has(0)) {
    declared.set(0, { number: 0, busType: 'RAID', size: Number(240n * gibibyte), isBoot: true });
  }
  const uniqueIdOf = (number: number) =>
    declared.get(number)?.uniqueId ?? `6${hexOf(`${seed}|disk|${number}`, 31).toUpperCase()}`;

  const sessionsOfDisk = new Map<number, SimSession[]>();
  const lunsOfTarget = new Map<string, Map<string, number>>();
  for (const session of sessions) {
    const luns = lunsOfTarget.get(session.scenario.iqn) ?? new Map<string, number>();
    lunsOfTarget.set(session.scenario.iqn, luns);
    for (const number of session.disks) {
      const list = sessionsOfDisk.get(number) ?? [];
      list.push(session);
      sessionsOfDisk.set(number, list);
      const id = uniqueIdOf(number);
      if (!luns.has(id)) luns.set(id, ids.number(`lun ${session.scenario.iqn}`, id, luns.size));
    }
  }
  const lunOf = (iqn: string, disk: number) => lunsOfTarget.get(iqn)?.get(uniqueIdOf(disk)) ?? 0;

  const otherLuns = new Map<number, number>();
  const mpioDisks = (hasMpio ? (scenario.mpio?.disks ?? []) : []).map((entry, position): SimMpioDisk => {
    const through = sessionsOfDisk.get(entry.disk) ?? [];
    const stateAt = (index: number, fallback: MpioPathState) => entry.pathStates?.[index] ?? fallback;
    let places: { scsi: SimMpioPath['scsi']; isAlive: boolean }[];
    if (through.length > 0) {
      places = through.map((session) => ({
        scsi: { ...session.scsi, lun: lunOf(session.scenario.iqn, entry.disk) },
        isAlive: session.isConnected,
      }));
    } else {
      const lun = otherLuns.size;
      otherLuns.set(entry.disk, lun);
      const count = entry.pathCount ?? entry.pathStates?.length ?? 2;
      places = Array.from({ length: count }, (_, index) => ({
        scsi: { port: 2 + (index % 2), bus: 0, target: Math.floor(index / 2), lun },
        isAlive: true,
      }));
    }
    const uniqueId = uniqueIdOf(entry.disk);
    const ordinal = ids.number('mpio', uniqueId, position);
    const { vendor, product } = productOf(declared.get(entry.disk)?.friendlyName);
    const device = `Disk&Ven_${vendor.replaceAll(' ', '_')}&Prod_${product.replaceAll(' ', '_')}&Rev_0001`;
    return {
      ordinal,
      disk: entry.disk,
      policy: entry.policy,
      dsmName: entry.dsm ?? 'Microsoft DSM',
      instanceName: `MPIO\\${device}\\1&7f6ac24&0&${uniqueId}_0`,
      paths: places.map((place, index) => ({
        id: pathIdOf(place.scsi),
        state: stateAt(index, place.isAlive ? 'Active/Optimized' : 'Failed'),
        isQuiet: entry.quietPaths?.includes(index) === true,
        scsi: place.scsi,
      })),
    };
  });
  const mpioOfDisk = new Map(mpioDisks.map((disk) => [disk.disk, disk]));

  const disks = [...declared.values()]
    .sort((a, b) => a.number - b.number)
    .map((disk): SimDisk => {
      const mpio = mpioOfDisk.get(disk.number);
      const isSystem = disk.isBoot ?? disk.number === 0;
      const { vendor, product } = isSystem
        ? { vendor: 'DELL', product: 'PERC H730P Mini' }
        : productOf(disk.friendlyName);
      const busType = disk.busType ?? 'iSCSI';
      const uniqueId = uniqueIdOf(disk.number);
      // The model ends so, with two blanks, where MPIO holds the disk.
      const ending = mpio !== undefined ? '  Multi-Path Disk Device' : ' SCSI Disk Device';
      return {
        scenario: disk,
        number: disk.number,
        busType,
        sizeBytes: disk.size === undefined ? 2048n * gibibyte : BigInt(disk.size),
        uniqueId,
        serialNumber: hexOf(`${seed}|serial|${uniqueId}`, 20).toUpperCase(),
        friendlyName: disk.friendlyName ?? `${vendor} ${product}${ending}`,
        vendor,
        product,
        isSystem,
        pnpDeviceId:
          mpio === undefined
            ? `SCSI\\DISK&VEN_${vendor.toUpperCase()}&PROD_${product.toUpperCase().replaceAll(' ', '_')}\\5&1A2B3C4&0&${String(disk.number).padStart(6, '0')}`
            : mpio.instanceName.replace(/_0$/, '').toUpperCase(),
        ...(mpio === undefined ? {} : { mpio }),
      };
    });

  const smbRows = layOutSmb(scenario, network, isAtLeast(release, '2016'), connect);
  const byNumber = new Map(disks.map((disk) => [disk.number, disk]));
  const diskNumbered = (number: number) => byNumber.get(number);
  return { initiator, sessions, disks, diskNumbered, mpioDisks, lunOf, smbRows, tcpConnections };
}

function productOf(friendlyName: string | undefined): { vendor: string; product: string } {
  const [vendor = 'MSFT', ...rest] = (friendlyName ?? 'MSFT Virtual HD')
    .replace(/\s+(Multi-Path|SCSI) Disk.*$/, '')
    .split(/\s+/);
  return { vendor, product: rest.join(' ') || 'LUN' };
}

/** 0x77, port, bus, target: how the Microsoft DSM's path ids look. */
function pathIdOf(scsi: SimMpioPath['scsi']): bigint {
  return (0x77n << 24n) | (BigInt(scsi.port) << 16n) | (BigInt(scsi.bus) << 8n) | BigInt(scsi.target);
}

/** Receive side scaling as SMB sees it: on the interface itself, on team NICs, and on host vNICs since 2016. */
export function hasRss(network: NetworkLayout, adapter: SimInterface, vnicsScale: boolean): boolean {
  if (adapter.hasRss !== undefined) return adapter.hasRss;
  if (adapter.kind === 'vnic') return vnicsScale;
  if (adapter.kind === 'team-nic') {
    const team = network.teams.find((entry) => entry.nics.some((nic) => nic.interface === adapter));
    return team?.members.every((member) => member.adapter.hasRss ?? true) ?? true;
  }
  return adapter.kind === 'physical' || adapter.kind === 'guest';
}

interface Pair {
  readonly address: SimAddress;
  readonly server: ScenarioSmb['servers'][number]['interfaces'][number];
  readonly serverIndex: number;
  readonly rdma: boolean;
  readonly rss: boolean;
  readonly speed: number;
}

function layOutSmb(
  scenario: Scenario,
  network: NetworkLayout,
  vnicsScale: boolean,
  connect: (localAddress: string, remoteAddress: string, remotePort: number) => unknown,
): SimSmbRow[] {
  for (const constraint of scenario.smb?.constraints ?? []) {
    if (network.interfaceNamed(constraint.interface) === undefined) {
      throw new Error(
        `The constraint for "${constraint.server}" names the interface "${constraint.interface}", which the scenario does not have`,
      );
    }
  }
  const rows: SimSmbRow[] = [];
  const alive = network.addresses.filter(
    (address) =>
      address.interface.isUp && address.state === 'Preferred' && network.hasIpStack(address.interface),
  );
  const speeds = new Map<SimInterface, boolean>();
  const rssOf = (adapter: SimInterface) => {
    const known = speeds.get(adapter) ?? hasRss(network, adapter, vnicsScale);
    speeds.set(adapter, known);
    return known;
  };
  for (const server of scenario.smb?.servers ?? []) {
    const isMultichannel =
      (scenario.smb?.isMultichannelEnabled ?? true) &&
      server.shares.some((share) => !/^[12]\./.test(share.dialect ?? '3'));
    if (!isMultichannel) {
      const [first] = server.interfaces;
      const source = first === undefined ? undefined : network.sourceFor(first.address);
      if (first !== undefined && source !== undefined) connect(source.prefix.address, first.address, smbPort);
      continue;
    }
    const allowed = (scenario.smb?.constraints ?? [])
      .filter((constraint) => constraint.server.toLowerCase() === server.name.toLowerCase())
      .map((constraint) => constraint.interface.toLowerCase());
    const pairs: Pair[] = server.interfaces.flatMap((remote, position) => {
      const ip = parseIp(remote.address);
      if (ip === undefined)
        throw new Error(`Not an address of file server "${server.name}": ${remote.address}`);
      const onLink = alive.filter((address) => isOnLink(address.prefix, ip));
      const routed = onLink.length > 0 ? undefined : network.sourceFor(remote.address);
      return [...onLink, ...(routed === undefined ? [] : [routed])].map((address): Pair => {
        const rdma = address.interface.hasRdma === true && remote.rdma === true;
        return {
          address,
          server: remote,
          serverIndex: 10 + position,
          rdma,
          rss: rssOf(address.interface) && (remote.rss ?? true),
          speed: Math.min(address.interface.speed, remote.speed ?? address.interface.speed),
        };
      });
    });
    const isNamed = (list: readonly (readonly [string, string])[], pair: Pair) =>
      list.some(
        ([name, address]) =>
          name.toLowerCase() === pair.address.interface.name.toLowerCase() && address === pair.server.address,
      );
    const usable = pairs.filter(
      (pair) =>
        (allowed.length === 0 || allowed.includes(pair.address.interface.name.toLowerCase())) &&
        !isNamed(server.failed ?? [], pair),
    );
    // Type first (RDMA, RSS, plain), then speed: only the best class is used.
    const rank = (pair: Pair) => (pair.rdma ? 2 : pair.rss ? 1 : 0) * 1e13 + pair.speed;
    const best = Math.max(...usable.map(rank));
    // What the scenario says is in use counts as long as anything of it may be used.
    const inUse = server.selected ?? [];
    const isFree = !usable.some((pair) => isNamed(inUse, pair));
    const instances = [...new Set(server.shares.map((share) => share.instance ?? 'Default'))];
    for (const instance of instances) {
      for (const pair of pairs) {
        const isFailed = isNamed(server.failed ?? [], pair);
        const isSelected = usable.includes(pair) && (isFree ? rank(pair) === best : isNamed(inUse, pair));
        const wanted = pair.rdma ? 2 : pair.rss ? 4 : 1;
        const current = isSelected && !isFailed ? wanted : 0;
        const common = {
          server: server.name,
          instance,
          client: pair.address.interface,
          clientAddress: pair.address.prefix.address,
          serverAddress: pair.server.address,
          serverIndex: pair.serverIndex,
          clientSpeed: pair.address.interface.speed,
          serverSpeed: pair.server.speed ?? pair.address.interface.speed,
        };
        rows.push({
          ...common,
          // A row of the RDMA class says no RSS although both ends may have it.
          clientRss: !pair.rdma && rssOf(pair.address.interface),
          serverRss: !pair.rdma && (pair.server.rss ?? true),
          clientRdma: pair.rdma,
          serverRdma: pair.rdma,
          isSelected,
          isFailed,
          currentChannels: current,
          maxChannels: wanted,
        });
        if (pair.rdma) {
          rows.push({
            ...common,
            clientRss: rssOf(pair.address.interface),
            serverRss: pair.server.rss ?? true,
            clientRdma: false,
            serverRdma: false,
            isSelected: false,
            isFailed: false,
            currentChannels: 0,
            maxChannels: 4,
          });
        } else {
          for (let channel = 0; channel < current; channel += 1) {
            connect(common.clientAddress, common.serverAddress, smbPort);
          }
        }
      }
    }
  }
  return rows;
}

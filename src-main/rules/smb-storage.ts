/** The SMB servers that hold storage, and how two interface pairs compare: shared by the rules on SMB. */
import type { HostModel, Share, SmbChannel, SmbServer } from '#shared/host/host-model.ts';
import type { SmbConnectionRecord } from '#shared/host/storage-records.ts';
import { isAdministrativeShare } from '../path-graph/smb.ts';
import { interfaceById, storageServers } from '../path-graph/walks.ts';
import type { HostFacts, RuleOutcome } from './define-rule.ts';
import { anyGapOf } from './readings.ts';

/**
 * Shares whose traffic is that of storage, and the storage bus of a cluster. Between cluster nodes the instances CSV and
 * SR may well carry next to nothing (metadata, a replica that is in step), and no look shows how much, so they are no
 * ground for a finding.
 */
export function isStorageChannel(server: SmbServer, { smbInstance }: SmbChannel): boolean {
  return smbInstance === 'SBL' || (smbInstance === 'Default' && storageSharesOf(server).length > 0);
}

function storageSharesOf({ shares }: SmbServer): readonly Share[] {
  return shares.filter(({ isStorage, smbInstance }) => isStorage && (smbInstance ?? 'Default') === 'Default');
}

/** File servers that the rules on SMB judge. */
export function judgedServers(model: HostModel): readonly SmbServer[] {
  return storageServers(model).filter(
    (server) =>
      storageSharesOf(server).length > 0 ||
      server.channels.some((channel) => isStorageChannel(server, channel)),
  );
}

/**
 * Why a rule about SMB storage has nothing to judge. Undefined where it has, and also where that is open because the
 * places of the virtual disks, which make a share storage, could not be read.
 */
export function withoutStorageServers({ model, snapshot }: HostFacts): string | undefined {
  if (judgedServers(model).length > 0) return undefined;
  const candidates = model.smbServers.filter(
    ({ isLoopback, shares }) =>
      !isLoopback && shares.some(({ shareName }) => !isAdministrativeShare(shareName)),
  );
  if (candidates.length === 0) return 'This host uses no file share of another machine.';
  return anyGapOf(snapshot, 'VMHardDiskDrive') === undefined
    ? 'No file share that this host uses holds storage.'
    : undefined;
}

/** For a rule that was asked though no server is known to hold storage. */
export function storageIsOpen({ snapshot }: HostFacts): RuleOutcome {
  const gap = anyGapOf(snapshot, 'VMHardDiskDrive');
  return gap === undefined
    ? { notApplicable: 'No file share that this host uses holds storage.' }
    : { notEvaluated: gap.reason, remedy: gap.remedy };
}

/**
 * SMB 3.0 brought Multichannel. A dialect that the host does not state is taken as one that has it, and so is that of
 * the storage bus, which shows its channels alone.
 */
export function hasMultichannelDialect(server: SmbServer): boolean {
  const dialects = storageSharesOf(server).map(({ dialect }) => dialect);
  return (
    dialects.length === 0 ||
    dialects.some((dialect) => dialect === undefined || Number.parseFloat(dialect) >= 3)
  );
}

/** True where the host says that no file is open on any storage share of the server. */
export function isIdle(server: SmbServer): boolean {
  const shares = storageSharesOf(server);
  return shares.length > 0 && shares.every(({ openFiles }) => openFiles === 0);
}

/** What SMB ranks interface pairs by: type first, then speed. It uses only the best rank it finds. */
export interface PairClass {
  readonly type: 'RDMA' | 'RSS' | 'plain';
  readonly clientBitsPerSecond: number | null;
  readonly serverBitsPerSecond: number | null;
}

/** Undefined where a capability or a speed that decides it is not known. */
export function classOf(model: HostModel, channel: SmbChannel): PairClass | undefined {
  const { clientRdmaCapable, serverRdmaCapable, clientRssCapable, serverRssCapable } = channel;
  if (clientRdmaCapable === undefined || serverRdmaCapable === undefined) return undefined;
  if (clientRssCapable === undefined || serverRssCapable === undefined) return undefined;
  const isRdma = clientRdmaCapable && serverRdmaCapable;
  const isRss = clientRssCapable && serverRssCapable;
  const own = interfaceById(model, channel.clientInterfaceId)?.speedBitsPerSecond;
  const clientBitsPerSecond = channel.clientLinkBitsPerSecond ?? own ?? null;
  const serverBitsPerSecond = channel.serverLinkBitsPerSecond ?? null;
  return {
    type: isRdma ? 'RDMA' : isRss ? 'RSS' : 'plain',
    clientBitsPerSecond,
    serverBitsPerSecond,
  };
}

export function isSameClass(a: PairClass, b: PairClass): boolean {
  return (
    a.type === b.type &&
    a.clientBitsPerSecond === b.clientBitsPerSecond &&
    a.serverBitsPerSecond === b.serverBitsPerSecond
  );
}

/** The rows of Get-SmbConnection that a share was made of. */
export function rowsOf({ model, snapshot }: HostFacts, share: Share): readonly SmbConnectionRecord[] {
  const { SmbConnection } = snapshot.readings;
  const server = model.smbServers.find(({ id }) => id === share.serverId);
  if (SmbConnection.status !== 'ok' || server === undefined) return [];
  const names = new Set(server.aliases.map((name) => name.toLowerCase()));
  return SmbConnection.records.filter(
    ({ serverName, shareName }) =>
      names.has(serverName.toLowerCase()) && shareName.toLowerCase() === share.shareName.toLowerCase(),
  );
}

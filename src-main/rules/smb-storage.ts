/** The SMB servers that hold storage, and how two interface pairs compare: shared by the rules on SMB. */
import type { HostModel, SmbChannel, SmbServer } from '#shared/host/host-model.ts';
import { isAdministrativeShare } from '../path-graph/smb.ts';
import { interfaceById, storageServers } from '../path-graph/walks.ts';
import type { HostFacts, RuleOutcome } from './define-rule.ts';
import { anyGapOf } from './readings.ts';

/**
 * Why a rule about SMB storage has nothing to judge. Undefined where it has, and also where that is open because the
 * places of the virtual disks, which make a share storage, could not be read.
 */
export function withoutStorageServers({ model, snapshot }: HostFacts): string | undefined {
  if (storageServers(model).length > 0) return undefined;
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
 * SMB 3.0 brought Multichannel. A dialect that the host does not state is taken as one that has it, and so is that of a
 * cluster instance, which shows its channels alone.
 */
export function hasMultichannelDialect({ shares }: SmbServer): boolean {
  const dialects = shares.flatMap((share) => (share.isStorage ? [share.dialect] : []));
  return (
    dialects.length === 0 ||
    dialects.some((dialect) => dialect === undefined || Number.parseFloat(dialect) >= 3)
  );
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

/** Which interface pairs SMB Multichannel uses, and how many connections over each. */
import type { HostModel, SmbChannel, SmbServer } from '#shared/host/host-model.ts';
import type { SmbClientConfigurationRecord } from '#shared/host/storage-records.ts';
import { channelsInUse, endpointOf } from './walks.ts';

export type SmbSettings = Pick<
  SmbClientConfigurationRecord,
  'connectionsPerRssInterface' | 'maximumConnectionsPerServer'
>;

/** What SMB does by default: connections over a pair of each kind, and over all pairs to one server. */
const defaults = { rdma: 2, rss: 4, plain: 1, perServer: 32 } as const;

/** With one receive queue RSS spreads nothing, and SMB takes such an interface for a plain one. */
const queuesOfRss = 2;

type PairKind = 'rdma' | 'rss' | 'plain';
const rank: Readonly<Record<PairKind, number>> = { rdma: 2, rss: 1, plain: 0 };

function kindOf(channel: SmbChannel, queues: number | undefined): PairKind {
  if (channel.clientRdmaCapable === true && channel.serverRdmaCapable !== false) return 'rdma';
  const isRss =
    channel.clientRssCapable === true &&
    channel.serverRssCapable !== false &&
    (queues ?? queuesOfRss) >= queuesOfRss;
  return isRss ? 'rss' : 'plain';
}

/** The slower end, as both report it; undefined where one does not. */
function speedOf({
  clientLinkBitsPerSecond: client,
  serverLinkBitsPerSecond: server,
}: SmbChannel): number | undefined {
  return typeof client === 'number' && typeof server === 'number' ? Math.min(client, server) : undefined;
}

/**
 * The selected pairs of the best class: type first (RDMA, RSS, plain), then speed, where all report one. Selection is
 * SMB's own and counts first; `left` are pairs selected a moment ago that a better class has replaced.
 */
export function pairsInUse(
  server: SmbServer,
  model: HostModel,
): { readonly used: readonly SmbChannel[]; readonly left: readonly SmbChannel[] } {
  const selected = channelsInUse(server).map((channel) => ({
    channel,
    kind: kindOf(channel, endpointOf(model, channel)?.rssQueues),
    speed: speedOf(channel),
  }));
  const bestRank = Math.max(...selected.map(({ kind }) => rank[kind]));
  const ofKind = selected.filter(({ kind }) => rank[kind] === bestRank);
  const speeds = ofKind.flatMap(({ speed }) => speed ?? []);
  const fastest = speeds.length === ofKind.length ? Math.max(...speeds) : undefined;
  const used = ofKind
    .filter(({ speed }) => fastest === undefined || speed === fastest)
    .map(({ channel }) => channel);
  return { used, left: selected.map(({ channel }) => channel).filter((channel) => !used.includes(channel)) };
}

/** Connections over each pair: as many as there are now, else as many as the settings make; never more than allowed. */
export function connectionsOf(pairs: readonly SmbChannel[], settings: SmbSettings): readonly number[] {
  const perKind: Readonly<Record<PairKind, number>> = {
    rdma: defaults.rdma,
    rss: settings.connectionsPerRssInterface ?? defaults.rss,
    plain: defaults.plain,
  };
  let left = settings.maximumConnectionsPerServer ?? defaults.perServer;
  return pairs.map((channel) => {
    const wanted = channel.currentChannels || perKind[kindOf(channel, undefined)];
    const given = Math.max(1, Math.min(wanted, left));
    left -= given;
    return given;
  });
}

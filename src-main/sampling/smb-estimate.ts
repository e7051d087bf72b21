/**
 * What each SMB channel carries, estimated: Windows counts bytes of shares and of adapters, and none of one channel.
 * What the shares of a server move is split over its channels as the adapters under them moved it.
 */
import type { SmbChannel, SmbServer } from '#shared/host/host-model.ts';

export const channelEstimate =
  'Estimated: what the shares of this server moved, split by what the adapters of its channels moved. Windows counts no bytes of one channel.';

export type Flow = 'in' | 'out';

/**
 * Bytes per second of each channel in use, by its id. Empty where the shares or one of the adapters have no rate.
 *
 * @param shareRate of one share, read for `in` and written for `out`; undefined where there is none.
 * @param interfaceRate of one interface.
 */
export function estimateChannels(
  server: SmbServer,
  flow: Flow,
  shareRate: (shareId: string, flow: Flow) => number | undefined,
  interfaceRate: (interfaceId: string, flow: Flow) => number | undefined,
): ReadonlyMap<string, number> {
  const rates = server.shares.flatMap(({ id }) => shareRate(id, flow) ?? []);
  const channels = server.channels.filter(({ isSelected, isFailed }) => isSelected && !isFailed);
  if (rates.length === 0 || channels.length === 0) return new Map();
  const moved = rates.reduce((sum, rate) => sum + rate, 0);

  const byInterface = Map.groupBy(channels, ({ clientInterfaceId }) => clientInterfaceId);
  const carried = new Map<string, number>();
  for (const id of byInterface.keys()) {
    const rate = id === undefined ? undefined : interfaceRate(id, flow);
    if (id === undefined || rate === undefined) return new Map();
    carried.set(id, rate);
  }
  const all = [...carried.values()].reduce((sum, rate) => sum + rate, 0);
  if (all === 0) return new Map(moved === 0 ? channels.map(({ id }) => [id, 0]) : []);
  return new Map(
    [...byInterface].flatMap(([id, sharing]: [string | undefined, SmbChannel[]]) => {
      const own = carried.get(id ?? '') ?? 0;
      // An adapter carries other traffic too, but never less than its channels.
      const rate = Math.min(own, (moved * own) / all) / sharing.length;
      return sharing.map((channel) => [channel.id, rate] as const);
    }),
  );
}

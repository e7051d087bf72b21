/** The interfaces that SMB Multichannel uses to each file server. */
import { entityOf } from '#shared/entity.ts';
import type { HostModel, SmbServer } from '#shared/host/host-model.ts';
import { listed } from '#shared/listed.ts';
import { channelsInUse, interfaceById, type HostInterface } from '../path-graph/walks.ts';
import { linksUnder } from './links.ts';
import type { DirectionPlan, GroupPlan, PlannedPath } from './plan.ts';

/** Channels of one interface cannot be told apart: Windows counts no bytes of one channel. */
function interfacesOf(model: HostModel, server: SmbServer): ReadonlyMap<HostInterface, readonly string[]> {
  const found = new Map<HostInterface, string[]>();
  for (const { id, clientInterfaceId } of channelsInUse(server)) {
    const own = interfaceById(model, clientInterfaceId);
    if (own === undefined) continue;
    const there = found.get(own);
    if (there === undefined) found.set(own, [id]);
    else there.push(id);
  }
  return found;
}

function planServer(model: HostModel, server: SmbServer): GroupPlan | undefined {
  const used = interfacesOf(model, server);
  if (used.size === 0) return undefined;
  const channels = channelsInUse(server);
  const isSingle = used.size === 1;
  const paths = [...used].map(([own, channelIds]): PlannedPath => {
    const links = linksUnder(model, own);
    const told = channels.find(({ id }) => channelIds.includes(id))?.clientLinkBitsPerSecond;
    return {
      path: entityOf(own),
      ...links,
      expected: 'active',
      weight: told ?? own.speedBitsPerSecond ?? links.linkBitsPerSecond ?? 1,
      counters: [
        { layer: 'channel', subjectIds: channelIds },
        { layer: 'interface', subjectIds: [own.id] },
      ],
    };
  });
  const aside = new Set(
    server.channels.flatMap(({ isSelected, isFailed, clientInterfaceId }) => {
      const own = interfaceById(model, clientInterfaceId);
      return own === undefined || (isSelected && !isFailed) || used.has(own) ? [] : [own.name];
    }),
  );
  const direction: DirectionPlan = {
    sharing: isSingle ? 'single' : 'in-turn',
    paths,
    ...(isSingle && {
      oneBecause:
        aside.size > 0
          ? `SMB uses one interface to ${server.name}: ${listed([...aside])} could reach it as well and ${aside.size === 1 ? 'is' : 'are'} not selected.`
          : `SMB knows one interface to ${server.name}.`,
    }),
  };
  return {
    id: `channels:${server.id}`,
    kind: 'channels',
    subject: entityOf(server),
    targetIds: [server.id],
    expectation: isSingle
      ? `SMB Multichannel uses one interface to ${server.name}, which carries everything.`
      : `SMB Multichannel uses ${used.size} interfaces to ${server.name}; each should carry by its speed.`,
    directions: { read: direction, write: direction },
    shareIds: server.shares.map(({ id }) => id),
  };
}

export function planServers(model: HostModel): readonly GroupPlan[] {
  return model.smbServers.flatMap((server) => (server.isLoopback ? [] : (planServer(model, server) ?? [])));
}

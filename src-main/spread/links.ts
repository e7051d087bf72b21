/** What a path leaves the host by, and how fast the slowest link is that it may be on. */
import { entityOf } from '#shared/entity.ts';
import type { Entity, HostModel, IscsiSession } from '#shared/host/host-model.ts';
import { interfaceById, wayOut, type HostInterface } from '../path-graph/walks.ts';

export interface PathLinks {
  readonly over: readonly Entity[];
  /** bit/s; null where it is not known. */
  readonly linkBitsPerSecond: number | null;
}

/** Where a team decides and shows nothing of it, the slowest member counts. */
export function linksUnder(model: HostModel, endpoint: HostInterface): PathLinks {
  const { adapters, now } = wayOut(model, endpoint);
  const carrying = now === undefined ? adapters : [now.adapter];
  const speeds = carrying.map(({ speedBitsPerSecond }) => speedBitsPerSecond);
  const isKnown = speeds.every((speed) => typeof speed === 'number' && speed > 0);
  return {
    over: [endpoint, ...(endpoint.kind === 'adapter' ? [] : carrying)].map(entityOf),
    linkBitsPerSecond: isKnown && speeds.length > 0 ? Math.min(...speeds.map(Number)) : null,
  };
}

export function linksOfSession(model: HostModel, session: IscsiSession | undefined): PathLinks {
  const endpoints = new Set((session?.connections ?? []).map(({ interfaceId }) => interfaceId));
  const links = [...endpoints].flatMap((id) => {
    const endpoint = interfaceById(model, id);
    return endpoint === undefined ? [] : [linksUnder(model, endpoint)];
  });
  const speeds = links.map(({ linkBitsPerSecond }) => linkBitsPerSecond);
  return {
    over: links.flatMap(({ over }) => over),
    linkBitsPerSecond:
      speeds.length === 0 || speeds.length < endpoints.size || speeds.includes(null)
        ? null
        : speeds.reduce<number>((sum, speed) => sum + (speed ?? 0), 0),
  };
}

/** How a station stands: what its shape and its words say of it besides its name. */
import type { Check } from '#shared/finding.ts';
import type { Entity, HostModel } from '#shared/host/host-model.ts';
import type { ContentStation, MapContent } from './map-content.ts';

/**
 * `degraded`: part of it is down. `idle`: it could carry, and no route uses it. `standby`: its routes carry nothing
 * now. `unknown`: the host did not say how it stands, or where its routes run. `closed`: taken out, to see what follows.
 */
export type StationState = 'normal' | 'down' | 'degraded' | 'standby' | 'idle' | 'unknown' | 'closed';

export interface Standing {
  readonly state: StationState;
  /** Empty for `normal`. */
  readonly words: string;
}

const normal: Standing = { state: 'normal', words: '' };

function find<T extends { readonly id: string }>(list: readonly T[], id: string): T | undefined {
  return list.find((entity) => entity.id === id);
}

function adapterStanding(model: HostModel, id: string): Standing {
  const adapter = find(model.adapters, id);
  if (adapter === undefined) return { state: 'unknown', words: 'state not known' };
  if (!adapter.isUp) return { state: 'down', words: (adapter.status ?? 'down').toLowerCase() };
  const member = find(model.teams, adapter.teamId ?? '')?.members.find(({ adapterId }) => adapterId === id);
  if (member?.state === 'Failed') return { state: 'down', words: 'failed in its team' };
  return (member?.state ?? member?.mode) === 'Standby' ? { state: 'standby', words: 'standby' } : normal;
}

function partsStanding(parts: readonly Standing[], noun: string): Standing {
  const down = parts.filter(({ state }) => state === 'down' || state === 'degraded').length;
  if (down === 0) return normal;
  return down === parts.length
    ? { state: 'down', words: `all ${noun} down` }
    : { state: 'degraded', words: `${down} of ${parts.length} ${noun} down` };
}

function pathStanding(state: string | undefined): Standing {
  if (state === undefined) return { state: 'unknown', words: 'state not known' };
  if (state === 'Failed' || state === 'Unavailable') return { state: 'down', words: state.toLowerCase() };
  return state === 'Standby' ? { state: 'standby', words: 'standby' } : normal;
}

function mpioPaths(model: HostModel): ReadonlyMap<string, string | undefined> {
  return new Map(
    model.disks.flatMap((disk) =>
      (disk.mpio?.paths ?? []).map(
        ({ pathId, state }) => [`path:${disk.id}/${pathId.toLowerCase()}`, state] as const,
      ),
    ),
  );
}

function hopStanding(model: HostModel, { kind, id }: Entity): Standing {
  switch (kind) {
    case 'adapter':
      return adapterStanding(model, id);
    case 'team': {
      const members = find(model.teams, id)?.members ?? [];
      return partsStanding(
        members.flatMap(({ adapterId }) =>
          adapterId === undefined ? [] : [adapterStanding(model, adapterId)],
        ),
        'members',
      );
    }
    case 'vnic':
    case 'team-nic': {
      const found = find([...model.vnics, ...model.teamNics], id);
      return found?.isUp === false
        ? { state: 'down', words: (found.status ?? 'down').toLowerCase() }
        : normal;
    }
    case 'address': {
      const state = find(model.addresses, id)?.state;
      return state !== undefined && /^(duplicate|invalid|tentative)$/i.test(state)
        ? { state: 'down', words: state.toLowerCase() }
        : normal;
    }
    case 'session':
      return find(model.sessions, id)?.isConnected === false
        ? { state: 'down', words: 'not connected' }
        : normal;
    case 'channel': {
      const channel = find(
        model.smbServers.flatMap(({ channels }) => channels),
        id,
      );
      return channel?.isFailed === true ? { state: 'down', words: 'failed' } : normal;
    }
    case 'path':
      return pathStanding(mpioPaths(model).get(id));
    case 'disk': {
      const disk = find(model.disks, id);
      if (disk?.isOffline === true) return { state: 'down', words: 'offline' };
      return partsStanding(
        (disk?.mpio?.paths ?? []).map(({ state }) => pathStanding(state)),
        'paths',
      );
    }
    case 'vm-nic':
    case 'host':
    case 'vswitch':
    case 'connection':
    case 'target-portal':
    case 'target':
    case 'share':
    case 'service':
      return normal;
    default:
      return kind satisfies never;
  }
}

function gathered(standings: readonly Standing[]): Standing {
  const [first = normal] = standings;
  if (standings.every(({ state, words }) => state === first.state && words === first.words)) return first;
  const off = standings.filter(({ state }) => state !== 'normal');
  const worst = (['down', 'degraded', 'unknown', 'standby'] as const).find((state) =>
    off.some((standing) => standing.state === state),
  );
  if (worst === undefined) return normal;
  const alike = off.filter(({ state }) => state === worst).length;
  const word = { down: 'down', degraded: 'degraded', unknown: 'not known', standby: 'standby' }[worst];
  return {
    state: worst === 'down' && alike < standings.length ? 'degraded' : worst,
    words: `${alike} of ${standings.length} ${word}`,
  };
}

/** How every station of the map stands, by its id. `closed` holds the ids of hops that are taken out. */
export function stationStandings(
  { model }: Pick<Check, 'model'>,
  content: MapContent,
  closed: ReadonlySet<string> = new Set(),
): ReadonlyMap<string, Standing> {
  return new Map(
    content.stations.map((station) => [station.id, standingOf(model, content, station, closed)]),
  );
}

function standingOf(
  model: HostModel,
  content: MapContent,
  station: ContentStation,
  closed: ReadonlySet<string>,
): Standing {
  const closedHops = station.hops.filter(({ id }) => closed.has(id)).length;
  if (closedHops > 0) {
    const words =
      closedHops === station.hops.length ? 'closed' : `${closedHops} of ${station.hops.length} closed`;
    return { state: 'closed', words };
  }
  const own = gathered(station.hops.map((hop) => hopStanding(model, hop)));
  if (own.state !== 'normal') return own;
  const lines = content.lines.filter(({ stops }) => stops.get(station.column) === station.id);
  // Fibre Channel has a way of its own, of which Windows shows the paths alone: nothing about them is in doubt.
  const isOverWire = station.column === 'session' && station.kind !== 'path';
  if (isOverWire && lines.some(({ unknownBecause }) => unknownBecause.length > 0)) {
    return { state: 'unknown', words: 'way not known' };
  }
  if (lines.length > 0 && lines.every(({ isStandby }) => isStandby))
    return { state: 'standby', words: 'standby' };
  const isPossible = content.tracks.some(({ kind, to }) => kind === 'possible' && to === station.id);
  return lines.length === 0 && !isPossible ? { state: 'idle', words: 'idle' } : normal;
}

/** The few words under a station's name, and the sentence that a screen reader says for it. */
import type { Check } from '#shared/finding.ts';
import type { EntityKind, HostModel } from '#shared/host/host-model.ts';
import { formatBitsPerSecond } from '#shared/units.ts';
import type { ContentStation, MapContent } from './map-content.ts';
import type { Standing } from './station-state.ts';

const kindWords: Readonly<Record<EntityKind, string>> = {
  host: 'host',
  adapter: 'network adapter',
  team: 'team',
  'team-nic': 'team NIC',
  vswitch: 'virtual switch',
  vnic: 'virtual adapter of the host',
  'vm-nic': 'adapter of a virtual machine',
  address: 'address',
  session: 'iSCSI session',
  connection: 'connection',
  'target-portal': 'target portal',
  target: 'target',
  share: 'share',
  channel: 'SMB channel',
  path: 'MPIO path',
  disk: 'disk',
  service: 'service',
};

const algorithmWords: Readonly<Record<string, string>> = {
  HyperVPort: 'Hyper-V port',
  TransportPorts: 'address hash',
  IPAddresses: 'IP hash',
  MacAddresses: 'MAC hash',
  Dynamic: 'dynamic',
};

function find<T extends { readonly id: string }>(list: readonly T[], id: string): T | undefined {
  return list.find((entity) => entity.id === id);
}

function vlanWord(vlanId: number | null | undefined): string {
  return vlanId === null || vlanId === undefined || vlanId === 0 ? '' : `VLAN ${vlanId}`;
}

/** The detail of one hop; empty where there is nothing to say. */
function hopDetail(model: HostModel, kind: EntityKind, id: string): string {
  switch (kind) {
    case 'adapter': {
      const adapter = find(model.adapters, id);
      const speed = adapter?.speedBitsPerSecond;
      // What Windows says of the speed of a link that is down is an old figure or none.
      return adapter?.isUp === true && typeof speed === 'number' ? formatBitsPerSecond(speed) : '';
    }
    case 'team': {
      const team = find(model.teams, id);
      return team?.lbAlgorithm === undefined ? '' : (algorithmWords[team.lbAlgorithm] ?? team.lbAlgorithm);
    }
    case 'team-nic':
      return vlanWord(find(model.teamNics, id)?.vlanId) || 'team NIC';
    case 'vnic':
      return vlanWord(find(model.vnics, id)?.vlanId);
    case 'session':
      return find(model.sessions, id)?.isPersistent === false ? 'not persistent' : '';
    case 'disk':
      return find(model.disks, id)?.mpio?.lbPolicy ?? '';
    case 'vm-nic':
    case 'host':
    case 'vswitch':
    case 'address':
    case 'connection':
    case 'target-portal':
    case 'target':
    case 'share':
    case 'channel':
    case 'path':
    case 'service':
      return '';
    default:
      return kind satisfies never;
  }
}

/** What all hops of a station have in common to say, and how it stands; empty where there is nothing to say. */
export function stationDetail(
  { model }: Pick<Check, 'model'>,
  station: ContentStation,
  standing: Standing,
): string {
  const details = new Set(station.hops.map(({ kind, id }) => hopDetail(model, kind, id)));
  const [only = ''] = details.size === 1 ? details : [];
  return [only, standing.words].filter((part) => part !== '').join(' · ');
}

/** The words below each name of the map, by id of the station. */
export function stationDetails(
  check: Pick<Check, 'model'>,
  content: MapContent,
  standings: ReadonlyMap<string, Standing>,
  points: ReadonlySet<string>,
): ReadonlyMap<string, string> {
  return new Map(
    content.stations.map((station) => {
      const detail = stationDetail(
        check,
        station,
        standings.get(station.id) ?? { state: 'normal', words: '' },
      );
      const isPoint = station.hops.some(({ id }) => points.has(id));
      return [station.id, detail === '' && isPoint ? 'single point' : detail];
    }),
  );
}

/** More than these by name are a number. */
const namesSaid = 6;

/** What stands in signs and places on the map, in words: for the tooltip, the table and who hears the map. */
export function stationWords(station: ContentStation, routes: number, signs: readonly string[]): string {
  const named = station.hops.slice(0, namesSaid).map(({ name }) => name);
  const more = station.hops.length - named.length;
  const names = more > 0 ? [...named, `${more} more`] : named;
  const carried =
    routes === 0 ? 'no route runs through it' : `${routes} ${routes === 1 ? 'route' : 'routes'}`;
  return [
    ...(station.hops.length > 1 ? [names.join(', ')] : []),
    kindWords[station.kind],
    carried,
    ...signs,
  ].join(', ');
}

/** Kinds of stations as words for a table. */
export function kindWord(station: ContentStation): string {
  return kindWords[station.kind];
}

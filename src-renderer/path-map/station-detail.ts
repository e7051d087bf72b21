/** The few words under a station's name, and the sentence that a screen reader says for it. */
import type { Check } from '#shared/finding.ts';
import type { EntityKind, HostModel } from '#shared/host/host-model.ts';
import { formatBitsPerSecond } from '#shared/units.ts';
import type { ContentStation } from './map-content.ts';

const kindWords: Readonly<Record<EntityKind, string>> = {
  host: 'host',
  adapter: 'network adapter',
  team: 'team',
  'team-nic': 'team NIC',
  vswitch: 'virtual switch',
  vnic: 'virtual adapter of the host',
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
      const state = adapter?.isUp === false ? (adapter.status ?? 'down').toLowerCase() : '';
      return state !== '' ? state : typeof speed === 'number' ? formatBitsPerSecond(speed) : '';
    }
    case 'team': {
      const team = find(model.teams, id);
      return team?.lbAlgorithm === undefined ? '' : (algorithmWords[team.lbAlgorithm] ?? team.lbAlgorithm);
    }
    case 'team-nic':
      return vlanWord(find(model.teamNics, id)?.vlanId) || 'team NIC';
    case 'vnic':
      return vlanWord(find(model.vnics, id)?.vlanId);
    case 'session': {
      const session = find(model.sessions, id);
      if (session?.isConnected === false) return 'not connected';
      return session?.isPersistent === false ? 'not persistent' : '';
    }
    case 'disk':
      return find(model.disks, id)?.mpio?.lbPolicy ?? '';
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

/** What all hops of a station have in common to say; empty where they differ. */
export function stationDetail({ model }: Pick<Check, 'model'>, station: ContentStation): string {
  const details = new Set(station.hops.map(({ kind, id }) => hopDetail(model, kind, id)));
  const [only] = details;
  return details.size === 1 ? (only ?? '') : '';
}

/** What stands in signs and places on the map, in words: for the tooltip and for who hears the map. */
export function stationWords(station: ContentStation, routes: number, signs: readonly string[]): string {
  const names = station.hops.length > 1 ? [station.hops.map(({ name }) => name).join(', ')] : [];
  const carried =
    routes === 0 ? 'no route runs through it' : `${routes} ${routes === 1 ? 'route' : 'routes'}`;
  const state = station.isUp === false ? ['down'] : [];
  return [...names, kindWords[station.kind], ...state, carried, ...signs].join(', ');
}

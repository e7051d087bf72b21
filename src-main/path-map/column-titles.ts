/** What stands above the columns of the map: the word for what the host has there. */
import type { EntityKind } from '#shared/host/host-model.ts';
import type { ColumnName, MapContent } from './map-content.ts';

const titles: Readonly<Record<ColumnName, string>> = {
  storage: 'Storage',
  session: 'Session',
  address: 'Address',
  endpoint: 'Endpoint',
  vswitch: 'vSwitch',
  team: 'Team',
  adapter: 'NIC',
  network: 'Network',
  portal: 'Portal',
  target: 'Target',
};

/** Where all stations of a column are of one kind, its own word says more. */
const titleOfKind: Readonly<Partial<Record<EntityKind, string>>> = {
  disk: 'Disk',
  share: 'Share',
  channel: 'Channel',
  path: 'Path',
  vnic: 'vNIC',
  'team-nic': 'Team NIC',
};

export function columnTitle(content: Pick<MapContent, 'stations'>, name: ColumnName): string {
  const kinds = new Set(content.stations.flatMap(({ column, kind }) => (column === name ? [kind] : [])));
  const [only] = kinds;
  return (kinds.size === 1 && only !== undefined ? titleOfKind[only] : undefined) ?? titles[name];
}

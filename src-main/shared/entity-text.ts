/** Things of the host in a line: those of one kind together, "NIC1, NIC2 (adapters), Team1 (team)". */
import type { Entity, EntityKind } from './host/host-model.ts';

const words: Readonly<Record<EntityKind, readonly [one: string, many: string]>> = {
  host: ['host', 'hosts'],
  adapter: ['adapter', 'adapters'],
  team: ['team', 'teams'],
  'team-nic': ['team NIC', 'team NICs'],
  vswitch: ['vSwitch', 'vSwitches'],
  vnic: ['vNIC', 'vNICs'],
  'vm-nic': ['adapter of a virtual machine', 'adapters of virtual machines'],
  address: ['address', 'addresses'],
  session: ['session', 'sessions'],
  connection: ['connection', 'connections'],
  'target-portal': ['target portal', 'target portals'],
  target: ['target', 'targets'],
  share: ['share', 'shares'],
  channel: ['channel', 'channels'],
  path: ['path', 'paths'],
  disk: ['disk', 'disks'],
  service: ['service', 'services'],
};

export interface EntityGroup {
  readonly kind: string;
  readonly entities: readonly Entity[];
  readonly names: readonly string[];
  /** How many more there are than are named. */
  readonly more: number;
}

/** In the order in which the kinds first come; of each kind at most `most` by name. */
export function groupEntities(entities: readonly Entity[], most: number): EntityGroup[] {
  return [...Map.groupBy(entities, ({ kind }) => kind)].map(([kind, alike]) => ({
    kind: words[kind][alike.length === 1 ? 0 : 1],
    entities: alike.slice(0, most),
    names: alike.slice(0, most).map(({ name }) => name),
    more: Math.max(0, alike.length - most),
  }));
}

export function entitiesText(entities: readonly Entity[], most: number): string {
  return groupEntities(entities, most)
    .map(({ kind, names, more }) => `${names.join(', ')}${more > 0 ? ` and ${more} more` : ''} (${kind})`)
    .join(', ');
}

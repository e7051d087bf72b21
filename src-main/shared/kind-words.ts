/** What each kind of thing is called to people. */
import type { EntityKind } from './host/host-model.ts';

export const kindWords: Readonly<Record<EntityKind, string>> = {
  host: 'host',
  adapter: 'adapter',
  team: 'team',
  'team-nic': 'team NIC',
  vswitch: 'vSwitch',
  vnic: 'vNIC',
  address: 'address',
  session: 'session',
  connection: 'connection',
  'target-portal': 'target portal',
  target: 'target',
  share: 'share',
  channel: 'channel',
  path: 'path',
  disk: 'disk',
  service: 'service',
};

/** Every fix, by id. A plain list of imports, so that it is the same under Node, in a bundle and in the tests. */
import type { Fix } from './define-fix.ts';
import { fix as eeeOff } from './fixes/eee-off.fix.ts';
import { fix as iscsiAddSessions } from './fixes/iscsi-add-sessions.fix.ts';
import { fix as iscsiMembersOutOfTeam } from './fixes/iscsi-members-out-of-team.fix.ts';
import { fix as iscsiRemoveFavourites } from './fixes/iscsi-remove-favourites.fix.ts';
import { fix as iscsiRemoveSessions } from './fixes/iscsi-remove-sessions.fix.ts';
import { fix as iscsiReplaceSessions } from './fixes/iscsi-replace-sessions.fix.ts';
import { fix as iscsiServiceAutomatic } from './fixes/iscsi-service-automatic.fix.ts';
import { fix as iscsiSessionsPersistent } from './fixes/iscsi-sessions-persistent.fix.ts';
import { fix as iscsiVNicsOnTeam } from './fixes/iscsi-vnics-on-team.fix.ts';
import { fix as jumboAlongRoute } from './fixes/jumbo-along-route.fix.ts';
import { fix as managementOntoVNic } from './fixes/management-onto-vnic.fix.ts';
import { fix as memberBindingsOff } from './fixes/member-bindings-off.fix.ts';
import { fix as mpioClaimIscsi } from './fixes/mpio-claim-iscsi.fix.ts';
import { fix as mpioInstall } from './fixes/mpio-install.fix.ts';
import { fix as mpioPolicyDefault } from './fixes/mpio-policy-default.fix.ts';
import { fix as mpioPolicyOfDisk } from './fixes/mpio-policy-of-disk.fix.ts';
import { fix as mpioTimersOfVendor } from './fixes/mpio-timers-of-vendor.fix.ts';
import { fix as rssOn } from './fixes/rss-on.fix.ts';
import { fix as smbChannelsRefresh } from './fixes/smb-channels-refresh.fix.ts';
import { fix as smbConstraintAdd } from './fixes/smb-constraint-add.fix.ts';
import { fix as smbConstraintRemove } from './fixes/smb-constraint-remove.fix.ts';
import { fix as smbMultichannelOn } from './fixes/smb-multichannel-on.fix.ts';
import { fix as storageDnsOff } from './fixes/storage-dns-off.fix.ts';
import { fix as storageVNicAdd } from './fixes/storage-vnic-add.fix.ts';
import { fix as teamAlgorithm } from './fixes/team-algorithm.fix.ts';
import { fix as teamNicAllVlans } from './fixes/team-nic-all-vlans.fix.ts';
import { fix as teamNicVlan } from './fixes/team-nic-vlan.fix.ts';
import { fix as vnicsMapApart } from './fixes/vnics-map-apart.fix.ts';

export const fixes: readonly Fix[] = [
  eeeOff,
  iscsiAddSessions,
  iscsiMembersOutOfTeam,
  iscsiRemoveFavourites,
  iscsiRemoveSessions,
  iscsiReplaceSessions,
  iscsiServiceAutomatic,
  iscsiSessionsPersistent,
  iscsiVNicsOnTeam,
  jumboAlongRoute,
  managementOntoVNic,
  memberBindingsOff,
  mpioClaimIscsi,
  mpioInstall,
  mpioPolicyDefault,
  mpioPolicyOfDisk,
  mpioTimersOfVendor,
  rssOn,
  smbChannelsRefresh,
  smbConstraintAdd,
  smbConstraintRemove,
  smbMultichannelOn,
  storageDnsOff,
  storageVNicAdd,
  teamAlgorithm,
  teamNicAllVlans,
  teamNicVlan,
  vnicsMapApart,
];

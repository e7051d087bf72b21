/** What counts as a target that the host reaches storage at, beside the targets of iSCSI. */
import type { Disk, HostModel, IscsiTarget, SmbServer } from '#shared/host/host-model.ts';
import type { Snapshot } from '#shared/host/snapshot.ts';
import { isAdministrativeShare } from './smb.ts';
import { holdsStorage } from './walks.ts';

/** Targets with a session, or that the initiator calls connected though its sessions could not be read. */
export function connectedTargets(model: HostModel): readonly IscsiTarget[] {
  return model.targets.filter((target) => target.sessionIds.length > 0 || target.isConnected === true);
}

/**
 * File servers that hold storage, or on which files are open outside the administrative shares. Where the shares in use
 * could not be read, every server with an interface pair in use.
 */
export function pathServers(model: HostModel, snapshot: Snapshot): readonly SmbServer[] {
  const areSharesKnown = snapshot.readings.SmbConnection.status === 'ok';
  return model.smbServers.filter(
    (server) =>
      holdsStorage(server) ||
      server.shares.some((share) => (share.openFiles ?? 0) > 0 && !isAdministrativeShare(share.shareName)) ||
      (!areSharesKnown && server.channels.some((channel) => channel.isSelected)),
  );
}

/** Disks that Windows reaches over Fibre Channel or SAS, or that MPIO holds, and no iSCSI session; never local ones. */
export function multipathTargets(model: HostModel): readonly Disk[] {
  return model.disks.filter((disk) => {
    const bus = disk.busType?.toLowerCase();
    if (bus === 'iscsi' || (disk.sessionIds?.length ?? 0) > 0) return false;
    if (disk.mpio !== undefined || bus === 'fibre channel') return disk.sessionIds !== undefined;
    // A SAS disk may sit in the host's own bays; one that a cluster shares does not.
    return bus === 'sas' && disk.isClustered === true && disk.isBootOrSystem !== true;
  });
}

/** Whether this host has Multipath I/O, and what it says about the host's iSCSI disks. */
import type { Disk } from '#shared/host/host-model.ts';
import type { HostFacts } from './define-rule.ts';
import { isAbsent, isAnswered } from './readings.ts';

/** `absent` is a fact: not installed, or a Windows that never has it. A pending installation counts as installed. */
export type MultipathFeature = 'installed' | 'absent' | 'unknown';

export function multipathFeature({ model, snapshot }: HostFacts): MultipathFeature {
  const { MpioDisk, Mpclaim, WindowsFeature } = snapshot.readings;
  if ([MpioDisk, Mpclaim].some((reading) => reading.status === 'ok' && reading.records.length > 0)) {
    return 'installed';
  }
  const feature =
    WindowsFeature.status === 'ok'
      ? WindowsFeature.records.find(({ name }) => /^multipath-?io$/i.test(name))
      : undefined;
  if (feature !== undefined) {
    const isPending = /pending/i.test(feature.installState ?? '');
    return feature.isInstalled || isPending ? 'installed' : 'absent';
  }
  if (model.host.isClient === true || isAbsent(snapshot, 'MpioDisk')) return 'absent';
  return isAnswered(snapshot, 'MpioDisk') ? 'installed' : 'unknown';
}

/** True where MPIO was asked for its disks and answered. */
export function isMultipathAnswered({ snapshot }: HostFacts): boolean {
  return isAnswered(snapshot, 'MpioDisk') || isAnswered(snapshot, 'Mpclaim');
}

/** Paths of a disk that MPIO can use: not failed, not unavailable. A path without a state counts. */
export function livePaths({ mpio }: Disk): number {
  return (mpio?.paths ?? []).filter(({ state }) => state !== 'Failed' && state !== 'Unavailable').length;
}

/**
 * True where every iSCSI disk is one that MPIO holds with two live paths or more: then no session is alone, whatever the
 * sessions say about themselves.
 */
export function isEveryIscsiDiskMultipathed({ model }: HostFacts): boolean {
  const iscsiDisks = model.disks.filter(({ busType }) => busType?.toLowerCase() === 'iscsi');
  return iscsiDisks.length > 0 && iscsiDisks.every((disk) => livePaths(disk) >= 2);
}

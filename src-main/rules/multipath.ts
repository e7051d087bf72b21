/** Whether this host has Multipath I/O, and what it says about the host's iSCSI disks. */
import type { Disk, DiskMultipath, HostModel } from '#shared/host/host-model.ts';
import type { LbPolicy } from '#shared/host/storage-records.ts';
import { staysOnHost } from '../path-graph/walks.ts';
import type { HostFacts } from './define-rule.ts';
import { anyGapOf, isAbsent, isAnswered, type Gap } from './readings.ts';

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

/** Disks that MPIO holds. */
export function multipathDisks({ disks }: HostModel): readonly MultipathDisk[] {
  return disks.filter((disk): disk is MultipathDisk => disk.mpio !== undefined);
}

export type MultipathDisk = Disk & { readonly mpio: DiskMultipath };

/** When rules about the disks of MPIO apply. */
export const appliesToMultipathDisks = {
  needs: ['Disk', 'MpioDisk'],
  notApplicable: ({ model, snapshot }: HostFacts): string | undefined => {
    if (multipathDisks(model).length > 0) return undefined;
    return isAbsent(snapshot, 'MpioDisk')
      ? 'Multipath I/O is not installed on this host.'
      : 'Multipath I/O holds no disk of this host.';
  },
} as const;

/** What is missing for the list of disks of MPIO to be whole. */
export function multipathGap({ model, snapshot }: HostFacts): Gap | undefined {
  return anyGapOf(snapshot, multipathDisks(model).length > 0 ? 'Disk' : 'MpioDisk');
}

/** True where a path of the disk ends on this very host (a storage appliance on it); undefined where that is open. */
export function leadsToOwnHost(model: HostModel, { sessionIds }: Disk): boolean | undefined {
  const local = model.sessions.filter((session) => staysOnHost(model, session));
  if (local.length === 0) return false;
  return sessionIds === undefined ? undefined : local.some(({ id }) => sessionIds.includes(id));
}

/**
 * The disk where the Microsoft DSM holds it, so that its policy and paths are Windows' own; else why it is not judged:
 * a vendor's module answers for its disks itself.
 */
export function ofMicrosoft({
  name,
  mpio,
}: MultipathDisk): 'not-about' | { readonly doubt: string } | undefined {
  if (mpio.dsmName === undefined)
    return { doubt: `Which module of Multipath I/O holds ${name} is not known.` };
  return mpio.isMicrosoftDsm ? undefined : 'not-about';
}

/** How a person reads a policy. */
export const policyWords: Readonly<Record<LbPolicy, string>> = {
  FOO: 'failover only',
  RR: 'round robin',
  RRWS: 'round robin with subset',
  LQD: 'least queue depth',
  WP: 'weighted paths',
  LB: 'least blocks',
  VS: "the vendor's own policy",
};

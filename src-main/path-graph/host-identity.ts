/** Which computer, which Windows, and whether it is itself a virtual machine or a node of a cluster. */
import type { HostIdentity, WindowsRelease } from '#shared/host/host-model.ts';
import type { Snapshot } from '#shared/host/snapshot.ts';
import { isKnownAbsent, known, nameKey, recordsOf } from './joins.ts';

/** First build of each release; builds between two count as the earlier one. */
const releases: readonly (readonly [build: number, release: WindowsRelease])[] = [
  [26100, '2025'],
  [20348, '2022'],
  [17763, '2019'],
  [14393, '2016'],
  [9600, '2012R2'],
  [9200, '2012'],
];

/** Models that hypervisors give their machines: Hyper-V, VMware, VirtualBox, KVM and QEMU, Xen, Google. */
const virtualModels =
  /^virtual machine$|vmware|virtualbox|\bkvm\b|standard pc|\bqemu\b|hvm domu|google compute engine|\bbhyve\b/i;

function windowsRelease(buildNumber: number, isClient: boolean): WindowsRelease | undefined {
  if (isClient) return '2022';
  return releases.find(([build]) => buildNumber >= build)?.[1];
}

export function identifyHost(snapshot: Snapshot, hasGuestNic: boolean): HostIdentity {
  const { ComputerSystem, OperatingSystem, Cluster } = snapshot.readings;
  const computer = recordsOf(ComputerSystem)?.[0];
  const windows = recordsOf(OperatingSystem)?.[0];
  const clusters = recordsOf(Cluster);
  const isClient = windows?.productType === undefined ? undefined : windows.productType === 1;
  const model = computer?.model;
  const isVirtualMachine =
    hasGuestNic || (model === undefined || model === null ? undefined : virtualModels.test(model.trim()));
  return {
    kind: 'host',
    id: `host:${nameKey(snapshot.host.name)}`,
    name: snapshot.host.name,
    ...known({
      caption: windows?.caption,
      buildNumber: windows?.buildNumber,
      release: windows === undefined ? undefined : windowsRelease(windows.buildNumber, isClient === true),
      isClient,
      isVirtualMachine,
      isClusterNode: isKnownAbsent(Cluster)
        ? false
        : clusters === undefined
          ? undefined
          : clusters.length > 0,
    }),
  };
}

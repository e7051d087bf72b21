/** The FailoverClusters module: there with its feature, and answering on a node of a cluster. */
import type { ObservationName } from '#shared/capture.ts';
import { enumOf, object, u32, u64 } from './cim.ts';
import { output, refuse, type Command } from './command.ts';
import { clusterServiceMissing, plainAccessDenied } from './errors.ts';
import { guidOf } from './identities.ts';
import { isOnLink, maskOf, networkText, parsePrefix } from './ip.ts';
import type { Machine } from './machine.ts';
import type { ScenarioCluster } from './scenario.ts';

const library = 'Microsoft.FailoverClusters.PowerShell';

function onNode(
  observation: ObservationName | undefined,
  answer: (machine: Machine, cluster: ScenarioCluster) => ReturnType<Command['answer']>,
  since?: NonNullable<Command['since']>,
): Command {
  return {
    module: 'FailoverClusters',
    feature: 'RSAT-Clustering-PowerShell',
    isServerOnly: true,
    ...(observation === undefined ? {} : { observation }),
    ...(since === undefined ? {} : { since }),
    answer: (machine, _parameters, _classes, name) => {
      const { cluster } = machine.scenario;
      if (cluster === undefined) return refuse(clusterServiceMissing(name));
      if (!machine.isElevated) return refuse(plainAccessDenied(machine, name));
      return answer(machine, cluster);
    },
  };
}

/** The networks that the scenario names, or one for each subnet of the host. */
function networksOf(machine: Machine, cluster: ScenarioCluster) {
  const found = [
    ...new Set(
      machine.network.addresses
        .filter((address) => address.prefix.ip.family === 'IPv4')
        .map((address) => networkText(address.prefix)),
    ),
  ].map((prefix, position) => ({ name: `Cluster Network ${position + 1}`, prefix, role: 3 as const }));
  return (cluster.networks ?? found).map((network) => ({ ...network, range: parsePrefix(network.prefix) }));
}

const up = enumOf(`${library}.ClusterNetworkState`, 'Up', 3);

export const clusterCommands: Readonly<Record<string, Command>> = {
  'Get-Cluster': onNode('Cluster', (machine, cluster) =>
    output(
      object(
        `${library}.Cluster`,
        {
          Name: cluster.name,
          Id: guidOf(`${cluster.name}|cluster`),
          Domain: machine.scenario.computer.domain ?? '',
          ...(machine.since('2016') ? { S2DEnabled: u32(cluster.isS2d === true ? 1 : 0) } : {}),
        },
        cluster.name,
      ),
    ),
  ),
  'Get-ClusterNode': onNode(undefined, (machine) =>
    output(
      object(
        `${library}.ClusterNode`,
        {
          Name: machine.scenario.computer.name,
          Id: '1',
          State: enumOf(`${library}.ClusterNodeState`, 'Up', 0),
          NodeWeight: u32(1),
          DynamicWeight: u32(1),
        },
        machine.scenario.computer.name,
      ),
    ),
  ),
  'Get-ClusterNetwork': onNode('ClusterNetwork', (machine, cluster) =>
    output(
      ...networksOf(machine, cluster).map((network) => {
        const [address = ''] = networkText(network.range).split('/');
        return object(
          `${library}.ClusterNetwork`,
          {
            Name: network.name,
            Id: guidOf(`${cluster.name}|${network.name}`),
            Address: address,
            AddressMask: maskOf(network.range.length),
            State: up,
            Role: u32(network.role),
            AutoMetric: true,
            Metric: u32(network.role === 1 ? 39_840 : 79_840),
            Ipv4Addresses: [address],
            Ipv4PrefixLengths: [String(network.range.length)],
            Ipv6Addresses: [],
            Ipv6PrefixLengths: [],
          },
          network.name,
        );
      }),
    ),
  ),
  'Get-ClusterNetworkInterface': onNode('ClusterNetworkInterface', (machine, cluster) =>
    output(
      ...networksOf(machine, cluster).flatMap((network) =>
        machine.network.addresses
          .filter((address) => isOnLink(network.range, address.prefix.ip))
          .map(({ interface: adapter, prefix, origin }) =>
            object(
              `${library}.ClusterNetworkInterface`,
              {
                Name: `${machine.scenario.computer.name} - ${adapter.name}`,
                Node: machine.scenario.computer.name,
                Network: network.name,
                Adapter: adapter.description,
                AdapterId: adapter.guid.replace(/[{}]/g, ''),
                Address: prefix.address,
                Ipv4Addresses: [prefix.address],
                Ipv6Addresses: [],
                DhcpEnabled: origin === 'Dhcp',
                State: enumOf(`${library}.ClusterNetworkInterfaceState`, 'Up', 3),
              },
              `${machine.scenario.computer.name} - ${adapter.name}`,
            ),
          ),
      ),
    ),
  ),
  'Get-ClusterSharedVolume': onNode('ClusterSharedVolume', (machine) =>
    output(
      ...sharedDisks(machine).map(({ name, volume, disk }) =>
        object(
          `${library}.ClusterSharedVolume`,
          {
            Name: name,
            Id: guidOf(`${name}|csv`),
            State: enumOf(`${library}.ClusterResourceState`, 'Online', 2),
            OwnerNode: object(
              `${library}.ClusterNode`,
              { Name: machine.scenario.computer.name },
              machine.scenario.computer.name,
            ),
            SharedVolumeInfo: [
              object(`${library}.ClusterSharedVolumeInfo`, {
                FriendlyVolumeName: volume,
                FaultState: enumOf(`${library}.VolumeFaultState`, 'NoFaults', 0),
                Partition: object(`${library}.ClusterDiskPartitionInfo`, {
                  Name: `\\\\?\\Volume{${guidOf(name)}}\\`,
                  FileSystem: 'CSVFS',
                  Size: u64(disk.sizeBytes),
                  FreeSpace: u64(disk.sizeBytes / 2n),
                  UsedSpace: u64(disk.sizeBytes / 2n),
                  PercentFree: 50,
                }),
              }),
            ],
          },
          name,
        ),
      ),
    ),
  ),
  'Get-ClusterSharedVolumeState': onNode(
    'ClusterSharedVolumeState',
    (machine) =>
      output(
        ...sharedDisks(machine).map(({ name }) =>
          object(`${library}.ClusterSharedVolumeState`, {
            Name: name,
            Node: machine.scenario.computer.name,
            StateInfo: enumOf(`${library}.SharedVolumeStateInfo`, 'Direct', 0),
            FileSystemRedirectedIOReason: enumOf(
              `${library}.FileSystemRedirectedIOReason`,
              'NotFileSystemRedirected',
              0,
            ),
            BlockRedirectedIOReason: enumOf(`${library}.BlockRedirectedIOReason`, 'NotBlockRedirected', 0),
          }),
        ),
      ),
    '2012R2',
  ),
};

function sharedDisks(machine: Machine) {
  return machine.storage.disks
    .filter((disk) => disk.scenario.isClustered === true)
    .map((disk, position) => ({
      disk,
      name: `Cluster Disk ${position + 1}`,
      volume: `C:\\ClusterStorage\\Volume${position + 1}`,
    }));
}

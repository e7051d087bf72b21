/** Cluster networks of SMB storage that clients may use, or that two storage adapters share on an old Windows. */
import { appliesToClusterNodes, networkHolds, smbAddresses } from './cluster-storage-networks.ts';
import { conclude } from './conclude.ts';
import { defineRule } from './define-rule.ts';
import { judgedServers, storageIsOpen, withoutStorageServers } from './smb-storage.ts';
import { distinctById, listed } from './wording.ts';
import { interfacesOf } from '../path-graph/walks.ts';

const clientUse = 3;

export const rule = defineRule({
  id: 'cluster-network-roles',
  severities: ['warning', 'info'],
  title: 'Networks of storage carry no clients of the cluster',
  failureTitle: 'The cluster uses a network of storage for more than storage',
  needs: ['ClusterNetwork', 'SmbConnection', 'SmbMultichannelConnection', 'OperatingSystem'],
  fixes: [],
  appliesTo: {
    needs: ['ClusterNetwork', 'SmbConnection', 'SmbMultichannelConnection'],
    notApplicable: (facts) => appliesToClusterNodes.notApplicable(facts) ?? withoutStorageServers(facts),
  },
  evaluate: (facts) => {
    const { model, snapshot } = facts;
    if (judgedServers(model).length === 0) return storageIsOpen(facts);
    const { ClusterNetwork } = snapshot.readings;
    const addresses = smbAddresses(facts);
    if (addresses.length === 0)
      return { notEvaluated: 'The addresses that SMB storage leaves from are not known.' };
    // Since Server 2016 a cluster takes several adapters of one subnet as one network and uses them all.
    const isOld = model.host.release === '2012' || model.host.release === '2012R2';
    return conclude(facts, {
      things: ClusterNetwork.status === 'ok' ? ClusterNetwork.records : [],
      see: (network) => {
        const held = addresses.filter(({ address }) => networkHolds(network, address));
        if (held.length === 0) return 'not-about';
        const isMerged = isOld && new Set(held.map(({ interfaceName }) => interfaceName)).size > 1;
        if (network.role === undefined && !isMerged) {
          return { doubt: `The role of cluster network ${network.name} is not known.` };
        }
        return isMerged || network.role === clientUse ? { bad: { network, held, isMerged } } : 'well';
      },
      report: (bad) =>
        bad.map(({ network, held, isMerged }) => {
          const names = held.map(({ interfaceName }) => interfaceName);
          return {
            severity: isMerged ? 'warning' : 'info',
            message: isMerged
              ? `${listed(names)} carry SMB storage and stand in one subnet, cluster network ${network.name}: before Windows Server 2016 a cluster uses one adapter of each subnet.`
              : `Cluster network ${network.name}, by which SMB storage leaves from ${listed(names)}, is open to clients of the cluster as well.`,
            subjects: [
              model.host,
              ...distinctById(interfacesOf(model).filter(({ name }) => names.includes(name))),
            ],
            evidence: { network: network.name, role: network.role ?? null, interfaces: names },
            advice: isMerged
              ? 'Give each storage adapter a subnet of its own, or a newer Windows, which needs none.'
              : "If clients have another network, set this one to cluster use only: (Get-ClusterNetwork 'name').Role = 1. Where there is one network for everything, leave it.",
          };
        }),
      none: 'No network of the cluster holds an address that SMB storage leaves from.',
      isForGuests: true,
    });
  },
});

/** A cluster that uses a network of iSCSI for its own traffic. */
import { defineRule } from './define-rule.ts';
import {
  appliesToClusterNodes,
  iscsiAddresses,
  networkHolds,
  prefixOfNetwork,
} from './cluster-storage-networks.ts';
import { conclude } from './conclude.ts';
import { withoutInitiator } from './iscsi-paths.ts';
import { listed } from './wording.ts';

export const rule = defineRule({
  id: 'cluster-iscsi-role',
  severities: ['info'],
  title: 'The cluster keeps off the networks of iSCSI',
  failureTitle: 'The cluster uses a network of iSCSI',
  needs: ['ClusterNetwork', 'IscsiSession', 'IscsiConnection'],
  fixes: [],
  appliesTo: {
    needs: ['ClusterNetwork'],
    notApplicable: (facts) => appliesToClusterNodes.notApplicable(facts) ?? withoutInitiator(facts),
  },
  evaluate: (facts) => {
    const { ClusterNetwork } = facts.snapshot.readings;
    const addresses = iscsiAddresses(facts);
    if (facts.model.sessions.every(({ isConnected }) => isConnected === false)) {
      return { notApplicable: 'This host has no connected iSCSI session.' };
    }
    if (addresses.length === 0)
      return { notEvaluated: 'The addresses that iSCSI leaves from are not known.' };
    return conclude(facts, {
      things: ClusterNetwork.status === 'ok' ? ClusterNetwork.records : [],
      see: (network) => {
        if (prefixOfNetwork(network) === undefined) {
          return network.address?.includes(':') === true
            ? 'not-about'
            : { doubt: `The subnet of cluster network ${network.name} is not known.` };
        }
        const held = addresses.filter((address) => networkHolds(network, address));
        if (held.length === 0) return 'not-about';
        if (network.role === undefined)
          return { doubt: `The role of cluster network ${network.name} is not known.` };
        return network.role === 0 ? 'well' : { bad: { network, held } };
      },
      report: (bad) => ({
        severity: 'info',
        message: `The cluster uses ${listed(bad.map(({ network }) => network.name))}, where iSCSI of this node leaves from ${listed(bad.flatMap(({ held }) => held))}: heartbeats and cluster traffic share the way to storage.`,
        subjects: [facts.model.host],
        evidence: {
          networks: bad.map(({ network }) => network.name),
          roles: bad.map(({ network }) => network.role ?? null),
          addresses: bad.flatMap(({ held }) => held),
        },
        advice:
          "Take iSCSI networks out of cluster use, once for the whole cluster: (Get-ClusterNetwork 'name').Role = 0. Keep at least two other networks for the cluster before that. Where iSCSI shares the adapters with everything else by design, leave it.",
      }),
      none: 'No network of the cluster holds an address that iSCSI leaves from.',
      isForGuests: true,
    });
  },
});

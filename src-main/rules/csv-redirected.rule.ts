/** Cluster volumes that this node reaches through another node. */
import { conclude } from './conclude.ts';
import { defineRule } from './define-rule.ts';
import { counted, listed } from './wording.ts';

/** Reasons by design: ReFS writes through the owner, and Storage Spaces are attached to one node. */
const byDesign = /^(?:filesystemrefs|refs|storagespacenotattached)$/i;

export const rule = defineRule({
  id: 'csv-redirected',
  severities: ['warning'],
  title: 'This node reaches its cluster volumes directly',
  failureTitle: 'Cluster volumes are reached through another node',
  needs: ['ClusterSharedVolumeState', 'Cluster', 'ComputerSystem'],
  fixes: [],
  appliesTo: {
    needs: ['ClusterSharedVolumeState'],
    notApplicable: ({ snapshot }) => {
      const { ClusterSharedVolumeState } = snapshot.readings;
      return ClusterSharedVolumeState.status === 'ok' && ClusterSharedVolumeState.records.length > 0
        ? undefined
        : 'This host has no cluster volume.';
    },
  },
  evaluate: (facts) => {
    const { ClusterSharedVolumeState: states, Cluster, ComputerSystem } = facts.snapshot.readings;
    const own = ComputerSystem.status === 'ok' ? ComputerSystem.records[0]?.name.toLowerCase() : undefined;
    const isS2d =
      Cluster.status === 'ok' && Cluster.records.some(({ isS2dEnabled }) => isS2dEnabled === true);
    return conclude(facts, {
      things: states.status === 'ok' ? states.records : [],
      see: (volume) => {
        const { name, node, state, fileSystemReason, blockReason } = volume;
        // The other nodes have a look of their own.
        if (node !== undefined && own !== undefined && node.toLowerCase() !== own) return 'not-about';
        if (state === undefined) return { doubt: `How this node reaches ${name} is not known.` };
        if (/^direct$/i.test(state)) return 'well';
        const reason = /^block/i.test(state) ? blockReason : fileSystemReason;
        if (byDesign.test(reason ?? '') || (isS2d && reason === undefined)) return 'well';
        return reason === undefined && !/^unavailable$/i.test(state)
          ? { doubt: `Why ${name} is ${state} is not known.` }
          : { bad: { name, state, reason: reason ?? state } };
      },
      report: (bad) => ({
        severity: 'warning',
        message: `${counted(bad.length, 'cluster volume')} (${listed(bad.map(({ name }) => name))}) ${bad.length === 1 ? 'is' : 'are'} not reached directly by this node: ${listed(bad.map(({ state, reason }) => (state === reason ? state : `${state}, ${reason}`)))}. The data passes another node and the cluster network.`,
        subjects: [facts.model.host],
        evidence: {
          volumes: bad.map(({ name }) => name),
          states: bad.map(({ state }) => state),
          reasons: bad.map(({ reason }) => reason),
        },
        advice:
          'NoDiskConnectivity: this node has no path to the disk, so look at its sessions, paths and mapping. UserRequest: somebody switched it on, mostly for maintenance. An incompatible filter: a backup or antivirus driver holds it; see fltmc.',
      }),
      none: 'No cluster volume is reported for this node.',
      isForGuests: true,
    });
  },
});

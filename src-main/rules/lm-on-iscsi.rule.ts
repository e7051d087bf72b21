/** Live migration that may take the networks of iSCSI. */
import { iscsiAddresses } from './cluster-storage-networks.ts';
import { defineRule } from './define-rule.ts';
import { withoutInitiator } from './iscsi-paths.ts';
import { fineIfRead, isAbsent } from './readings.ts';
import { parseIp, parsePrefix, prefixContains } from '../path-graph/ip.ts';
import { listed } from './wording.ts';

export const rule = defineRule({
  id: 'lm-on-iscsi',
  severities: ['warning', 'info'],
  title: 'Live migration keeps off the networks of iSCSI',
  failureTitle: 'Live migration may take the networks of iSCSI',
  needs: ['VMHost', 'VMMigrationNetwork', 'IscsiSession', 'IscsiConnection'],
  fixes: [],
  appliesTo: {
    needs: ['VMHost'],
    notApplicable: (facts) => {
      const { VMHost } = facts.snapshot.readings;
      if (isAbsent(facts.snapshot, 'VMHost')) return 'This host runs no virtual machines.';
      return VMHost.status === 'ok' &&
        VMHost.records.every(({ isMigrationEnabled }) => isMigrationEnabled === false)
        ? 'Live migration is switched off on this host.'
        : withoutInitiator(facts);
    },
  },
  evaluate: (facts) => {
    const { model, snapshot } = facts;
    if (model.sessions.every(({ isConnected }) => isConnected === false)) {
      return { notApplicable: 'This host has no connected iSCSI session.' };
    }
    const addresses = iscsiAddresses(facts);
    if (addresses.length === 0)
      return { notEvaluated: 'The addresses that iSCSI leaves from are not known.' };
    const { VMHost, VMMigrationNetwork } = snapshot.readings;
    const isAny = VMHost.status === 'ok' ? VMHost.records[0]?.usesAnyNetworkForMigration : undefined;
    const subnets =
      VMMigrationNetwork.status === 'ok' ? VMMigrationNetwork.records.map(({ subnet }) => subnet) : [];
    const shared = subnets.filter((subnet) => {
      const prefix = parsePrefix(subnet) ?? parsePrefix(`${subnet}/32`);
      return addresses.some((address) => {
        const ip = parseIp(address);
        return prefix !== undefined && ip !== undefined && prefixContains(prefix, ip);
      });
    });
    if (isAny !== true && shared.length === 0) {
      return isAny === undefined
        ? { notEvaluated: 'Whether live migration may use any network is not known.' }
        : fineIfRead(snapshot, ['VMMigrationNetwork']);
    }
    const isChosen = isAny !== true;
    return [
      {
        severity: isChosen && model.host.isClusterNode === true ? 'warning' : 'info',
        message: isChosen
          ? `Live migration may use ${listed(shared)}, where iSCSI leaves from ${listed(addresses)}: moving a machine takes the way to storage from all others.`
          : `Live migration may use any network, also those where iSCSI leaves from ${listed(addresses)}.`,
        subjects: [model.host],
        evidence: { usesAnyNetwork: isAny ?? null, networks: shared, iscsiAddresses: [...addresses] },
        advice:
          'Name the networks for live migration and leave those of iSCSI out. On a cluster this is a setting of the cluster, not of the host. Where one pair of adapters carries everything by design, limit the bandwidth of live migration instead.',
      },
    ];
  },
});

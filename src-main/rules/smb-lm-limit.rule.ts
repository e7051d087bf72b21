/** Live migration over SMB on the adapters of SMB storage, with nothing that leaves storage its part. */
import { defineRule } from './define-rule.ts';
import { anyGapOf, isAbsent } from './readings.ts';
import { storageInterfaces } from './interface-uses.ts';
import { withoutStorageServers } from './smb-storage.ts';
import { parseIp, parsePrefix, prefixContains } from '../path-graph/ip.ts';
import { distinctById, listed } from './wording.ts';

export const rule = defineRule({
  id: 'smb-lm-limit',
  severities: ['info'],
  title: 'Live migration over SMB leaves storage its part',
  failureTitle: 'Live migration over SMB may take all that storage has',
  needs: ['VMHost', 'VMMigrationNetwork', 'SmbConnection', 'SmbBandwidthLimit'],
  fixes: [],
  appliesTo: {
    needs: ['VMHost', 'SmbConnection'],
    notApplicable: (facts) => {
      if (isAbsent(facts.snapshot, 'VMHost')) return 'This host runs no virtual machines.';
      const { VMHost } = facts.snapshot.readings;
      const [host] = VMHost.status === 'ok' ? VMHost.records : [];
      if (host?.isMigrationEnabled === false) return 'Live migration is switched off on this host.';
      if (host?.migrationTransport !== undefined && host.migrationTransport !== 'SMB')
        return 'Live migration does not use SMB on this host.';
      return withoutStorageServers(facts);
    },
  },
  evaluate: (facts) => {
    const { VMHost, VMMigrationNetwork, SmbBandwidthLimit } = facts.snapshot.readings;
    const [host] = VMHost.status === 'ok' ? VMHost.records : [];
    if (host?.isMigrationEnabled === undefined || host.migrationTransport === undefined)
      return { notEvaluated: 'How live migration moves machines is not known.' };
    const limits = SmbBandwidthLimit.status === 'ok' ? SmbBandwidthLimit.records : [];
    if (limits.some(({ category }) => /^livemigration$/i.test(category))) return [];
    const subnets = VMMigrationNetwork.status === 'ok' ? VMMigrationNetwork.records : [];
    const prefixes = subnets.flatMap(
      ({ subnet }) => parsePrefix(subnet) ?? parsePrefix(`${subnet}/32`) ?? [],
    );
    const { inUse, gap } = storageInterfaces(facts);
    const shared = distinctById(
      inUse.flatMap(({ interface: found, channels }) => {
        const isTaken = facts.model.addresses.some(({ interfaceIndex, ipAddress }) => {
          const ip = parseIp(ipAddress);
          return (
            interfaceIndex === found.interfaceIndex &&
            ip !== undefined &&
            prefixes.some((prefix) => prefixContains(prefix, ip))
          );
        });
        return channels.length > 0 && (isTaken || host.usesAnyNetworkForMigration === true) ? [found] : [];
      }),
    );
    const [first, ...others] = shared;
    if (first === undefined) {
      const unknown = gap ?? anyGapOf(facts.snapshot, 'VMMigrationNetwork');
      return unknown === undefined ? [] : { notEvaluated: unknown.reason, remedy: unknown.remedy };
    }
    const names = shared.map(({ name }) => name);
    return [
      {
        severity: 'info',
        message: `Live migration moves machines by SMB and may take ${listed(names)}, where SMB storage runs, and no bandwidth limit leaves storage its part.`,
        subjects: [first, ...others],
        evidence: { interfaces: names, usesAnyNetwork: host.usesAnyNetworkForMigration ?? null },
        advice:
          'If disks get slow whenever machines move, limit it: Set-SmbBandwidthLimit -Category LiveMigration -BytesPerSecond, with the feature FS-SMBBW. Where machines seldom move, or the links are far faster than both need, leave it.',
      },
    ];
  },
});

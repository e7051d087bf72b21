/** Virtual machines on file shares whose protocol is too old, or that do not outlive a failover on a cluster. */
import type { Share } from '#shared/host/host-model.ts';
import type { SmbConnectionRecord } from '#shared/host/storage-records.ts';
import { conclude, type Seen } from './conclude.ts';
import { defineRule, type HostFacts } from './define-rule.ts';
import { anyGapOf } from './readings.ts';
import { judgedServers, rowsOf, storageIsOpen, withoutStorageServers } from './smb-storage.ts';
import { listed } from './wording.ts';

interface Unfit {
  readonly share: Share;
  readonly why: 'old' | 'not-continuous';
}

export const rule = defineRule({
  id: 'smb-dialect',
  severities: ['error', 'warning'],
  title: 'Shares that hold virtual machines speak SMB 3',
  failureTitle: 'A share that holds virtual machines is not fit for them',
  needs: ['SmbConnection'],
  fixes: [],
  appliesTo: { needs: ['SmbConnection'], notApplicable: withoutStorageServers },
  evaluate: (facts) => {
    const servers = judgedServers(facts.model);
    if (servers.length === 0) return storageIsOpen(facts);
    return conclude(facts, {
      things: servers.flatMap(({ shares }) => shares),
      see: (share) => see(facts, share),
      report: (unfit) =>
        (['old', 'not-continuous'] as const).flatMap((why) => {
          const [first, ...others] = unfit.flatMap((one) => (one.why === why ? [one.share] : []));
          if (first === undefined) return [];
          const shares = [first, ...others] as const;
          const names = listed(shares.map(({ name }) => name));
          const dialects = shares.map(({ dialect }) => dialect ?? null);
          return [
            {
              severity: why === 'old' ? ('error' as const) : ('warning' as const),
              message:
                why === 'old'
                  ? `Virtual machines keep disks on ${names}, which ${shares.length === 1 ? 'speaks' : 'speak'} SMB ${listed(dialects.flatMap((dialect) => dialect ?? []))}: Hyper-V supports file shares from SMB 3.0 on.`
                  : `Virtual machines of a cluster keep disks on ${names}, which ${shares.length === 1 ? 'is' : 'are'} not continuously available: a failover of the file server interrupts them.`,
              subjects: shares,
              evidence: {
                shares: shares.map(({ name }) => name),
                dialects,
                isContinuouslyAvailable: why === 'old' ? null : false,
              },
              advice:
                why === 'old'
                  ? 'Move the disks to a server that speaks SMB 3, or update this one. Until then do not rely on these machines surviving any interruption of the share.'
                  : 'Make the share continuously available where the server can (a file server cluster, or the setting of the storage vendor); on a single server leave it.',
            },
          ];
        }),
      none: 'No virtual machine keeps a disk on a file share.',
      gap: anyGapOf(facts.snapshot, 'VMHardDiskDrive'),
      isForGuests: true,
    });
  },
});

function see(facts: HostFacts, share: Share): Seen<Unfit> {
  if (!share.isStorage || (share.smbInstance ?? 'Default') !== 'Default') return 'not-about';
  const rows = rowsOf(facts, share);
  if (!holdsMachines(share, rows)) return 'not-about';
  if (share.dialect === undefined) return { doubt: `The SMB dialect of ${share.name} is not known.` };
  if (Number.parseFloat(share.dialect) < 3) return { bad: { share, why: 'old' } };
  const { isClusterNode } = facts.model.host;
  if (isClusterNode === false) return 'well';
  const continuous = rows.map(({ isContinuouslyAvailable }) => isContinuouslyAvailable);
  if (continuous.includes(true)) return 'well';
  if (isClusterNode === undefined || continuous.includes(undefined)) {
    return { doubt: `Whether ${share.name} has to be continuously available, and is, is not known.` };
  }
  return { bad: { share, why: 'not-continuous' } };
}

function holdsMachines({ storageReason }: Share, rows: readonly SmbConnectionRecord[]): boolean {
  return (
    storageReason.startsWith('a virtual machine') ||
    rows.some(({ userName }) => /^nt virtual machine\\/i.test(userName ?? ''))
  );
}

/** Signed or encrypted SMB storage over RDMA: what that costs is named, switching it off is never advised. */
import { channelsInUse } from '../path-graph/walks.ts';
import { conclude } from './conclude.ts';
import { defineRule } from './define-rule.ts';
import {
  isStorageChannel,
  judgedServers,
  rowsOf,
  storageIsOpen,
  withoutStorageServers,
} from './smb-storage.ts';
import { listed } from './wording.ts';

export const rule = defineRule({
  id: 'smb-signing-cost',
  severities: ['info'],
  title: 'SMB Direct carries storage as it is',
  failureTitle: 'Signing or encryption keeps SMB Direct from its full speed',
  needs: ['SmbConnection', 'SmbMultichannelConnection'],
  fixes: [],
  appliesTo: { needs: ['SmbConnection', 'SmbMultichannelConnection'], notApplicable: withoutStorageServers },
  evaluate: (facts) => {
    const servers = judgedServers(facts.model);
    if (servers.length === 0) return storageIsOpen(facts);
    const overRdma = servers.filter((server) =>
      channelsInUse(server).some(
        (pair) =>
          isStorageChannel(server, pair) &&
          pair.clientRdmaCapable === true &&
          pair.serverRdmaCapable === true,
      ),
    );
    return conclude(facts, {
      things: overRdma.flatMap(({ shares }) => shares.filter(({ isStorage }) => isStorage)),
      see: (share) => {
        const rows = rowsOf(facts, share);
        const isEncrypted = rows.some((row) => row.isEncrypted === true);
        const isSigned = rows.some((row) => row.isSigned === true);
        if (isEncrypted || isSigned) return { bad: { share, how: isEncrypted ? 'encrypted' : 'signed' } };
        return rows.some((row) => row.isEncrypted === undefined && row.isSigned === undefined)
          ? { doubt: `Whether ${share.name} is signed or encrypted is not known.` }
          : 'well';
      },
      report: (bad) => {
        const [first, ...others] = bad.map(({ share }) => share);
        if (first === undefined) return [];
        const names = bad.map(({ share }) => share.name);
        return {
          severity: 'info',
          message: `${listed(names)} over RDMA ${names.length === 1 ? 'is' : 'are'} ${listed(bad.map(({ how }) => how))}: the processor touches every byte, so part of what SMB Direct saves is spent again.`,
          subjects: [first, ...others],
          evidence: { shares: names, protection: bad.map(({ how }) => how) },
          advice:
            'Leave it on: it protects the traffic. Expect a lower rate and a higher processor load than the adapters promise; from Windows Server 2022 on encryption and SMB Direct work together at a smaller cost.',
        };
      },
      none: 'No SMB storage of this host runs over RDMA.',
      isForGuests: true,
    });
  },
});

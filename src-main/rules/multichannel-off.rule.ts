/** SMB Multichannel switched off on a host that keeps storage on file servers. */
import { conclude } from './conclude.ts';
import { defineRule, type HostFacts } from './define-rule.ts';
import { isLinkLocalIp } from '../path-graph/ip.ts';
import {
  hasMultichannelDialect,
  judgedServers,
  storageIsOpen,
  withoutStorageServers,
} from './smb-storage.ts';
import { counted, listed } from './wording.ts';

export const rule = defineRule({
  id: 'multichannel-off',
  severities: ['warning', 'info'],
  title: 'SMB Multichannel is on',
  failureTitle: 'SMB Multichannel is switched off',
  needs: ['SmbConnection', 'SmbClientConfiguration'],
  fixes: ['smb-multichannel-on'],
  appliesTo: { needs: ['SmbConnection'], notApplicable: withoutStorageServers },
  evaluate: (facts) => {
    const servers = judgedServers(facts.model);
    if (servers.length === 0) return storageIsOpen(facts);
    const config = facts.snapshot.readings.SmbClientConfiguration;
    const isOn = config.status === 'ok' ? config.records[0]?.isMultichannelEnabled : undefined;
    return conclude(facts, {
      things: servers,
      see: (server) => {
        if (!hasMultichannelDialect(server)) return 'not-about';
        if (isOn === undefined) return { doubt: 'Whether SMB Multichannel is on is not known.' };
        return isOn ? 'well' : { bad: server };
      },
      report: (bad) => {
        const alike = interfacesOfBestClass(facts);
        const isWorth = alike !== undefined && alike.length > 1;
        const names = bad.map(({ name }) => name);
        return {
          severity: isWorth ? 'warning' : 'info',
          message: isWorth
            ? `SMB Multichannel is switched off on this host: storage on ${listed(names)} uses one interface, while ${counted(alike.length, 'interface')} of the same class (${listed(alike)}) could share it.`
            : `SMB Multichannel is switched off on this host: storage on ${listed(names)} uses one connection, where several would spread over processor cores.`,
          subjects: bad,
          evidence: { isMultichannelEnabled: false, servers: names, interfacesOfBestClass: alike ?? [] },
          advice:
            'Switch Multichannel on (Set-SmbClientConfiguration -EnableMultiChannel $true) unless there is a reason against it, then look at the connections under load. The server has a switch of its own.',
        };
      },
      none: 'No file server of this host speaks SMB 3.',
      isForGuests: true,
    });
  },
});

/** Names of the interfaces that SMB likes best: RDMA, then RSS, then speed. Undefined where they could not be asked. */
function interfacesOfBestClass({ snapshot }: HostFacts): readonly string[] | undefined {
  const reading = snapshot.readings.SmbClientNetworkInterface;
  if (reading.status !== 'ok') return undefined;
  const usable = reading.records.filter(
    ({ linkBitsPerSecond, ipAddresses }) =>
      (linkBitsPerSecond ?? 0) > 0 && (ipAddresses ?? []).some((address) => !isLinkLocalIp(address)),
  );
  const rank = ({ isRdmaCapable, isRssCapable, linkBitsPerSecond }: (typeof usable)[number]): string =>
    [
      isRdmaCapable === true ? 2 : isRssCapable === true ? 1 : 0,
      String(linkBitsPerSecond ?? 0).padStart(15, '0'),
    ].join();
  const best = usable.map(rank).sort().at(-1);
  return usable
    .filter((one) => rank(one) === best)
    .map(({ friendlyName, interfaceIndex }) => friendlyName ?? `interface ${interfaceIndex}`);
}

/** Networks of the cluster beside the addresses that storage uses: shared by the rules on roles and live migration. */
import type { ClusterNetworkRecord } from '#shared/host/system-records.ts';
import { isAbsent } from './readings.ts';
import { parseIp, prefixContains, prefixOf, type IpPrefix } from '../path-graph/ip.ts';
import { channelsInUse, interfaceById, wiredSessions } from '../path-graph/walks.ts';
import type { HostFacts } from './define-rule.ts';
import { isStorageChannel, judgedServers } from './smb-storage.ts';

/** Own addresses that connected sessions leave from. */
export function iscsiAddresses({ model }: HostFacts): readonly string[] {
  return [
    ...new Set(
      wiredSessions(model).flatMap(({ connections }) =>
        connections.flatMap(({ localAddress }) => localAddress ?? []),
      ),
    ),
  ];
}

/** Own addresses that SMB storage leaves from, with the interface of each. */
export function smbAddresses({
  model,
}: HostFacts): readonly { readonly address: string; readonly interfaceName: string }[] {
  const found = new Map<string, string>();
  for (const server of judgedServers(model)) {
    for (const pair of channelsInUse(server)) {
      if (!isStorageChannel(server, pair) || pair.clientIpAddress === undefined) continue;
      found.set(
        pair.clientIpAddress,
        interfaceById(model, pair.clientInterfaceId)?.name ?? pair.clientIpAddress,
      );
    }
  }
  return [...found].map(([address, interfaceName]) => ({ address, interfaceName }));
}

/** The prefix of a cluster network; undefined where it does not say (IPv6 only). */
export function prefixOfNetwork({ address, addressMask }: ClusterNetworkRecord): IpPrefix | undefined {
  const mask = parseIp(addressMask ?? '');
  if (address === undefined || mask?.family !== 'IPv4') return undefined;
  return prefixOf(address, mask.bits.toString(2).replaceAll('0', '').length);
}

export function networkHolds(network: ClusterNetworkRecord, address: string): boolean {
  const prefix = prefixOfNetwork(network);
  const ip = parseIp(address);
  return prefix !== undefined && ip !== undefined && prefixContains(prefix, ip);
}

/** When rules about cluster networks apply. */
export const appliesToClusterNodes = {
  needs: ['ClusterNetwork'],
  notApplicable: ({ snapshot }: HostFacts): string | undefined =>
    isAbsent(snapshot, 'ClusterNetwork') ||
    (snapshot.readings.ClusterNetwork.status === 'ok' &&
      snapshot.readings.ClusterNetwork.records.length === 0)
      ? 'This host is no node of a cluster.'
      : undefined,
} as const;

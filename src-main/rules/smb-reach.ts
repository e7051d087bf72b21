/** Which pairs of interfaces SMB could use to a server, told by the subnets that both ends stand in. */
import type { SmbChannel } from '#shared/host/host-model.ts';
import { addressesOnLinkTo, interfaceById } from '../path-graph/walks.ts';
import type { HostFacts } from './define-rule.ts';
import type { PairClass } from './smb-storage.ts';

/** True where the client's end is up and stands in the subnet of the server's. SMB also lists pairs that never meet. */
export function isOnLink({ model }: HostFacts, pair: SmbChannel): boolean {
  const client = interfaceById(model, pair.clientInterfaceId);
  if (client?.isUp !== true || pair.serverIpAddress === undefined) return false;
  return addressesOnLinkTo(model, pair.serverIpAddress).some(({ interfaceId }) => interfaceId === client.id);
}

const types = ['plain', 'RSS', 'RDMA'] as const;

/** Above 0 where SMB prefers `a`: RDMA, then RSS, then the rest; among equals the faster. 0 where that is open. */
export function comparePairs(a: PairClass, b: PairClass): number {
  const byType = types.indexOf(a.type) - types.indexOf(b.type);
  if (byType !== 0) return byType;
  const [one, two] = [speedOf(a), speedOf(b)];
  return one === undefined || two === undefined ? 0 : one - two;
}

/** bit/s of the slower end. */
export function speedOf({ clientBitsPerSecond, serverBitsPerSecond }: PairClass): number | undefined {
  return clientBitsPerSecond === null || serverBitsPerSecond === null
    ? undefined
    : Math.min(clientBitsPerSecond, serverBitsPerSecond);
}

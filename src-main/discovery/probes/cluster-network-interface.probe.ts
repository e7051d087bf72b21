/** Get-ClusterNetworkInterface: the network interfaces of the cluster nodes. */
import type { ClusterNetworkInterfaceRecord } from '#shared/host/system-records.ts';
import { defineProbe } from '../define-probe.ts';
import { key, maybe, recordOf, type Field } from '../read-record.ts';
import { guid, ipAddress, listOf, text } from '../read-values.ts';

const lists = ['Ipv4Addresses', 'Ipv6Addresses', 'Address'].map((name) => maybe(name, listOf(ipAddress)));

/** Addresses of both families, which the module keeps apart; the first IPv4 address is listed once more on its own. */
const addresses: Field<readonly string[]> = {
  properties: lists.flatMap(({ properties }) => properties),
  read: (raw) => {
    const found = lists.map((list) => list.read(raw)).filter((outcome) => outcome.status === 'read');
    if (found.length === 0) return { status: 'missing' };
    return { status: 'read', value: [...new Set(found.flatMap(({ value }) => value))] };
  },
};

export const probe = defineProbe({
  name: 'ClusterNetworkInterface',
  record: recordOf<ClusterNetworkInterfaceRecord>({
    name: key('Name', text),
    network: maybe(['Network.Name', 'Network'], text),
    node: maybe(['Node.Name', 'Node'], text),
    adapterGuid: maybe('AdapterId', guid),
    addresses,
  }),
});

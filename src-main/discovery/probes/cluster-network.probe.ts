/** Get-ClusterNetwork. */
import type { ClusterNetworkRecord } from '#shared/host/system-records.ts';
import { defineProbe } from '../define-probe.ts';
import { key, maybe, recordOf } from '../read-record.ts';
import { ipAddress, text, textOrNumber, word } from '../read-values.ts';

const roles = { 0: 'None', 1: 'Cluster', 3: 'ClusterAndClient' } as const;

/** A number, also where the module shows its word. */
const role = word(roles).transform((name) => (name === 'None' ? 0 : name === 'Cluster' ? 1 : 3));

export const probe = defineProbe({
  name: 'ClusterNetwork',
  record: recordOf<ClusterNetworkRecord>({
    name: key('Name', text),
    id: maybe('Id', textOrNumber),
    role: maybe('Role', role),
    address: maybe('Address', ipAddress),
    addressMask: maybe('AddressMask', ipAddress),
  }),
});

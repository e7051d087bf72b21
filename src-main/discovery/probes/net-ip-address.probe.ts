/** Get-NetIPAddress: the addresses in use. */
import type { NetIPAddressRecord } from '#shared/host/network-records.ts';
import { isInUse } from '../active-store.ts';
import { familyOf } from '../address-family.ts';
import { defineProbe } from '../define-probe.ts';
import { readEach } from '../read-items.ts';
import { key, keyFrom, maybe, recordOf } from '../read-record.ts';
import { bool, countNumber, ipAddress, text, wordOrOther } from '../read-values.ts';

const prefixOrigins = { 0: 'Other', 1: 'Manual', 2: 'WellKnown', 3: 'Dhcp', 4: 'RouterAdvertisement' };
const suffixOrigins = { 0: 'Other', 1: 'Manual', 2: 'WellKnown', 3: 'Dhcp', 4: 'Link', 5: 'Random' };
const states = { 0: 'Invalid', 1: 'Tentative', 2: 'Duplicate', 3: 'Deprecated', 4: 'Preferred' };

const record = recordOf<NetIPAddressRecord>({
  ipAddress: key(['IPAddress', 'IPv4Address', 'IPv6Address'], ipAddress),
  interfaceIndex: key(['InterfaceIndex', 'ifIndex'], countNumber),
  interfaceAlias: maybe('InterfaceAlias', text),
  family: keyFrom(['AddressFamily', 'IPAddress'], familyOf),
  prefixLength: maybe('PrefixLength', countNumber),
  prefixOrigin: maybe('PrefixOrigin', wordOrOther(prefixOrigins)),
  suffixOrigin: maybe('SuffixOrigin', wordOrOther(suffixOrigins)),
  state: maybe('AddressState', wordOrOther(states)),
  skipAsSource: maybe('SkipAsSource', bool),
});

export const probe = defineProbe({
  name: 'NetIPAddress',
  readAll: (items) => readEach(items, record, isInUse),
});
